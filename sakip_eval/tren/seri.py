"""Results in the order of their years: series by agency, stretches between breaks, changes inside a stretch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise

from sakip_eval.folding import folded
from sakip_eval.tren.hasil import Hasil


@dataclass(frozen=True, slots=True)
class Geser:
    """What one part contributed to a change, in points; `dari` and `ke` are its points, or its answers."""

    id: str
    nama: str
    selisih: Fraction
    dari: str | None = None
    ke: str | None = None


@dataclass(frozen=True, slots=True)
class Perubahan:
    """From one result to the next of the same stretch, in points.

    `selisih` is the change of the computed total, None where one of them is incomplete; `komponen` explains it, the
    largest first, and adds up to it; `subkomponen` explains those components whose subkomponen both years know.
    `selisih_tercetak` is the change of the printed totals, None where one has none. `tanpa` are years between them
    without a result.
    """

    dari: Hasil
    ke: Hasil
    selisih: Fraction | None
    komponen: tuple[Geser, ...]
    subkomponen: tuple[Geser, ...]
    selisih_tercetak: Fraction | None
    tanpa: tuple[int, ...]

    @property
    def berlawanan(self) -> bool:
        """Return whether printed and computed totals changed in opposite directions."""
        ours, printed = self.selisih, self.selisih_tercetak
        return ours is not None and printed is not None and ours * printed < 0


@dataclass(frozen=True, slots=True)
class Ruas:
    """Results whose totals are like for like; `nama` is A, B, ..."""

    nama: str
    hasil: tuple[Hasil, ...]

    @property
    def rubrik(self) -> tuple[str, ...]:
        """Ids of the rubrics, each once, in the order of the years."""
        return tuple(dict.fromkeys(h.rubrik for h in self.hasil))

    @property
    def bobot(self) -> tuple[Fraction, ...]:
        """Bobot of the components in points."""
        return tuple(k.bobot for k in self.hasil[0].komponen)


@dataclass(frozen=True, slots=True)
class Seri:
    """All results of one agency by tahun kinerja. Between two stretches no change is computed.

    `ganda` are years with more than one result: all are kept, and no change is computed from or to them.
    """

    instansi: str
    induk: str | None
    ruas: tuple[Ruas, ...]
    perubahan: tuple[Perubahan, ...]
    ganda: tuple[int, ...]

    @property
    def hasil(self) -> tuple[Hasil, ...]:
        """Return all results in order."""
        return tuple(h for ruas in self.ruas for h in ruas.hasil)


def series(results: Iterable[Hasil]) -> tuple[Seri, ...]:
    """Return one series for each agency (told apart by nama and induk), in the order in which they first come."""
    groups: dict[tuple[str, str], list[Hasil]] = {}
    for result in results:
        groups.setdefault((folded(result.instansi), folded(result.induk or "")), []).append(result)
    return tuple(_seri(group) for group in groups.values())


def _seri(results: Sequence[Hasil]) -> Seri:
    ordered = sorted(results, key=lambda h: (h.tahun_kinerja, h.tahun_evaluasi, h.sumber))
    stretches: list[list[Hasil]] = [ordered[:1]]
    for before, after in pairwise(ordered):
        if before.skala == after.skala:
            stretches[-1].append(after)
        else:
            stretches.append([after])
    years = {year: len(list(group)) for year, group in groupby(ordered, key=lambda h: h.tahun_kinerja)}
    twice = tuple(year for year, number in years.items() if number > 1)
    changes = tuple(
        change(before, after)
        for stretch in stretches
        for before, after in pairwise(stretch)
        if before.tahun_kinerja not in twice and after.tahun_kinerja not in twice
    )
    first = ordered[0]
    return Seri(
        first.instansi,
        first.induk,
        tuple(Ruas(chr(ord("A") + number), tuple(stretch)) for number, stretch in enumerate(stretches)),
        changes,
        twice,
    )


def change(before: Hasil, after: Hasil) -> Perubahan:
    """Return what changed between two results of one stretch, explained by their components."""
    if before.nilai is None or after.nilai is None:
        total = None
        parts: list[Geser] = []
    else:
        total = after.nilai - before.nilai
        parts = [
            Geser(k.id, k.nama, k.nilai - old.nilai)
            for old, k in zip(before.komponen, after.komponen, strict=True)
            if k.nilai is not None and old.nilai is not None
        ]
    printed = after.tercetak - before.tercetak if after.tercetak is not None and before.tercetak is not None else None
    return Perubahan(
        before,
        after,
        total,
        _largest_first(parts),
        _largest_first(_subkomponen(before, after)),
        printed,
        tuple(range(before.tahun_kinerja + 1, after.tahun_kinerja)),
    )


def _subkomponen(before: Hasil, after: Hasil) -> list[Geser]:
    old = {s.id: s for k in before.komponen for s in k.subkomponen}
    return [
        Geser(s.id, s.nama, s.nilai - old[s.id].nilai, old[s.id].jawaban, s.jawaban)  # type: ignore[operator]
        for k in after.komponen
        for s in k.subkomponen
        if s.nilai is not None and s.id in old and old[s.id].nilai not in (None, s.nilai)
    ]


def _largest_first(parts: Iterable[Geser]) -> tuple[Geser, ...]:
    return tuple(sorted(parts, key=lambda part: (-abs(part.selisih), part.id)))
