"""The formulas of an LKE, recalculated by LibreOffice, against the engine: every formula, to the last digit.

All cached values are written wrong, so that nothing but a recalculation can make them right. Many answer sets go into
one workbook, since LibreOffice takes seconds to start.
"""

from __future__ import annotations

import io
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import add

import openpyxl
import pytest

from sakip_eval import Case, Evaluation, Rubric, evaluate
from sakip_eval.case.case import JawabanKriteria, JawabanSub, Penilaian
from sakip_eval.documents.libreoffice import convert, recalculated
from sakip_eval.documents.lke import sheet_lke
from sakip_eval.documents.lke.figures import figures
from sakip_eval.documents.lke.formulas import formulas
from sakip_eval.documents.lke.layout import OPEN, Block, Layout, address, layout
from sakip_eval.documents.lke.precision import guard, proven
from sakip_eval.documents.lke.write import Book
from sakip_eval.numbers import ROUNDING_MODES, round_exact
from sakip_eval.rubric.catalog import list_rubrics
from tests.helpers.cases import make_case, rounded_at, scored_by_criteria
from tests.helpers.files import SHIPPED, shipped

Cells = Mapping[str, Mapping[str, object]]

WRONG = 123456
EDGES = (30, 50, 60, 70, 80, 90, 100)


@dataclass(frozen=True)
class Sheet:
    """One sheet LKE of the workbook and what must stand in it, for each rater."""

    name: str
    table: Layout
    evaluations: list[Evaluation]


def few_criteria(rubric: Rubric, number: int) -> Rubric:
    """The rubric with at most so many criteria in each subkomponen, for a small sheet."""
    komponen = tuple(
        replace(k, subkomponen=tuple(replace(s, kriteria=s.kriteria[:number]) for s in k.subkomponen))
        for k in rubric.komponen
    )
    return replace(rubric, komponen=komponen)


def judged(case: Case, **said: object) -> Case:
    return replace(case, penilaian={"evaluator": Penilaian(**said)})  # type: ignore[arg-type]


def by_answers(rubric: Rubric, case: Case, dice: random.Random, number: int, *, statuses: bool) -> Iterator[Case]:
    """Cases with random answers, some left open, and where wanted random statuses."""
    steps = [s.jawaban for s in rubric.skala]
    for _ in range(number):
        open_ = dice.choice([0, 0, 0, 0.1, 0.5])
        sub = {
            s.id: JawabanSub(jawaban=None if dice.random() < open_ else dice.choice(steps))
            for s in rubric.each_subkomponen()
        }
        yield judged(case, subkomponen=sub, kriteria=by_criteria(rubric, dice) if statuses else {})


def by_criteria(rubric: Rubric, dice: random.Random) -> Mapping[str, JawabanKriteria]:
    """Random statuses (and answers, where criteria are scored by them), open and not applicable ones among them."""
    weights = dice.choice([(6, 1, 1, 1, 0), (3, 2, 2, 2, 0), (1, 0, 0, 0, 0), (4, 1, 2, 3, 1), (0, 0, 0, 1, 0)])
    graded = rubric.pada == "kriteria" and rubric.dengan == "jawaban"
    names = ["terpenuhi", "sebagian", "tidak", "tidak_berlaku", None]
    steps = [s.jawaban for s in rubric.skala]
    found: dict[str, JawabanKriteria] = {}
    for kriteria in rubric.each_kriteria():
        status = dice.choices(names, weights)[0]
        jawaban = dice.choice(steps) if graded and status is not None else None
        found[kriteria.id] = JawabanKriteria(status=status, jawaban=jawaban)
    return found


def on_edges(rubric: Rubric, case: Case, dice: random.Random) -> Iterator[Case]:
    """Answers whose total is exactly on each band edge, also by different answers, and one step above and below."""
    steps = {int(s.poin): s.jawaban for s in rubric.skala}
    subs = list(rubric.each_subkomponen())
    for edge in EDGES:
        yield judged(case, subkomponen={s.id: JawabanSub(steps[edge]) for s in subs})
        wanted = {Fraction(edge), edge - Fraction(1, 20), edge + Fraction(1, 20), edge + Fraction(3, 10)} - {
            Fraction(100)
        }
        near = [p for p in steps if abs(p - edge) <= 30]
        for _ in range(3000):
            points = [dice.choice(near) for _ in subs]
            total = sum((s.bobot * p for s, p in zip(subs, points, strict=True)), Fraction(0)) / 100
            if total in wanted:
                wanted.discard(total)
                chosen = {s.id: JawabanSub(steps[p]) for s, p in zip(subs, points, strict=True)}
                yield judged(case, subkomponen=chosen)


