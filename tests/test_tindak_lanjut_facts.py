"""The previous recommendations in an evaluation: counts propose and contradict, and no open one is lost."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_eval import Case, Evaluation, Rubric, Temuan, evaluate
from sakip_eval.case.case import (
    REKAP_COUNTS,
    RekapTindakLanjut,
    RekomendasiTangan,
    RekomendasiTerbuka,
    TindakLanjut,
)
from sakip_eval.documents.lhe.elements import outline
from sakip_eval.documents.lhe.identity import identity
from sakip_eval.documents.lhe.isi import compose
from sakip_eval.documents.lhe.model import SuratFile
from sakip_eval.documents.lhe.surat import Surat
from sakip_eval.engine.facts import case_fact
from sakip_eval.engine.lanjutan import heirs, recap_words
from sakip_eval.render.json_text import render_json
from sakip_eval.render.markdown import render_markdown
from sakip_eval.render.table import render_table
from sakip_eval.rubric.facts import FACTS
from tests.helpers.cases import all_answers, all_status, make_case
from tests.helpers.files import UNIT, CaseDesk, assert_says, changed_case, shipped, spot
from tests.helpers.reference_matcher import ReferenceMatcher

RUBRIC = shipped(UNIT)
IDS = [k.id for k in RUBRIC.each_kriteria()]
DAY = date(2022, 12, 31)


def follow(*terbuka: RekomendasiTerbuka, bukti: Any = (), **counts: Any) -> TindakLanjut:
    rekap = RekapTindakLanjut(DAY, sum(counts.values()), **counts) if counts else None
    return TindakLanjut(True, bukti, None, None, rekap, terbuka)


def open_(
    number: int, *kriteria: str, teks: str = "Agar dibenahi.", komponen: str | None = None
) -> RekomendasiTerbuka:
    return RekomendasiTerbuka(
        f"unit-contoh/2021/{number:02d}", teks, komponen or (kriteria[0][0] if kriteria else "4"), kriteria
    )


def result(tindak_lanjut: TindakLanjut, **said: Any) -> Evaluation:
    return evaluate(RUBRIC, make_case(RUBRIC, tindak_lanjut=tindak_lanjut, **said))


def find(evaluation: Evaluation, kode: str) -> Temuan | None:
    return next((t for t in evaluation.temuan if t.kode == kode), None)


# ---- Facts and proposals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said", [None, TindakLanjut(False, (), None, None), follow(), follow(sesuai=2, belum_sesuai=1)]
)
def test_the_fact_has_every_field_of_the_vocabulary_and_no_other(said: TindakLanjut | None) -> None:
    fact = case_fact(RUBRIC, make_case(RUBRIC, tindak_lanjut=said), "evaluator")
    assert list(fact.values) == list(FACTS["kasus"])
    for name, field in FACTS["kasus"].items():
        assert isinstance(fact.values[name], int if field.kind == "bilangan" else str), name


def test_without_a_recap_the_fact_says_so() -> None:
    values = case_fact(RUBRIC, make_case(RUBRIC, tindak_lanjut=follow()), "evaluator").values
    assert (values["tl_rekap"], values["tl_jumlah"], values["tl_uraian"]) == ("tidak", 0, "")


counts = st.dictionaries(st.sampled_from(REKAP_COUNTS), st.integers(1, 20), min_size=1)


@settings(deadline=None, max_examples=60)
@given(counts)
def test_only_what_was_verified_counts(said: dict[str, int]) -> None:
    evaluation = result(follow(**said))
    done, gone = said.get("sesuai", 0), said.get("tidak_dapat_ditindaklanjuti", 0)
    still = sum(said.values()) - done - gone
    expected = "terpenuhi" if not still else "sebagian" if done else "tidak"
    assert evaluation.usulan["4.c.1"].status == expected
    assert ("4.c.2" in evaluation.usulan) is (done == 0)
    if not done:
        assert evaluation.usulan["4.c.2"].status == "tidak"
    for words in recap_words(follow(**said).rekap):  # type: ignore[arg-type]
        assert words in evaluation.usulan["4.c.1"].alasan
    assert (find(evaluation, "TL-BUKTI-TIDAK-DISEBUT") is not None) is (done > 0)


def test_without_a_recap_nothing_is_proposed() -> None:
    for said in (None, follow(), follow(open_(1, "4.c.1"))):
        case = make_case(RUBRIC, tindak_lanjut=said)
        assert not {"4.c.1", "4.c.2"} & set(evaluate(RUBRIC, case).usulan)


def test_each_count_is_said_in_words_and_nothing_but_the_first_at_zero() -> None:
    rekap = RekapTindakLanjut(DAY, 36, *range(1, 9))
    assert recap_words(rekap) == [
        "1 sesuai", "2 belum sesuai", "3 belum ditindaklanjuti", "4 tidak dapat ditindaklanjuti",
        "5 dilaporkan dengan bukti dan menunggu verifikasi", "6 dilaporkan tanpa bukti",
        "7 direncanakan atau ditanggapi tetapi belum dilaporkan", "8 tidak ditanggapi",
    ]  # fmt: skip
    assert recap_words(RekapTindakLanjut(DAY, 1, tidak_ditanggapi=1)) == ["0 sesuai", "1 tidak ditanggapi"]
    assert rekap.terbuka == 36 - 1 - 4


# ---- Findings --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["unit", "instansi", "tanah_laut"])
@pytest.mark.parametrize(
    ("still", "jawaban", "fires"), [(1, "BB", True), (1, "A", True), (1, "B", False), (0, "BB", False)]
)
def test_bb_although_recommendations_are_open(
    name: str, still: int, jawaban: str, fires: bool, request: pytest.FixtureRequest
) -> None:
    rubric: Rubric = request.getfixturevalue(name)
    said = follow(sesuai=12, **({"tidak_ditanggapi": still} if still else {}))
    found = find(evaluate(rubric, make_case(rubric, {"4.c": jawaban}, tindak_lanjut=said)), "TL-MASIH-TERBUKA")
    assert (found is not None) is fires
    if found is not None:
        assert found.tingkat == "kontradiksi"
        assert (found.subjek, found.kriteria) == (("4.c",), ("4.c.1",))
        assert (
            "1 dari 13 rekomendasi periode sebelumnya masih terbuka per 2022-12-31 (12 sesuai, 1 tidak" in found.pesan
        )


def test_met_although_recommendations_are_open() -> None:
    said = follow(dilaporkan_tanpa_bukti=12, tidak_ditanggapi=1)
    for status, fires in (("terpenuhi", True), ("sebagian", False), ("tidak", False), (None, False)):
        evaluation = result(said, status={"4.c.1": status})
        found = find(evaluation, "TL-KRITERIA-MASIH-TERBUKA")
        assert (found is not None) is fires
        # The weaker finding would say the same once more.
        assert find(evaluation, "STATUS-TANPA-DUKUNGAN") is None
    evaluation = result(said, status={"4.c.2": "terpenuhi"})
    found = find(evaluation, "STATUS-TANPA-DUKUNGAN")
    assert found is not None
    assert "4.c.2 dinyatakan terpenuhi, tetapi tidak satu pun dari 13 rekomendasi diverifikasi sesuai" in found.pesan


def test_the_recap_speaks_in_place_of_missing_evidence() -> None:
    """Twelve verified ones are no follow-up without evidence, whatever the case lists."""
    settled = result(follow(sesuai=12), jawaban={"4.c": "BB"}, status={"4.c.1": "terpenuhi"})
    assert find(settled, "TL-TANPA-BUKTI") is None
    assert find(settled, "TL-KRITERIA-TANPA-BUKTI") is None
    assert find(settled, "TL-BUKTI-TIDAK-DISEBUT") is not None
    before = result(follow(), jawaban={"4.c": "BB"}, status={"4.c.1": "terpenuhi"})
    assert find(before, "TL-TANPA-BUKTI") is not None
    assert find(before, "TL-KRITERIA-TANPA-BUKTI") is not None


def test_listed_evidence_that_nobody_verified() -> None:
    for said, fires in (
        (follow(bukti=("m",), dilaporkan_berbukti=3), True),
        (follow(bukti=("m",), belum_sesuai=3), True),
        (follow(bukti=("m",), sesuai=1, belum_sesuai=2), False),
        (follow(bukti=("m",), tidak_dapat_ditindaklanjuti=3), False),
        (follow(dilaporkan_berbukti=3), False),
    ):
        assert (find(result(said), "TL-BUKTI-BELUM-DIVERIFIKASI") is not None) is fires


@settings(deadline=None, max_examples=25)
@given(counts, st.booleans(), st.sampled_from(["C", "BB"]), st.sampled_from(["terpenuhi", "tidak", None]))
def test_both_matchers_agree(said: dict[str, int], listed: bool, jawaban: str, status: str | None) -> None:
    tindak = follow(bukti=("m",) if listed else (), **said)
    case = make_case(RUBRIC, {"4.c": jawaban}, {"4.c.1": status, "4.c.2": status}, tindak_lanjut=tindak)
    ours, theirs = evaluate(RUBRIC, case), evaluate(RUBRIC, case, matcher=ReferenceMatcher())
    assert (ours.usulan, ours.temuan, ours.rekomendasi) == (theirs.usulan, theirs.temuan, theirs.rekomendasi)


# ---- Open recommendations --------------------------------------------------------------------------------------

statuses = st.dictionaries(st.sampled_from(IDS), st.sampled_from(["tidak", "sebagian"]), max_size=20)
criteria = st.lists(st.sampled_from(IDS), max_size=4, unique=True).map(tuple)
sentences = st.sampled_from(["Agar a.", "agar  A", "Agar b.", "Agar c."])
opened = st.lists(st.tuples(sentences, st.sampled_from("1234"), criteria), max_size=8)


@settings(deadline=None, max_examples=80)
@given(statuses, opened, st.lists(st.tuples(sentences, st.sampled_from("1234"), criteria), max_size=3))
def test_every_open_one_stands_under_exactly_one(
    unmet: dict[str, str],
    old: list[tuple[str, str, tuple[str, ...]]],
    hand: list[tuple[str, str, tuple[str, ...]]],
) -> None:
    terbuka = [
        RekomendasiTerbuka(f"unit-contoh/2021/{n:02d}", teks, komponen, names)
        for n, (teks, komponen, names) in enumerate(old, 1)
    ]
    tangan = tuple(RekomendasiTangan(komponen, teks, names, None) for teks, komponen, names in hand)
    status: dict[str, str | None] = {**all_status(RUBRIC, "terpenuhi"), **unmet}
    before = evaluate(RUBRIC, make_case(RUBRIC, all_answers(RUBRIC, "C"), status, rekomendasi=tangan))
    after = result(follow(*terbuka), jawaban=all_answers(RUBRIC, "C"), status=status, rekomendasi=tangan)

    listed = Counter(name for item in after.rekomendasi for name in item.induk)
    assert listed == Counter(item.id for item in terbuka)
    # Nothing new changes by it, and only what nothing covers comes back.
    kept = [r._replace(id="", induk=()) for r in after.rekomendasi if r.jenis not in ("lanjutan", "temuan")]
    assert kept == [r._replace(id="") for r in before.rekomendasi if r.jenis not in ("lanjutan", "temuan")]
    by_id = {item.id: item for item in terbuka}
    others = [item for item in after.rekomendasi if item.jenis != "lanjutan"]
    for item in after.rekomendasi:
        own = [by_id[name] for name in item.induk]
        if item.jenis == "lanjutan":
            (ancestor,) = own
            assert (item.teks, item.kriteria) == (ancestor.teks, ancestor.kriteria)
            assert not any(set(ancestor.kriteria) & set(other.kriteria) for other in others)
        else:
            assert all(set(a.kriteria) & set(item.kriteria) or a.komponen == item.komponen for a in own)
    order = [
        ("rubrik", "temuan", "lanjutan", "tangan").index(r.jenis) for r in after.rekomendasi if r.komponen == "1"
    ]
    assert order == sorted(order)
    assert [r.id for r in after.rekomendasi] == [f"R-{n:02d}" for n in range(1, len(after.rekomendasi) + 1)]


def test_of_several_the_closest_continues_it() -> None:
    status = {"1.b.7": "tidak", "1.b.8": "tidak", "1.b.9": "tidak"}
    tangan = (RekomendasiTangan("1", "Agar menyelaraskan indikator", ("1.b.8",), None),)
    # The same words win over the rubric's own sentence for the same criterion.
    evaluation = result(
        follow(open_(1, "1.b.8", teks="agar  menyelaraskan indikator.")), status=status, rekomendasi=tangan
    )
    assert [(r.jenis, r.induk) for r in evaluation.rekomendasi if r.induk] == [("tangan", ("unit-contoh/2021/01",))]
    # Else the one that shares most, then the one that asks for least beside it.
    for names, expected in ((("1.b.8", "1.b.9"), ("1.b.8", "1.b.9")), (("1.b.7",), ("1.b.7",))):
        evaluation = result(follow(open_(1, *names)), status=status)
        assert [r.kriteria for r in evaluation.rekomendasi if r.induk] == [expected]


@pytest.mark.parametrize(
    ("wanted", "new", "heir"),
    [
        (("a", "b"), [("a",), ("a", "b", "c", "d")], 1),  # most shared, whatever else stands there
        (("a", "b"), [("a", "b", "c"), ("a", "b")], 1),  # then least beside it
        (("a",), [("b",), ("a", "c"), ("a", "d")], 1),  # then the first
        (("a",), [("b",), ()], None),
        ((), [("a",), ()], None),
    ],
)
def test_the_heir_is_the_closest(wanted: tuple[str, ...], new: list[tuple[str, ...]], heir: int | None) -> None:
    drafts = [RekomendasiTangan("1", f"Agar {number}.", names, None) for number, names in enumerate(new)]
    assert heirs([open_(1, *wanted, komponen="2")], drafts) == [heir]


def test_one_without_criteria_comes_back_where_it_stood_and_others_where_their_criteria_are() -> None:
    evaluation = result(
        follow(
            open_(1, teks="Agar dibahas.", komponen="2"), open_(2, "2.a.3", komponen="3"), open_(3, "1.a.1", "2.a.1")
        )
    )
    assert [(r.jenis, r.komponen, r.induk[0][-2:]) for r in evaluation.rekomendasi] == [
        ("lanjutan", "1", "03"), ("lanjutan", "2", "01"), ("lanjutan", "2", "02"),
    ]  # fmt: skip
    (alone,) = [r for r in evaluation.rekomendasi if r.induk == ("unit-contoh/2021/02",)]
    assert alone.bukti
    assert (alone.potensi, alone.rawan, alone.upaya, alone.topik) == (0, 0, None, None)
    assert "unit-contoh/2021/02" in alone.dasar


# ---- In words --------------------------------------------------------------------------------------------------


def test_every_output_says_what_is_continued() -> None:
    evaluation = result(
        follow(open_(1, "1.b.8"), open_(2, "1.b.8"), open_(3, teks="Agar [dibahas] *bersama*.")),
        status={"1.b.8": "tidak"},
    )
    both = "melanjutkan rekomendasi unit-contoh/2021/01 dan unit-contoh/2021/02"
    table = " ".join(render_table(evaluation).split())
    assert f"[R-01; kriteria 1.b.8; {both}; menambah" in table
    assert "Agar [dibahas] *bersama*. [R-02; melanjutkan rekomendasi unit-contoh/2021/03]" in table
    assert f"(kriteria 1.b.8; {both})" in render_markdown([evaluation])
    assert "(melanjutkan rekomendasi unit-contoh/2021/03)" in render_markdown([evaluation])
    data = json.loads(render_json([evaluation]))["rekomendasi"]
    assert [(r["jenis"], r["induk"]) for r in data] == [
        ("rubrik", ["unit-contoh/2021/01", "unit-contoh/2021/02"]), ("lanjutan", ["unit-contoh/2021/03"]),
    ]  # fmt: skip
    for bentuk in ("surat", "bab"):
        letter = outline(compose(evaluation, bentuk=bentuk))
        assert f"({both})." in letter
        assert "Agar [dibahas] *bersama* (melanjutkan rekomendasi unit-contoh/2021/03)." in letter


def test_the_sheet_of_recommendations_says_it_too() -> None:
    import io

    from openpyxl import load_workbook

    from sakip_eval.documents.lke.write import workbook

    made = workbook([result(follow(open_(1, "1.b.8")), status={"1.b.8": "tidak"})])
    sheet = load_workbook(io.BytesIO(made))["Rekomendasi"]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "kriteria belum terpenuhi; melanjutkan rekomendasi unit-contoh/2021/01" in cells


def test_without_open_ones_no_output_speaks_of_them(hasil: Evaluation) -> None:
    assert "melanjutkan rekomendasi" not in render_table(hasil) + render_markdown([hasil]) + outline(compose(hasil))
    assert all(r["induk"] == [] for r in json.loads(render_json([hasil]))["rekomendasi"])
    assert identity(hasil).buku is None
    assert "buku tindak lanjut" not in identity(hasil).line


def monitoring(tindak_lanjut: TindakLanjut, *asked: str) -> str:
    surat = Surat(SuratFile(rekomendasi_sebelumnya=asked))
    return outline(compose(result(tindak_lanjut), surat))


def test_the_letter_counts_what_is_open_and_what_is_settled() -> None:
    letter = monitoring(follow(open_(1, "1.b.8"), sesuai=3, tidak_dapat_ditindaklanjuti=1, belum_sesuai=1), "reviu.")
    assert (
        "dari 5 rekomendasi kepada Kecamatan Contoh, sampai dengan 31 Desember 2022 tercatat 3 sesuai, 1 belum sesuai, dan "
        "1 tidak dapat ditindaklanjuti. Sebanyak 1 rekomendasi masih terbuka dan dilanjutkan dalam daftar rekomendasi pada "
        "laporan ini."
    ) in letter
    assert "agar tindak lanjut atas 1 rekomendasi yang masih terbuka segera dilaksanakan" in letter
    assert "disampaikan, terutama reviu." in letter
    settled = monitoring(follow(sesuai=2), "reviu.")
    assert "tercatat 2 sesuai. Tidak ada lagi rekomendasi yang masih terbuka." in settled
    assert "dokumen buktinya disampaikan" not in settled


def test_the_letter_says_that_older_ones_are_among_them() -> None:
    older = replace(open_(1), id="unit-contoh/2020/07")
    letter = monitoring(follow(older, open_(2, "1.b.8"), belum_sesuai=2))
    assert (
        "dari 2 rekomendasi kepada Kecamatan Contoh, termasuk 1 rekomendasi tahun-tahun sebelumnya yang masih"
        in letter
    )


def test_the_seal_names_the_ledger() -> None:
    said = follow(sesuai=1)
    assert said.rekap is not None
    sealed = identity(result(replace(said, rekap=replace(said.rekap, buku="ab" * 32))))
    assert sealed.line.endswith(f"; buku tindak lanjut sha256 {'ab' * 32}.")
    assert sealed.properties()["SAKIP Buku SHA-256"] == "ab" * 32


# ---- The case file ---------------------------------------------------------------------------------------------

OLD = "  asal: LHE, baris 2034 (butir 5)\n"
REKAP = """\
  rekap:
    per_tanggal: 2023-06-01
    rekomendasi: 3
    sesuai: 1
    dilaporkan_tanpa_bukti: 2
