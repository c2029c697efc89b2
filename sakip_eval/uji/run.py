"""Run tests: what came out against what was expected, each difference in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sakip_eval.engine.durable_port import default_matcher
from sakip_eval.engine.evaluate import evaluate
from sakip_eval.engine.matching import Fact, Firing, Matcher, RuleSet
from sakip_eval.engine.result import Evaluation
from sakip_eval.numbers import format_plain
from sakip_eval.problems import Location
from sakip_eval.rubric.rubric import BELUM, Rubric
from sakip_eval.uji.load import Uji
from sakip_eval.uji.model import Figure, HarapEntry
from sakip_eval.uji.names import TANPA

ADA, TIDAK_ADA = "ada", "tidak ada"


@dataclass(frozen=True, slots=True)
class Beda:
    """One difference: what was compared, what was expected, what came out; `path` leads to it in the test."""

    pokok: str
    harap: str
    hasil: str
    path: tuple[str | int, ...]

    def __str__(self) -> str:
        return f"{self.pokok}: harap {self.harap}, hasil {self.hasil}"


@dataclass(frozen=True, slots=True)
class HasilUji:
    """The outcome of one test; `fired` names the rules that fired, `evaluation` is None where none was expected."""

    uji: Uji
    beda: tuple[Beda, ...]
    evaluation: Evaluation | None
    fired: frozenset[str]

    @property
    def lulus(self) -> bool:
        """Whether everything came out as expected."""
        return not self.beda

    def place(self, beda: Beda) -> Location:
        """Return where the expectation stands that was not met."""
        return self.uji.at("harap" if self.uji.harap is not None else "buruk", *beda.path)


class _Recorder:
    """A matcher that remembers which rules fired."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.fired: set[str] = set()

    def run(self, rules: RuleSet, facts: Sequence[Fact]) -> list[Firing]:
        firings = self.matcher.run(rules, facts)
        self.fired.update(firing.rule.id for firing in firings)
        return firings


def run_tests(rubric: Rubric, tests: Iterable[Uji]) -> list[HasilUji]:
    """Run the tests of a rubric, in order."""
    return [run_test(rubric, uji) for uji in tests]


def run_test(rubric: Rubric, uji: Uji) -> HasilUji:
    """Run one test."""
    if uji.buruk is not None or uji.case is None or uji.harap is None:
        expected, found = sorted(set(uji.buruk or ())), sorted({p.kode for p in uji.problems})
        beda = () if expected == found else (Beda("buruk", _group(expected), _group(found), ()),)
        return HasilUji(uji, beda, None, frozenset())
    recorder = _Recorder(default_matcher())
    result = evaluate(rubric, uji.case, uji.penilai, recorder)
    return HasilUji(uji, tuple(_compare(result, uji.harap)), result, frozenset(recorder.fired))


def predikat_word(e: Evaluation) -> str:
    """Return the predikat; `tanpa` for a complete total without one, `belum` while it is still open."""
    if e.predikat is not None:
        return e.predikat.predikat
    return TANPA if e.lengkap else BELUM


def proposed(e: Evaluation, name: str) -> str:
    """Return what is proposed for a criterion (status) or subkomponen (answer); `belum` where nothing is."""
    if name in e.rubric.kriteria_by_id:
        return e.usulan[name].status if name in e.usulan else BELUM
    return next(s.usulan for k in e.komponen for s in k.subkomponen if s.id == name) or BELUM


def _compare(e: Evaluation, harap: HarapEntry) -> Iterator[Beda]:
    if harap.nilai is not None:
        yield from _figure(e, "nilai", harap.nilai, e.nilai, ("nilai",))
    if harap.predikat not in (None, predikat_word(e)):
        yield Beda("predikat", str(harap.predikat), predikat_word(e), ("predikat",))
    if harap.rentang is not None:
        low, high = e.rentang
        for word, wanted, ours in (("min", harap.rentang.min, low), ("maks", harap.rentang.maks, high)):
            if wanted is not None:
                yield from _figure(e, f"rentang {word}", wanted, ours, ("rentang", word))
    values = {k.id: k.nilai for k in e.komponen}
    for name, figure in harap.komponen.items():
        yield from _figure(e, f"komponen {name}", figure, values[name], ("komponen", name))
    for name, word in harap.usulan.items():
        if proposed(e, name) != word:
            yield Beda(f"usulan {name}", word, proposed(e, name), ("usulan", name))
    yield from _findings(e, harap)
    yield from _recommendations(e, harap)


def _figure(e: Evaluation, what: str, wanted: Figure, ours: Fraction | None, path: tuple[str, ...]) -> Iterator[Beda]:
    """Compare with the figure as it is printed, rounded as the rubric rounds."""
    rounding = e.rubric.rounding
    printed = BELUM if ours is None else rounding.apply(ours)
    if wanted != printed:
        shown = [
            f if isinstance(f, str) else rounding.format(f) if rounding.apply(f) == f else format_plain(f)
            for f in (wanted, printed)
        ]
        yield Beda(what, shown[0], shown[1], path)


def _findings(e: Evaluation, harap: HarapEntry) -> Iterator[Beda]:
    said = {t.kode: t.pesan for t in e.temuan}
    for field in ("temuan", "temuan_memuat"):
        for index, kode in enumerate(getattr(harap, field) or ()):
            if kode not in said:
                yield Beda(f"temuan {kode}", ADA, TIDAK_ADA, (field, index))
    unwanted: dict[str, tuple[str | int, ...]] = {k: ("temuan_tanpa", at) for at, k in enumerate(harap.temuan_tanpa)}
    if harap.temuan is not None:
        unwanted |= {kode: ("temuan",) for kode in said if kode not in harap.temuan}
    for kode, path in unwanted.items():
        if kode in said:
            yield Beda(f"temuan {kode}", TIDAK_ADA, f"{ADA} ({said[kode]})", path)


def _recommendations(e: Evaluation, harap: HarapEntry) -> Iterator[Beda]:
    """Compare groups of criteria: their order counts, the order within a group does not."""
    groups = [sorted(r.kriteria) for r in e.rekomendasi]
    if harap.rekomendasi is not None and groups != [sorted(group) for group in harap.rekomendasi]:
        ours = [_group(r.kriteria) for r in e.rekomendasi]
        wanted = [_group(group) for group in harap.rekomendasi]
        yield Beda("rekomendasi", " ".join(wanted) or TIDAK_ADA, " ".join(ours) or TIDAK_ADA, ("rekomendasi",))
    for index, group in enumerate(harap.rekomendasi_memuat):
        if sorted(group) not in groups:
            yield Beda(f"rekomendasi {_group(group)}", ADA, TIDAK_ADA, ("rekomendasi_memuat", index))


def _group(names: Iterable[str]) -> str:
    return "[" + ", ".join(names) + "]"
