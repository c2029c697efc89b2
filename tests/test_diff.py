"""`sakip rubrik diff`: what differs between rubrics, losing nothing, and what that does to cases, exactly."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sakip_eval import Case, Rubric, evaluate
from sakip_eval.case.case import Bukti, Cetak, JawabanKriteria, Tercetak
from sakip_eval.cli.main import run
from sakip_eval.engine.rescore import Kasus, carry, minus, rescore, split, unlike
from sakip_eval.render.diff_text import inline, render_diff
from sakip_eval.rubric.diff import Beda, RubricDiff, compare, letters, similarity
from sakip_eval.rubric.rubric import Kriteria
from tests.helpers.cases import make_case, rounded_at, scored_by_criteria
from tests.helpers.files import (
    CASE,
    INSTANSI,
    LAMA,
    SHIPPED,
    TANAH_LAUT,
    UNIT,
    RubricDesk,
    case_text,
    shipped,
    variant,
)

TO_OTHER_SUBKOMPONEN = ["1.b.10->1.a.7", "1.c.3->1.b.10", "2.b.1->2.c.1"]
SHIFTED = [
    "1.b.5->1.b.6", "1.b.6->1.b.5", "1.c.4->1.c.3", "1.c.5->1.c.4", "1.c.6->1.c.5", "1.c.7->1.c.6", "2.b.2->2.b.1",
    "2.b.3->2.b.2", "2.b.4->2.b.3", "2.b.5->2.b.4", "2.b.6->2.b.5", "2.c.1->2.c.2", "2.c.2->2.c.3", "2.c.3->2.c.4",
    "2.c.4->2.c.5", "2.c.5->2.c.6", "2.c.6->2.c.7", "2.c.7->2.c.8", "2.c.8->2.c.9", "2.c.9->2.c.10", "2.c.10->2.c.11",
]  # fmt: skip
REWORDED = [
    "1.b.3", "1.b.6", "1.c.7", "1.c.8", "2.b.1", "2.b.6", "3.a.4", "3.b.3", "3.b.4", "3.b.5", "3.b.6", "3.b.7",
    "3.b.8", "3.b.9", "4.c.1", "4.c.2", "4.c.5",
]  # fmt: skip
"""Of the Permen's ids: criteria whose words Tanah Laut changed."""


@pytest.fixture(scope="module")
def laut(unit: Rubric, tanah_laut: Rubric) -> RubricDiff:
    return compare(unit, tanah_laut)


def moves(diff: RubricDiff) -> list[str]:
    return [f"{p.a.id}->{p.b.id}" for p in diff.of("pindah")]


def renewed(rubric: Rubric, criteria: Sequence[Kriteria], **changes: Any) -> Rubric:
    """The rubric with these criteria, each in the subkomponen and under the id that it names."""
    komponen = tuple(
        replace(k, subkomponen=tuple(
            replace(s, kriteria=tuple(c for c in criteria if c.subkomponen == s.id)) for s in k.subkomponen
        ))
        for k in rubric.komponen
    )  # fmt: skip
    return replace(rubric, komponen=komponen, **changes)


def edited(rubric: Rubric, name: str, **changes: Any) -> Rubric:
    """The rubric with one criterion changed."""
    return renewed(rubric, [replace(k, **changes) if k.id == name else k for k in rubric.each_kriteria()])


# ---- Real rubrics --------------------------------------------------------------------------------------------------


def test_the_moves_of_tanah_laut_are_found_by_wording_and_are_those_it_declares(
    laut: RubricDiff, tanah_laut: Rubric
) -> None:
    assert sorted(moves(laut)) == sorted(TO_OTHER_SUBKOMPONEN + SHIFTED)
    declared = {f"{change.dari}->{change.id}" for change in tanah_laut.changes if change.jenis == "pindah"}
    assert set(moves(laut)) == declared
    assert [k.id for k in laut.hapus] == ["2.b.7"]
    assert [k.id for k in laut.tambah] == ["1.c.7", "1.c.9"]
    assert [p.a.id for p in laut.of("sama")] == ["1.b.11"]
    assert len(laut.of("ubah")) == 54


def test_punctuation_is_told_from_words(laut: RubricDiff) -> None:
    wording = {p.a.id: b.kelas for p in laut.pasangan for b in p.beda if b.bidang == "uraian"}
    assert sorted(name for name, kelas in wording.items() if kelas == "kata") == sorted(REWORDED)
    assert list(wording.values()).count("tanda baca") == 58
    assert sorted(p.a.id for p in laut.pasangan if p.kata_berubah) == sorted(REWORDED)
    assert {name: len(entries) for name, entries in laut.bagian.items() if entries} == {
        "identitas": 7,
        "subkomponen": 3,
    }


def test_criteria_are_matched_by_nearest_wording_before_the_id(unit: Rubric, instansi: Rubric) -> None:
    found = compare(unit, instansi)
    assert [m for m in moves(found) if m.startswith("3.b")] == [
        "3.b.1->3.b.2", "3.b.2->3.b.3", "3.b.3->3.b.4", "3.b.4->3.b.5", "3.b.5->3.b.6", "3.b.6->3.b.7", "3.b.7->3.b.9",
        "3.b.8->3.b.10", "3.b.9->3.b.11",
    ]  # fmt: skip
    assert [k.id for k in found.hapus] == ["1.b.11", "1.c.3", "2.b.7"]
    assert [k.id for k in found.tambah] == ["1.c.7", "1.c.9", "3.b.8"]


def test_a_criterion_less_alike_is_matched_by_its_id_and_the_similarity_is_said(laut: RubricDiff) -> None:
    found = {p.a.id: (p.cara, p.mirip) for p in laut.pasangan}
    assert found["3.b.7"] == ("id", Fraction(8, 11))
    assert found["1.c.7"] == ("mirip", Fraction(11, 13))
    assert found["4.a.2"][0] == "bunyi"
    assert "3.b.7 (mirip 0.73) Dokumen" in render_diff(laut)


