"""Where everything stands in an LKE workbook: sheets, rows, columns and cell addresses, from a rubric alone.

The writer (`write`) and the reader of our own sheets both build on this module; names of sheets and columns live only
here. All row and column numbers count from 0, as XlsxWriter does; `address` gives the name of a cell ("F9").

- `layout(rubric, raters)` describes the sheet LKE. Each `Row` has the hidden id of column `COLUMN_ID`: the id of a
  komponen, subkomponen or kriteria, or `total`, `predikat`, `rentang`. Each rater has a `Block` of columns by key
  (`jawaban`, `status`, `nilai`, `persen`, `catatan`, `bukti`, `pemenuhan`, `usulan`, `alasan`, and the hidden `poin`,
  `bawah`, `atas`); `status` and `jawaban` share a column unless criteria are scored by answers.
- `Layout.inputs(row)` names the unlocked cells of a row by key; everything else in the sheet is locked.
- `IDENTITAS_FIELDS` and `BUKTI_FIELDS` describe the two other sheets that are filled in. What stands in an input cell
  for a given case is in `inputs`; a cell that still holds exactly that has not been changed by anybody.
- The very hidden sheet `DATA` has keys in column 0 and values in column 1 (`identity`), among them the case itself as
  text in chunks of at most `CHUNK` characters (keys `kasus.1`, `kasus.2`, ...; `case_text`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from types import MappingProxyType

from sakip_eval.case.case import Rater
from sakip_eval.rubric.rubric import Rubric

VERSION = "1"
"""Version of this arrangement, written to the sheet DATA; a reader refuses what it does not know."""

PETUNJUK, IDENTITAS, LKE, BUKTI = "Petunjuk", "Identitas", "LKE", "Bukti"
TEMUAN, REKOMENDASI, RINGKASAN, GRAFIK, DATA = "Temuan", "Rekomendasi", "Ringkasan", "Grafik", "Data"
SHEETS = (PETUNJUK, IDENTITAS, LKE, BUKTI, TEMUAN, REKOMENDASI, RINGKASAN, GRAFIK, DATA)

CHUNK = 30_000
"""Longest piece of the case text in one cell, in characters; a cell holds 32,767."""

STATUS: Mapping[str, str] = MappingProxyType(
    {"terpenuhi": "Terpenuhi", "sebagian": "Sebagian", "tidak": "Tidak", "tidak_berlaku": "Tidak berlaku"}
)
"""How a status of the case file is written in a cell."""

OPEN = "Belum Diisi"
"""What a figure shows where nobody has judged yet (Lampiran II); never a zero. An input cell is left empty instead."""
NO_EARLIER = "Belum Input"
"""What stands for a previous year that is not known (Lampiran II)."""
UNKNOWN = "Tidak dikenal"
"""What a figure shows where its input cell holds something that the rubric does not know."""

COLUMN_ID, COLUMN_NO, COLUMN_URAIAN, COLUMN_BOBOT = 0, 1, 2, 3
ROW_TITLE, ROW_RUBRIC, ROW_UNIT, ROW_YEAR, ROW_GROUP, ROW_HEADER, ROW_FIRST = 0, 1, 2, 3, 4, 5, 6
"""Rows of the sheet LKE: title, rubric, agency, years, names of the raters, column headers, first part."""

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "no": "No",
        "uraian": "Komponen/Sub Komponen/Kriteria",
        "bobot": "Bobot",
        "jawaban": "Jawaban",
        "status": "Status",
        "nilai": "Nilai",
        "persen": "%",
        "catatan": "Catatan",
        "bukti": "Daftar Evidence",
        "pemenuhan": "Pemenuhan (%)",
        "usulan": "Usulan",
        "alasan": "Alasan",
        "poin": "poin",
        "bawah": "bawah",
        "atas": "atas",
    }
)
"""Column headers of the sheet LKE by key; the first seven of a rater's view are those of Lampiran II."""

RATER_NAMES: Mapping[Rater, str] = MappingProxyType(
    {"mandiri": "Penilaian mandiri (instansi)", "evaluator": "Penilaian evaluator"}
)
HELPERS = ("poin", "bawah", "atas")
"""Keys of the hidden columns that formulas need."""


