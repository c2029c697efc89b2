"""Load a rubric: file, root where it extends one, rules, checks; all problems at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

from sakip_eval.boundary import M, validate
from sakip_eval.numbers import Rounding
from sakip_eval.problems import Location, Problem, SakipError, suggest
from sakip_eval.rubric.catalog import pack_paths, rubric_path, rule_paths
from sakip_eval.rubric.check import check_rubric
from sakip_eval.rubric.compile_rules import Names, compile_rules
from sakip_eval.rubric.model import BandEntry, PredikatEntry, RubricFile, VariantFile
from sakip_eval.rubric.resolve import Places, places_of, resolve
from sakip_eval.rubric.rubric import (
    Band,
    Change,
    Komponen,
    Kriteria,
    Predikat,
    Rubric,
    Step,
    Subkomponen,
    Tenggat,
    Topik,
)
from sakip_eval.rubric.rules import Rule, RuleFile
from sakip_eval.yamlfile import YamlDocument, load_yaml


def load_rubric(name: str | Path, folders: Iterable[Path] = ()) -> Rubric:
    """Load the rubric with id `name` (or the file at that path), resolved and checked, with its rules.

    `folders` are searched before the shipped rubrics. Raises `SakipError` with every problem found: B1xx file, Y2xx
    YAML, M3xx shape, R4xx rubric, A6xx rules.
    """
    return _Loader(tuple(folders)).load(str(name))


class _Loader:
    """One load: collects problems and the content that the hash is made of."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = folders
        self.problems: list[Problem] = []
        self.content: list[object] = []

    def load(self, name: str) -> Rubric:
        path = rubric_path(name, self.folders)
        document = load_yaml(path, shown=_shown(path))
        self.content.append(document.data())
        places: Places
        changes: list[Change] = []
        file: RubricFile | None
        paths = [path]
        if _extends(document) is None:
            file, document = self._validate(RubricFile, document)
            places = places_of(document)
            extends = None
        else:
            variant, document = self._validate(VariantFile, document)
            root_path, root_document, root = self._root(document, path)
            paths.insert(0, root_path)
            places = places_of(root_document)
            file = None
            if variant is not None and root is not None:
                file, changes, problems = resolve(root, variant, document, places)
                self.problems += problems
            extends = variant.rubrik.extends if variant is not None else None
        if file is None:
            raise SakipError(self.problems)

        def locate(key: str) -> Location:
            return places.get(key) or document.locate((key,), key=True)

        self.problems += check_rubric(file, locate)
        rules, packs = self._rules(file, paths)
        if self.problems:
            raise SakipError(self.problems)
        return self._build(file, extends, tuple(changes), tuple(rules), packs)

    def _validate(self, model: type[M], document: YamlDocument) -> tuple[M | None, YamlDocument]:
        value, document, problems = validate(model, document)
        self.problems += problems
        return value, document

    def _root(self, document: YamlDocument, path: Path) -> tuple[Path, YamlDocument, RubricFile | None]:
        place = document.locate(("rubrik", "extends"))
        name = _extends(document) or ""
        try:
            root_path = rubric_path(name, self.folders)
        except SakipError as error:
            found = error.problems[0]
            moved = Problem(found.kode, place, found.apa, found.mengapa, found.perbaikan)
            raise SakipError([*self.problems, moved]) from None
        root_document = load_yaml(root_path, shown=_shown(root_path))
        self.content.append(root_document.data())
        above = _extends(root_document)
        if above is not None:
            looped = root_path.resolve() == path.resolve() or above == _own_id(document)
            raise SakipError(
                [
                    *self.problems,
                    Problem(
                        "R402",
                        place,
                        f"`extends` melingkar: {_own_id(document)} -> {name} -> {above}"
                        if looped
                        else f"Rubrik induk `{name}` sendiri turunan dari `{above}`",
                        "`extends` hanya satu tingkat, agar setiap perubahan terbaca dari dua berkas",
                        "Turunkan langsung dari rubrik akar" + ("" if looped else f" `{above}`"),
                    ),
                ]
            )
        root, root_document = self._validate(RubricFile, root_document)
        return root_path, root_document, root

    def _rules(self, file: RubricFile, paths: list[Path]) -> tuple[list[Rule], dict[str, tuple[Rule, ...]]]:
        """Return the rules that always run, and the optional packs by name."""
        folders = list(paths)
        for name in file.rubrik.aturan_dari:
            other = rubric_path(name, self.folders)
            if other not in folders:
                folders.insert(0, other)
        names = _names(file)
        rules: dict[str, Rule] = {}
        for path in folders:
            for source in rule_paths(path):
                for rule in self._rule_file(source, names, rules):
                    rules[rule.id] = rule
        packs: dict[str, tuple[Rule, ...]] = {}
        for path in folders:
            for name, source in pack_paths(path).items():
                packs[name] = tuple(self._rule_file(source, names, rules))
        for name in file.paket:
            if name not in packs:
                self.problems.append(
                    Problem(
                        "A610",
                        Location(_shown(paths[-1])),
                        f"Paket aturan `{name}` tidak ada",
                        "Paket adalah berkas paket-<nama>.yaml di samping rubrik",
                        suggest(name, packs) if packs else "Hapus dari `paket`",
                    )
                )
        return list(rules.values()), packs

    def _rule_file(self, source: Path, names: Names, known: Mapping[str, Rule]) -> list[Rule]:
        """Return the good rules of one file; a rule id of `known` used again is a problem."""
        document = load_yaml(source, shown=_shown(source))
        self.content.append(document.data())
        parsed, document = self._validate(RuleFile, document)
        if parsed is None:
            return []
        checked, problems = compile_rules(parsed.aturan, document, names)
        self.problems += problems
        seen = set(known)
        for index, entry in enumerate(parsed.aturan):
            if entry.id in seen:
                self.problems.append(
                    Problem(
                        "A606",
                        document.locate(("aturan", index, "id")),
                        f"Id aturan `{entry.id}` dipakai lebih dari sekali",
                        "Satu id menunjuk satu aturan",
                        "Beri nama lain",
                    )
                )
            seen.add(entry.id)
        return checked

    def _build(
        self,
        file: RubricFile,
        extends: str | None,
        changes: tuple[Change, ...],
        rules: tuple[Rule, ...],
        packs: Mapping[str, tuple[Rule, ...]],
    ) -> Rubric:
        head, beyond = file.rubrik, file.melampaui
        canonical = json.dumps(self.content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return Rubric(
            id=head.id,
            nama=head.nama,
            penerbit=head.penerbit,
            peraturan=head.peraturan,
            tingkat=head.tingkat,
            versi=head.versi,
            berlaku_sejak=head.berlaku_sejak,
            berlaku_sampai=head.berlaku_sampai,
            diperiksa=head.diperiksa,
            sumber=head.sumber,
            extends=extends,
            pada=file.penilaian.pada,
            dengan=file.penilaian.dengan,
            dasar_penilaian=file.penilaian.dasar,
            rounding=Rounding(file.pembulatan.digit, file.pembulatan.cara),
            stage=file.pembulatan.tahap,
            predikat_dari=file.pembulatan.predikat_dari,
            skala=tuple(
                Step(s.jawaban, s.poin, _band(s.pemenuhan), s.uraian, s.dasar, len(file.skala) - at)
                for at, s in enumerate(file.skala)
            ),
            melampaui_sesudah=beyond.sesudah if beyond else None,
            melampaui_butuh=frozenset(beyond.butuh) if beyond else frozenset(),
            melampaui_dasar=beyond.dasar if beyond else None,
            statuses={name: s.nilai if s.dihitung else None for name, s in file.status.items()},
            predikat=tuple(Predikat(p.predikat, _band(p), p.sebutan, p.interpretasi, p.dasar) for p in file.predikat),
            jenis_bukti=dict(file.jenis_bukti),
            topik={name: Topik(name, t.komponen, t.teks) for name, t in file.topik.items()},
            komponen=_komponen(file),
            tenggat={
                name: tuple(Tenggat(t.berlaku_sejak, t.bulan_sesudah_tahun_kinerja, t.dasar) for t in entries)
                for name, entries in file.tenggat.items()
            },
            changes=changes,
            rules=rules,
            packs=packs,
            packs_on=file.paket,
            sha256=hashlib.sha256(canonical.encode()).hexdigest(),
        )


def _names(file: RubricFile) -> Names:
    subs = [s for k in file.komponen for s in k.subkomponen]
    return Names(
        {step.jawaban: rank for rank, step in enumerate(reversed(file.skala), start=1)},
        [k.id for k in file.komponen],
        [s.id for s in subs],
        [k.id for s in subs for k in s.kriteria],
        list(file.jenis_bukti),
    )


def _komponen(file: RubricFile) -> tuple[Komponen, ...]:
    return tuple(
        Komponen(
            k.id,
            k.nama,
            k.bobot,
            k.dasar,
            k.catatan,
            tuple(
                Subkomponen(
                    s.id,
                    s.nama,
                    s.dimensi,
                    s.bobot,
                    s.dasar,
                    s.catatan,
                    tuple(
                        Kriteria(
                            c.id,
                            c.no_cetak,
                            c.uraian,
                            c.bukti,
                            c.uji,
                            c.upaya,
                            c.topik,
                            c.pokok,
                            c.rekomendasi,
                            c.catatan,
                            s.id,
                            k.id,
                        )
                        for c in s.kriteria
                    ),
                    k.id,
                )
                for s in k.subkomponen
            ),
        )
        for k in file.komponen
    )


def _band(entry: BandEntry | PredikatEntry) -> Band:
    low: Fraction | None = entry.dari if entry.dari is not None else entry.lebih_dari
    high: Fraction | None = entry.sampai if entry.sampai is not None else entry.kurang_dari
    return Band(low, entry.dari is not None, high, entry.sampai is not None)


def _extends(document: YamlDocument) -> str | None:
    return _head(document, "extends")


def _own_id(document: YamlDocument) -> str:
    return _head(document, "id") or document.path


def _head(document: YamlDocument, key: str) -> str | None:
    root = document.root.value
    head = root.get("rubrik") if isinstance(root, dict) else None
    node = head.value.get(key) if head is not None and isinstance(head.value, dict) else None
    return node.value if node is not None and isinstance(node.value, str) else None


def _shown(path: Path) -> str:
    """Name a file as a user would: relative to the working folder where it lies below it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return str(path)
