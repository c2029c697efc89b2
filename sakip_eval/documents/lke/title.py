"""What the lines above a foreign table say of the agency and its years; only what they say clearly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sakip_eval.documents.lke.cell_values import is_blank, text_of
from sakip_eval.documents.lke.header import Table

_NAMA = re.compile(
    r"(nama )?(unit kerja|instansi|perangkat daerah|opd|skpd|satuan kerja|instansi atau unit kerja|instansi/unit kerja)",
    re.I,
)
_KINERJA = re.compile(r"tahun (kinerja|yang dinilai|anggaran kinerja)", re.I)
_EVALUASI = re.compile(r"tahun (evaluasi|penilaian)", re.I)
_PERIODE = re.compile(r"(periode|tahun)( evaluasi)?( periode)?|periode .*", re.I)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Title:
    """Agency and years as the sheet says them; None where it does not, or not clearly.

    `unclear` quotes a line that names a year without saying which: `PERIODE EVALUASI : 2022` is used in both senses.
    """

    nama: str | None = None
    tahun_kinerja: int | None = None
    tahun_evaluasi: int | None = None
    unclear: str | None = None


def read_title(table: Table) -> Title:
    """Read the lines above the header of a table."""
    nama: str | None = None
    kinerja: int | None = None
    evaluasi: int | None = None
    unclear: str | None = None
    for label, said in _pairs(table):
        year = _YEAR.fullmatch(said.strip())
        if nama is None and _NAMA.fullmatch(label) and not year:
            nama = said
        elif year and _KINERJA.fullmatch(label):
            kinerja = kinerja or int(said)
        elif year and _EVALUASI.fullmatch(label):
            evaluasi = evaluasi or int(said)
        elif year and _PERIODE.fullmatch(label):
            unclear = unclear or f"{label}: {said}"
    return Title(nama, kinerja, evaluasi, unclear)


def _pairs(table: Table) -> Iterator[tuple[str, str]]:
    """Yield label and what it labels: both in one cell around a colon, or in two cells of a row."""
    rows: dict[int, list[str]] = {}
    for (row, _), cell in table.sheet.cells.items():
        if row < table.header and not is_blank(text_of(cell)):
            rows.setdefault(row, []).append(text_of(cell))
    for texts in rows.values():
        for at, text in enumerate(texts):
            label, _, said = text.partition(":")
            if not said.strip():
                rest = [t.strip().removeprefix(":").strip() for t in texts[at + 1 :]]
                said = next(filter(None, rest), "")
            if said.strip():
                yield " ".join(label.split()), " ".join(said.split())