def test_the_twins_of_the_permen_stay_where_they_are(laut: RubricDiff) -> None:
    assert {p.a.id: p.b.id for p in laut.pasangan if p.a.id in ("4.a.2", "4.b.4")} == {
        "4.a.2": "4.a.2",
        "4.b.4": "4.b.4",
    }


@pytest.mark.parametrize("name", SHIPPED)
def test_a_rubric_does_not_differ_from_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(shipped(name), shipped(name)).kosong
    assert run(["rubrik", "diff", name, name]) == 0
    assert "Tidak ada perbedaan." in capsys.readouterr().out


# ---- Every kind of change is seen -----------------------------------------------------------------------------------


SEEN: dict[str, Callable[[Rubric], Any]] = {
    "berlaku_sejak": lambda r: date(2030, 1, 1),
    "berlaku_sampai": lambda r: date(2031, 1, 1),
    "diperiksa": lambda r: date(2032, 1, 1),
    "rounding": lambda r: replace(r.rounding, digits=5),
    "skala": lambda r: (replace(r.skala[0], poin=Fraction(95)), *r.skala[1:]),
    "melampaui_butuh": lambda r: frozenset({"alasan"}),
    "statuses": lambda r: {**r.statuses, "sebagian": Fraction(1, 3)},
    "predikat": lambda r: (replace(r.predikat[0], sebutan="Istimewa"), *r.predikat[1:]),
    "jenis_bukti": lambda r: {**r.jenis_bukti, "siaran": "Siaran pers"},
    "topik": lambda r: {n: replace(t, teks=t.teks + " segera") for n, t in r.topik.items()},
    "komponen": lambda r: (replace(r.komponen[0], dasar="Perbup"), *r.komponen[1:]),
    "tenggat": lambda r: {},
    "rules": lambda r: r.rules[1:],
    "packs": lambda r: {},
    "packs_on": lambda r: ("keberadaan-bertahan",),
}


def test_a_change_of_any_field_of_a_rubric_is_a_difference_and_mirrored(unit: Rubric) -> None:
    for field in fields(Rubric):
        if field.name in ("changes", "sha256"):  # what a variant says of itself, and the content as a whole
            continue
        value: Any = SEEN[field.name](unit) if field.name in SEEN else f"{getattr(unit, field.name)} lain"
        other = replace(unit, **{field.name: value})
        found = compare(unit, other)
        assert not found.kosong, field.name
        assert found.pasangan
        assert found.hapus == found.tambah == ()
        assert shape(found) == mirrored(compare(other, unit)), field.name
        assert render_diff(found) != render_diff(compare(unit, unit))


@pytest.mark.parametrize(
    "name", [f.name for f in fields(Kriteria) if f.name not in ("id", "subkomponen", "komponen")]
)
def test_a_change_of_any_field_of_a_criterion_is_listed(unit: Rubric, name: str) -> None:
    value: Any = {"bukti": ("renstra", "siaran"), "upaya": 3}.get(name, "teks yang lain sama sekali")
    if name == "uraian":
        value = unit.kriteria_by_id["1.b.7"].uraian.replace("menantang", "menggugah")
    found = compare(unit, edited(unit, "1.b.7", **{name: value}))
    assert [p.a.id for p in found.of("ubah")] == ["1.b.7"]
    assert [b.bidang for b in found.of("ubah")[0].beda] == [name]


def test_rules_are_compared_by_id(unit: Rubric) -> None:
    changed = replace(unit.rules[3], dasar="Perbup 1/2025 Pasal 9")
    new = replace(unit.rules[0], id="aturan-daerah")
    entries = compare(unit, replace(unit, rules=(*unit.rules[1:3], changed, *unit.rules[4:], new))).bagian["aturan"]
    assert [(e.id, e.jenis) for e in entries] == [
        (unit.rules[0].id, "hapus"),
        (unit.rules[3].id, "ubah"),
        ("aturan-daerah", "tambah"),
    ]
    assert entries[1].beda == (Beda("dasar", unit.rules[3].dasar, "Perbup 1/2025 Pasal 9"),)


def test_another_order_is_a_difference(unit: Rubric) -> None:
    found = compare(unit, renewed(unit, [*unit.each_kriteria()][::-1], rules=unit.rules[::-1]))
    assert [e.id for e in found.bagian["urutan"]] == ["kriteria", "aturan"]
    assert len(found.of("sama")) == 80


def test_a_weight_of_a_criterion_counts_where_both_are_scored_by_criteria(unit: Rubric) -> None:
    a = scored_by_criteria(unit)
    shorter = renewed(a, [k for k in a.each_kriteria() if k.id != "2.a.3"])
    beda = {p.a.id: p.beda for p in compare(a, shorter).of("ubah")}
    assert beda == {"2.a.1": (Beda("bobot", "2", "3"),), "2.a.2": (Beda("bobot", "2", "3"),)}
    assert not compare(unit, a).of("ubah")


def test_a_criterion_whose_id_now_names_another_one_is_not_matched(unit: Rubric) -> None:
    found = compare(unit, edited(unit, "2.a.3", uraian="Kepala daerah menghadiri setiap rapat."))
    assert ([k.id for k in found.hapus], [k.id for k in found.tambah]) == (["2.a.3"], ["2.a.3"])


def lists(unit: Rubric, *sides: dict[str, str]) -> list[Rubric]:
    """Rubrics whose criteria have these words by id."""
    like = unit.kriteria_by_id["2.a.1"]
    return [
        renewed(
            unit, [replace(like, id=n, subkomponen=n[:3], komponen=n[0], uraian=text) for n, text in side.items()]
        )
        for side in sides
    ]


