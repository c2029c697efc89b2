"""From firings to results: proposals (usulan) and findings (temuan), their words filled in from the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from sakip_eval.engine.matching import Fact, Firing
from sakip_eval.engine.result import TINGKAT, Temuan
from sakip_eval.engine.score import Usulan
from sakip_eval.rubric.rules import PLACEHOLDER, MakaTemuan, MakaUsulan


class _Template(NamedTuple):
    """A text with its placeholders as `%s`, and the name and field that each stands for.

    Where all stand for fields of one fact, `about` is its name, and `read` reads them off it at once.
    """

    form: str
    slots: tuple[tuple[str, str], ...]
    about: str | None
    read: Callable[[Mapping[str, str | int]], Any]


@lru_cache(maxsize=4096)
def _template(text: str) -> _Template:
    # Literal, name, field, literal, name, field, ..., literal.
    parts = PLACEHOLDER.split(text.replace("%", "%%"))
    names, fields = parts[1::3], parts[2::3]
    about = names[0] if len(set(names)) == 1 else None
    return _Template("%s".join(parts[::3]), tuple(zip(names, fields, strict=True)), about, itemgetter(*fields or "-"))


def fill(text: str, facts: Mapping[str, Fact]) -> str:
    """Replace each `{name.field}` by what the fact says; other braces stay as they are."""
    form, slots, about, read = _template(text)
    if about is not None:
        return str(form % read(facts[about].values))
    return form % tuple([facts[name].values[field] for name, field in slots])


def fill_each(text: str, firings: Sequence[Firing]) -> list[str]:
    """Fill a text for each firing; equal results once, in order."""
    form, slots, about, read = _template(text)
    if about is not None:
        return list(dict.fromkeys([form % read(firing.facts[about].values) for firing in firings]))
    return list(dict.fromkeys([fill(text, firing.facts) for firing in firings[: None if slots else 1]]))


@lru_cache(maxsize=10_000)
def listed(text: str) -> tuple[str, ...]:
    """Read a filled-in list of ids: `1.b.7, 1.b.8`."""
    return tuple([part for piece in text.split(",") if (part := piece.strip())])


def proposals(firings: Iterable[Firing]) -> dict[str, Usulan]:
    """Return the proposed status of each criterion; where several rules speak, the last one wins (the variant's own)."""
    found: dict[str, Usulan] = {}
    for firing in firings:
        outcome = firing.rule.outcome
        assert isinstance(outcome, MakaUsulan)
        about = firing.facts[outcome.untuk].values
        name = str(about["kriteria"])
        found[name] = Usulan(
            name,
            outcome.status,
            fill(outcome.alasan, firing.facts),
            listed(str(about["bukti_cocok"])) if outcome.status != "tidak" else (),
            firing.rule.id,
            firing.rule.dasar,
        )
    return found


def findings(firings: Iterable[Firing]) -> tuple[Temuan, ...]:
    """Return the findings, gravest first, then in the order of the rules; one per kode where the rule joins them."""
    groups: list[list[Firing]] = []
    for firing in firings:
        outcome = firing.rule.outcome
        assert isinstance(outcome, MakaTemuan)
        if outcome.pesan_gabung and groups and groups[-1][0].rule.id == firing.rule.id:
            groups[-1].append(firing)
        else:
            groups.append([firing])
    found = [_finding(group) for group in groups]
    return tuple(sorted(found, key=lambda finding: TINGKAT.index(finding.tingkat)))


def _finding(group: list[Firing]) -> Temuan:
    rule = group[0].rule
    outcome = rule.outcome
    assert isinstance(outcome, MakaTemuan)
    subjects = tuple(fill_each(outcome.subjek, group))
    named = fill_each(outcome.kriteria, group) if outcome.kriteria else ()
    criteria = tuple(dict.fromkeys(chain.from_iterable(map(listed, named))))
    if len(group) > 1 and outcome.pesan_gabung is not None:
        text = outcome.pesan_gabung.replace("{daftar}", ", ".join(subjects)).replace("{banyak}", str(len(subjects)))
        if "{rincian}" in text:
            text = text.replace("{rincian}", "; ".join(fill_each(outcome.rincian or outcome.pesan, group)))
    else:
        text = fill(outcome.pesan, group[0].facts)
    facts = tuple([fact for firing in group for fact in firing.facts.values()])
    return Temuan(
        outcome.kode, outcome.tingkat, text, subjects, criteria, rule.dasar, fill(outcome.cara, group[0].facts),
        rule.id, facts,
    )  # fmt: skip
