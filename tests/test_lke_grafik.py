"""The sheet Grafik: native charts whose every point is a cell that follows the sheet LKE; what is unknown is no zero."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from sakip_eval import Case, Evaluation, Rubric, evaluate
from sakip_eval.case.case import JawabanSub, Penilaian
from sakip_eval.documents.libreoffice import recalculated
from sakip_eval.documents.lke import layout as names
from sakip_eval.documents.lke.layout import address, layout
from sakip_eval.documents.lke.read import read_lke
from sakip_eval.documents.lke.sheet_grafik import LEAST, MISSING, PARTS, POINTS, SERIES
from sakip_eval.documents.lke.write import blank_form, workbook
from tests.helpers.files import SHIPPED, shipped

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
OPEN = ("1.c", "2.b", "4.a")


def charts(content: bytes) -> dict[str, ET.Element]:
    """The charts of a workbook by kind: radarChart, barChart."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    found = {}
    for name in sorted(n for n in archive.namelist() if n.startswith("xl/charts/chart")):
        root = ET.fromstring(archive.read(name))
        area = root.find(f".//{C}plotArea")
        assert area is not None
        found[next(child.tag.removeprefix(C) for child in area if child.tag.endswith("Chart"))] = root
    return found


def reference(series: ET.Element, kind: str) -> str:
    found = series.find(f"{C}{kind}//{C}f")
    assert found is not None
    return found.text or ""


def points(series: ET.Element, kind: str) -> dict[int, str]:
    """Cached values of a series by their number; what is not there is drawn as a gap."""
    return {int(p.attrib["idx"]): p.findtext(f"{C}v") or "" for p in series.findall(f"{C}{kind}//{C}pt")}


def words(root: ET.Element) -> str:
    return "".join(t.text or "" for t in root.findall(f"{C}chart/{C}title//{A}t"))


