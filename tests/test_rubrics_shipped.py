"""The shipped rubrics say what the regulation says, word for word."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from sakip_eval import Rubric
from sakip_eval.numbers import format_plain

DATA = Path(__file__).parent / "data"
LAW: dict[str, Any] = json.loads((DATA / "permenpanrb-88-2021.json").read_text(encoding="utf-8"))
OF_88 = ["unit", "instansi", "tanah_laut"]


def counts(rubric: Rubric) -> list[int]:
    return [len(sub.kriteria) for sub in rubric.each_subkomponen()]


def lke_rows() -> dict[str, list[str]]:
    """Rows of the printed LKE by the stable id of our list: criteria by position below their subkomponen."""
    rows: dict[str, list[str]] = {}
    sub = ""
    for line in (DATA / "lke-pelaihari-2022.tsv").read_text(encoding="utf-8").splitlines():
        cells = [re.sub(r"</?i>", "", cell).strip() for cell in line.split("\t")]
        if re.fullmatch(r"\d\.[a-c]", cells[0]):
            sub = cells[0]
            rows[sub] = cells
        elif re.fullmatch(r"\d+\)", cells[0]):
            rows[f"{sub}.{cells[0][:-1]}"] = cells
    return rows


@pytest.mark.parametrize(
    ("name", "key"), [("unit", "lampiran_II_lke_unit"), ("instansi", "lampiran_II_lke_instansi")]
)
def test_wording_numbers_and_weights_are_the_regulations(name: str, key: str, request: pytest.FixtureRequest) -> None:
    rubric: Rubric = request.getfixturevalue(name)
    for sub in rubric.each_subkomponen():
        law = LAW["kriteria"][key][sub.id]
        assert sub.nama == law["nama"]
        assert sub.bobot == Fraction(str(law["bobot"]))
        printed = [(str(k["no_cetak"]), k["teks"]) for k in law["kriteria"]]
        assert [(k.no_cetak, k.uraian) for k in sub.kriteria] == printed


@pytest.mark.parametrize("name", OF_88)
def test_ladder_and_bands_are_the_regulations(name: str, request: pytest.FixtureRequest) -> None:
    rubric: Rubric = request.getfixturevalue(name)
    law = [(s["jawaban"], s["bobot_nilai"], s["uraian"]) for s in LAW["skala_sub_komponen"]]
    assert [(s.jawaban, s.poin, s.uraian) for s in rubric.skala] == law
    bands = [(p["predikat"], p["sebutan"], p["interpretasi"]) for p in LAW["predikat"]]
    assert [(p.predikat, p.sebutan, p.interpretasi) for p in rubric.predikat] == bands
    for ours, theirs in zip(rubric.predikat, LAW["predikat"], strict=True):
        assert (ours.band.low, ours.band.high) == (theirs["lebih_dari"], theirs["sampai"])
        assert not ours.band.low_inclusive
        assert ours.band.high_inclusive


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("unit", [6, 11, 8, 3, 7, 10, 6, 9, 7, 3, 5, 5]),
        ("instansi", [7, 9, 9, 3, 5, 11, 5, 11, 7, 3, 5, 5]),
        ("tanah_laut", [7, 11, 9, 3, 5, 11, 6, 9, 7, 3, 5, 5]),
    ],
)
def test_numbers_of_criteria(name: str, expected: list[int], request: pytest.FixtureRequest) -> None:
    assert counts(request.getfixturevalue(name)) == expected


@pytest.mark.parametrize("name", OF_88)
def test_dimensions_share_a_component_20_30_50(name: str, request: pytest.FixtureRequest) -> None:
    rubric: Rubric = request.getfixturevalue(name)
    assert [k.bobot for k in rubric.komponen] == [30, 30, 15, 25]
    for komponen in rubric.komponen:
        shares = [(s.dimensi, s.bobot * 100 / komponen.bobot) for s in komponen.subkomponen]
        assert shares == [("keberadaan", 20), ("kualitas", 30), ("pemanfaatan", 50)]


def test_tanah_laut_prints_the_words_of_its_worksheet(tanah_laut: Rubric) -> None:
    rows = lke_rows()
    cut_off = {"1.b.8", "1.b.9"}
    for kriteria in tanah_laut.each_kriteria():
        printed = rows[kriteria.id][1]
        if kriteria.id in cut_off:
            assert kriteria.uraian.startswith(printed)
            assert kriteria.catatan is not None
            assert "terpotong" in kriteria.catatan
        else:
            assert kriteria.uraian == printed.replace(" .", ".")
    for sub in tanah_laut.each_subkomponen():
        assert sub.nama == rows[sub.id][1]


def test_tanah_laut_keeps_weight_six_where_the_sheet_prints_eight(tanah_laut: Rubric) -> None:
    differing = {
        sub.id: (format_plain(sub.bobot), lke_rows()[sub.id][2])
        for sub in tanah_laut.each_subkomponen()
        if sub.bobot != Fraction(lke_rows()[sub.id][2])
    }
    assert differing == {"2.a": ("6", "8.00")}
    assert "8.00" in (tanah_laut.subkomponen_by_id["2.a"].catatan or "")


def test_tanah_laut_notes_the_slip_of_direvisi(tanah_laut: Rubric) -> None:
    kriteria = tanah_laut.kriteria_by_id["3.a.4"]
    assert kriteria.uraian == "Dokumen Laporan Kinerja telah direvisi"
    assert "direviu" in (kriteria.catatan or "")


def test_every_change_of_tanah_laut_has_its_reason(tanah_laut: Rubric) -> None:
    assert tanah_laut.extends == "permenpanrb-88-2021/unit"
    assert {c.jenis for c in tanah_laut.changes} == {"hapus", "pindah", "tambah", "ubah"}
    assert all(len(c.alasan) > 10 for c in tanah_laut.changes)


def test_permen_12_2015_holds_weights_and_bands(lama: Rubric) -> None:
    assert [k.bobot for k in lama.komponen] == [30, 25, 15, 10, 20]
    for komponen in lama.komponen[:4]:
        assert [s.bobot * 100 / komponen.bobot for s in komponen.subkomponen] == [20, 50, 30]
    assert lama.pada == "komponen"
    assert [(p.predikat, str(p.band)) for p in lama.predikat][:3] == [
        ("AA", ">90-100 %"),
        ("A", ">80-90 %"),
        ("BB", ">70-80 %"),
    ]


def test_results_by_component_have_the_parts_and_bands_of_88_2021(per_komponen: Rubric, unit: Rubric) -> None:
    assert (per_komponen.pada, per_komponen.dengan) == ("komponen", "nilai")
    assert per_komponen.predikat == unit.predikat
    assert per_komponen.rounding == unit.rounding
    assert [replace(k, subkomponen=()) for k in per_komponen.komponen] == [
        replace(k, subkomponen=()) for k in unit.komponen
    ]
    assert list(per_komponen.each_subkomponen()) == [replace(s, kriteria=()) for s in unit.each_subkomponen()]


@pytest.mark.parametrize("name", OF_88)
def test_every_criterion_has_a_recommendation_fit_to_sign(name: str, request: pytest.FixtureRequest) -> None:
    rubric: Rubric = request.getfixturevalue(name)
    sentences = [k.rekomendasi for k in rubric.each_kriteria()]
    assert len(set(sentences)) == len(sentences)
    for kriteria in rubric.each_kriteria():
        assert re.match(r"Agar [a-z]", kriteria.rekomendasi), kriteria.id
        assert kriteria.rekomendasi.endswith(".")
        assert kriteria.rekomendasi.count(".") == 1 or "S." in kriteria.rekomendasi, kriteria.id
        assert 10 <= len(kriteria.rekomendasi.split()) <= 60, kriteria.id
        assert not kriteria.pokok.endswith(".")
        assert kriteria.bukti


@pytest.mark.parametrize("name", [*OF_88, "lama", "per_komponen"])
def test_every_figure_names_its_article(name: str, request: pytest.FixtureRequest) -> None:
    rubric: Rubric = request.getfixturevalue(name)
    articles = [rubric.dasar_penilaian, *(s.dasar for s in rubric.skala), *(p.dasar for p in rubric.predikat)]
    articles += [k.dasar for k in rubric.komponen] + [s.dasar for s in rubric.each_subkomponen()]
    articles += [rule.dasar for rule in rubric.rules]
    assert all(re.search(r"Permen ?PANRB|Perbup|Perpres|Kebijakan rubrik", text) for text in articles)