"""
TERBUKA = """\
  terbuka:
    - {id: kecamatan-pelaihari/2021/01, teks: Agar direviu., komponen: "3", kriteria: ["3.a.4"]}
    - {id: kecamatan-pelaihari/2021/02, teks: Agar dipantau., komponen: "2"}
"""


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    return CaseDesk(tmp_path)


def test_a_good_recap_is_read(desk: CaseDesk) -> None:
    said = desk.load(changed_case((OLD, OLD + REKAP + TERBUKA))).tindak_lanjut
    assert said is not None
    assert said.rekap == RekapTindakLanjut(date(2023, 6, 1), 3, 1, dilaporkan_tanpa_bukti=2)
    assert said.terbuka[0] == RekomendasiTerbuka("kecamatan-pelaihari/2021/01", "Agar direviu.", "3", ("3.a.4",))
    # Counts without a list, and a list without counts, are enough.
    assert desk.load(changed_case((OLD, OLD + REKAP))).tindak_lanjut == replace(said, terbuka=())
    assert desk.load(changed_case((OLD, OLD + TERBUKA))).tindak_lanjut == replace(said, rekap=None)


@pytest.mark.parametrize(
    ("old", "new", "kode", "at", "words"),
    [
        ("sesuai: 1", "sesuai: 2", "K516", "rekomendasi: |3", ("Rekap tidak berjumlah 3: 2 sesuai + 2 dil", "= 4")),
        ("    sesuai: 1\n    dilaporkan_tanpa_bukti: 2\n", "", "K516", "rekomendasi: |3", ("berjumlah 3: 0 = 0",)),
        ("sesuai: 1", "tidak_ditanggapi: 1", "K517", "terbuka:", ("2 rekomendasi terdaftar", "menurut rekap 3")),
        ("2021/02", "2021/01", "K518", "|kecamatan-pelaihari/2021/01, teks: Agar dipantau", ("terdaftar dua kali",)),
        ("2021/02", "2022/02", "K518", "|kecamatan-pelaihari/2022/02", ("bukan dari tahun sebelum 2022",)),
        ("2021/02", "2021/2", "M303", "kecamatan-pelaihari/2021/2", ("<instansi>/<tahun>/<nomor>",)),
        ('"3.a.4"]', '"3.a.44"]', "K506", '|"3.a.44"', ("Kriteria `3.a.44` tidak ada",)),
        ('komponen: "2"', 'komponen: "5"', "K505", '|"5"', ("Komponen `5` tidak ada",)),
        ("rekomendasi: 3", "rekomendasi: 0", "M303", "rekomendasi: |0", ()),
        ("sesuai: 1", "sesuai: -1", "M303", "sesuai: |-1", ()),
    ],
)
def test_what_does_not_hold_together_is_refused(
    desk: CaseDesk, old: str, new: str, kode: str, at: str, words: tuple[str, ...]
) -> None:
    block = REKAP + TERBUKA
    assert block.count(old) == 1
    text = changed_case((OLD, OLD + block.replace(old, new)))
    problem = desk.only(text)
    before, _, after = at.rpartition("|")
    assert_says(problem, kode, spot(text, before + after, after), *words)


def test_recommendations_and_none_at_once_are_refused(desk: CaseDesk) -> None:
    text = changed_case((OLD, OLD + REKAP), ("ada_rekomendasi: ya", "ada_rekomendasi: tidak"))
    assert_says(desk.only(text), "K517", spot(text, "ada_rekomendasi: tidak", "tidak"), "padahal rekomendasi")


def test_one_bad_count_is_one_problem(desk: CaseDesk) -> None:
    """What is left out as bad is not missed in the sum, and not in the list."""
    text = changed_case((OLD, OLD + REKAP.replace("sesuai: 1", "sesuai: satu") + TERBUKA))
    assert desk.only(text).kode == "M304"
    text = changed_case((OLD, OLD + REKAP + TERBUKA.replace('komponen: "2"', "komponn: 2")))
    assert {p.kode for p in desk.problems(text)} <= {"M301", "M302"}


def test_a_workbook_keeps_what_it_has_no_cells_for(pelaihari: Case, tanah_laut: Rubric, tmp_path: Path) -> None:
    from sakip_eval.documents.lke.read import read_lke
    from sakip_eval.documents.lke.write import workbook

    rekap = RekapTindakLanjut(date(2023, 6, 1), 1, tidak_ditanggapi=1, buku="0" * 64)
    said = TindakLanjut(True, (), "k", "z", rekap, (RekomendasiTerbuka("a/2021/01", "Agar.", "1", ("1.a.1",)),))
    case = replace(pelaihari, tindak_lanjut=said)
    path = tmp_path / "lke.xlsx"
    path.write_bytes(workbook([evaluate(tanah_laut, case)]))
    assert read_lke(path, []).case.tindak_lanjut == said