LONG = "Dokumen Laporan Kinerja telah disusun secara"


@pytest.mark.parametrize(
    ("a", "b", "pairs"),
    [
        pytest.param({"2.a.1": LONG, "2.b.1": LONG}, {"2.b.1": LONG}, {"2.b.1->2.b.1"}, id="a twin stays"),
        pytest.param({"2.a.1": LONG, "2.b.1": LONG}, {"2.b.5": LONG}, {"2.b.1->2.b.5"}, id="or near"),
        pytest.param(
            {"2.a.1": f"{LONG} tepat", "2.a.2": f"{LONG} cepat"}, {"2.a.2": f"{LONG} hemat"}, {"2.a.2->2.a.2"},
            id="of two as near, the one with the same id",
        ),
        pytest.param(
            {"2.a.1": f"{LONG} tepat", "2.b.1": f"{LONG} cepat"}, {"2.b.3": f"{LONG} hemat"}, {"2.b.1->2.b.3"},
            id="or of the same subkomponen",
        ),
        pytest.param(
            {"2.a.1": f"{LONG} tepat", "2.a.2": f"{LONG} hemat tepat"}, {"2.a.1": f"{LONG} hemat"}, {"2.a.2->2.a.1"},
            id="the nearest wording wins over the id",
        ),
        pytest.param(
            {"2.a.1": "Target dicapai (yaitu semua yang dijanjikan pada awal tahun)"}, {"2.b.2": "target dicapai."},
            {"2.a.1->2.b.2"}, id="brackets do not count",
        ),
        pytest.param({"2.a.1": "(achievable)"}, {"2.a.1": "(sustainable)"}, set(), id="unless there is nothing else"),
        pytest.param({"2.a.1": f"{LONG} tepat"}, {"2.a.1": "Pimpinan hadir"}, set(), id="an id alone is no match"),
    ],
)  # fmt: skip
def test_which_criteria_are_matched(unit: Rubric, a: dict[str, str], b: dict[str, str], pairs: set[str]) -> None:
    left, right = lists(unit, a, b)
    assert {f"{p.a.id}->{p.b.id}" for p in compare(left, right).pasangan} == pairs
    assert {f"{p.b.id}->{p.a.id}" for p in compare(right, left).pasangan} == pairs


@pytest.mark.parametrize(
    ("a", "b", "kelas"),
    [
        ("Laporan Kinerja telah disusun.", "laporan  kinerja telah disusun", "tanda baca"),
        ("unit/satuan kerja", "unit satuan kerja", "tanda baca"),
        ("tercapai 75 %", "tercapai 75%", "tanda baca"),
        ("tercapai 75 %", "tercapai >75 %", "kata"),
        ("tercapai 7,5", "tercapai 75", "kata"),
        ("Pasal 1 0", "Pasal 10", "kata"),
        ("dicapai (achievable), menantang", "dicapai, menantang", "kata"),
        ("atas", "atau", "kata"),
    ],
)
def test_classes_of_wording(a: str, b: str, kelas: str) -> None:
    assert Beda("uraian", a, b).kelas == kelas
    assert Beda("uji", a, b).kelas == "isi"


def test_words_that_went_and_came_are_shown_inline() -> None:
    assert inline("Kebutuhan atas Kinerja.", "Kebutuhan atau Kinerja") == "Kebutuhan [-atas-]{+atau+} Kinerja"
    assert inline("satu dua tiga", "satu tiga") == "satu [-dua-] tiga"
    assert inline("satu tiga", "satu dua tiga") == "satu {+dua+} tiga"
    long = "a b c d e f g h i j"
    assert inline(f"{long} x {long}", f"{long} y {long}") == "... g h i j [-x-]{+y+} a b c d ..."
    assert inline(f"x {long} x", f"y {long} y") == "[-x-]{+y+} a b c d ... g h i j [-x-]{+y+}"


# ---- Nothing is lost, and nothing depends on the direction ----------------------------------------------------------


def shape(d: RubricDiff) -> dict[str, Any]:
    return {
        "pasangan": {(p.a.id, p.b.id, p.cara, p.mirip, frozenset(p.beda)) for p in d.pasangan},
        "hapus": {k.id for k in d.hapus},
        "tambah": {k.id for k in d.tambah},
        **{name: {(e.id, e.jenis, frozenset(e.beda)) for e in entries} for name, entries in d.bagian.items()},
    }


def mirrored(d: RubricDiff) -> dict[str, Any]:
    """The shape of the comparison seen from the other side."""

    def turn(beda: Sequence[Beda]) -> frozenset[Beda]:
        return frozenset(Beda(b.bidang, b.b, b.a) for b in beda)

    other = {"hapus": "tambah", "tambah": "hapus", "ubah": "ubah"}
    return {
        "pasangan": {(p.b.id, p.a.id, p.cara, p.mirip, turn(p.beda)) for p in d.pasangan},
        "hapus": {k.id for k in d.tambah},
        "tambah": {k.id for k in d.hapus},
        **{name: {(e.id, other[e.jenis], turn(e.beda)) for e in entries} for name, entries in d.bagian.items()},
    }


def assert_nothing_lost(d: RubricDiff) -> None:
    kept = [*d.of("sama"), *d.of("pindah"), *d.of("ubah")]
    assert sorted([p.a.id for p in kept] + [k.id for k in d.hapus]) == sorted(d.a.kriteria_by_id)
    assert sorted([p.b.id for p in kept] + [k.id for k in d.tambah]) == sorted(d.b.kriteria_by_id)
    assert all(p.a is d.a.kriteria_by_id[p.a.id] and p.b is d.b.kriteria_by_id[p.b.id] for p in kept)