@dataclass(frozen=True, slots=True)
class Field:
    """One input field: its key, its printed name, and how it is filled in.

    `jenis`: teks, tahun, tanggal, ya_tidak, klaster, jenis_bukti, or bukti (ids of evidence).
    """

    key: str
    nama: str
    jenis: str = "teks"


IDENTITAS_FIELDS = (
    Field("nama", "Nama instansi atau unit kerja"),
    Field("induk", "Instansi induk"),
    Field("jenis", "Jenis (kecamatan, dinas, badan, ...)"),
    Field("klaster", "Klaster dalam sampel pemerintah daerah", "klaster"),
    Field("tahun_kinerja", "Tahun kinerja (tahun yang dinilai)", "tahun"),
    Field("tahun_evaluasi", "Tahun evaluasi (tahun penilaian dilakukan)", "tahun"),
    Field("tanggal.mandiri", "Tanggal penilaian mandiri", "tanggal"),
    Field("tanggal.evaluator", "Tanggal penilaian evaluator", "tanggal"),
    Field("ada_rekomendasi", "Evaluasi sebelumnya memuat rekomendasi?", "ya_tidak"),
    Field("bukti_tindak_lanjut", "Bukti tindak lanjutnya (id pada lembar Bukti)", "bukti"),
    Field("keterangan_tindak_lanjut", "Keterangan tindak lanjut"),
    Field("catatan", "Catatan kasus"),
)
"""Rows of the sheet IDENTITAS, in order; a date is only there for raters of the workbook (`identitas_fields`)."""
IDENTITAS_FIRST = 3
IDENTITAS_KEY, IDENTITAS_NAMA, IDENTITAS_VALUE = 0, 1, 2
"""First row and the columns of the sheet IDENTITAS: hidden key, printed name, value."""

BUKTI_FIELDS = (
    Field("id", "Id"),
    Field("jenis", "Jenis", "jenis_bukti"),
    Field("judul", "Judul dokumen"),
    Field("dari", "Tahun (dari)", "tahun"),
    Field("sampai", "Sampai tahun", "tahun"),
    Field("penetapan", "Ditetapkan", "tanggal"),
    Field("publikasi", "Dipublikasikan", "tanggal"),
    Field("penyampaian", "Disampaikan", "tanggal"),
    Field("tautan", "Tautan"),
    Field("asal", "Asal keterangan"),
)
"""Columns of the sheet BUKTI, in order, from column 0; keys are the fields of `case.Bukti`."""
BUKTI_HEADER, BUKTI_FIRST, BUKTI_SPARE = 2, 3, 12
"""Rows of the sheet BUKTI: header, first piece of evidence, and how many empty rows follow the last one."""

DATA_KEYS = ("tata_letak", "mesin", "rubrik", "rubrik_versi", "rubrik_sha256", "kasus_sha256", "penilai", "kosong")
"""Keys of the sheet DATA before the case text; `penilai` is separated by spaces, `kosong` is ya or tidak."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet LKE. `jenis`: komponen, subkomponen, kriteria, total, predikat, or rentang."""

    jenis: str
    id: str
    index: int
    nomor: str
    uraian: str
    bobot: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """The columns of one rater in the sheet LKE, by key; keys that a rubric does not need are absent."""

    rater: Rater
    columns: Mapping[str, int]

    @property
    def visible(self) -> tuple[str, ...]:
        """Keys of the columns that are shown, in order, each column once."""
        first = {column: key for key, column in reversed([*self.columns.items()]) if key not in HELPERS}
        return tuple(first[column] for column in sorted(first))


@dataclass(frozen=True, eq=False)
class Layout:
    """The sheet LKE of a rubric for some raters (mandiri before evaluator); compared by identity."""

    rubric: Rubric
    raters: tuple[Rater, ...]
    rows: tuple[Row, ...]
    blocks: tuple[Block, ...]

    @cached_property
    def row_by_id(self) -> Mapping[str, Row]:
        """Rows by their hidden id."""
        return {row.id: row for row in self.rows}

    @cached_property
    def last_visible_column(self) -> int:
        """The last column that is shown and printed."""
        return max(self.blocks[-1].columns[key] for key in self.blocks[-1].visible)

    def inputs(self, row: Row) -> tuple[str, ...]:
        """Keys of the cells of a row that are filled in by hand, for each rater."""
        return _inputs(self.rubric, row.jenis)

    def block(self, rater: Rater) -> Block:
        """The columns of a rater. Raises `KeyError` where the sheet has none for them."""
        return {block.rater: block for block in self.blocks}[rater]


