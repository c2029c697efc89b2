"""docs/aturan.md is what the rules are."""

from __future__ import annotations

from sakip_eval import Rubric
from sakip_eval.render.rules_text import render_rules
from sakip_eval.rubric.facts import FACTS
from tests.conftest import ROOT


def test_the_page_is_generated_from_the_rules(unit: Rubric) -> None:
    page = (ROOT / "docs/aturan.md").read_text(encoding="utf-8")
    assert page == render_rules(unit), "jalankan: sakip rubrik aturan permenpanrb-88-2021/unit -o docs/aturan.md"


def test_every_rule_says_when_then_why_and_an_example(unit: Rubric) -> None:
    rules = [*unit.rules, *(rule for pack in unit.packs.values() for rule in pack)]
    page = render_rules(unit)
    for rule in rules:
        section = page.split(f"### `{rule.id}`\n")[1].split("\n###")[0]
        assert "Bila:" in section
        assert "Maka: " in section
        assert "Dasar: " in section
        assert "Contoh: " in section
    assert page.count("\n### `") == len(rules) + len(FACTS)


def test_answers_are_shown_by_name_not_by_rank(unit: Rubric) -> None:
    section = render_rules(unit).split("### `jawaban-penuh-kriteria-belum`")[1].split("\n### ")[0]
    assert "`peringkat` minimal BB" in section