WORDS = ["laporan", "kinerja", "telah", "disusun", "pimpinan", "berkala", "(dinamis)", "75%", "unit/satuan", "dan"]


@st.composite
def variants(draw: st.DrawFn) -> Rubric:
    """A real rubric of which criteria were moved, renumbered, reworded, repunctuated, changed, removed and added."""
    rubric = shipped(draw(st.sampled_from([UNIT, INSTANSI, TANAH_LAUT])))
    subs = draw(st.lists(st.sampled_from([*rubric.subkomponen_by_id]), min_size=1, max_size=4, unique=True))
    pool = [k for k in rubric.each_kriteria() if k.subkomponen in subs]
    result: list[Kriteria] = []
    for kriteria in draw(st.permutations(pool)) if draw(st.booleans()) else pool:
        text = kriteria.uraian.split()
        match draw(st.sampled_from(["", "", "", "hapus", "kata", "titik", "bidang", "kembar", "tulis ulang"])):
            case "hapus":
                continue
            case "kata":
                text[draw(st.integers(0, len(text) - 1))] = draw(st.sampled_from(WORDS))
            case "titik":
                text[-1] = text[-1].rstrip(".") + draw(st.sampled_from(["", ".", ";"]))
            case "bidang":
                kriteria = replace(kriteria, upaya=draw(st.integers(1, 3)), topik=draw(st.sampled_from(WORDS)))
            case "kembar":
                result.append(kriteria)
            case "tulis ulang":
                text = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8))
        result.append(replace(kriteria, uraian=" ".join(text)))
    free = {sub: draw(st.permutations(range(1, 80))) for sub in subs}
    stay = draw(st.booleans())
    seen: set[str] = set()
    placed: list[Kriteria] = []
    for kriteria in result:
        if not stay or kriteria.id in seen:
            sub = draw(st.sampled_from(subs))
            name = next(f"{sub}.{n}" for n in free[sub] if f"{sub}.{n}" not in seen)
            kriteria = replace(kriteria, id=name, subkomponen=sub, komponen=sub.partition(".")[0])
        seen.add(kriteria.id)
        placed.append(kriteria)
    return renewed(rubric, placed)


@settings(max_examples=150, deadline=None)
@given(variants(), variants())
def test_nothing_is_lost_and_the_direction_does_not_matter(a: Rubric, b: Rubric) -> None:
    found = compare(a, b)
    assert_nothing_lost(found)
    assert shape(found) == mirrored(compare(b, a))
    assert compare(a, a).kosong
    assert all(len(line) <= 80 for line in render_diff(found).split("\n"))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_criteria_only_moved_are_found_wherever_they_went(data: st.DataObject) -> None:
    unit = shipped(UNIT)
    pool = [k for k in unit.each_kriteria() if k.id != "4.b.4"]  # 4.a.2 has the same words
    homes = data.draw(st.permutations([(k.id, k.subkomponen, k.komponen) for k in pool]))
    moved = [
        replace(k, id=name, subkomponen=sub, komponen=komponen)
        for k, (name, sub, komponen) in zip(pool, homes, strict=True)
    ]
    found = compare(renewed(unit, pool), renewed(unit, moved))
    assert {(p.a.id, p.b.id) for p in found.pasangan} == {(k.id, m.id) for k, m in zip(pool, moved, strict=True)}
    assert [*found.hapus, *found.tambah, *found.of("ubah")] == []


@given(st.text(max_size=60), st.text(max_size=60))
@example("c a a a", "a a c a")
def test_similarity_is_symmetric_and_one_for_equal_words(a: str, b: str) -> None:
    assert similarity(a, b) == similarity(b, a)
    assert 0 <= similarity(a, b) <= 1
    assert similarity(a, a) == 1
    assert letters(letters(a)) == letters(a) or not a.isascii()


# ---- A case under both rubrics --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kecamatan(laut: RubricDiff, pelaihari: Case) -> Kasus:
    return rescore(laut, "2022.yaml", pelaihari, "B", "evaluator")


def test_statuses_and_evidence_move_with_their_criterion(laut: RubricDiff, pelaihari: Case) -> None:
    said = pelaihari.penilaian["evaluator"]
    status = replace(said.kriteria["1.c.3"], bukti=("renstra",))
    case = replace(pelaihari, penilaian={"evaluator": replace(said, kriteria={**said.kriteria, "1.c.3": status})})
    carried = carry(laut, case, "B", "evaluator")
    there = carried.case.penilaian["evaluator"]
    assert there.kriteria["1.c.4"] == status
    assert there.kriteria["1.b.10"] == said.kriteria["1.a.7"]
    assert len(there.kriteria) == 79
    assert "2.b.7" not in there.kriteria
    assert there.subkomponen == said.subkomponen
    assert (carried.case.rubrik, carried.case.tercetak) == (UNIT, None)
    assert (carried.hilang, carried.kosong, carried.lain) == (("1.c.7", "1.c.9"), ("2.b.7",), ())
    assert [own for own, _ in carried.berubah if own in ("1.c.6", "3.a.4", "1.c.3")] == ["1.c.6", "3.a.4"]
    assert len(carried.berubah) == len(REWORDED)


def test_pelaihari_has_the_same_total_but_another_proposal(kecamatan: Kasus) -> None:
    assert kecamatan.a.rentang("total") == kecamatan.b.rentang("total") == (Fraction("76.4"), Fraction("76.4"))
    assert all(kecamatan.selisih(name) == (0, 0) for name in kecamatan.parts())
    differing = {n: (kecamatan.a.usulan(n), kecamatan.b.usulan(n)) for n in kecamatan.parts()}
    assert {n: pair for n, pair in differing.items() if pair[0] != pair[1]} == {"1.c": (("CC",), ("B",))}
    met = kecamatan.a.pemenuhan("2.b")
    assert met is not None
    assert (met.terpenuhi, met.tidak, met.belum) == (4, 2, 1)
    assert (met.persen_min, met.persen_maks) == (Fraction(400, 7), Fraction(500, 7))


