"""Read all files of a rubric, good or bad: file, root where it extends one, rules, checks; all problems at once."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from pathlib import Path

from sakip_eval.boundary import M, validate
from sakip_eval.problems import Location, Problem, SakipError, suggest
from sakip_eval.rubric.catalog import RUBRIC_ID, find_rubric, is_path, pack_paths, rubric_path, rule_paths
from sakip_eval.rubric.check import check_root, check_rubric
from sakip_eval.rubric.compile_rules import Names, compile_rules
from sakip_eval.rubric.model import RubricFile, VariantFile
from sakip_eval.rubric.places import Places
from sakip_eval.rubric.resolve import resolve
from sakip_eval.rubric.rubric import Change
from sakip_eval.rubric.rules_model import RuleFile
from sakip_eval.rubric.source import ReadRubric, RuleSource, Source
from sakip_eval.textfile import read_text, shown_name
from sakip_eval.yamlfile import YamlDocument, parse_yaml


def read_rubric(name: str | Path, folders: Iterable[Path] = ()) -> ReadRubric:
    """Read the rubric with id `name` (or the file at that path) and all that belongs to it, good or bad.

    Raises `SakipError` (R401) only where there is no such rubric.
    """
    return _Reader(tuple(folders)).read(str(name))


class _Reader:
    """One reading: collects problems and the content that the hash is made of."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = folders
        self.problems: list[Problem] = []
        self.content: list[object] = []

    def read(self, name: str) -> ReadRubric:
        path = rubric_path(name, self.folders)
        opened = self._open(path)
        root: Source[RubricFile] | None = None
        variant: Source[VariantFile] | None = None
        paths = [path]
        if opened is not None and not _is_variant(opened[1]):
            root = self._validate(RubricFile, path, opened)
        elif opened is not None:
            variant = self._validate(VariantFile, path, opened)
            root = self._root(variant)
            if root is not None:
                paths.insert(0, root.path)
        own = variant or root
        if own is not None:
            self._named(own, name)
        file, changes, names = self._resolved(root, variant)
        rule_files = self._rules(file, names, own, paths)
        return ReadRubric(
            path, root, variant, file, tuple(changes), tuple(rule_files), tuple(self.problems), tuple(self.content)
        )

    def _resolved(
        self, root: Source[RubricFile] | None, variant: Source[VariantFile] | None
    ) -> tuple[RubricFile | None, list[Change], Names | None]:
        """Return the rubric where no key that it needs is left out, its changes, and what rules may name in it."""
        if root is None or root.rest is None:
            return None, [], None
        file, rest, changes = root.model, root.rest, list[Change]()
        places = Places(root.document, None, (root.written,))
        if variant is not None:
            self.problems += check_root(rest, places)
            file = None
        if variant is not None and variant.rest is not None:
            places = Places(root.document, variant.document, (root.written, variant.written))
            rest, changes, problems = resolve(rest, variant.rest, places)
            self.problems += problems
            file = rest if root.model is not None and variant.model is not None else None
        self.problems += check_rubric(rest, places)
        return file, changes, names_of(rest, None if places.complete else places.written)

    def _named(self, source: Source[RubricFile] | Source[VariantFile], name: str) -> None:
        """A rubric is found by the folder that it is in, so that is what its id must be."""
        said = _head(source.document, "id")
        if said is not None and said != name and not is_path(name):
            self.problems.append(
                Problem(
                    "R411",
                    source.document.locate(("rubrik", "id")),
                    f"Rubrik ber-id `{said}` berada di folder `{name}`",
                    "Rubrik dicari menurut foldernya; kasus yang menyebut id ini tidak akan menemukannya",
                    f"Tulis `id: {name}`, atau pindahkan ke folder `{said}`",
                )
            )

    def _open(self, path: Path) -> tuple[str, YamlDocument] | None:
        try:
            text = read_text(path, shown=shown_name(path))
            document = parse_yaml(text, shown_name(path))
        except SakipError as error:
            self.problems += error.problems
            return None
        self.content.append(document.data())
        return text, document

    def _validate(self, model: type[M], path: Path, opened: tuple[str, YamlDocument]) -> Source[M]:
        rest, document, problems = validate(model, opened[1], partial=True)
        self.problems += problems
        return Source(path, opened[0], opened[1], document, rest if type(rest) is model else None, rest)

    def _root(self, variant: Source[VariantFile]) -> Source[RubricFile] | None:
        document = variant.written
        place = document.locate(("rubrik", "extends"))
        name = _extends(document) or ""
        path = self._find(name, place) if re.fullmatch(RUBRIC_ID, name) else None
        opened = self._open(path) if path is not None else None
        if path is None or opened is None:
            return None
        above = _extends(opened[1])
        if above is None:
            root = self._validate(RubricFile, path, opened)
            self._named(root, name)
            return root
        looped = path.resolve() == variant.path.resolve() or above == _own_id(document)
        self.problems.append(
            Problem(
                "R402",
                place,
                f"`extends` melingkar: {_own_id(document)} -> {name} -> {above}"
                if looped
                else f"Rubrik induk `{name}` sendiri turunan dari `{above}`",
                "`extends` hanya satu tingkat, agar setiap perubahan terbaca dari dua berkas",
                "Turunkan langsung dari rubrik akar" + ("" if looped else f" `{above}`"),
            )
        )
        return None

    def _find(self, name: str, place: Location) -> Path | None:
        """Return the file of another rubric that is named at `place`."""
        try:
            return find_rubric(name, self.folders)
        except SakipError as error:
            found = error.problems[0]
            self.problems.append(Problem(found.kode, place, found.apa, found.mengapa, found.perbaikan))
            return None

    def _rules(
        self,
        file: RubricFile | None,
        names: Names | None,
        own: Source[RubricFile] | Source[VariantFile] | None,
        paths: list[Path],
    ) -> list[RuleSource]:
        """Return the rule files that always run, then the optional packs; without `names`, read but not checked."""
        folders = list(paths)
        identity = own.rest.rubrik if own is not None and own.rest is not None else None
        said = identity.aturan_dari if identity is not None else ()
        # A resolved variant also borrows what its root borrows.
        borrowed = file.rubrik.aturan_dari if file is not None and file.rubrik is not None else said
        for name in borrowed:
            assert own is not None
            at = ("rubrik", "aturan_dari", said.index(name)) if name in said else ("rubrik", "extends")
            other = self._find(name, own.document.locate(at))
            if other is not None and other not in folders:
                folders.insert(0, other)
        found: list[RuleSource] = []
        known: set[str] = set()
        for path in folders:
            for source in rule_paths(path):
                read = self._rule_file(source, path, None, names, known)
                if read is not None:
                    found.append(read)
                    known |= {rule.id for rule in read.rules}
        packs: set[str] = set()
        for path in folders:
            for pack, source in pack_paths(path).items():
                packs.add(pack)
                read = self._rule_file(source, path, pack, names, known)
                if read is not None:
                    found.append(read)
        for pack in file.paket if file is not None else ():
            if pack not in packs:
                self.problems.append(
                    Problem(
                        "A610",
                        Location(shown_name(paths[-1])),
                        f"Paket aturan `{pack}` tidak ada",
                        "Paket adalah berkas paket-<nama>.yaml di samping rubrik",
                        suggest(pack, sorted(packs)) if packs else "Hapus dari `paket`",
                    )
                )
        return found

    def _rule_file(
        self, source: Path, beside: Path, paket: str | None, names: Names | None, known: Iterable[str]
    ) -> RuleSource | None:
        """Return one rule file with its good rules; a rule id of `known` used again is a problem."""
        opened = self._open(source)
        if opened is None:
            return None
        read = self._validate(RuleFile, source, opened)
        if read.model is None or names is None:  # nothing to check it against
            return RuleSource(read, (), beside, paket)
        checked, problems = compile_rules(read.model.aturan, read.document, names)
        self.problems += problems
        seen = set(known)
        for index, entry in enumerate(read.model.aturan):
            if entry.id in seen:
                self.problems.append(
                    Problem(
                        "A606",
                        read.document.locate(("aturan", index, "id")),
                        f"Id aturan `{entry.id}` dipakai lebih dari sekali",
                        "Satu id menunjuk satu aturan",
                        "Beri nama lain",
                    )
                )
            seen.add(entry.id)
        return RuleSource(read, tuple(checked), beside, paket)


def names_of(file: RubricFile, written: Container[str] | None = None) -> Names:
    """Return what rules may name in a resolved rubric; `written`: see `Names`."""
    subs = [s for k in file.komponen for s in k.subkomponen]
    return Names(
        {step.jawaban: rank for rank, step in enumerate(reversed(file.skala), start=1)},
        [k.id for k in file.komponen],
        [s.id for s in subs],
        [k.id for s in subs for k in s.kriteria],
        list(file.jenis_bukti),
        written,
    )


def _extends(document: YamlDocument) -> str | None:
    return _head(document, "extends")


def _is_variant(document: YamlDocument) -> bool:
    root = document.root.value
    head = root.get("rubrik") if isinstance(root, dict) else None
    return head is not None and isinstance(head.value, dict) and "extends" in head.value


def _own_id(document: YamlDocument) -> str:
    return _head(document, "id") or document.path


def _head(document: YamlDocument, key: str) -> str | None:
    root = document.root.value
    head = root.get("rubrik") if isinstance(root, dict) else None
    node = head.value.get(key) if head is not None and isinstance(head.value, dict) else None
    return node.value if node is not None and isinstance(node.value, str) else None
