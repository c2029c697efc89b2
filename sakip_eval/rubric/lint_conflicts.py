"""Do two rules contradict each other? Different statuses for the same facts; one kode with two severities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sakip_eval.rubric.lint_reach import Scope
from sakip_eval.rubric.rules import Join, MakaTemuan, MakaUsulan, Pattern, Rule

MAX_PATTERNS = 8
"""Rules of more patterns are not compared."""


class Conflict(NamedTuple):
    """What two rules disagree about, why that matters, how to mend it."""

    apa: str
    mengapa: str
    perbaikan: str


def conflict(scope: Scope, earlier: Rule, later: Rule) -> Conflict | None:
    """Say how two rules contradict each other; None where they do not, or where that cannot be told."""
    one, two = earlier.outcome, later.outcome
    if isinstance(one, MakaTemuan) and isinstance(two, MakaTemuan):
        if one.kode != two.kode or one.tingkat == two.tingkat:
            return None
        return Conflict(
            f"temuan `{one.kode}` bertingkat {one.tingkat} pada `{earlier.id}` dan {two.tingkat} pada `{later.id}`",
            "Satu kode temuan mempunyai satu tingkat, agar berat temuan tidak bergantung pada aturannya",
            "Samakan tingkatnya, atau beri kode yang lain",
        )
    if not (isinstance(one, MakaUsulan) and isinstance(two, MakaUsulan)) or one.status == two.status:
        return None
    forward, backward = covers(scope, earlier, later), covers(scope, later, earlier)
    if not (forward or backward):
        return None
    if forward and backward:
        when = "syarat keduanya sama"
    else:
        narrow, wide = (earlier.id, later.id) if forward else (later.id, earlier.id)
        when = f"setiap kali `{narrow}` berlaku, `{wide}` juga berlaku"
    return Conflict(
        f"{when}, tetapi `{earlier.id}` mengusulkan {one.status} dan `{later.id}` mengusulkan {two.status}",
        "Kriteria yang sama diusulkan dengan dua status; yang dibaca terakhir menang diam-diam",
        "Batasi syarat salah satunya sehingga keduanya tidak pernah berlaku bersama",
    )


def covers(scope: Scope, narrow: Rule, wide: Rule) -> bool:
    """Tell whether `wide` proposes for a criterion whenever `narrow` does."""
    assert isinstance(narrow.outcome, MakaUsulan)
    assert isinstance(wide.outcome, MakaUsulan)
    if max(len(narrow.patterns), len(wide.patterns)) > MAX_PATTERNS:
        return False
    about = {wide.outcome.untuk: narrow.outcome.untuk}
    return any(_absences_hold(scope, narrow, wide, means) for means in _readings(scope, narrow, wide, about))


def _readings(scope: Scope, narrow: Rule, wide: Rule, about: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Yield every way to read the facts of `wide` as facts of `narrow`: name in `wide` -> name in `narrow`."""
    present = [pattern for pattern in narrow.patterns if not pattern.absent]
    wanted = [pattern for pattern in wide.patterns if not pattern.absent]

    def extend(at: int, means: dict[str, str]) -> Iterator[dict[str, str]]:
        if at == len(wanted):
            yield means
            return
        pattern = wanted[at]
        for choice in present:
            if about.get(pattern.name, choice.name) != choice.name or not scope.admits_all(choice, pattern):
                continue
            now = {**means, pattern.name: choice.name}
            if all(_joined(present, choice, join, now) for join in pattern.joins):
                yield from extend(at + 1, now)

    return extend(0, {})


def _joined(present: Sequence[Pattern], pattern: Pattern, join: Join, means: Mapping[str, str]) -> bool:
    """Tell whether `narrow` makes equal what a join of `wide` wants equal."""
    other = means[join.other]
    if other == pattern.name and join.field == join.other_field:
        return True
    back = next(p for p in present if p.name == other)
    return (
        Join(join.field, other, join.other_field) in pattern.joins
        or Join(join.other_field, pattern.name, join.field) in back.joins
    )


def _absences_hold(scope: Scope, narrow: Rule, wide: Rule, means: Mapping[str, str]) -> bool:
    """Tell whether every fact that `wide` forbids is one that `narrow` forbids."""
    forbidden = [pattern for pattern in narrow.patterns if pattern.absent]
    return all(
        any(scope.admits_all(pattern, other) and _joins_within(other, pattern, means) for other in forbidden)
        for pattern in wide.patterns
        if pattern.absent
    )


def _joins_within(loose: Pattern, tight: Pattern, means: Mapping[str, str]) -> bool:
    said = {(join.field, means[join.other], join.other_field) for join in tight.joins}
    return all((join.field, join.other, join.other_field) in said for join in loose.joins)