def test_under_its_own_rubric_a_case_is_what_it_was(kecamatan: Kasus, hasil: Any) -> None:
    assert kecamatan.b.evaluation == hasil
    for komponen in hasil.komponen:
        for sub in komponen.subkomponen:
            assert kecamatan.b.pemenuhan(sub.id) == sub.pemenuhan


def test_what_rules_propose_for_a_criterion_that_nobody_was_asked_is_left_out(unit: Rubric) -> None:
    own = renewed(unit, [k for k in unit.each_kriteria() if k.id != "1.a.2"], id="lokal/unit")
    case = make_case(own, {}, {k.id: "terpenuhi" for k in own.each_kriteria()})
    kasus = rescore(compare(own, unit), "", case, "A", "evaluator")
    assert kasus.bawaan.kosong == ("1.a.2",)
    assert kasus.b.evaluation.usulan["1.a.2"].status == "tidak"
    met = kasus.b.pemenuhan("1.a")
    assert met is not None
    assert (met.terpenuhi, met.tidak, met.belum) == (5, 0, 1)
    assert kasus.b.usulan("1.a") == ("B", "BB")
    assert kasus.a.usulan("1.a") == ("BB",)


def test_scored_by_criteria_what_is_not_carried_makes_a_range(
    unit: Rubric, tanah_laut: Rubric, pelaihari: Case
) -> None:
    kasus = rescore(compare(scored_by_criteria(unit), tanah_laut), "", pelaihari, "B", "evaluator")
    assert kasus.a.rentang("2.b") == (Fraction(36, 7), Fraction(45, 7))
    assert kasus.a.nodes["2.b"].nilai is None
    assert kasus.selisih("2.b") == (Fraction("7.2") - Fraction(45, 7), Fraction("7.2") - Fraction(36, 7))
    assert kasus.a.rentang("1.c") == (Fraction(45, 4), Fraction(45, 4))
    low, high = kasus.a.rentang("total")
    assert high - low == Fraction(9, 7)
    assert kasus.a.evaluation.nilai is None


def test_what_the_other_rubric_cannot_hold_is_named(unit: Rubric) -> None:
    own = replace(unit, id="lokal/unit", jenis_bukti={**unit.jenis_bukti, "siaran": "Siaran pers"})
    known = {name: worth for name, worth in unit.statuses.items() if name != "sebagian"}
    short = replace(unit, skala=unit.skala[1:], statuses=known, packs={})
    bukti = (Bukti("s", "siaran", "Siaran"), Bukti("l", "lhe", "LHE"))
    case = replace(
        make_case(own, {"1.a": "AA", "1.b": "B"}, {"1.a.1": "sebagian", "1.a.2": "tidak"}, bukti=bukti),
        paket=("keberadaan-bertahan",),
        tercetak=Tercetak("LKE", 2, Cetak(), {}),
    )
    kasus = rescore(compare(own, short), "", case, "A", "evaluator")
    assert kasus.bawaan.lain == (
        "jawaban subkomponen yang tidak ada artinya di B: 1.a",
        "status kriteria yang tidak dikenal B: 1.a.1",
        "bukti, karena jenisnya tidak dikenal B: s",
        "paket aturan: keberadaan-bertahan",
    )
    assert kasus.jawaban("1.a") == "AA"
    assert kasus.b.nodes["1.a"].nilai is None
    assert kasus.selisih("1.a") == (-6, Fraction("5.4") - 6)


def test_what_nobody_judged_is_not_named_as_lost(laut: RubricDiff, tanah_laut: Rubric) -> None:
    carried = carry(laut, make_case(tanah_laut, status={"1.c.9": "tidak", "3.a.4": None}), "B", "evaluator")
    assert (carried.hilang, carried.kosong, carried.berubah) == (("1.c.9",), ("2.b.7",), ())


def test_grades_of_criteria_mean_nothing_where_subkomponen_are_answered(unit: Rubric) -> None:
    graded = scored_by_criteria(unit, "jawaban")
    case = make_case(graded, grades={"1.a.1": "AA", "1.a.2": "B"})
    carried = carry(compare(graded, unit), case, "A", "evaluator")
    assert carried.lain == ("jawaban kriteria yang tidak ada artinya di B: 1.a.1, 1.a.2",)
    assert carried.case.penilaian["evaluator"].kriteria["1.a.1"] == JawabanKriteria()


def test_a_subkomponen_that_only_one_rubric_has(unit: Rubric) -> None:
    last = unit.komponen[-1]
    shorter = replace(unit, komponen=(*unit.komponen[:-1], replace(last, subkomponen=last.subkomponen[:-1])))
    found = compare(unit, shorter)
    assert [k.subkomponen for k in found.hapus] == ["4.c"] * 5
    kasus = rescore(found, "", make_case(unit, {"4.c": "B"}), "A", "evaluator")
    assert kasus.bawaan.lain == ("subkomponen: 4.c",)
    assert [*kasus.parts()][-2:] == ["4.c", "total"]
    assert kasus.selisih("4.c") == (Fraction("-8.75"), Fraction("-8.75"))
    assert kasus.selisih("total") == kasus.selisih("4.c")  # all else is open, and scored alike
    back = rescore(compare(shorter, unit), "", make_case(shorter), "A", "evaluator")
    assert back.selisih("4.c") == (0, Fraction("12.5"))
    assert "\n4.c" in render_diff(found, [kasus])


