"""Rules that can never fire, criteria that no rule recommends, rules that contradict, rules without an example."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sakip_eval.problems import Location, Problem
from sakip_eval.rubric.lint_conflicts import conflict
from sakip_eval.rubric.lint_names import criteria_of, whole
from sakip_eval.rubric.lint_places import field_places
from sakip_eval.rubric.lint_reach import Row, Scope, Value, joins_hold, rows_of
from sakip_eval.rubric.model import RubricFile
from sakip_eval.rubric.read import names_of
from sakip_eval.rubric.rules import Constraint, MakaRekomendasi, Pattern, Rule
from sakip_eval.rubric.source import ReadRubric

_WORDS = {"==": "", "!=": "bukan ", ">=": "minimal ", "<=": "maksimal ", "in": "salah satu dari "}


@dataclass(frozen=True, slots=True)
class Placed:
    """A checked rule, where it is written, whether this rubric's own file says it, and its pack."""

    rule: Rule
    place: Location
    own: bool
    paket: str | None


def lint_rules(read: ReadRubric) -> Iterator[Problem]:
    """Yield unreachable rules (L708) and recommendations (L709), contradictions (L710), rules without example (L711)."""
    yield from _without_example(read)
    if read.file is None or not whole(read):
        return  # What a rule needs may be what was left out.
    rules = _placed(read)
    scope = Scope(names_of(read.file), _rows(read, read.file))
    reachable: list[Placed] = []
    for placed in rules:
        reason = never(scope, placed.rule)
        if reason is None:
            reachable.append(placed)
            yield from _never_found(scope, placed)
        else:
            yield _unreachable(placed, reason)
    yield from _contradictions(scope, reachable)
    if _rules_whole(read):
        running = [p.rule for p in reachable if p.paket is None or p.paket in read.file.paket]
        yield from _unrecommended(read, read.file, scope, running)


def _without_example(read: ReadRubric) -> Iterator[Problem]:
    for source in read.own_rule_files:
        for at, entry in enumerate(source.file.model.aturan if source.file.model is not None else ()):
            if entry.contoh is None:
                yield Problem(
                    "L711",
                    source.file.document.locate(("aturan", at, "id")),
                    f"Aturan `{entry.id}` tidak disertai contoh",
                    "Tanpa contoh, pembaca tidak dapat memeriksa apakah aturan berbunyi seperti yang dimaksud",
                    "Tambahkan `contoh:` berisi satu keadaan yang dikenainya",
                    "peringatan",
                )


def _placed(read: ReadRubric) -> list[Placed]:
    found: list[Placed] = []
    for source in read.rule_files:
        entries = source.file.model.aturan if source.file.model is not None else ()
        places = {
            entry.id: source.file.document.locate(("aturan", at, "id"))
            for at, entry in reversed([*enumerate(entries)])
        }
        own = source.beside == read.path
        found += [Placed(rule, places[rule.id], own, source.paket) for rule in source.rules]
    return found


def _rules_whole(read: ReadRubric) -> bool:
    """Tell whether every rule that belongs to the rubric could be read."""
    paths = {source.written.path for source in (read.root, read.variant) if source is not None}
    return not any(p.kode == "R401" or p.kode[0] == "A" or p.lokasi.path not in paths for p in read.problems)


def _rows(read: ReadRubric, file: RubricFile) -> dict[str, tuple[Row, ...]]:
    """Return what the rubric alone decides; of findings only where every rule could be read."""
    kodes = {
        (entry.temuan.kode, entry.temuan.tingkat)
        for source in read.rule_files
        for entry in (source.file.model.aturan if source.file.model is not None else ())
        if entry.temuan is not None
    }
    return rows_of(file, kodes if _rules_whole(read) else None)


def never(scope: Scope, rule: Rule) -> str | None:
    """Say why a rule can never fire in this rubric; None where it can, or where that cannot be told."""
    present = [pattern for pattern in rule.patterns if not pattern.absent]
    for pattern in present:
        reason = _never_there(scope, pattern)
        if reason is not None:
            return reason
    if not joins_hold(scope, rule):
        return "fakta-fakta yang dihubungkan `sama_dengan` tidak pernah ada bersama"
    for pattern in rule.patterns:
        other = next((p for p in present if pattern.absent and _always_with(scope, p, pattern)), None)
        if other is not None:
            return f"setiap `{other.name}` sendiri adalah fakta yang menurut `{pattern.name}` tidak boleh ada"
    return None


def _never_there(scope: Scope, pattern: Pattern) -> str | None:
    for field, some in scope.allowed(pattern).items():
        if some.empty():
            return f"tidak ada isi medan `{field}` yang {_tests(scope, pattern, {field})}"
    rows = scope.candidates(pattern)
    if rows is None or rows:
        return None
    fixed = {name for row in scope.rows[pattern.fact] for name in row}
    if not fixed:
        return f"fakta `{pattern.fact}` tidak pernah ada pada rubrik ini"
    if pattern.fact == "temuan":
        return f"tidak ada aturan yang menghasilkan temuan dengan {_tests(scope, pattern, fixed)}"
    return f"tidak ada {pattern.fact} dalam rubrik dengan {_tests(scope, pattern, fixed)}"


