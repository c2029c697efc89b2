"""Outcomes of rubric tests, and their coverage, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sakip_eval.numbers import format_fixed
from sakip_eval.render.words import wrap
from sakip_eval.uji.coverage import Cakupan
from sakip_eval.uji.run import HasilUji


@dataclass(frozen=True, slots=True)
class Tested:
    """One rubric, the outcomes of its tests, and their coverage where it was asked for."""

    rubrik: str
    hasil: Sequence[HasilUji]
    cakupan: Sequence[Cakupan] | None

    @property
    def gagal(self) -> int:
        """Number of tests that failed."""
        return sum(not h.lulus for h in self.hasil)

    @property
    def lulus(self) -> bool:
        """Whether there are tests, all pass, and the coverage, if asked for, is complete."""
        return bool(self.hasil) and not self.gagal and not any(c.luput for c in self.cakupan or ())


def render_tests(tested: Sequence[Tested]) -> str:
    """Return the failed tests with their differences, the counts, and the coverage."""
    lines = [line for one in tested for line in _lines(one, alone=len(tested) == 1)]
    if len(tested) > 1:
        lines.append(f"Seluruhnya {_count([h for one in tested for h in one.hasil])}")
    return "\n".join(lines) + "\n"


def render_tests_json(tested: Sequence[Tested]) -> str:
    """Return the same as JSON; figures are texts."""
    data = {"lulus": all(one.lulus for one in tested), "rubrik": [_data(one) for one in tested]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _lines(one: Tested, *, alone: bool) -> Iterator[str]:
    for result in one.hasil:
        if not result.lulus:
            place = result.uji.at("nama")
            yield wrap(f"{place.path}:{place.line}: {result.uji.nama}", "", "    ")
            for beda in result.beda:
                yield wrap(f"baris {result.place(beda).line}: {beda}", "  ", "    ")
            if result.uji.buruk is not None:
                yield from (
                    wrap(f"baris {p.lokasi.line}: {p.kode}: {p.apa}", "  ", "    ") for p in result.uji.problems
                )
    counted = _count(one.hasil) if one.hasil else "belum ada uji (folder uji/ di samping rubrik.yaml)"
    yield counted if alone else f"{one.rubrik}: {counted}"
    for item in one.cakupan or ():
        yield f"  {item.jenis:<26}{len(item.dicapai):>4} dari {item.seluruh:<4}{_share(item):>7} %"
        if item.luput:
            yield wrap("belum: " + ", ".join(item.luput), "    ", "           ")


def _count(results: Sequence[HasilUji]) -> str:
    failed = sum(not h.lulus for h in results)
    return f"{len(results)} uji: {len(results) - failed} lulus, {failed} gagal"


def _share(item: Cakupan) -> str:
    """Return percent reached; rounded down, so that 100.00 means all."""
    return format_fixed(Fraction(100 * len(item.dicapai), item.seluruh), 2, "ke_bawah")


def _data(one: Tested) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": one.rubrik,
        "uji": len(one.hasil),
        "gagal": one.gagal,
        "hasil": [
            {
                "nama": h.uji.nama,
                "berkas": h.uji.document.path,
                "baris": h.uji.at("nama").line,
                "lulus": h.lulus,
                "beda": [*_differences(h)],
            }
            for h in one.hasil
        ],
    }
    if one.cakupan is not None:
        data["cakupan"] = [
            {
                "jenis": c.jenis,
                "dicapai": len(c.dicapai),
                "seluruh": c.seluruh,
                "persen": _share(c),
                "luput": list(c.luput),
            }
            for c in one.cakupan
        ]
    return data


def _differences(result: HasilUji) -> Iterable[dict[str, Any]]:
    for beda in result.beda:
        yield {
            "pokok": beda.pokok,
            "harap": beda.harap,
            "hasil": beda.hasil,
            "baris": result.place(beda).line,
        }