def test_points_of_a_component_are_carried_only_where_they_mean_the_same(lama: Rubric) -> None:
    weights = {"1": Fraction(25), "2": Fraction(30)}
    other = replace(lama, komponen=tuple(replace(k, bobot=weights.get(k.id, k.bobot)) for k in lama.komponen))
    points = {"1": Fraction(20), "2": Fraction("20.5"), "3": Fraction(10), "5": Fraction(12)}
    kasus = rescore(compare(lama, other), "", make_case(lama, komponen=points), "A", "evaluator")
    assert kasus.bawaan.lain == ("nilai komponen, karena bobotnya lain di B: 1, 2",)
    assert kasus.selisih("1") == (-20, 5)
    assert kasus.selisih("3") == (0, 0)
    assert kasus.selisih("4") == (0, 0)  # open, but of the same weight


ANSWERS = ["AA", "A", "BB", "B", "CC", "C", "D", "E"]


def weighted(rubric: Rubric, shift: Fraction) -> Rubric:
    """The rubric with `shift` points of 1.a given to 1.b."""
    change = {"1.a": -shift, "1.b": shift}
    komponen = tuple(
        replace(k, subkomponen=tuple(replace(s, bobot=s.bobot + change.get(s.id, 0)) for s in k.subkomponen))
        for k in rubric.komponen
    )
    return replace(rubric, id="lokal/bobot", komponen=komponen)


@st.composite
def judged(draw: st.DrawFn, rubric: Rubric, *, complete: bool) -> Case:
    known = st.sampled_from(ANSWERS) if complete else st.none() | st.sampled_from(ANSWERS)
    statuses = st.sampled_from(["terpenuhi", "sebagian", "tidak", "tidak_berlaku"])
    jawaban = {s.id: draw(known) for s in rubric.each_subkomponen()}
    status = {k.id: draw(statuses if complete else st.none() | statuses) for k in rubric.each_kriteria()}
    for sub in rubric.each_subkomponen():
        status[sub.kriteria[0].id] = "tidak"  # at least one criterion of each applies
    return make_case(rubric, jawaban, status)


def evaluated(rubric: Rubric, case: Case) -> Any:
    return evaluate(rubric, replace(case, rubrik=rubric.id))


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from(["cetak", "subkomponen", "komponen", "total"]), st.booleans())
def test_the_range_of_a_difference_holds_that_of_every_completion(
    data: st.DataObject, stage: str, both: bool
) -> None:
    unit = shipped(UNIT)
    a = rounded_at(unit, stage, 1) if both else unit
    b = rounded_at(weighted(unit, data.draw(st.sampled_from([Fraction(0), Fraction(1), Fraction(1, 3)]))), stage, 1)
    open_case = data.draw(judged(a, complete=False))
    full = data.draw(judged(a, complete=True))
    said, filling = open_case.penilaian["evaluator"], full.penilaian["evaluator"]
    filled = {n: s if s.jawaban else filling.subkomponen[n] for n, s in said.subkomponen.items()}
    closed = replace(open_case, penilaian={"evaluator": replace(said, subkomponen=filled)})
    kasus = rescore(compare(a, b), "", open_case, "A", "evaluator")
    under = [evaluated(r, closed).jejak for r in (a, b)]
    for name in kasus.parts():
        x, y = (node.find(name).nilai for node in under)
        low, high = kasus.selisih(name)
        assert low <= y - x <= high
        if name in said.subkomponen and said.subkomponen[name].jawaban:
            assert low == high


@pytest.mark.parametrize("stage", ["komponen", "total"])
def test_a_difference_holds_what_rounding_of_the_whole_makes_of_it(unit: Rubric, stage: str) -> None:
    a, b = (rounded_at(r, stage, 0) for r in (unit, weighted(unit, Fraction(1, 3))))
    answers = {s.id: "B" for s in unit.each_subkomponen()} | {"1.a": "AA", "1.c": None}
    kasus = rescore(compare(a, b), "", make_case(a, answers), "A", "evaluator")
    for jawaban in ANSWERS:
        closed = make_case(a, answers | {"1.c": jawaban})
        low, high = kasus.selisih("total")
        assert low <= evaluated(b, closed).nilai - evaluated(a, closed).nilai <= high


@settings(max_examples=40, deadline=None)
@given(st.data(), st.booleans(), st.booleans())
def test_the_two_parts_of_a_change_re_add_exactly(data: st.DataObject, by_criteria: bool, back: bool) -> None:
    unit = shipped(UNIT)
    moved = weighted(unit, Fraction(1, 3))
    a, b = (scored_by_criteria(unit), scored_by_criteria(moved)) if by_criteria else (unit, moved)
    first, last = (b, a) if back else (a, b)
    old = data.draw(judged(first, complete=True))
    new = replace(data.draw(judged(last, complete=True)), tahun_kinerja=2023, tahun_evaluasi=2024)
    diff = compare(a, b)
    cases = [rescore(diff, "", case, "A" if case.rubrik == a.id else "B", "evaluator") for case in (new, old)]
    (uraian,) = split(cases)
    assert (uraian.lama.case, uraian.baru.case) == (old, new)
    for name in uraian.baru.parts():
        rubrik, bukti, whole = uraian.rubrik(name), uraian.bukti(name), uraian.seluruh(name)
        assert rubrik[0] + bukti[0] == whole[0]
        assert (rubrik[0], bukti[0], whole[0]) == (rubrik[1], bukti[1], whole[1])
    before, between, after = evaluated(first, old).nilai, evaluated(last, old).nilai, evaluated(last, new).nilai
    assert uraian.rubrik("total")[0] == between - before
    assert uraian.bukti("total")[0] == after - between
    assert uraian.seluruh("total")[0] == after - before


