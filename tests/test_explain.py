"""`jelaskan`: the reason of every figure, from the trace."""

from __future__ import annotations

import json
import re
from fractions import Fraction

import pytest

from sakip_eval import Evaluation, Rubric, evaluate
from sakip_eval.cli.main import run
from sakip_eval.render.explain import render_explanation, render_lost
from sakip_eval.render.words import lost_points
from tests.conftest import PELAIHARI
from tests.helpers.cases import make_case, scored_by_criteria


def explain(evaluation: Evaluation, node_id: str, depth: int = 0) -> str:
    node = evaluation.jejak.find(node_id)
    assert node is not None
    return " ".join(render_explanation(evaluation, node, depth).split())


def test_says_why_1b_is_b_and_why_not_bb(hasil: Evaluation) -> None:
    text = explain(hasil, "1.b")
    assert "B karena 9 dari 11 kriteria terpenuhi = 81.82 %, dalam >75-<100 %" in text
    assert "PermenPANRB 88/2021, Lampiran I IV.B.4" in text
    assert "Bukan BB karena 2 kriteria belum terpenuhi:" in text
    assert "- 1.b.7 Target yang ditetapkan" in text
    assert "- 1.b.8 Setiap Dokumen Perencanaan Kinerja" in text


def test_says_that_an_answer_stands_above_its_proposal(hasil: Evaluation) -> None:
    text = explain(hasil, "2.a")
    assert "BB menurut evaluator, tanpa alasan tertulis" in text
    assert "mengusulkan CC; 80 % x bobot 6 = 4.80" in text
    assert "Temuan TERCETAK-BERBEDA" in text


def test_a_criterion_leads_to_its_source_and_its_recommendation(hasil: Evaluation) -> None:
    text = explain(hasil, "4.c.1")
    assert "4.c.1: tidak terpenuhi menurut evaluator" in text
    assert "Asal bacaan: LKE baris" in text
    assert "Rekomendasi R-" in text
    assert "Ditunjukkan oleh: Matriks tindak lanjut rekomendasi" in text


def test_depth_shows_as_many_levels(hasil: Evaluation) -> None:
    ids = [re.findall(r"^ *([0-9a-z.]+): ", render_explanation(hasil, hasil.jejak, d), re.M) for d in range(4)]
    assert ids[0] == ["total"]
    assert ids[1] == ["total", "1", "2", "3", "4"]
    assert len(ids[2]) == 1 + 4 + 12
    assert len(ids[3]) == 1 + 4 + 12 + 81


def test_lost_points_are_all_of_them_largest_first(hasil: Evaluation) -> None:
    lost = [item.poin for item in lost_points(hasil.jejak)]
    assert lost == sorted(lost, reverse=True)
    assert hasil.nilai is not None
    assert sum(lost) == 100 - hasil.nilai == Fraction("23.60")
    assert render_lost(hasil, hasil.jejak).startswith("total: 23.60 poin hilang\n  -4.50  2.c: B karena")


def test_in_criteria_mode_points_are_lost_at_criteria(unit: Rubric) -> None:
    rubric = scored_by_criteria(unit)
    result = evaluate(rubric, make_case(rubric, status={"2.a.1": "tidak", "2.a.2": "sebagian", "2.a.3": "terpenuhi"}))
    assert [(item.node.id, item.poin) for item in lost_points(result.jejak)] == [("2.a.1", 2), ("2.a.2", 1)]
    node = result.jejak.find("2.a")
    assert node is not None
    assert node.why == "rata-rata 3 kriteria = 50.00 %, x bobot 6 = 3.00"


def test_every_node_has_a_reason_and_an_article(hasil: Evaluation, unit: Rubric) -> None:
    for evaluation in (hasil, evaluate(unit, make_case(unit))):
        for node in evaluation.jejak.walk():
            assert node.why
            assert "PANRB" in node.dasar or "Perbup" in node.dasar


def test_the_trace_as_json_is_the_same_tree(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["jelaskan", str(PELAIHARI), "1", "--format", "json", "--kedalaman", "1"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["id"], data["nilai"], data["maks"]) == ("1", "23.10", "30.00")
    assert [child["id"] for child in data["children"]] == ["1.a", "1.b", "1.c"]
    assert all(not child["children"] for child in data["children"])
    assert set(data) == {"id", "nama", "nilai", "bobot", "poin", "maks", "why", "dasar", "bukti", "children"}
