"""Published component results under both regulations: sums, predikat, and the printed mistakes."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from sakip_eval import Evaluation, Rubric, evaluate
from sakip_eval.case.case import Cetak, Tercetak
from sakip_eval.case.load import load_with_rubric
from tests.helpers.cases import make_case
from tests.helpers.files import ROOT

OLD = [
    ("Pelaihari 2019", "24.41 16.25 11.41 6.92 17.08", "76.07", "76.08", "BB", True),
    ("Pelaihari 2020", "20.87 12.82 9.97 0 0", "43.66", "56.54", "C", False),
    ("Pelaihari 2021", "20.87 13.75 9.97 5.11 12.88", "62.58", "62.56", "B", True),
    ("Lima Puluh Pesisir 2020", "26.05 16.56 9.13 5.69 9.13", "66.56", "66.87", "B", False),
    ("Lima Puluh Pesisir 2021", "26.27 17.82 9.40 6.55 9.88", "69.92", "69.91", "B", True),
]
NEW = [
    ("Pelaihari 2022 (Tabel 22)", "24.00 23.01 10.99 18.52", "76.52", "76.30", "BB", False),
    ("Lima Puluh Pesisir 2022", "24.07 20.57 10.70 17.25", "72.59", "72.59", "BB", True),
    ("Lima Puluh Pesisir 2023", "21.41 21.03 11.89 15.87", "70.20", "70.20", "BB", True),
]


def scored(rubric: Rubric, parts: str, printed: str, predikat: str | None = None) -> Evaluation:
    values = {k.id: Fraction(text) for k, text in zip(rubric.komponen, parts.split(), strict=True)}
    case = make_case(rubric, komponen=values)
    total = Cetak(nilai=Fraction(printed), predikat=predikat)
    return evaluate(rubric, replace(case, tercetak=Tercetak("tabel laporan", 2, total, {})))


@pytest.mark.parametrize(("name", "parts", "total", "printed", "predikat", "agrees"), OLD)
def test_results_under_12_2015(
    lama: Rubric, name: str, parts: str, total: str, printed: str, predikat: str, agrees: bool
) -> None:
    result = scored(lama, parts, printed)
    assert result.nilai == Fraction(total), name
    assert result.predikat is not None
    assert result.predikat.predikat == predikat
    assert any(t.kode == "TERCETAK-BERBEDA" for t in result.temuan) is not agrees


@pytest.mark.parametrize(("name", "parts", "total", "printed", "predikat", "agrees"), NEW)
def test_component_results_under_88_2021(
    unit: Rubric, name: str, parts: str, total: str, printed: str, predikat: str, agrees: bool
) -> None:
    result = scored(replace(unit, pada="komponen", dengan="nilai"), parts, printed)
    assert result.nilai == Fraction(total), name
    assert result.predikat is not None
    assert result.predikat.predikat == predikat
    wrong = [t for t in result.temuan if t.kode == "TERCETAK-BERBEDA"]
    assert bool(wrong) is not agrees


def test_a_printed_predikat_against_the_scale_is_found(unit: Rubric) -> None:
    rubric = replace(unit, pada="komponen", dengan="nilai")
    result = scored(rubric, "21.41 21.03 11.89 15.87", "70.20", "B")
    found = next(t for t in result.temuan if t.kode == "TERCETAK-BERBEDA")
    assert "predikat total tercetak B, menurut rubrik dan jawabannya BB" in found.pesan


PUBLISHED = {
    "kecamatan-pelaihari/2018.yaml": OLD[0],
    "kecamatan-pelaihari/2019.yaml": OLD[1],
    "kecamatan-pelaihari/2020.yaml": OLD[2],
    "kecamatan-pelaihari/2021.yaml": NEW[0],
    "kecamatan-lima-puluh-pesisir/2019.yaml": OLD[3],
    "kecamatan-lima-puluh-pesisir/2020.yaml": OLD[4],
    "kecamatan-lima-puluh-pesisir/2021.yaml": NEW[1],
    "kecamatan-lima-puluh-pesisir/2022.yaml": NEW[2],
}
"""Shipped cases by file; the tables print the year of the evaluation, the one after tahun kinerja."""


@pytest.mark.parametrize("file", PUBLISHED)
def test_shipped_case_holds_the_published_row(file: str) -> None:
    name, parts, total, printed, predikat, agrees = PUBLISHED[file]
    loaded = load_with_rubric(ROOT / "cases" / file, {}, [])
    case = loaded.case
    year = int(re.findall(r"20\d\d", name)[0])
    assert (case.tahun_kinerja, case.tahun_evaluasi) == (year - 1, year)
    assert case.instansi.nama.startswith("Kecamatan " + name.split(" 20")[0])
    said = case.penilaian["evaluator"].komponen
    assert list(said.values()) == [Fraction(text) for text in parts.split()]
    assert case.tercetak is not None
    assert {k: c.nilai for k, c in case.tercetak.bagian.items()} == said
    assert case.tercetak.total.nilai == Fraction(printed)
    result = evaluate(loaded.rubric, case)
    assert result.nilai == Fraction(total)
    assert result.predikat is not None
    assert result.predikat.predikat == predikat
    wrong = [t.pesan for t in result.temuan if t.kode == "TERCETAK-BERBEDA"]
    assert any("nilai total" in pesan for pesan in wrong) is not agrees


@pytest.mark.parametrize("file", PUBLISHED)
def test_every_figure_of_a_shipped_case_names_its_line(file: str) -> None:
    text = (ROOT / "cases" / file).read_text(encoding="utf-8").partition("penilaian:")[2].partition("\ntercetak:")[0]
    year = int(file[-9:-5]) + 1
    named = re.findall(rf'asal: "Tabel [\d.]+, baris \d+, kolom {year}"', text)
    assert len(set(named)) == text.count("nilai: ") == len(PUBLISHED[file][1].split())


@pytest.mark.parametrize(
    ("off", "agrees"), [("0.00", True), ("0.02", True), ("0.03", False), ("-0.02", True), ("-0.03", False)]
)
def test_a_sum_may_be_off_by_half_a_unit_for_each_part(unit: Rubric, off: str, agrees: bool) -> None:
    rubric = replace(unit, pada="komponen", dengan="nilai")
    printed = str(Fraction("70.20") + Fraction(off))
    values = {"1": Fraction("21.41"), "2": Fraction("21.03"), "3": Fraction("11.89"), "4": Fraction("15.87")}
    case = replace(
        make_case(rubric, komponen=values), tercetak=Tercetak("tabel", 2, Cetak(nilai=Fraction(printed)), {})
    )
    assert (not any(t.kode == "TERCETAK-BERBEDA" for t in evaluate(rubric, case).temuan)) is agrees