@lru_cache(maxsize=256)
def address(row: int, column: int, *, absolute: bool = False) -> str:
    """Name of a cell: `address(8, 5)` is "F9", absolute "$F$9"."""
    name, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(ord("A") + letter) + name
    return f"${name}${row + 1}" if absolute else f"{name}{row + 1}"


@lru_cache(maxsize=64)
def layout(rubric: Rubric, raters: Sequence[Rater] = ("evaluator",)) -> Layout:
    """Describe the sheet LKE of a rubric; `raters` is a tuple, and its order is that of the columns."""
    return Layout(rubric, tuple(raters), _rows(rubric), _blocks(rubric, tuple(raters)))


def identitas_fields(raters: Sequence[Rater]) -> tuple[Field, ...]:
    """Fields of the sheet IDENTITAS for these raters, in order; the first stands in row `IDENTITAS_FIRST`."""
    wanted = {f"tanggal.{rater}" for rater in raters}
    return tuple(f for f in IDENTITAS_FIELDS if not f.key.startswith("tanggal.") or f.key in wanted)


def _rows(rubric: Rubric) -> tuple[Row, ...]:
    rows: list[Row] = []

    def add(jenis: str, name: str, nomor: str, uraian: str, bobot: Fraction | None = None) -> None:
        rows.append(Row(jenis, name, ROW_FIRST + len(rows), nomor, uraian, bobot))

    for komponen in rubric.komponen:
        add("komponen", komponen.id, komponen.id, komponen.nama.upper(), komponen.bobot)
        for sub in komponen.subkomponen:
            add("subkomponen", sub.id, sub.id, sub.nama, sub.bobot)
            for kriteria in sub.kriteria:
                add("kriteria", kriteria.id, f"{kriteria.no_cetak})", kriteria.uraian)
    add("total", "total", "", "NILAI AKUNTABILITAS KINERJA", sum((k.bobot for k in rubric.komponen), Fraction(0)))
    add("predikat", "predikat", "", "PREDIKAT")
    add("rentang", "rentang", "", "Kelengkapan")
    return tuple(rows)


def _keys(rubric: Rubric) -> tuple[str, ...]:
    if rubric.pada == "komponen":
        return ("nilai", "persen", "catatan", "bukti")
    answers = ("jawaban", "status") if _graded(rubric) else ("jawaban",)
    return (*answers, "nilai", "persen", "catatan", "bukti", "pemenuhan", "usulan", "alasan")


def _blocks(rubric: Rubric, raters: tuple[Rater, ...]) -> tuple[Block, ...]:
    keys = _keys(rubric)
    hidden = COLUMN_BOBOT + 1 + len(keys) * len(raters)
    blocks: list[Block] = []
    for number, rater in enumerate(raters):
        first = COLUMN_BOBOT + 1 + number * len(keys)
        columns = {key: first + at for at, key in enumerate(keys)}
        if "jawaban" in columns:
            columns.setdefault("status", columns["jawaban"])
        columns |= {key: hidden + number * len(HELPERS) + at for at, key in enumerate(HELPERS)}
        blocks.append(Block(rater, MappingProxyType(columns)))
    return tuple(blocks)


def _graded(rubric: Rubric) -> bool:
    """Whether criteria are scored by answers, so that a criterion has a status and an answer."""
    return rubric.pada == "kriteria" and rubric.dengan == "jawaban"


@lru_cache(maxsize=256)
def _inputs(rubric: Rubric, jenis: str) -> tuple[str, ...]:
    if jenis == "komponen" and rubric.pada == "komponen":
        return ("nilai",)
    if jenis == "subkomponen":
        if rubric.pada == "komponen":
            return ("catatan", "bukti")
        return (*(("jawaban",) if rubric.pada == "subkomponen" else ()), "catatan", "bukti", "alasan")
    if jenis == "kriteria":
        if rubric.pada == "komponen":
            return ("catatan", "bukti")
        return (*(("jawaban",) if _graded(rubric) else ()), "status", "catatan", "bukti")
    return ()