def test_cases_of_one_rubric_differ_by_their_evidence_alone(unit: Rubric) -> None:
    diff = compare(unit, weighted(unit, Fraction(1)))
    old, new = make_case(unit, {"1.a": "B"}), replace(make_case(unit, {"1.a": "BB"}), tahun_kinerja=2023)
    (uraian,) = split([rescore(diff, "", case, "A", "evaluator") for case in (old, new)])
    assert uraian.rubrik("1.a") == (0, 0)
    assert uraian.bukti("1.a") == uraian.seluruh("1.a") == (Fraction("0.6"), Fraction("0.6"))


def test_cases_of_two_agencies_are_not_paired(unit: Rubric, capsys: pytest.CaptureFixture[str]) -> None:
    diff = compare(unit, weighted(unit, Fraction(1)))
    other = replace(make_case(unit), instansi=replace(make_case(unit).instansi, nama="Dinas Lain"))
    cases = [rescore(diff, "", case, "A", "evaluator") for case in (make_case(unit), other)]
    assert split(cases) == []
    assert "bukan dari satu instansi" in render_diff(diff, cases)


def test_ranges_are_subtracted_end_from_end() -> None:
    assert minus((Fraction(1), Fraction(4)), (Fraction(2), Fraction(3))) == (-2, 2)


def test_rubrics_of_different_structure_are_not_like_for_like(lama: Rubric, unit: Rubric) -> None:
    why = unlike(compare(lama, unit))
    assert why[:2] == [
        "A dinilai pada komponen dengan nilai, B pada subkomponen dengan jawaban",
        "komponen yang hanya ada di A: 5 Pencapaian Sasaran/Kinerja",
    ]
    assert "1.a pemenuhan -> keberadaan" in why[2]
    assert unlike(compare(unit, scored_by_criteria(unit))) == []


def test_figures_that_do_not_re_add_as_printed_say_so(unit: Rubric) -> None:
    def text(jawaban: str) -> str:
        return render_diff(
            diff, [rescore(diff, "", make_case(unit, {"1.a": jawaban, "1.b": jawaban}), "A", "evaluator")]
        )

    diff = compare(unit, weighted(unit, Fraction(1, 140)))  # 0.7 of it is half a hundredth
    assert "Angka yang tercetak dibulatkan" in text("B")
    diff = compare(unit, weighted(unit, Fraction(1)))
    assert "Angka yang tercetak dibulatkan" not in text("B")


# ---- The command ----------------------------------------------------------------------------------------------------


def test_the_shown_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rubrik", "diff", UNIT, TANAH_LAUT, "--kasus", str(CASE)]) == 1
    out = capsys.readouterr().out
    assert all(len(line) <= 80 for line in out.split("\n") if str(CASE) not in line)
    for line in (
        "Kriteria: A 80, B 81, sama 1, pindah 24, ubah 54, hapus 1, tambah 2",
        "Bunyi   : 17 berubah katanya, 58 hanya tanda bacanya",
        "KRITERIA PINDAH SUBKOMPONEN (3)",
        "KRITERIA BERGANTI NOMOR (21)",
        "A: nilai 76.40, predikat BB",
        "Usulan berbeda: 1.c (A CC, B B)",
        "Tidak dibawa karena tidak ada di A: 1.c.7, 1.c.9",
        "Belum dinilai karena hanya ada di A: 2.b.7",
    ):
        assert line in out.split("\n")
    assert "Kebutuhan [-atas-]{+atau+}" in out
    assert "2.b *  BB      7.20   7.20     0.00     4/7 1?        3/5  CC      CC" in out
    folded = out[out.index("hanya tanda baca (58)") : out.index("KASUS")]
    assert folded.count(".") == 2 * 58 + 2 * folded.count("->")


def test_json_has_everything_and_goes_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "beda.json"
    arguments = ["rubrik", "diff", UNIT, TANAH_LAUT, "--kasus", str(CASE), "--format", "json"]
    assert run([*arguments, "-o", str(path)]) == 1
    assert capsys.readouterr().out == ""
    data = json.loads(path.read_text(encoding="utf-8"))
    assert list(data) == [
        "a", "b", "ada_perbedaan", "tidak_setara", "jumlah", "bagian", "kriteria", "kasus", "uraian", "mesin",
    ]  # fmt: skip
    assert data["jumlah"] == {"A": 80, "B": 81, "sama": 1, "pindah": 24, "ubah": 54, "hapus": 1, "tambah": 2}
    assert {k: len(v) for k, v in data["kriteria"].items()} == {
        "sama": 1, "pindah": 24, "ubah": 54, "hapus": 1, "tambah": 2,
    }  # fmt: skip
    first = next(p for p in data["kriteria"]["ubah"] if p["a"] == "1.b.3")
    assert (first["b"], first["cara"], first["mirip"], first["beda"][0]["kelas"]) == (
        "1.b.3",
        "mirip",
        "0.92",
        "kata",
    )
    (kasus,) = data["kasus"]
    assert (kasus["ditulis_untuk"], kasus["tidak_dibawa"], kasus["belum_dinilai"]) == (
        "b",
        ["1.c.7", "1.c.9"],
        ["2.b.7"],
    )
    parts = {part["id"]: part for part in kasus["bagian"]}
    assert len(parts) == 17
    assert parts["total"]["a"] == {"nilai": "76.40", "rentang": {"min": "76.40", "maks": "76.40"}, "predikat": "BB"}
    assert parts["1.c"]["a"]["usulan"] == ["CC"]
    assert parts["2.b"]["a"]["kriteria"]["belum"] == 1
    assert parts["2.b"]["selisih"] == {"min": "0.00", "maks": "0.00"}
    text = path.read_text(encoding="utf-8")
    assert run([*arguments, "-o", str(path)]) == 1
    assert path.read_text(encoding="utf-8") == text


