"""Facts for the rules, made from a rubric, a case and what is already known; the vocabulary is `rubric.facts`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from sakip_eval.case.case import Bukti, Case, JawabanSub, Penilaian, Rater, TindakLanjut
from sakip_eval.engine.matching import Fact
from sakip_eval.engine.pemenuhan import Pemenuhan
from sakip_eval.engine.result import Temuan
from sakip_eval.engine.score import Usulan, percent
from sakip_eval.engine.trace import TraceNode
from sakip_eval.numbers import format_fixed
from sakip_eval.rubric.rubric import BELUM, Kriteria, Rubric

YA, TIDAK = "ya", "tidak"
_NO_SUB = JawabanSub()


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


def criterion_facts(rubric: Rubric, penilaian: Penilaian, evidence: Evidence) -> list[Fact]:
    """Return one fact for each criterion, nothing proposed yet."""
    said = penilaian.kriteria
    return [
        _criterion_fact(
            static, said[static.id].status or BELUM if static.id in said else BELUM, evidence.showing(static.kriteria)
        )
        for static in _statics(rubric)
    ]


def with_proposals(facts: Iterable[Fact], usulan: Mapping[str, Usulan]) -> list[Fact]:
    """Return the criterion facts with what was proposed for each."""
    if not usulan:
        return list(facts)
    result: list[Fact] = []
    for fact in facts:
        proposed = usulan.get(str(fact.values["kriteria"]))
        if proposed is not None:
            fact = Fact("kriteria", {**fact.values, "usulan": proposed.status, "alasan_usulan": proposed.alasan})
        result.append(fact)
    return result


@dataclass(slots=True)
class _Static:
    """What a criterion's fact says in every case; `bare` are the facts without evidence, by status."""

    id: str
    kriteria: Kriteria
    values: dict[str, str | int]
    bare: dict[str, Fact]


@lru_cache(maxsize=64)
def _statics(rubric: Rubric) -> tuple[_Static, ...]:
    return tuple(
        _Static(
            kriteria.id,
            kriteria,
            {
                "kriteria": kriteria.id,
                "subkomponen": kriteria.subkomponen,
                "komponen": kriteria.komponen,
                "dimensi": sub.dimensi,
                "uji": kriteria.uji or "",
                "status": BELUM,
                "cocok": 0,
                "ditetapkan": 0,
                "dipublikasikan": 0,
                "disampaikan": 0,
                "jenis_bukti": either([rubric.jenis_bukti[jenis] for jenis in kriteria.bukti]),
                "bukti_cocok": "",
                "usulan": BELUM,
                "alasan_usulan": "",
            },
            {},
        )
        for sub in rubric.each_subkomponen()
        for kriteria in sub.kriteria
    )


def _criterion_fact(static: _Static, status: str, matching: list[Bukti]) -> Fact:
    if not matching:
        fact = static.bare.get(status)
        if fact is None:
            fact = static.bare[status] = Fact("kriteria", {**static.values, "status": status})
        return fact
    ditetapkan = dipublikasikan = disampaikan = 0
    for bukti in matching:
        ditetapkan += bukti.penetapan is not None
        dipublikasikan += bukti.publikasi is not None
        disampaikan += bukti.penyampaian is not None
    return Fact(
        "kriteria",
        {
            **static.values,
            "status": status,
            "cocok": len(matching),
            "ditetapkan": ditetapkan,
            "dipublikasikan": dipublikasikan,
            "disampaikan": disampaikan,
            "bukti_cocok": ", ".join([b.id for b in matching]),
        },
    )


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
    """Yield one fact for each printed figure that is not what the rubric and the answers give.

    A printed value may differ from the exact one by half a unit of its last digit, and a sum by as much for each
    of its parts. Figures that are not judged yet are not compared.
    """
    printed = case.tercetak
    if printed is None:
        return
    nodes = (
        {"total": total} | {k.id: k for k in total.children} | {s.id: s for k in total.children for s in k.children}
    )
    unit = Fraction(1, 2 * 10**printed.digit)
    for name, figures in [("total", printed.total), *printed.bagian.items()]:
        node = nodes.get(name)
        if node is None:
            continue
        for what, given, ours in (
            ("bobot", figures.bobot, node.bobot),
            ("nilai", figures.nilai, node.nilai),
            ("persen", figures.persen, node.poin),
        ):
            if given is None or ours is None or given == ours or abs(given - ours) <= _slack(what, node, unit):
                continue
            shown = (format_fixed(given, printed.digit), format_fixed(ours, printed.digit))
            yield _printed(name, what, *shown, printed.sumber)
        if name == "total" and figures.predikat not in (None, predikat) and predikat is not None:
            yield _printed(name, "predikat", str(figures.predikat), predikat, printed.sumber)


def _slack(what: str, node: TraceNode, unit: Fraction) -> Fraction:
    if what == "bobot":
        return unit
    # Only components and the total are sums of figures that are printed too.
    parts = max(1, len(node.children)) if node.grounds.jenis in ("total", "komponen") else 1
    if what == "nilai" or node.bobot is None:
        return unit * parts
    return unit + percent(unit * parts, node.bobot)


def _printed(letak: str, besaran: str, tercetak: str, hitung: str, sumber: str) -> Fact:
    values = {"letak": letak, "besaran": besaran, "tercetak": tercetak, "hitung": hitung, "sumber": sumber}
    return Fact("tercetak", values)


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
