"""Facts for the rules, made from a rubric, a case and what is already known; the vocabulary is `rubric.facts`.

Facts about criteria are made in `criterion_facts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from sakip_eval.case.case import Case, JawabanSub, Penilaian, Rater, RekapTindakLanjut, TindakLanjut
from sakip_eval.engine.lanjutan import recap_words
from sakip_eval.engine.matching import Fact
from sakip_eval.engine.pemenuhan import Pemenuhan, pemenuhan
from sakip_eval.engine.result import Temuan
from sakip_eval.engine.score import percent
from sakip_eval.engine.trace import TraceNode
from sakip_eval.engine.wanted import Wanted
from sakip_eval.numbers import format_fixed
from sakip_eval.rubric.rubric import BELUM, Rubric, Step, Subkomponen

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
            "mandiri_terlambat": yes(_late_self_assessment(case)),
            "tindak_lanjut_keterangan": (follow.keterangan if follow else None) or "",
            **(_NO_RECAP if follow is None or follow.rekap is None else _recap(follow.rekap)),
        },
    )


_NO_RECAP: Mapping[str, str | int] = {
    "tl_rekap": TIDAK,
    "tl_jumlah": 0,
    "tl_sesuai": 0,
    "tl_terbuka": 0,
    "tl_tanpa_bukti": 0,
    "tl_tidak_ditanggapi": 0,
    "tl_per_tanggal": "",
    "tl_uraian": "",
}


def _recap(rekap: RekapTindakLanjut) -> Mapping[str, str | int]:
    return {
        "tl_rekap": YA,
        "tl_jumlah": rekap.rekomendasi,
        "tl_sesuai": rekap.sesuai,
        "tl_terbuka": rekap.terbuka,
        "tl_tanpa_bukti": rekap.dilaporkan_tanpa_bukti,
        "tl_tidak_ditanggapi": rekap.tidak_ditanggapi,
        "tl_per_tanggal": rekap.per_tanggal.isoformat(),
        "tl_uraian": ", ".join(recap_words(rekap)),
    }


def _late_self_assessment(case: Case) -> bool:
    mandiri, evaluator = (case.penilaian.get(rater) for rater in ("mandiri", "evaluator"))
    if mandiri is None or evaluator is None or mandiri.tanggal is None or evaluator.tanggal is None:
        return False
    return mandiri.tanggal > evaluator.tanggal


def _follow_up(follow: TindakLanjut | None) -> str:
    if follow is None:
        return BELUM
    if not follow.ada_rekomendasi:
        return "tidak_ada"
    return "berbukti" if follow.bukti else "tanpa_bukti"


def subkomponen_facts(
    rubric: Rubric, case: Case, penilaian: Penilaian, by_sub: Mapping[str, Pemenuhan]
) -> Iterable[Fact]:
    """Yield one fact for each subkomponen that is scored or proposed by its criteria."""
    keberadaan = _existence(rubric, penilaian)
    since = {b.id: year for b in case.bukti.values() if (year := b.penetapan.year if b.penetapan else b.dari)}
    for sub, ids in _with_criteria(rubric):
        filled = by_sub.get(sub.id)
        if filled is None:
            continue
        said = penilaian.subkomponen.get(sub.id, _NO_SUB)
        rank = rubric.step_by_jawaban[said.jawaban].rank if said.jawaban else 0
        statuses = list(map(penilaian.status.get, ids))
        unjudged = statuses.count(None)
        unmet = []
        if statuses.count("terpenuhi") + unjudged < len(statuses):
            unmet = [name for name, status in zip(ids, statuses, strict=True) if status in ("tidak", "sebagian")]
        proposed = filled.usulan
        present = keberadaan.get(sub.komponen)
        beyond = said.jawaban in rubric.beyond
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
                "melampaui": yes(beyond),
                "kurang_bukti": yes(beyond and "bukti" in rubric.melampaui_butuh and not said.bukti),
                "kurang_alasan": yes(beyond and "alasan" in rubric.melampaui_butuh and not said.alasan),
                "alasan": yes(said.alasan),
                "catatan": yes(said.catatan),
                "bukti": len(said.bukti),
                "belum": len(unmet),
                "berlaku": filled.berlaku,
                "terpenuhi": filled.terpenuhi + filled.sebagian,
                "belum_dinilai": unjudged,
                "di_atas_keberadaan": yes(present is not None and rank > present.rank),
                "jawaban_keberadaan": present.jawaban if present is not None else BELUM,
                "bertahan": _kept(case.tahun_kinerja, since, said.bukti) if said.bukti else 0,
                "kriteria_belum": ", ".join(unmet),
                "pemenuhan": _percent(rubric, *filled[:5]),
            },
        )


def _existence(rubric: Rubric, penilaian: Penilaian) -> dict[str, Step]:
    """Return the answer to the keberadaan of each component that has one."""
    return {
        sub.komponen: rubric.step_by_jawaban[said.jawaban]
        for sub in rubric.each_subkomponen()
        if sub.dimensi == "keberadaan"
        and (said := penilaian.subkomponen.get(sub.id)) is not None
        and said.jawaban is not None
    }


@lru_cache(maxsize=64)
def _with_criteria(rubric: Rubric) -> tuple[tuple[Subkomponen, tuple[str, ...]], ...]:
    """Return each subkomponen with the ids of its criteria."""
    return tuple([(sub, tuple([k.id for k in sub.kriteria])) for sub in rubric.each_subkomponen()])


def _kept(tahun: int, since: Mapping[str, int], bukti: Sequence[str]) -> int:
    """Return for how many years the oldest of these documents has been there; 0 where none says since when."""
    return max([0, *[tahun - since[name] for name in bukti if name in since]])


def evidence_facts(case: Case, penilaian: Penilaian) -> Iterable[Fact]:
    """Yield one fact for each piece of evidence."""
    carried: dict[str, list[str]] = {}
    for name, said in penilaian.kriteria.items() if penilaian.rinci else ():
        for bukti_id in said.bukti:
            carried.setdefault(bukti_id, []).append(name)
    for bukti in case.bukti.values():
        span = (bukti.dari, bukti.sampai)
        year = "tidak_disebut"
        if bukti.dari is not None and bukti.sampai is not None:
            year = "sesuai" if bukti.dari <= case.tahun_kinerja <= bukti.sampai else "lain"
        criteria = carried.get(bukti.id, [])
        yield Fact(
            "bukti",
            {
                "bukti": bukti.id,
                "jenis": bukti.jenis,
                "dirujuk": len(criteria),
                "tahun": year,
                "judul": bukti.judul,
                "kriteria": ", ".join(criteria),
                "rentang": "-".join(str(year) for year in dict.fromkeys(span) if year is not None),
            },
        )


@lru_cache(maxsize=50_000)
def _percent(rubric: Rubric, *counts: int) -> str:
    filled = pemenuhan(rubric, *counts)
    if filled.persen_min is None or filled.persen_maks is None:
        return ""
    low, high = rubric.rounding.format(filled.persen_min), rubric.rounding.format(filled.persen_maks)
    return f"{low} %" if low == high else f"{low} sampai {high} %"


def printed_facts(case: Case, total: TraceNode, predikat: str | None) -> Iterable[Fact]:
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


def finding_facts(findings: Iterable[Temuan], wanted: Wanted) -> Iterable[Fact]:
    """Yield one fact for each subject of each finding that some rule can want."""
    for finding in findings:
        known = {"kode": finding.kode, "tingkat": finding.tingkat}
        key = (finding.kode, finding.tingkat)
        if wanted.known.get(key) or (key not in wanted.known and wanted.learn(key, known)):
            for subject in finding.subjek:
                yield Fact("temuan", {**known, "subjek": subject})