def test_two_cases_are_split_in_text_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = RubricDesk(tmp_path)
    desk.write("lokal/a", variant('  ubah: [{alasan: bobot, subkomponen: {"1.a": {bobot: 7}, "1.b": {bobot: 8}}}]\n'))
    paths = []
    for tahun, rubrik, jawaban in ((2021, UNIT, "B"), (2022, "lokal/a", "BB")):
        answers = "".join(f'      "{s.id}": {{jawaban: {jawaban}}}\n' for s in shipped(UNIT).each_subkomponen())
        paths.append(tmp_path / f"{tahun}.yaml")
        paths[-1].write_text(
            f"instansi: {{nama: Dinas Contoh, jenis: dinas}}\ntahun_kinerja: {tahun}\ntahun_evaluasi: {tahun + 1}\n"
            f"rubrik: {rubrik}\npenilaian:\n  evaluator:\n    subkomponen:\n{answers}",
            encoding="utf-8",
        )
    arguments = ["rubrik", "diff", UNIT, "lokal/a", "--folder-rubrik", str(desk.folder), "--kasus", *map(str, paths)]
    assert run(arguments) == 1
    out = capsys.readouterr().out
    assert "Nilai 70.00 menjadi 80.00, selisih +10.00:\n  0.00 karena rubrik berubah\n" in out
    rows = [line.split() for line in out[out.index("URAIAN") :].split("\n")]
    assert ["1.a", "4.20", "4.90", "5.60", "+0.70", "+0.70", "+1.40"] in rows
    assert ["1.b", "6.30", "5.60", "6.40", "-0.70", "+0.80", "+0.10"] in rows
    assert run([*arguments, "--format", "json"]) == 1
    (uraian,) = json.loads(capsys.readouterr().out)["uraian"]
    assert uraian["lama"] == {"berkas": str(paths[0]), "menurut": "a"}
    part = next(p for p in uraian["bagian"] if p["id"] == "1.b")
    assert part["rubrik"] == {"min": "-0.70", "maks": "-0.70"}
    assert part["bukti"] == {"min": "0.80", "maks": "0.80"}


def test_two_versions_of_one_id_are_compared_by_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = RubricDesk(tmp_path / "lama"), RubricDesk(tmp_path / "baru")
    a = old.write("lokal/a", variant("  ubah: []\n"))
    b = new.write("lokal/a", variant('  hapus: [{id: "2.a.3", alasan: digabung}]\n'))
    case = tmp_path / "kasus.yaml"
    case.write_text(
        "instansi: {nama: Dinas Contoh, jenis: dinas}\ntahun_kinerja: 2022\ntahun_evaluasi: 2023\nrubrik: lokal/a\n"
        'penilaian: {evaluator: {kriteria: {"2.a.3": {status: tidak}}}}\n',
        encoding="utf-8",
    )
    for first, second, side in ((a, b, "A"), (b, a, "B")):
        assert run(["rubrik", "diff", str(first), str(second), "--kasus", str(case)]) == 1
        out = capsys.readouterr().out
        assert f"ditulis untuk {side}," in out
        assert f"Tidak dibawa karena tidak ada di {'B' if side == 'A' else 'A'}: 2.a.3" in out


def test_different_structures_are_shown_without_scoring(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = tmp_path / "2020.yaml"
    case.write_text(
        f"instansi: {{nama: Dinas Contoh, jenis: dinas}}\ntahun_kinerja: 2020\ntahun_evaluasi: 2021\nrubrik: {LAMA}\n",
        encoding="utf-8",
    )
    assert run(["rubrik", "diff", LAMA, UNIT, "--kasus", str(case)]) == 1
    out = capsys.readouterr().out
    assert "Tidak setara: A dinilai pada komponen dengan nilai" in out
    assert "tidak dapat dibandingkan; kasus tidak dinilai ulang." in out
    assert "KASUS" not in out
    assert all(len(line) <= 80 for line in out.split("\n"))
    assert run(["rubrik", "diff", LAMA, UNIT, "--kasus", str(case), "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert (len(data["tidak_setara"]), data["kasus"]) == (3, [])


def test_bad_input_is_all_reported_and_ends_in_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rubrik", "diff", "tiada/a", "tiada/b"]) == 2
    assert capsys.readouterr().err.count("R401") == 2
    assert run(["rubrik", "diff", UNIT, INSTANSI, "--kasus", str(CASE), "--kasus", "tiada.yaml"]) == 2
    problems = capsys.readouterr()
    assert "K515: Kasus ini ditulis untuk rubrik tanah-laut-68-2022/unit." in problems.err
    line = case_text().split("\n").index("rubrik: tanah-laut-68-2022/unit") + 1
    assert f"{CASE}:{line}:9: K515" in problems.err
    assert "B101" in problems.err
    assert problems.out == ""
    assert run(["rubrik", "diff", UNIT, TANAH_LAUT, "--kasus", str(CASE), "--penilai", "mandiri"]) == 2
    assert "K512" in capsys.readouterr().err
    broken = tmp_path / "kasus.yaml"
    broken.write_text(case_text().replace("jawaban: BB", "jawaban: A+", 1), encoding="utf-8")
    assert run(["rubrik", "diff", UNIT, TANAH_LAUT, "--kasus", str(broken)]) == 2
    assert "K508" in capsys.readouterr().err


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = RubricDesk(tmp_path)
    desk.write("lokal/a", variant("  ubah: []\n").replace("Rubrik setempat", '"Rubrik \\e[31msetempat"'))
    assert run(["rubrik", "diff", UNIT, "lokal/a", "--folder-rubrik", str(desk.folder)]) == 1
    assert "\x1b" not in capsys.readouterr().out