def by_points(rubric: Rubric, dice: random.Random) -> Iterator[Case]:
    """Points per komponen whose doubles do not add up well: on each edge, a millionth beside it, and anywhere."""
    for edge in (*EDGES, 0):
        for offset in (Fraction(0), Fraction(1, 10**6), Fraction(-1, 10**6)):
            total, points = edge + offset, dict[str, Fraction]()
            if not 0 <= total <= 100:
                continue
            left = Fraction(100)
            for komponen in rubric.komponen:
                left -= komponen.bobot
                low, high = max(Fraction(0), total - left), min(komponen.bobot, total)
                share = low + (high - low) * dice.randrange(1000) / 1000
                value = min(high, max(low, round_exact(share, 2))) if left else total
                points[komponen.id], total = value, total - value
            yield make_case(rubric, komponen=points)
    for _ in range(12):
        some = [k for k in rubric.komponen if dice.random() < 0.9]
        yield make_case(rubric, komponen={k.id: k.bobot * dice.randrange(10**4) / 10**4 for k in some})
    yield make_case(rubric)


def sets(pelaihari: Case) -> Iterator[tuple[Rubric, list[Case]]]:
    """Rubrics and the cases that are tried with each."""
    dice = random.Random(88_2021)
    for name, _ in list_rubrics():
        rubric = shipped(name)
        if rubric.pada == "komponen":
            yield rubric, list(by_points(rubric, dice))
            yield rounded_at(rubric, "komponen", 1, "setengah_ke_genap"), list(by_points(rubric, dice))[:8]
            continue
        case = replace(pelaihari, rubrik=name, bukti={} if "instansi" in name else pelaihari.bukti)
        yield rubric, list(by_answers(rubric, case, dice, 8, statuses=True))
        small = few_criteria(rubric, 1)
        yield small, [*on_edges(small, case, dice), *by_answers(small, case, dice, 30, statuses=False)]
    unit = shipped("permenpanrb-88-2021/unit")
    bare = make_case(unit)
    for dengan in ("status", "jawaban"):
        rubric = scored_by_criteria(unit, dengan)
        yield rubric, [judged(bare, kriteria=by_criteria(rubric, dice)) for _ in range(10)]
        uniform = {s.poin: s.jawaban for s in unit.skala}
        if dengan == "jawaban":
            small = few_criteria(rubric, 3)
            same = [
                judged(
                    bare,
                    kriteria={k.id: JawabanKriteria(jawaban=uniform[Fraction(e)]) for k in small.each_kriteria()},
                )
                for e in EDGES
            ]
            yield small, same
    small = few_criteria(unit, 3)
    for stage in ("cetak", "subkomponen", "komponen", "total"):
        for number, mode in enumerate(ROUNDING_MODES):
            rounded = rounded_at(small, stage, number, mode)  # type: ignore[arg-type]
            rounded = replace(rounded, predikat_dari="bulat" if number != 2 else "tepat")
            yield rounded, list(by_answers(rounded, bare, dice, 5, statuses=False))
            averaged = scored_by_criteria(rounded, "status")
            yield averaged, [judged(bare, kriteria=by_criteria(averaged, dice)) for _ in range(5)]


@dataclass(frozen=True)
class Tried:
    """One answer set: its result, and the columns of the sheet in which it stands."""

    sheet: str
    table: Layout
    block: Block
    evaluation: Evaluation

    @property
    def mode(self) -> tuple[str, str]:
        return self.table.rubric.pada, self.table.rubric.dengan

    def at(self, row: str, key: str) -> str:
        return address(self.table.row_by_id[row].index, self.block.columns[key])

    def __str__(self) -> str:
        rubric = self.table.rubric
        return f"{self.sheet} {rubric.id} {self.mode} {rubric.stage} {rubric.rounding} {self.evaluation.nilai}"


@pytest.fixture(scope="module")
def sheets(pelaihari: Case) -> list[Sheet]:
    """One sheet for each rubric; every answer set is a rater of its own, so that one sheet holds them all."""
    found: list[Sheet] = []
    for rubric, cases in sets(pelaihari):
        assert proven(rubric), rubric.id
        said = {f"r{number}": one.penilaian["evaluator"] for number, one in enumerate(cases)}
        case = replace(cases[0], penilaian=said)  # type: ignore[arg-type]
        table = layout(rubric, tuple(said))
        evaluations = [evaluate(rubric, case, name) for name in said]  # type: ignore[arg-type]
        found.append(Sheet(f"LKE {len(found)}", table, evaluations))
    return found


@pytest.fixture(scope="module")
def tried(sheets: list[Sheet]) -> list[Tried]:
    return [
        Tried(s.name, s.table, block, evaluation)
        for s in sheets
        for block, evaluation in zip(s.table.blocks, s.evaluations, strict=True)
    ]


