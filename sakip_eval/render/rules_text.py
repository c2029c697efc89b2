"""Rules as a readable page: id, when, then, article, example; generated, so that it cannot drift from the rules."""

from __future__ import annotations

from collections.abc import Iterator

from sakip_eval.render.markdown import MARKUP, escape
from sakip_eval.rubric.facts import FACTS
from sakip_eval.rubric.rubric import Rubric
from sakip_eval.rubric.rules import PLACEHOLDER, Constraint, MakaRekomendasi, MakaTemuan, MakaUsulan, Pattern, Rule

_KINDS = {
    "usulan": "Usulan: dari bukti ke status kriteria",
    "temuan": "Temuan: pertentangan dan kekurangan",
    "rekomendasi": "Rekomendasi: kalimat dalam LHE",
}
_WORDS = {"==": "sama dengan", "!=": "bukan", ">=": "minimal", "<=": "maksimal", "in": "salah satu dari"}


def render_rules(rubric: Rubric) -> str:
    """Return a Markdown page of all rules of a rubric, its optional packs, and the vocabulary of facts."""
    return "\n".join(_page(rubric)).rstrip() + "\n"


def _page(rubric: Rubric) -> Iterator[str]:
    yield f"# Aturan rubrik {rubric.id}"
    yield ""
    yield "Halaman ini dibuat dari berkas aturan dengan `sakip rubrik aturan`; jangan disunting langsung."
    yield ""
    for kind, title in _KINDS.items():
        yield f"## {title}"
        yield ""
        for rule in rubric.rules:
            if rule.jenis == kind:
                yield from _rule(rubric, rule)
    for name, rules in rubric.packs.items():
        yield f"## Paket pilihan `{name}`"
        yield ""
        yield f"Tidak aktif kecuali disebut: `paket: [{name}]` dalam kasus atau rubrik."
        yield ""
        for rule in rules:
            yield from _rule(rubric, rule)
    yield "## Kosakata fakta"
    yield ""
    for fact, fields in FACTS.items():
        yield f"### `{fact}`"
        yield ""
        yield "| medan | jenis | sejak | arti |"
        yield "|---|---|---|---|"
        for name, field in fields.items():
            yield f"| `{name}` | {field.kind} | {field.since} | {escape(field.arti)} |"
        yield ""


def _rule(rubric: Rubric, rule: Rule) -> Iterator[str]:
    yield f"### `{rule.id}`"
    yield ""
    yield "Bila:"
    yield ""
    for pattern in rule.patterns:
        yield f"- {_pattern(rubric, pattern)}"
    yield ""
    yield f"Maka: {_outcome(rule)}"
    yield ""
    yield f"Dasar: {escape(rule.dasar)}."
    if rule.contoh:
        yield ""
        yield f"Contoh: {escape(rule.contoh)}"
    yield ""


def _pattern(rubric: Rubric, pattern: Pattern) -> str:
    words = [_test(rubric, pattern, test) for test in pattern.tests]
    words += [f"`{join.field}` sama dengan `{join.other}.{join.other_field}`" for join in pattern.joins]
    lead = "tidak ada fakta" if pattern.absent else f"`{pattern.name}` adalah fakta"
    return f"{lead} `{pattern.fact}`" + (f" dengan {', '.join(words)}" if words else "")


def _test(rubric: Rubric, pattern: Pattern, test: Constraint) -> str:
    kind = FACTS[pattern.fact][test.field].kind
    answers = {step.rank: step.jawaban for step in rubric.skala}

    def shown(value: str | int) -> str:
        if kind == "peringkat" and isinstance(value, int):
            return answers.get(value, str(value))
        return str(value) if value != "" else "(kosong)"

    value = ", ".join(map(shown, test.value)) if isinstance(test.value, tuple) else shown(test.value)
    return f"`{test.field}` {_WORDS[test.op]} {escape(value)}"


def _template(text: str) -> str:
    """Escape a text, its placeholders shown as code."""
    parts = PLACEHOLDER.split(text)
    words = [MARKUP.sub(r"\\\1", parts[0])]
    for at in range(1, len(parts), 3):
        words += [f"`{parts[at]}.{parts[at + 1]}`", MARKUP.sub(r"\\\1", parts[at + 2])]
    return "".join(words)


def _outcome(rule: Rule) -> str:
    outcome = rule.outcome
    if isinstance(outcome, MakaUsulan):
        return f"usulkan status **{outcome.status}** untuk `{outcome.untuk}`, karena {_template(outcome.alasan)}."
    if isinstance(outcome, MakaTemuan):
        joined = "; beberapa digabung menjadi satu" if outcome.pesan_gabung else ""
        return (
            f"temuan **{outcome.kode}** ({outcome.tingkat}{joined}): {_template(outcome.pesan)}. "
            f"Cara menyelesaikan: {_template(outcome.cara)}."
        )
    assert isinstance(outcome, MakaRekomendasi)
    if outcome.dari is not None:
        return f"rekomendasikan kalimat rubrik untuk kriteria `{outcome.dari}`; kriteria setopik digabung."
    return f"rekomendasikan pada komponen {outcome.komponen}: {_template(outcome.teks or '')}"
