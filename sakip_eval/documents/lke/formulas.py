"""The live formulas of the sheet LKE: the engine's arithmetic, said in a spreadsheet's language.

Names (`Skala_Poin`, ...) are local to each LKE sheet and point into its tables on the sheet Petunjuk (`tables`). How
doubles are kept from deciding wrongly at an edge: `precision`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sakip_eval.documents.lke.layout import COLUMN_BOBOT, OPEN, UNKNOWN, Block, Layout, Row, address
from sakip_eval.documents.lke.precision import guard
from sakip_eval.rubric.rubric import Rubric

NOT_COUNTED = "tidak dihitung"
"""What stands in place of the worth of a status that takes a criterion out of the count."""
NO_PREDIKAT = "Tanpa predikat"
NONE = "-"

SKALA_JAWABAN, SKALA_POIN = "Skala_Jawaban", "Skala_Poin"
USULAN_JAWABAN, USULAN_BATAS, USULAN_TERMASUK = "Usulan_Jawaban", "Usulan_Batas", "Usulan_Termasuk"
PREDIKAT_NAMA, PREDIKAT_BATAS, PREDIKAT_TERMASUK = "Predikat_Nama", "Predikat_Batas", "Predikat_Termasuk"
PREDIKAT_SEBUTAN = "Predikat_Sebutan"
STATUS_NAMA, STATUS_POIN = "Status_Nama", "Status_Poin"

_OPEN, _UNKNOWN, _NONE = f'"{OPEN}"', f'"{UNKNOWN}"', f'"{NONE}"'


@lru_cache(maxsize=64)
def formulas(layout: Layout) -> Mapping[tuple[int, int], str]:
    """Return every formula of the sheet by row and column."""
    found: dict[tuple[int, int], str] = {}
    for block in layout.blocks:
        writer = _Writer(layout, block)
        for row in layout.rows:
            for key, text in writer.row(row).items():
                if key in block.columns:
                    found[row.index, block.columns[key]] = "=" + text
    return found


def rounded(rubric: Rubric, text: str) -> str:
    """Round an expression as the rubric does; first it is snapped, so that a tie is a tie also in doubles."""
    digits, keep = rubric.rounding.digits, guard(rubric)
    scale = 10**digits
    snapped = f"ROUND(({text})*{scale},{max(keep - digits, 4)})"
    if rubric.rounding.mode == "setengah_ke_atas":
        return f"ROUND({snapped},0)/{scale}"
    if rubric.rounding.mode == "ke_bawah":
        return f"INT({snapped})/{scale}"
    return f"(ROUND({snapped},0)-(MOD({snapped},2)=0.5))/{scale}"


@dataclass(frozen=True, slots=True)
class _Writer:
    """Formulas of one rater."""

    layout: Layout
    block: Block

    @property
    def rubric(self) -> Rubric:
        return self.layout.rubric

    def row(self, row: Row) -> Mapping[str, str]:
        """Return the formulas of a row by key of their column."""
        if row.jenis == "komponen":
            return self.given(row) if self.rubric.pada == "komponen" else self.komponen(row)
        if row.jenis == "subkomponen":
            return self.subkomponen(row)
        return {
            "kriteria": self.kriteria,
            "total": self.total,
            "predikat": self.predikat,
            "rentang": self.rentang,
        }[row.jenis](row)

    def cell(self, row: Row, key: str) -> str:
        return address(row.index, self.block.columns[key])

    def bobot(self, row: Row) -> str:
        return address(row.index, COLUMN_BOBOT)

    def at(self, stage: str, text: str) -> str:
        """Round an expression if the rubric rounds at this stage."""
        return rounded(self.rubric, text) if self.rubric.stage == stage else text

    def shown(self, text: str) -> str:
        """A figure as it is printed: number formats round halves up, other ways of rounding need a formula."""
        rubric = self.rubric
        by_format = rubric.stage != "cetak" or rubric.rounding.mode == "setengah_ke_atas"
        return text if by_format else rounded(rubric, text)

    def percent(self, row: Row) -> str:
        return f"{self.cell(row, 'bawah')}/{self.bobot(row)}*100"

    def persen(self, row: Row) -> str:
        return f'IF(ISNUMBER({self.cell(row, "nilai")}),{self.shown(self.percent(row))},"")'

    def below(self, row: Row) -> list[Row]:
        """The parts that a komponen, or the total, adds up; the criteria of a subkomponen."""
        rubric, rows = self.rubric, self.layout.row_by_id
        if row.jenis == "total":
            return [rows[k.id] for k in rubric.komponen]
        if row.jenis == "komponen":
            return [rows[s.id] for s in rubric.komponen_by_id[row.id].subkomponen]
        return [rows[k.id] for k in rubric.subkomponen_by_id[row.id].kriteria]

    def listed(self, rows: list[Row], key: str) -> str:
        return ",".join(self.cell(row, key) for row in rows)

    def span(self, rows: list[Row], key: str) -> str:
        """The range of a column over rows that stand below each other."""
        column = self.block.columns[key]
        first, last = address(rows[0].index, column), address(rows[-1].index, column)
        return f"{first}:{last}"

    # Sums -------------------------------------------------------------------------------------------------------

    def added(self, row: Row, stage: str) -> dict[str, str]:
        """A komponen or the total: the sum of its parts, and the least and the greatest that it can become."""
        parts = self.below(row)
        sums = {key: self.at(stage, f"SUM({self.listed(parts, key)})") for key in ("bawah", "atas")}
        given = self.listed(parts, "nilai")
        return {
            "nilai": f"IF(COUNT({given})={len(parts)},{self.shown(self.cell(row, 'bawah'))},{_OPEN})",
            "persen": self.persen(row),
            **sums,
        }

    def komponen(self, row: Row) -> dict[str, str]:
        band = self.band(self.percent(row))
        named = f"IF({band}=0,{_NONE},{_named(PREDIKAT_NAMA, band)})"
        return self.added(row, "komponen") | {"jawaban": f'IF(ISNUMBER({self.cell(row, "nilai")}),{named},"")'}

    def given(self, row: Row) -> dict[str, str]:
        nilai, bobot = self.cell(row, "nilai"), self.bobot(row)
        value = self.at("komponen", nilai)
        return {
            "persen": self.persen(row),
            "bawah": f"IF(ISNUMBER({nilai}),{value},0)",
            "atas": f"IF(ISNUMBER({nilai}),{value},{bobot})",
        }

    def total(self, row: Row) -> dict[str, str]:
        return self.added(row, "total")

    # Subkomponen and criteria --------------------------------------------------------------------------------------

    def subkomponen(self, row: Row) -> dict[str, str]:
        if self.rubric.pada == "komponen":
            return {}
        parts = self.below(row)
        scored = self.averaged(row, parts) if self.rubric.pada == "kriteria" else self.answered(row)
        return scored | self.fulfilled(parts)

    def answered(self, row: Row) -> dict[str, str]:
        """Score = bobot x points of the answer / 100."""
        answer, bobot = self.cell(row, "jawaban"), self.bobot(row)
        value = self.at("subkomponen", f"{bobot}*{_looked_up(SKALA_POIN, answer, SKALA_JAWABAN)}/100")
        low, high = (self.at("subkomponen", f"{bobot}*{end}({SKALA_POIN})/100") for end in ("MIN", "MAX"))
        return {
            "nilai": f'IF({answer}="",{_OPEN},IFERROR({self.shown(value)},{_UNKNOWN}))',
            "persen": self.persen(row),
            "bawah": f"IFERROR({value},{low})",
            "atas": f"IFERROR({value},{high})",
        }

    def averaged(self, row: Row, parts: list[Row]) -> dict[str, str]:
        """Score = bobot x average of the criteria that apply."""
        bobot, poin, number = self.bobot(row), self.span(parts, "poin"), self.applying(row)
        ends = (f"MIN({SKALA_POIN})", f"MAX({SKALA_POIN})") if self.rubric.dengan == "jawaban" else ("0", "100")
        low, high = (
            self.at(
                "subkomponen",
                f"{bobot}*IF({number}=0,{end},(SUM({poin})+({number}-COUNT({poin}))*{end})/MAX({number},1))/100",
            )
            for end in ends
        )
        return {
            "nilai": f"IF(AND({number}>0,COUNT({poin})={number}),{self.shown(self.cell(row, 'bawah'))},{_OPEN})",
            "persen": self.persen(row),
            "poin": f'ROWS({poin})-COUNTIF({poin},"{NOT_COUNTED}")',
            "bawah": low,
            "atas": high,
        }

    def applying(self, row: Row) -> str:
        """The cell with the number of criteria of a subkomponen that apply."""
        return self.cell(row, "poin")

    def fulfilled(self, parts: list[Row]) -> dict[str, str]:
        """The share of criteria met, and the one answer that its whole range proposes."""
        low, high = self.span(parts, "bawah"), self.span(parts, "atas")
        least, most = f"SUM({low})/COUNT({low})", f"SUM({high})/COUNT({high})"
        keep = guard(self.rubric)
        first, last = (self.passed(f"ROUND({end},{keep})", USULAN_BATAS, USULAN_TERMASUK) for end in (least, most))
        return {
            "pemenuhan": f"IF(COUNT({low})=0,{_NONE},IF(SUM({low})=SUM({high}),{self.shown(least)},{_OPEN}))",
            "usulan": f"IF(COUNT({low})=0,{_NONE},IF({first}<>{last},{_NONE},{_named(USULAN_JAWABAN, first)}))",
        }

    def kriteria(self, row: Row) -> dict[str, str]:
        status, proposed = self.cell(row, "status"), self.cell(row, "usulan")
        worth = _looked_up(STATUS_POIN, f'IF({status}="",{proposed},{status})', STATUS_NAMA)
        found = {key: f"IFERROR({worth},{open_})" for key, open_ in (("bawah", "0"), ("atas", "100"))}
        if self.rubric.pada != "kriteria":
            return found
        own = _looked_up(STATUS_POIN, status, STATUS_NAMA)
        if self.rubric.dengan == "jawaban":
            points = _looked_up(SKALA_POIN, self.cell(row, "jawaban"), SKALA_JAWABAN)
            out = f'"{NOT_COUNTED}"'
            found["poin"] = f'IF(IFERROR({own},"")={out},{out},IFERROR({points},""))'
        else:
            found["poin"] = f'IFERROR({own},"")'
        poin, sub = self.cell(row, "poin"), self.layout.row_by_id[self.rubric.kriteria_by_id[row.id].subkomponen]
        share = self.shown(f"{poin}*{self.bobot(sub)}/{self.applying(sub)}/100")
        found["nilai"] = f'IF(ISNUMBER({poin}),{share},IF({poin}="",{_OPEN},{_NONE}))'
        return found

    # The result -----------------------------------------------------------------------------------------------------

    def predikat(self, row: Row) -> dict[str, str]:
        """The band of the total; while parts are open, only the one that every possible total has."""
        total = self.layout.row_by_id["total"]
        bands = {key: self.band(self.cell(total, key)) for key in ("bawah", "atas")}
        low, high, nilai = self.cell(row, "bawah"), self.cell(row, "atas"), self.cell(row, "nilai")
        named, words = _named(PREDIKAT_NAMA, low), _named(PREDIKAT_SEBUTAN, low)
        none = f'IF(ISNUMBER({self.cell(total, "nilai")}),"{NO_PREDIKAT}",{_OPEN})'
        return bands | {
            "nilai": f"IF({low}<>{high},{_OPEN},IF({low}=0,{none},{named}))",
            "catatan": f'IF(OR({nilai}={_OPEN},{low}=0),"",{words})',
        }

    def rentang(self, row: Row) -> dict[str, str]:
        """How much is judged, and between which totals an incomplete evaluation can still end."""
        rows, rubric = self.layout.row_by_id, self.rubric
        parts = (
            [rows[k.id] for k in rubric.komponen]
            if rubric.pada == "komponen"
            else [rows[s.id] for s in rubric.each_subkomponen()]
        )
        total, digits = rows["total"], rubric.rounding.digits
        count = f"COUNT({self.listed(parts, 'nilai')})"
        low, high = (f"FIXED({rounded(rubric, self.cell(total, key))},{digits},TRUE)" for key in ("bawah", "atas"))
        of = f'" dari {len(parts)} bagian dinilai"'
        return {
            "catatan": f'IF({count}={len(parts)},"Lengkap: "&{count}&{of},"Belum lengkap: "&{count}&{of}'
            f'&"; nilai akhir masih mungkin "&{low}&" sampai "&{high})'
        }

    def band(self, text: str) -> str:
        """Number of the predikat band of a value, 1 the lowest; 0 below all, and above all (parts rounded up)."""
        value, top = self.basis(text), self.rubric.predikat[0].band
        passed = self.passed(value, PREDIKAT_BATAS, PREDIKAT_TERMASUK)
        if top.high is None:
            return passed
        return f"({value}<{'=' if top.high_inclusive else ''}{float(top.high):g})*{passed}"

    def basis(self, text: str) -> str:
        """The figure that a predikat follows: the exact one, snapped, or the rounded one."""
        if self.rubric.predikat_dari == "bulat":
            return rounded(self.rubric, text)
        return f"ROUND({text},{guard(self.rubric)})"

    def passed(self, value: str, bounds: str, inclusive: str) -> str:
        """Number of bands, from the lowest up, whose lower bound a value passes: strictly, or also when it is equal."""
        return f'SUMPRODUCT(({value}>{bounds})+({value}={bounds})*({inclusive}="ya"))'


def _looked_up(values: str, key: str, keys: str) -> str:
    return f"INDEX({values},MATCH({key},{keys},0))"


def _named(names: str, passed: str) -> str:
    """The name of the band that is reached; tables go from the best band to the lowest."""
    return f"INDEX({names},ROWS({names})+1-{passed})"
