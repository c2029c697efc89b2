"""Facts for the rules, made from a rubric, a case and what is already known; the vocabulary is `rubric.facts`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from sakip_eval.case.case import Bukti, Case, Cetak, JawabanKriteria, JawabanSub, Penilaian, Rater, TindakLanjut
from sakip_eval.engine.matching import Fact
from sakip_eval.engine.pemenuhan import Pemenuhan
from sakip_eval.engine.result import Temuan
from sakip_eval.engine.score import Usulan
from sakip_eval.engine.trace import TraceNode
from sakip_eval.numbers import format_fixed
from sakip_eval.rubric.rubric import BELUM, Kriteria, Rubric

YA, TIDAK = "ya", "tidak"
_NO_SUB = JawabanSub()
_NO_KRITERIA = JawabanKriteria()


def yes(value: object) -> str:
    """Say a truth in the vocabulary of the rules."""
    return YA if value else TIDAK


def case_fact(rubric: Rubric, case: Case, penilai: Rater) -> Fact:
    """Return the one fact about the case as a whole."""
    follow = case.tindak_lanjut
    return Fact(
        "kasus",
        {
            "penilai": penilai,
            "tingkat": rubric.tingkat,
            "tindak_lanjut": _follow_up(follow),
            "tindak_lanjut_keterangan": (follow.keterangan if follow else None) or "",
        },
    )


def _follow_up(follow: TindakLanjut | None) -> str:
    if follow is None:
        return BELUM
    if not follow.ada_rekomendasi:
        return "tidak_ada"
    return "berbukti" if follow.bukti else "tanpa_bukti"


class Evidence:
    """The evidence of a case, found by kind."""

    def __init__(self, case: Case) -> None:
        self._by_kind: dict[str, list[Bukti]] = {}
        for bukti in case.bukti.values():
            self._by_kind.setdefault(bukti.jenis, []).append(bukti)

    def showing(self, kriteria: Kriteria) -> list[Bukti]:
        """Return the evidence of the kinds that show a criterion, in the order of the rubric's kinds."""
        by_kind = self._by_kind
        return [bukti for jenis in kriteria.bukti if jenis in by_kind for bukti in by_kind[jenis]]


def criterion_facts(
    rubric: Rubric, penilaian: Penilaian, evidence: Evidence, usulan: Mapping[str, Usulan] | None = None
) -> list[Fact]:
    """Return one fact for each criterion; with `usulan`, also what was proposed for it."""
    facts: list[Fact] = []
    for sub in rubric.each_subkomponen():
        for kriteria in sub.kriteria:
            matching = evidence.showing(kriteria)
            values: dict[str, str | int] = {
                "kriteria": kriteria.id,
                "subkomponen": kriteria.subkomponen,
                "komponen": kriteria.komponen,
                "dimensi": sub.dimensi,
                "uji": kriteria.uji or "",
                "status": penilaian.kriteria.get(kriteria.id, _NO_KRITERIA).status or BELUM,
                "cocok": len(matching),
                "ditetapkan": sum(b.penetapan is not None for b in matching),
                "dipublikasikan": sum(b.publikasi is not None for b in matching),
                "disampaikan": sum(b.penyampaian is not None for b in matching),
                "jenis_bukti": either([rubric.jenis_bukti[jenis] for jenis in kriteria.bukti]),
                "bukti_cocok": ", ".join(b.id for b in matching),
            }
            if usulan is not None:
                proposed = usulan.get(kriteria.id)
                values["usulan"] = proposed.status if proposed else BELUM
                values["alasan_usulan"] = proposed.alasan if proposed else ""
            facts.append(Fact("kriteria", values))
    return facts


def either(names: Sequence[str]) -> str:
    """Join names as alternatives: `a`, `a atau b`, `a, b, atau c`."""
    if len(names) < 3:
        return " atau ".join(names)
    return ", ".join(names[:-1]) + ", atau " + names[-1]


