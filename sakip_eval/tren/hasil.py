"""One published or computed result of one year, as a point of a series, whatever it was made from."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction

from sakip_eval.case.case import Target
from sakip_eval.engine.result import Evaluation
from sakip_eval.rubric.rubric import Rubric


@dataclass(frozen=True, slots=True)
class BagianSub:
    """One subkomponen of a result: its answer and points, as far as the result knows them."""

    id: str
    nama: str
    jawaban: str | None
    nilai: Fraction | None


@dataclass(frozen=True, slots=True)
class Bagian:
    """One component of a result in points: `nilai` as computed (None: not judged), `tercetak` as published."""

    id: str
    nama: str
    bobot: Fraction
    nilai: Fraction | None
    tercetak: Fraction | None = None
    subkomponen: tuple[BagianSub, ...] = ()


@dataclass(frozen=True)
class Hasil:
    """The result of one agency for one year.

    `nilai` is the total in points, None while something is not judged, then `rentang` says what it can become;
    `tercetak` is the total as published. `sumber` names the file or ledger it came from. `skala` tells whether totals
    are like for like: components with their bobot, and predikat bands.
    `pita` is the rubric whose predikat bands apply; `digit` the decimals that were printed.
    """

    instansi: str
    induk: str | None
    tahun_kinerja: int
    tahun_evaluasi: int
    rubrik: str
    peraturan: str
    penilai: str
    skala: Hashable
    komponen: tuple[Bagian, ...]
    nilai: Fraction | None
    rentang: tuple[Fraction, Fraction]
    predikat: str | None
    tercetak: Fraction | None
    predikat_tercetak: str | None
    sumber_tercetak: str | None
    digit: int
    target: Target | None
    sumber: str
    pita: Rubric

    @property
    def terbit(self) -> Fraction | None:
        """Return the total that counts as published: the printed one, else the computed one."""
        return self.nilai if self.tercetak is None else self.tercetak

    @property
    def capaian(self) -> Fraction | None:
        """Return the published total as percent of its target; None without either, or with a target of 0."""
        return self.capaian_dari(self.terbit)

    def capaian_dari(self, nilai: Fraction | None) -> Fraction | None:
        """Return a total as percent of the target."""
        if nilai is None or self.target is None or self.target.nilai <= 0:
            return None
        return nilai / self.target.nilai * 100

    def predikat_dari(self, nilai: Fraction) -> str | None:
        """Return the predikat of a total by the rubric of this result."""
        band = self.pita.predikat_of(nilai)
        return band.predikat if band is not None else None


def hasil_of(evaluation: Evaluation, sumber: str) -> Hasil:
    """Return an evaluation as a point of a series; `sumber` is the case file it was computed from."""
    case, rubric, printed = evaluation.case, evaluation.rubric, evaluation.case.tercetak
    parts = printed.bagian if printed is not None else {}
    return Hasil(
        instansi=case.instansi.nama,
        induk=case.instansi.induk,
        tahun_kinerja=case.tahun_kinerja,
        tahun_evaluasi=case.tahun_evaluasi,
        rubrik=rubric.id,
        peraturan=rubric.peraturan,
        penilai=evaluation.penilai,
        skala=scale(rubric),
        komponen=tuple(
            Bagian(
                k.id,
                k.nama,
                k.bobot,
                k.nilai,
                parts[k.id].nilai if k.id in parts else None,
                tuple(BagianSub(s.id, s.nama, s.jawaban, s.nilai) for s in k.subkomponen),
            )
            for k in evaluation.komponen
        ),
        nilai=evaluation.nilai,
        rentang=evaluation.rentang,
        predikat=evaluation.predikat.predikat if evaluation.predikat else None,
        tercetak=printed.total.nilai if printed is not None else None,
        predikat_tercetak=printed.total.predikat if printed is not None else None,
        sumber_tercetak=printed.sumber if printed is not None else None,
        digit=printed.digit if printed is not None else rubric.rounding.digits,
        target=case.target,
        sumber=sumber,
        pita=rubric,
    )


def scale(rubric: Rubric) -> tuple[Hashable, Hashable]:
    """Return what a total means: components with their bobot, and predikat bands."""
    parts = tuple((k.id, k.bobot) for k in rubric.komponen)
    return parts, tuple((p.predikat, p.band) for p in rubric.predikat)