def book(sheets: list[Sheet]) -> bytes:
    """A workbook with many sheets LKE, each after the sheet Petunjuk of its rubric; every cached value is wrong."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet_lke, "figures", lambda table, _: dict.fromkeys(formulas(table), Fraction(WRONG)))
        patch.setattr(sheet_lke, "RATER_NAMES", defaultdict(str))
        made = Book(sheets[0].table.rubric)
        for number, sheet in enumerate(sheets):
            made.petunjuk(made.sheet(f"Petunjuk {number}"), sheet.table.rubric)
            made.lke(made.sheet(sheet.name), sheet.table, sheet.evaluations, (('="-"', "-"), ('="-"', "-")))
        return made.close({})


@pytest.fixture(scope="module")
def cells(sheets: list[Sheet]) -> Cells:
    """What stands in every cell after a forced recalculation, by sheet and address."""
    return read(recalculated(book(sheets), timeout=300))


def read(content: bytes) -> Cells:
    opened = openpyxl.load_workbook(io.BytesIO(content), data_only=True, read_only=True)
    return {
        sheet.title: {
            address(row, column): value
            for row, values in enumerate(sheet.iter_rows(values_only=True))
            for column, value in enumerate(values)
            if value is not None
        }
        for sheet in opened.worksheets
        if sheet.title.startswith("LKE")
    }


def same(found: object, expected: Fraction | str) -> bool:
    """Whether a cell holds a figure, both rounded to ten decimals, or a text exactly."""
    if isinstance(expected, str):
        return (found or "") == expected or (isinstance(found, str) and found.replace(".", ",") == expected)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return False
    return round_exact(Fraction(Decimal(repr(found))), 10) == round_exact(expected, 10)


def test_libreoffice_keeps_a_wrong_cached_value_unless_it_is_forced(sheets: list[Sheet]) -> None:
    few = book(sheets[:1])
    table = sheets[0].table
    total = address(table.row_by_id["total"].index, table.blocks[0].columns["nilai"])
    assert read(few)["LKE 0"][total] == WRONG
    assert read(convert(few, ".xlsx", "xlsx:Calc MS Excel 2007 XML"))["LKE 0"][total] == WRONG
    assert read(recalculated(few))["LKE 0"][total] != WRONG


def test_enough_is_tried(tried: list[Tried]) -> None:
    assert len(tried) >= 400
    for name in SHIPPED:
        own = [t.evaluation for t in tried if t.table.rubric.id == name and t.table.rubric.stage == "cetak"]
        assert {Fraction(edge) for edge in EDGES} <= {e.nilai for e in own}, name
    for mode in {t.mode for t in tried}:
        complete = {t.evaluation.lengkap for t in tried if t.mode == mode}
        assert complete == {True, False}, mode
    assert {t.mode for t in tried} == {
        ("subkomponen", "jawaban"), ("kriteria", "status"), ("kriteria", "jawaban"), ("komponen", "nilai"),
    }  # fmt: skip


def test_total_and_predikat_are_those_of_the_engine(tried: list[Tried], cells: Cells) -> None:
    for one in tried:
        e, found = one.evaluation, cells[one.sheet]
        nilai, exact = found[one.at("total", "nilai")], found[one.at("total", "bawah")]
        if e.nilai is None:
            assert nilai == OPEN, str(one)
        else:
            assert same(exact, e.nilai), f"{one}: {exact}"
            shown = e.rubric.rounding.apply(Fraction(Decimal(repr(nilai))))
            assert shown == e.rubric.rounding.apply(e.nilai), f"{one}: {nilai}"
        expected = e.predikat.predikat if e.predikat else ("Tanpa predikat" if e.lengkap else OPEN)
        assert found[one.at("predikat", "nilai")] == expected, f"{one}: {nilai}"


def test_every_formula_gives_the_cached_value(sheets: list[Sheet], cells: Cells) -> None:
    wrong = [
        (
            sheet.name,
            rubric.id,
            rubric.pada,
            rubric.stage,
            address(*place),
            cells[sheet.name].get(address(*place)),
            value,
        )
        for sheet in sheets
        for rubric in [sheet.table.rubric]
        for place, value in figures(sheet.table, sheet.evaluations).items()
        if not same(cells[sheet.name].get(address(*place)), value)
    ]
    assert not wrong, wrong[:10]
    assert all(set(formulas(s.table)) == set(figures(s.table, s.evaluations)) for s in sheets)


def test_doubles_alone_would_miss_an_edge_and_snapped_ones_do_not(pelaihari: Case) -> None:
    """LibreOffice compares with a tolerance of its own, Excel does not: so the snapping is tried here, in doubles."""
    missed = 0
    for rubric, cases in sets(pelaihari):
        if rubric.stage != "cetak" or rubric.pada == "kriteria":
            continue
        for case in cases:
            said = case.penilaian["evaluator"]
            if rubric.pada == "komponen":
                parts = [said.komponen[k.id] for k in rubric.komponen if k.id in said.komponen]
                doubles = [float(value) for value in parts]
            else:
                graded = [(s.bobot, said.subkomponen[s.id].jawaban) for s in rubric.each_subkomponen()]
                pairs = [(bobot, rubric.step_by_jawaban[name].poin) for bobot, name in graded if name is not None]
                parts = [bobot * poin / 100 for bobot, poin in pairs]
                doubles = [float(bobot) * float(poin) / 100 for bobot, poin in pairs]
            # One by one, as a spreadsheet adds: `sum` of floats corrects its own error from Python 3.12 on.
            total, rough = sum(parts, Fraction(0)), reduce(add, doubles, 0.0)
            snapped = round(rough, guard(rubric))
            for edge in EDGES:
                assert (snapped > edge, snapped == edge) == (total > edge, total == edge), (rubric.id, rough, total)
                missed += (rough > edge) != (total > edge) or (rough == edge) != (total == edge)
    assert missed