def subkomponen_facts(rubric: Rubric, penilaian: Penilaian, pemenuhan: Mapping[str, Pemenuhan]) -> Iterable[Fact]:
    """Yield one fact for each subkomponen that is scored or proposed by its criteria."""
    for sub in rubric.each_subkomponen():
        filled = pemenuhan.get(sub.id)
        if filled is None:
            continue
        said = penilaian.subkomponen.get(sub.id, _NO_SUB)
        rank = rubric.step_by_jawaban[said.jawaban].rank if said.jawaban else 0
        proposed = filled.usulan
        against = BELUM
        if rank and proposed is not None:
            against = "di_atas" if rank > proposed.rank else "di_bawah" if rank < proposed.rank else "sama"
        yield Fact(
            "subkomponen",
            {
                "subkomponen": sub.id,
                "komponen": sub.komponen,
                "dimensi": sub.dimensi,
                "jawaban": said.jawaban or BELUM,
                "peringkat": rank,
                "usulan": proposed.jawaban if proposed else BELUM,
                "terhadap_usulan": against,
                "melampaui": yes(said.jawaban in rubric.beyond),
                "alasan": yes(said.alasan),
                "catatan": yes(said.catatan),
                "bukti": len(said.bukti),
                "belum": len(filled.kurang),
                "berlaku": filled.berlaku,
                "kriteria_belum": ", ".join(filled.kurang),
                "pemenuhan": _percent(rubric, filled),
            },
        )


def _percent(rubric: Rubric, filled: Pemenuhan) -> str:
    if filled.persen_min is None or filled.persen_maks is None:
        return ""
    low, high = rubric.rounding.format(filled.persen_min), rubric.rounding.format(filled.persen_maks)
    return f"{low} %" if low == high else f"{low} sampai {high} %"


def printed_facts(rubric: Rubric, case: Case, total: TraceNode, predikat: str | None) -> Iterable[Fact]:
    """Yield one fact for each printed figure: is it what the rubric and the answers give?

    A printed value may differ from the exact one by half a unit of its last digit, and a sum by as much for each
    of its parts. Figures that are not judged yet are not compared.
    """
    printed = case.tercetak
    if printed is None:
        return
    nodes = {node.id: node for node in total.walk() if node.grounds.jenis != "kriteria"}
    for name, figures in [("total", printed.total), *printed.bagian.items()]:
        node = nodes[name]
        parts = max(1, len(node.children)) if node.grounds.jenis in ("total", "komponen") else 1
        unit = Fraction(1, 2 * 10**printed.digit)
        for what, given, ours, tolerance in _compared(figures, node, unit, parts):
            if given is None or ours is None:
                continue
            yield Fact(
                "tercetak",
                {
                    "letak": name,
                    "besaran": what,
                    "sesuai": yes(abs(given - ours) <= tolerance),
                    "tercetak": format_fixed(given, printed.digit),
                    "hitung": format_fixed(ours, printed.digit),
                    "sumber": printed.sumber,
                },
            )
        if name == "total" and figures.predikat is not None and predikat is not None:
            yield Fact(
                "tercetak",
                {
                    "letak": name,
                    "besaran": "predikat",
                    "sesuai": yes(figures.predikat == predikat),
                    "tercetak": figures.predikat,
                    "hitung": predikat,
                    "sumber": printed.sumber,
                },
            )


def _compared(
    figures: Cetak, node: TraceNode, unit: Fraction, parts: int
) -> Iterable[tuple[str, Fraction | None, Fraction | None, Fraction]]:
    yield "bobot", figures.bobot, node.bobot, unit
    yield "nilai", figures.nilai, node.nilai, unit * parts
    share = node.nilai * 100 / node.bobot if node.nilai is not None and node.bobot else None
    yield "persen", figures.persen, share, unit * (1 + 100 * parts / node.bobot if node.bobot else parts)


def hand_facts(rubric: Rubric, penilaian: Penilaian) -> Iterable[Fact]:
    """Yield one fact for each recommendation that the rater wrote."""
    for number, item in enumerate(penilaian.rekomendasi, start=1):
        homes = sorted({rubric.kriteria_by_id[name].komponen for name in item.kriteria})
        yield Fact(
            "rekomendasi_tangan",
            {
                "nomor": str(number),
                "komponen": item.komponen,
                "komponen_kriteria": ", ".join(homes),
                "tepat": yes(not homes or homes == [item.komponen]),
                "kriteria": ", ".join(item.kriteria),
            },
        )


def finding_facts(findings: Iterable[Temuan]) -> Iterable[Fact]:
    """Yield one fact for each subject of each finding."""
    for finding in findings:
        for subject in finding.subjek:
            yield Fact("temuan", {"kode": finding.kode, "tingkat": finding.tingkat, "subjek": subject})