def _tests(scope: Scope, pattern: Pattern, fields: set[str]) -> str:
    return " dan ".join(f"{t.field} {_test(scope, t)}" for t in pattern.tests if t.field in fields)


def _test(scope: Scope, test: Constraint) -> str:
    answers: dict[Value, str] = {rank: name for name, rank in scope.names.ranks.items()}
    values: tuple[Value, ...] = test.value if isinstance(test.value, tuple) else (test.value,)
    shown = ", ".join(f"`{answers.get(value, value) if test.field == 'peringkat' else value}`" for value in values)
    return _WORDS[test.op] + shown


def _always_with(scope: Scope, present: Pattern, absent: Pattern) -> bool:
    """Tell whether every fact that `present` admits is itself one that `absent` forbids."""
    joined = all(
        (join.other == present.name and join.other_field == join.field) or join in present.joins
        for join in absent.joins
    )
    return joined and scope.admits_all(present, absent)


def _unreachable(placed: Placed, reason: str) -> Problem:
    return Problem(
        "L708",
        placed.place,
        f"Aturan `{placed.rule.id}` tidak akan pernah berlaku: {reason}",
        "Aturan yang tidak pernah berlaku memberi rasa aman yang keliru",
        "Perbaiki syaratnya, atau hapus aturannya",
        "peringatan",
    )


def _never_found(scope: Scope, placed: Placed) -> Iterator[Problem]:
    """Yield the codes that a rule waits for beside others, and that no rule produces."""
    for pattern in placed.rule.patterns:
        known = {row["kode"] for row in scope.rows.get("temuan", ())}
        for test in pattern.tests if pattern.fact == "temuan" and "temuan" in scope.rows else ():
            for kode in test.value if test.field == "kode" and isinstance(test.value, tuple) else ():
                if kode not in known:
                    yield Problem(
                        "L708",
                        placed.place,
                        f"Aturan `{placed.rule.id}` menunggu temuan `{kode}`, yang tidak dihasilkan aturan mana pun",
                        "Bagian syarat itu tidak akan pernah terpenuhi",
                        "Perbaiki kodenya, atau hapus dari daftar",
                        "peringatan",
                    )


def _contradictions(scope: Scope, rules: Sequence[Placed]) -> Iterator[Problem]:
    for at, later in enumerate(rules):
        for earlier in rules[:at]:
            if not (later.own or earlier.own):
                continue
            about, other = (later, earlier) if later.own else (earlier, later)
            found = conflict(scope, earlier.rule, later.rule)
            if found is not None:
                yield Problem(
                    "L710",
                    about.place,
                    f"Aturan `{about.rule.id}` bertentangan dengan `{other.rule.id}`: {found.apa}",
                    found.mengapa,
                    found.perbaikan,
                    "peringatan",
                )


def _unrecommended(read: ReadRubric, file: RubricFile, scope: Scope, rules: Sequence[Rule]) -> Iterator[Problem]:
    recommending = [
        (rule, rule.outcome.dari)
        for rule in rules
        if isinstance(rule.outcome, MakaRekomendasi) and rule.outcome.dari is not None
    ]
    mengapa = "Kriteria yang belum terpenuhi akan hilang dari daftar rekomendasi LHE"
    criteria = [entry.id for entry in criteria_of(file)]
    missed = [
        name for name in criteria if not any(_recommends(scope, rule, dari, name) for rule, dari in recommending)
    ]
    if missed and missed == criteria and read.own is not None:
        yield Problem(
            "L709",
            read.own.document.locate(("rubrik",), key=True),
            f"Tidak ada aturan rekomendasi dengan `dari` yang dapat berlaku bagi satu pun dari {len(missed)} kriteria",
            mengapa,
            "Tambahkan aturan rekomendasi, atau ikutkan aturan rubrik lain dengan `aturan_dari`",
            "peringatan",
        )
        return
    places = field_places(read)
    for name in missed:
        yield Problem(
            "L709",
            places[name]["id"],
            f"Tidak ada aturan rekomendasi dengan `dari` yang dapat berlaku bagi kriteria {name}",
            mengapa,
            "Longgarkan syarat aturan rekomendasi sehingga mengenai kriteria ini",
            "peringatan",
        )


def _recommends(scope: Scope, rule: Rule, dari: str, name: str) -> bool:
    pattern = next(p for p in rule.patterns if p.name == dari)
    rows = [row for row in scope.candidates(pattern) or () if row["kriteria"] == name]
    return bool(rows) and joins_hold(scope, rule, {dari: rows})
