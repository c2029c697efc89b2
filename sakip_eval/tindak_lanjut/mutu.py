"""Is a claim worth verifying? The rules of `rubrics/tindak-lanjut`, run by the rule engine over facts about claims."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from sakip_eval.boundary import validate
from sakip_eval.engine.durable_port import default_matcher
from sakip_eval.engine.firings import findings, listed
from sakip_eval.engine.matching import Matcher, RuleSet
from sakip_eval.engine.result import Temuan
from sakip_eval.problems import SakipError
from sakip_eval.rubric.catalog import shipped_folder
from sakip_eval.rubric.compile_rules import Names, compile_rules
from sakip_eval.rubric.facts_tindak_lanjut import FACTS_TINDAK_LANJUT
from sakip_eval.rubric.rules import Rule
from sakip_eval.rubric.rules_model import RuleFile
from sakip_eval.textfile import read_text, shown_name
from sakip_eval.tindak_lanjut.facts import JawabanLepas, facts_of
from sakip_eval.tindak_lanjut.state import State
from sakip_eval.yamlfile import parse_yaml


def rules_path() -> Path:
    """Return the rule file that ships with the package."""
    return shipped_folder() / "tindak-lanjut" / "aturan-temuan.yaml"


def load_rules(path: Path | None = None) -> tuple[Rule, ...]:
    """Read rules about follow-up. Raises `SakipError` with all problems of the file (B1xx, Y2xx, M3xx, A6xx)."""
    path = path or rules_path()
    document = parse_yaml(read_text(path, shown=shown_name(path)), shown_name(path))
    model, document, problems = validate(RuleFile, document)
    if model is None or problems:
        raise SakipError(problems)
    names = Names({}, (), (), (), (), facts=FACTS_TINDAK_LANJUT)
    rules, problems = compile_rules(model.aturan, document, names)
    if problems:
        raise SakipError(problems)
    return tuple(rules)


@cache
def shipped_rules() -> RuleSet:
    """Return the shipped rules, read once."""
    return RuleSet.of(load_rules())


def check(
    states: Iterable[State],
    per_tanggal: date,
    lepas: Iterable[JawabanLepas] = (),
    *,
    only: str | None = None,
    rules: RuleSet | None = None,
    matcher: Matcher | None = None,
) -> tuple[Temuan, ...]:
    """Return what is wrong with the follow-up as it stands on a day, gravest first, each with dasar and cara.

    With `only`, what concerns that recommendation alone. `lepas` are answers without a recommendation, as an import found them. Raises ImportError without snowballstemmer.
    """
    facts = facts_of(states, per_tanggal, lepas)
    if only is not None:
        facts = [fact for fact in facts if only in listed(str(fact.values.get("rekomendasi", "")))]
    return findings((matcher or default_matcher()).run(rules or shipped_rules(), facts))
