"""What an evaluation is: values, findings and recommendations, each leading back to the trace.

Its parts are tuples, since a batch makes millions of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from sakip_eval.case.case import Case, Rater
from sakip_eval.engine.matching import Fact
from sakip_eval.engine.pemenuhan import Pemenuhan
from sakip_eval.engine.score import Usulan
from sakip_eval.engine.trace import TraceNode
from sakip_eval.rubric.rubric import Predikat, Rubric

TINGKAT = ("kontradiksi", "kekurangan", "perhatian")
"""Severity of a finding, gravest first."""


class HasilSubkomponen(NamedTuple):
    """Result of one subkomponen; `nilai` points, `persen` percent of its bobot, `usulan` the proposed answer."""

    id: str
    nama: str
    bobot: Fraction
    jawaban: str | None
    nilai: Fraction | None
    persen: Fraction | None
    usulan: str | None
    pemenuhan: Pemenuhan


class HasilKomponen(NamedTuple):
    """Result of one component; its predikat is the band of its percentage."""

    id: str
    nama: str
    bobot: Fraction
    nilai: Fraction | None
    persen: Fraction | None
    predikat: Predikat | None
    subkomponen: tuple[HasilSubkomponen, ...]


class Temuan(NamedTuple):
    """One finding: `pesan` says what contradicts or lacks, `cara` how to clear it, `fakta` what triggered it."""

    kode: str
    tingkat: str
    pesan: str
    subjek: tuple[str, ...]
    kriteria: tuple[str, ...]
    dasar: str
    cara: str
    aturan: str
    fakta: tuple[Fact, ...]


class Rekomendasi(NamedTuple):
    """One recommendation of the letter.

    `jenis`: rubrik (from unmet criteria), temuan (answers the findings `menjawab`), lanjutan (an open one of an
    earlier year that nothing else covers), tangan (written by the rater). `induk`: ids in the ledger of the open
    recommendations of earlier years that this one continues; each of them stands under exactly one.
    `potensi`: points that the total gains if this alone is done; `potensi_bersama`: if all criteria of the touched
    subkomponen are met; `rawan`: points of answers that stand above what the criteria support. `bukti` names the kinds
    of evidence that would show it; `upaya` 1 (light) to 3 (heavy), None where unknown.
    """

    id: str
    komponen: str
    teks: str
    kriteria: tuple[str, ...]
    potensi: Fraction
    potensi_bersama: Fraction
    rawan: Fraction
    jenis: str
    topik: str | None
    bukti: tuple[str, ...]
    upaya: int | None
    menjawab: tuple[str, ...]
    dasar: str
    induk: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The whole result of one rater's judgement of one case.

    `nilai` is None while something is not judged; then `rentang` says what the total can still become, and `predikat`
    is given only where the whole range has one. `dinilai` of `seluruh` parts are judged. `jejak` is the trace.
    """

    rubric: Rubric
    case: Case
    penilai: Rater
    nilai: Fraction | None
    predikat: Predikat | None
    rentang: tuple[Fraction, Fraction]
    dinilai: int
    seluruh: int
    komponen: tuple[HasilKomponen, ...]
    usulan: Mapping[str, Usulan]
    temuan: tuple[Temuan, ...]
    rekomendasi: tuple[Rekomendasi, ...]
    jejak: TraceNode

    @property
    def lengkap(self) -> bool:
        """Whether everything that gives points is judged."""
        return self.nilai is not None
