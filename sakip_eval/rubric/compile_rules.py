"""From rules as written to rules that can run: every name in them is checked against the vocabulary and the rubric."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field

from sakip_eval.problems import Problem, suggest
from sakip_eval.rubric.facts import DOMAINS, FACTS, Field, Stage, fields_at
from sakip_eval.rubric.rules import (
    JOINED,
    PLACEHOLDER,
    REFERENCE,
    Constraint,
    Join,
    MakaRekomendasi,
    MakaTemuan,
    MakaUsulan,
    Operator,
    Pattern,
    Rule,
)
from sakip_eval.rubric.rules_model import (
    Comparison,
    PatternEntry,
    RekomendasiEntry,
    RuleEntry,
    TemuanEntry,
    UsulanEntry,
)
from sakip_eval.yamlfile import YamlDocument

_MAKA: Mapping[Stage, type[MakaUsulan] | type[MakaTemuan] | type[MakaRekomendasi]] = {
    "usulan": MakaUsulan,
    "temuan": MakaTemuan,
    "rekomendasi": MakaRekomendasi,
}
_BRACED = re.compile(r"\{[^{}]*\}|[{}]")


@dataclass(frozen=True, slots=True)
class Names:
    """What rules may name in a rubric: the rank of each answer of the ladder, ids, and kinds of evidence.

    Where entries of the rubric were left out as bad, `written` holds all names that its files define; else it is None.
    `facts` is the vocabulary: that of an evaluation, unless the rules are about something else.
    """

    ranks: Mapping[str, int]
    komponen: Collection[str]
    subkomponen: Collection[str]
    kriteria: Collection[str]
    jenis_bukti: Collection[str]
    written: Container[str] | None = None
    facts: Mapping[str, Mapping[str, Field]] = field(default_factory=lambda: FACTS)

    def unknown(self, name: str, known: Collection[str]) -> bool:
        """Return whether the rubric has no `name` among its `known` names, as far as it could be read."""
        return name not in known and (self.written is None or (bool(known) and name not in self.written))

    def domain(self, name: str) -> Collection[str]:
        """Return the texts that a field of this domain can hold; empty for any text."""
        own = {
            "kriteria": self.kriteria,
            "subkomponen": self.subkomponen,
            "komponen": self.komponen,
            "jenis_bukti": self.jenis_bukti,
            "jawaban": ("belum", *self.ranks),
        }
        return own.get(name) or DOMAINS.get(name, ())

    def fits(self, text: str, name: str) -> bool:
        """Return whether a field of this domain can hold `text`, as far as the rubric could be read."""
        known = self.domain(name)
        return (
            not known or text in known or (name not in DOMAINS and self.written is not None and text in self.written)
        )


def compile_rules(
    entries: Iterable[RuleEntry], document: YamlDocument, names: Names
) -> tuple[list[Rule], list[Problem]]:
    """Check the rules of one file against the vocabulary and the rubric; return the good ones and all problems (A6xx)."""
    rules: list[Rule] = []
    problems: list[Problem] = []
    for index, entry in enumerate(entries):
        checker = _Checker(document, ("aturan", index), names)
        rule = checker.rule(entry)
        problems += checker.problems
        if rule is not None and not checker.problems:
            rules.append(rule)
    return rules, problems


class _Checker:
    """Checks one rule and keeps what it found."""

    def __init__(self, document: YamlDocument, path: tuple[str | int, ...], names: Names) -> None:
        self.document, self.path, self.names = document, path, names
        self.problems: list[Problem] = []
        self.facts: dict[str, str] = {}
        self.named: set[str] = set()
        self.doubtful: set[str] = set()

    def report(self, kode: str, path: tuple[str | int, ...], apa: str, mengapa: str, perbaikan: str) -> None:
        place = self.document.locate(self.path + path)
        self.problems.append(Problem(kode, place, apa, mengapa, perbaikan))

    def left_out(self, *path: str | int) -> bool:
        """Return whether something there was left out as bad: what only follows from that is not reported."""
        return self.document.lacks(self.path + path)

    def doubts(self, alias: str) -> bool:
        """Return whether `alias` may be meant for a fact that is reported already."""
        return alias not in self.facts and (alias in self.doubtful or self.left_out("bila"))

    def rule(self, entry: RuleEntry) -> Rule | None:
        outcomes = {"usulan": entry.usulan, "temuan": entry.temuan, "rekomendasi": entry.rekomendasi}
        outcome = outcomes[entry.jenis]
        given = [name for name, value in outcomes.items() if value is not None]
        if outcome is None and self.left_out(entry.jenis):
            return None
        if outcome is None or given != [entry.jenis]:
            self.report(
                "A605",
                ("jenis",),
                f"Aturan `{entry.id}` berjenis {entry.jenis}, tetapi memuat bagian: {', '.join(given) or 'tidak ada'}",
                "Jenis aturan menentukan hasilnya",
                f"Tulis tepat satu bagian `{entry.jenis}:`",
            )
            return None
        patterns = tuple(
            pattern
            for at, item in enumerate(entry.bila)
            if (pattern := self.pattern(item, ("bila", at), entry.jenis)) is not None
        )
        if all(item.tidak_ada for item in entry.bila) and not self.left_out("bila"):
            self.report(
                "A607",
                ("bila",),
                f"Aturan `{entry.id}` hanya memuat syarat `tidak_ada`",
                "Aturan harus berpijak pada paling sedikit satu fakta yang ada",
                "Tambahkan misalnya `- {sebut: x, fakta: kasus}`",
            )
        self.outcome(outcome, entry)
        present = tuple(p for p in patterns if not p.absent)
        return Rule(
            entry.id,
            entry.jenis,
            present + tuple(p for p in patterns if p.absent),
            _MAKA[entry.jenis](**dict(outcome)),
            entry.dasar,
            entry.contoh,
        )

    def pattern(self, item: PatternEntry, path: tuple[str | int, ...], stage: Stage) -> Pattern | None:
        if item.sebut in self.named:
            self.doubtful.add(item.sebut)
            self.report(
                "A606",
                (*path, "sebut"),
                f"Sebutan `{item.sebut}` dipakai dua kali",
                "Sebutan harus menunjuk satu fakta",
                "Ganti salah satunya",
            )
            return None
        self.named.add(item.sebut)
        facts = self.names.facts
        if item.fakta not in facts or not fields_at(item.fakta, stage, facts):
            self.doubtful.add(item.sebut)
            known = [name for name in facts if fields_at(name, stage, facts)]
            self.report(
                "A601",
                (*path, "fakta"),
                f"Fakta `{item.fakta}` tidak dikenal pada aturan {stage}",
                "Aturan atas fakta yang tidak pernah ada tidak akan pernah berlaku",
                suggest(item.fakta, known),
            )
            return None
        fields = fields_at(item.fakta, stage, facts)
        tests: list[Constraint] = []
        joins: list[Join] = []
        for name, wanted in item.syarat.items():
            at = (*path, "syarat", name)
            spec = fields.get(name)
            if spec is None or spec.kind == "pesan":
                testable = [n for n, f in fields.items() if f.kind != "pesan"]
                self.report(
                    "A602",
                    at,
                    f"Fakta `{item.fakta}` tidak punya medan `{name}` yang dapat diuji pada aturan {stage}",
                    "Syarat atas medan yang tidak ada tidak akan pernah terpenuhi",
                    suggest(name, testable),
                )
                continue
            if isinstance(wanted, str):
                self.test(tests, name, "==", wanted, spec, at)
                continue
            if not wanted.model_fields_set and not self.left_out(*at):
                self.report(
                    "A603",
                    at,
                    f"Syarat atas `{name}` tidak menyebut apa pun",
                    "Syarat tanpa pembanding dipenuhi oleh isi apa saja",
                    "Tulis isinya, atau pembanding: " + ", ".join(Comparison.model_fields),
                )
            comparisons: tuple[tuple[str, Operator, str | None], ...] = (
                ("bukan", "!=", wanted.bukan),
                ("minimal", ">=", wanted.minimal),
                ("maksimal", "<=", wanted.maksimal),
            )
            for key, op, text in comparisons:
                if text is not None:
                    self.test(tests, name, op, text, spec, (*at, key))
            if wanted.salah_satu is not None:
                values = [
                    self.value(text, spec, (*at, "salah_satu", index)) for index, text in enumerate(wanted.salah_satu)
                ]
                if None not in values:
                    tests.append(Constraint(name, "in", tuple(values)))  # type: ignore[arg-type]
            if wanted.sama_dengan is not None:
                self.join(joins, name, wanted.sama_dengan, spec.kind, (*at, "sama_dengan"), stage)
        if not item.tidak_ada:
            self.facts[item.sebut] = item.fakta
        return Pattern(item.sebut, item.fakta, tuple(tests), tuple(joins), item.tidak_ada)

    def value(self, text: str, spec: Field, at: tuple[str | int, ...]) -> str | int | None:
        kind = spec.kind
        if kind == "teks":
            if not self.names.fits(text, spec.domain):
                self.report(
                    "A609",
                    at,
                    f"`{text}` tidak pernah menjadi isi medan ini",
                    "Syarat ini tidak akan pernah terpenuhi",
                    suggest(text, [name for name in self.names.domain(spec.domain) if name]),
                )
                return None
            return text
        if kind == "peringkat" and text in self.names.ranks:
            return self.names.ranks[text]
        if kind == "peringkat" and self.names.written is not None and text in self.names.written:
            return 0
        if re.fullmatch(r"-?[0-9]{1,9}", text) and (kind != "peringkat" or 0 <= int(text) <= len(self.names.ranks)):
            return int(text)
        wanted = "jawaban pada skala" if kind == "peringkat" else "bilangan bulat"
        self.report(
            "A603",
            at,
            f"`{text}` bukan {wanted}",
            "Syarat ini membandingkan " + ("peringkat" if kind == "peringkat" else "bilangan"),
            suggest(text, self.names.ranks) if kind == "peringkat" else "Tulis misalnya 1",
        )
        return None

    def test(
        self, tests: list[Constraint], name: str, op: Operator, text: str, spec: Field, at: tuple[str | int, ...]
    ) -> None:
        if op in (">=", "<=") and spec.kind == "teks":
            self.report(
                "A603",
                at,
                f"Medan `{name}` berisi teks dan tidak dapat dibandingkan besar-kecilnya",
                "Teks hanya dapat sama atau berbeda",
                "Pakai kesamaan, `bukan`, atau `salah_satu`",
            )
            return
        value = self.value(text, spec, at)
        if value is not None:
            tests.append(Constraint(name, op, value))

    def join(
        self, joins: list[Join], name: str, text: str, kind: str, at: tuple[str | int, ...], stage: Stage
    ) -> None:
        match = REFERENCE.fullmatch(text)
        other = self.facts.get(match[1]) if match else None
        target = fields_at(other, stage, self.names.facts).get(match[2]) if match and other else None
        if match is not None and self.doubts(match[1]):
            return
        if match is None or other is None or target is None or target.kind != kind:
            self.report(
                "A604",
                at,
                f"`{text}` tidak menunjuk medan sejenis dari fakta yang disebut lebih dahulu",
                "Dua fakta hanya dapat dihubungkan lewat medan yang ada pada keduanya",
                "Tulis `sebutan.medan`; sebutan yang ada: " + (", ".join(self.facts) or "belum ada"),
            )
            return
        joins.append(Join(name, match[1], match[2]))

    def outcome(self, outcome: UsulanEntry | TemuanEntry | RekomendasiEntry, entry: RuleEntry) -> None:
        stage = entry.jenis
        for name, value in outcome:
            if isinstance(value, str) and name not in ("untuk", "dari"):
                for braced in _BRACED.findall(value):
                    self.braced(braced, (stage, name), stage)
        named = None if isinstance(outcome, UsulanEntry) else outcome.kriteria
        for name in () if named is None or PLACEHOLDER.search(named) else [n.strip() for n in named.split(",")]:
            if self.names.unknown(name, self.names.kriteria):
                self.report(
                    "A604",
                    (stage, "kriteria"),
                    f"Kriteria `{name}` tidak ada dalam rubrik",
                    "Temuan dan rekomendasi menunjuk kriteria yang ada",
                    suggest(name, self.names.kriteria),
                )
        about = (
            outcome.untuk
            if isinstance(outcome, UsulanEntry)
            else outcome.dari
            if isinstance(outcome, RekomendasiEntry)
            else None
        )
        if about is not None and self.facts.get(about) != "kriteria" and not self.doubts(about):
            self.report(
                "A604",
                (stage, "untuk" if isinstance(outcome, UsulanEntry) else "dari"),
                f"`{about}` bukan sebutan fakta kriteria",
                "Usulan dan rekomendasi rubrik selalu tentang satu kriteria",
                "Sebutkan fakta kriteria di `bila`",
            )
        if isinstance(outcome, RekomendasiEntry):
            self.recommendation(outcome)

    def braced(self, text: str, at: tuple[str | int, ...], stage: Stage) -> None:
        """Check one `{...}`, or one brace that has no other: what cannot be filled in would be printed as it is."""
        why = "Isian itu akan tercetak apa adanya dalam surat"
        if at[-1] == "pesan_gabung":
            if text not in JOINED:
                apa = f"Isian {text} tidak dikenal dalam `pesan_gabung`"
                self.report("A604", at, apa, why, "Yang dikenal: " + ", ".join(JOINED))
            return
        match = PLACEHOLDER.fullmatch(text)
        if match is not None and self.doubts(match[1]):
            return
        fact = self.facts.get(match[1]) if match is not None else None
        fields = fields_at(fact, stage, self.names.facts) if fact is not None else {}
        if match is None or match[2] not in fields:
            mend = f"Sebutan yang ada: {', '.join(self.facts) or 'belum ada'}; tulis {{sebutan.medan}}"
            if match is not None and fields:
                meant = suggest(match[2], fields)
                mend += f"; {meant[0].lower()}{meant[1:]}"
            apa = f"Isian {text} tidak menunjuk medan dari fakta yang disebut di `bila`"
            self.report("A604", at, apa, why, mend)

    def recommendation(self, outcome: RekomendasiEntry) -> None:
        own = outcome.teks is not None and outcome.komponen is not None
        if (outcome.dari is None) != own and not self.left_out("rekomendasi"):
            self.report(
                "A605",
                ("rekomendasi",),
                "Rekomendasi memuat `dari`, atau `komponen` bersama `teks`",
                "Kalimatnya berasal dari rubrik atau dari aturan, tidak keduanya",
                "Tulis salah satu",
            )
        if outcome.komponen is not None and self.names.unknown(outcome.komponen, self.names.komponen):
            self.report(
                "A604",
                ("rekomendasi", "komponen"),
                f"Komponen `{outcome.komponen}` tidak ada dalam rubrik",
                "Rekomendasi dikelompokkan per komponen",
                suggest(outcome.komponen, self.names.komponen),
            )
        for index, jenis in enumerate(outcome.bukti):
            if self.names.unknown(jenis, self.names.jenis_bukti):
                self.report(
                    "A604",
                    ("rekomendasi", "bukti", index),
                    f"Jenis bukti `{jenis}` tidak ada dalam rubrik",
                    "Bukti yang diminta harus dapat didaftarkan dalam kasus",
                    suggest(jenis, self.names.jenis_bukti),
                )
        if outcome.teks is not None and not outcome.teks.startswith("Agar "):
            self.report(
                "A608",
                ("rekomendasi", "teks"),
                "Kalimat rekomendasi tidak diawali `Agar`",
                "Rekomendasi dalam LHE berbentuk kalimat saran",
                "Awali dengan `Agar `",
            )