def book(content: bytes, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def cells(sheet: Any, ref: str) -> list[Any]:
    """Values of the cells that a chart refers to; only cells of the sheet Grafik are expected."""
    name, area = ref.replace("'", "").split("!")
    assert name == names.GRAFIK
    found = sheet[area.replace("$", "")]
    return [row[0].value for row in found] if isinstance(found, tuple) else [found.value]


@pytest.fixture(scope="module")
def partly(pelaihari: Case) -> Case:
    """Both raters; the evaluator has not judged three subkomponen, the agency one."""
    judged = pelaihari.penilaian["evaluator"]
    sub = {k: replace(v, jawaban=None) if k in OPEN else v for k, v in judged.subkomponen.items()}
    own = {k: JawabanSub(jawaban=None if k == "3.b" else "A") for k in judged.subkomponen}
    said: dict[Any, Penilaian] = {
        "mandiri": replace(judged, subkomponen=own),
        "evaluator": replace(judged, subkomponen=sub),
    }
    return replace(pelaihari, penilaian=said)


@pytest.fixture(scope="module")
def both(tanah_laut: Rubric, partly: Case) -> list[Evaluation]:
    return [evaluate(tanah_laut, partly, "mandiri"), evaluate(tanah_laut, partly, "evaluator")]


@pytest.fixture(scope="module")
def content(both: list[Evaluation]) -> bytes:
    return workbook(both)


# What the charts show ---------------------------------------------------------------------------------------------


def test_each_point_of_the_radar_reads_the_percentage_of_its_subkomponen(
    content: bytes, both: list[Evaluation], tanah_laut: Rubric
) -> None:
    radar = charts(content)["radarChart"]
    live, shown = book(content)[names.GRAFIK], book(content, values=True)[names.GRAFIK]
    table = layout(tanah_laut, ("mandiri", "evaluator"))
    rows = [row for row in table.rows if row.jenis == "subkomponen"]
    assert len(rows) == 12
    series = radar.findall(f".//{C}ser")
    assert [cells(live, reference(s, "tx")) for s in series] == [
        ["Penilaian mandiri (instansi)"],
        ["Penilaian evaluator"],
    ]
    for one, block, evaluation in zip(series, table.blocks, both, strict=True):
        persen = {s.id: s.persen for k in evaluation.komponen for s in k.subkomponen}
        sources = [f"{names.LKE}!{address(row.index, block.columns['persen'])}" for row in rows]
        assert cells(live, reference(one, "val")) == [f"=IF(ISNUMBER({at}),{at},NA())" for at in sources]
        known = [persen[row.id] for row in rows]
        assert cells(shown, reference(one, "val")) == [MISSING if p is None else float(p) for p in known]
        cached = {number: Fraction(text) for number, text in points(one, "val").items()}
        assert cached == {number: p for number, p in enumerate(known) if p is not None}
        labels = cells(live, reference(one, "cat"))
        assert [re.match(r'="(\S+) ', text)[1] for text in labels] == [row.id for row in rows]  # type: ignore[index]
        assert all(at in text for at, text in zip(sources, labels, strict=True))
    assert points(series[1], "cat")[0] == "1.a keberadaan\n90,00 / 80,00"
    assert points(series[1], "cat")[2] == "1.c pemanfaatan\n90,00 / Belum Diisi"


def test_the_columns_split_the_bobot_into_won_open_and_lost(
    content: bytes, both: list[Evaluation], tanah_laut: Rubric
) -> None:
    bars = charts(content)["barChart"]
    live, shown = book(content)[names.GRAFIK], book(content, values=True)[names.GRAFIK]
    series = bars.findall(f".//{C}ser")
    assert [cells(live, reference(s, "tx"))[0] for s in series] == list(SERIES)
    low, open_, lost = (cells(shown, reference(s, "val")) for s in series)
    nodes = {node.id: node for node in both[1].jejak.walk()}
    for at, komponen in enumerate(tanah_laut.komponen):
        least, most = nodes[komponen.id].rentang  # type: ignore[misc]
        assert low[at] == pytest.approx(float(least))
        assert open_[at] == pytest.approx(float(most - least))
        assert low[at] + open_[at] + lost[at] == pytest.approx(float(komponen.bobot))
    assert [round(v, 2) for v in open_] == [15, 9, 0, 5]
    assert [points(s, "val")[0] for s in series] == ["11.1", "15.0", "3.9"]
    table = layout(tanah_laut, ("mandiri", "evaluator"))
    row, columns = table.row_by_id["1"].index, table.block("evaluator").columns
    formulas = [cells(live, reference(s, "val"))[0] for s in series]
    below, above = (f"{names.LKE}!{address(row, columns[key])}" for key in ("bawah", "atas"))
    assert [(below in f, above in f) for f in formulas] == [(True, False), (True, True), (False, True)]
    assert f"{names.LKE}!{address(row, names.COLUMN_BOBOT)}" in formulas[2]
    categories = cells(live, reference(series[0], "cat"))
    assert categories == [f"{k.id}. {k.nama}" for k in tanah_laut.komponen]


def test_titles_legends_and_looks_can_be_read_in_grey(content: bytes, hasil: Evaluation) -> None:
    found = charts(content)
    assert words(found["radarChart"]) == "Capaian per subkomponen (persen dari bobot)"
    title = "Poin yang diperoleh dan hilang per komponen"
    assert words(found["barChart"]) == f"{title} (penilaian evaluator)"
    bars = found["barChart"].findall(f".//{C}ser")
    patterns = [s.findall(f"{C}spPr/*")[0].tag.removeprefix(A) for s in bars]
    assert patterns == ["solidFill", "pattFill", "solidFill"]
    colors = [s.find(f"{C}spPr/{A}solidFill/{A}srgbClr").attrib["val"] for s in (bars[0], bars[2])]  # type: ignore[union-attr]
    assert colors[1] == "FFFFFF" != colors[0]
    lines = [s.find(f"{C}spPr/{A}ln/{A}prstDash") for s in found["radarChart"].findall(f".//{C}ser")]
    assert [line is not None for line in lines] == [True, False]
    assert [n.attrib["formatCode"] for n in found["barChart"].findall(f".//{C}dLbls/{C}numFmt")] == ["0.00;;;"] * 3
    axis = found["radarChart"].find(f".//{C}valAx/{C}scaling")
    assert axis is not None
    assert [axis.find(f"{C}{end}").attrib["val"] for end in ("min", "max")] == ["0", "100"]  # type: ignore[union-attr]
    alone = charts(workbook([hasil]))
    assert words(alone["barChart"]) == title
    assert alone["radarChart"].find(f".//{C}legend") is None
    assert found["radarChart"].find(f".//{C}legend") is not None


def test_gaps_stay_gaps_and_hidden_cells_are_drawn(content: bytes) -> None:
    for root in charts(content).values():
        assert root.find(f"{C}chart/{C}plotVisOnly") is None or (
            root.find(f"{C}chart/{C}plotVisOnly").attrib["val"] == "0"  # type: ignore[union-attr]
        )
        blanks = root.find(f"{C}chart/{C}dispBlanksAs")
        assert blanks is None or blanks.attrib["val"] == "gap"
        assert b"dispNaAsBlank" in ET.tostring(root)


def test_it_prints_on_one_a4_page_with_the_tables_hidden(content: bytes) -> None:
    sheet = book(content)[names.GRAFIK]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    last = range_boundaries(sheet.print_area.split("!")[-1].replace("$", ""))[2]
    assert last is not None
    assert last <= PARTS < POINTS
    hidden = [d for d in sheet.column_dimensions.values() if d.hidden]
    assert [(d.min, d.max) for d in hidden] == [(PARTS + 1, POINTS + len(SERIES) + 1)]
    said = [sheet.cell(row, 1).value for row in range(1, 6)]
    assert said[0] == "GRAFIK HASIL EVALUASI AKUNTABILITAS KINERJA"
    shown = book(content, values=True)[names.GRAFIK]
    assert shown["A4"].value == "Penilaian evaluator: nilai Belum Diisi; predikat Belum Diisi"
    assert shown["A5"].value.startswith("Belum lengkap: 9 dari 12 bagian dinilai")


# Rubrics ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_every_rubric_has_its_charts_and_an_empty_form_draws_nothing(name: str) -> None:
    rubric = shipped(name)
    content = blank_form(rubric)
    found = charts(content)
    by_komponen = rubric.pada == "komponen"
    parts = rubric.komponen if by_komponen else list(rubric.each_subkomponen())
    assert set(found) == ({"barChart", "radarChart"} if len(parts) >= LEAST else {"barChart"})
    radar = found["radarChart"]
    assert words(radar) == f"Capaian per {'komponen' if by_komponen else 'subkomponen'} (persen dari bobot)"
    series = radar.find(f".//{C}ser")
    assert series is not None
    assert len(points(series, "cat")) == len(parts)
    assert points(series, "val") == {}
    assert cells(book(content, values=True)[names.GRAFIK], reference(series, "val")) == [MISSING] * len(parts)
    won, open_, lost = (points(s, "val") for s in found["barChart"].findall(f".//{C}ser"))
    assert [float(v) for v in open_.values()] == [float(k.bobot) for k in rubric.komponen]
    assert {*won.values(), *lost.values()} == {"0.0"}


def test_fewer_than_three_parts_make_no_radar(pelaihari: Case) -> None:
    rubric = shipped("permenpanrb-12-2015/unit")
    assert rubric.pada == "komponen"
    small = replace(rubric, komponen=rubric.komponen[: LEAST - 1], rules=(), packs_on=())
    case = replace(pelaihari, rubrik=small.id, penilaian={"evaluator": Penilaian()}, bukti={}, tindak_lanjut=None)
    content = workbook([evaluate(small, case)])
    assert set(charts(content)) == {"barChart"}
    assert "celah" not in str([c.value for row in book(content)[names.GRAFIK].iter_rows() for c in row])


# Live, and harmless -----------------------------------------------------------------------------------------------


def test_the_cells_of_the_charts_follow_the_answers(hasil: Evaluation, tanah_laut: Rubric) -> None:
    changed, table = book(workbook([hasil])), layout(tanah_laut)
    answer = table.blocks[0].columns["jawaban"] + 1
    changed[names.LKE].cell(table.row_by_id["1.a"].index + 1, answer).value = None
    changed[names.LKE].cell(table.row_by_id["2.a"].index + 1, answer).value = "D"
    saved = io.BytesIO()
    changed.save(saved)
    sheet = book(recalculated(saved.getvalue()), values=True)[names.GRAFIK]
    parts = {str(row[0].value).split()[0]: row for row in sheet.iter_rows(min_row=2, max_row=13, min_col=PARTS + 1)}
    assert parts["1.a"][1].value == MISSING
    assert parts["1.a"][0].value == "1.a keberadaan\nBelum Diisi"
    assert parts["2.a"][1].value == pytest.approx(30)
    assert parts["1.b"][1].value == pytest.approx(70)
    points_ = [[c.value for c in row] for row in sheet.iter_rows(2, 5, POINTS + 2, POINTS + 4)]
    assert points_[0] == pytest.approx([18.3, 6, 5.7])
    assert points_[1] == pytest.approx([19.5, 0, 10.5])
    assert points_[2] == pytest.approx([11.55, 0, 3.45])
    assert "Belum Diisi" in sheet["A4"].value


def test_the_reader_takes_no_notice_of_it(tmp_path: Path, hasil: Evaluation, pelaihari: Case) -> None:
    path = tmp_path / "lke.xlsx"
    path.write_bytes(workbook([hasil]))
    reading = read_lke(path)
    assert reading.case == pelaihari
    assert not reading.temuan


def test_the_same_input_gives_the_same_charts(both: list[Evaluation], content: bytes) -> None:
    assert workbook(both) == content
