"""The sheets Identitas and Bukti of a workbook of ours: agency, years, follow-up, and the list of evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sakip_eval.case.case import Bukti, Case, Penilaian, TindakLanjut
from sakip_eval.documents.lke import layout as at
from sakip_eval.documents.lke.cell_values import Unreadable, is_blank, text_of
from sakip_eval.documents.lke.inputs import evidence, identity
from sakip_eval.documents.lke.layout import BUKTI_FIELDS, Field, Layout
from sakip_eval.documents.lke.opening import Sheet
from sakip_eval.documents.lke.own_fields import Fields
from sakip_eval.documents.lke.reading import Findings
from sakip_eval.problems import suggest
from sakip_eval.rubric.rubric import Rubric

_KLASTER = {"utama": "utama", "pendukung": "pendukung", "tambahan": "tambahan"}
_YES_NO = {"ya": "ya", "tidak": "tidak"}
_NO_FOLLOW_UP = TindakLanjut(False, (), None, None)


def read_evidence(sheet: Sheet, rubric: Rubric, base: Case, found: Findings) -> dict[str, Bukti]:
    """Return the evidence that the sheet lists, by id; files and hashes of known pieces stay.

    Refused, because a piece of evidence would be lost or doubled: a row without id, kind or title, an id used twice,
    an unknown kind (X817).
    """
    fields = Fields(sheet, (), found)
    bukti: dict[str, Bukti] = {}
    last = max((row for row, _ in sheet.cells), default=0)
    columns = range(1, len(BUKTI_FIELDS) + 1)
    for row in sorted({row for row, _ in sheet.cells if at.BUKTI_FIRST < row <= last}):
        if all(is_blank(text_of(sheet.cells.get((row, col)))) for col in columns):
            continue
        one = _piece(fields, row, rubric, base)
        if one.id in bukti:
            _lost(found, sheet, row, 1, f"Id bukti `{one.id}` dipakai dua kali", "Beri id yang berbeda")
        bukti[one.id] = one
    return bukti


def _piece(fields: Fields, row: int, rubric: Rubric, base: Case) -> Bukti:
    name = text_of(fields.sheet.cells.get((row, 1)))
    old = base.bukti.get(name)
    expected = evidence(old) if old is not None else {}
    read: dict[str, Callable[[int, int, str], Any]] = {
        "teks": fields.text,
        "tahun": fields.year,
        "tanggal": fields.day,
        "jenis_bukti": fields.chosen(lambda text: _kind(text, rubric)),
    }
    said: dict[str, Any] = {}
    for col, field in enumerate(BUKTI_FIELDS, 1):
        if old is not None and fields.unchanged(row, col, expected.get(field.key)):
            said[field.key] = getattr(old, field.key)
        else:
            said[field.key] = read[field.jenis](row, col, f"{field.nama} bukti {name}".strip())
    if old is None or said["dari"] != old.dari or "sampai" in expected or said["sampai"] != old.sampai:
        # One year alone stands in the first column.
        said["sampai"] = said["sampai"] or said["dari"]
        said["dari"] = said["dari"] or said["sampai"]
    for col, key in ((1, "id"), (2, "jenis"), (3, "judul")):
        if not said[key]:
            mend = "Isi, atau kosongkan seluruh barisnya"
            _lost(fields.found, fields.sheet, row, col, f"Bukti `{name or '?'}` tanpa {key}", mend)
            said[key] = "?"
    return replace(old, **said) if old is not None else Bukti(**said)


def _kind(text: str, rubric: Rubric) -> str | None:
    if is_blank(text):
        return None
    known = {name.lower(): name for name in rubric.jenis_bukti}
    found = known.get(text.strip().lower().replace(" ", "_")) if known else text.strip()
    if found is None:
        raise Unreadable(
            f"jenis bukti `{text.strip()[:40]}` tidak dikenal; {suggest(text.strip(), rubric.jenis_bukti)}"
        )
    return found


def read_identity(sheet: Sheet, layout: Layout, base: Case, bukti: dict[str, Bukti], found: Findings) -> Case:
    """Return the case with agency, years, dates, note and follow-up as the sheet says them."""
    fields = Fields(sheet, list(bukti), found)
    expected = identity(base) if base.tahun_kinerja else {}
    places = {
        text_of(cell): row
        for (row, col), cell in sheet.cells.items()
        if col == at.IDENTITAS_KEY + 1 and row > at.IDENTITAS_FIRST
    }

    def value(field: Field, old: Any) -> Any:
        row, col = places.get(field.key, 0), at.IDENTITAS_VALUE + 1
        if not row:
            _lost(found, sheet, 0, 0, f"Baris `{field.nama}` tidak ada lagi", "Kembalikan barisnya")
            return old
        if base.tahun_kinerja and fields.unchanged(row, col, expected.get(field.key)):
            return old
        read: dict[str, Callable[[int, int, str], Any]] = {
            "teks": fields.text,
            "tahun": fields.year,
            "tanggal": fields.day,
            "klaster": fields.chosen(lambda text: _one_of(text, _KLASTER)),
            "ya_tidak": fields.chosen(lambda text: _one_of(text, _YES_NO)),
            "bukti": fields.ids,
        }
        return read[field.jenis](row, col, field.nama)

    by_key = {field.key: field for field in at.identitas_fields(layout.raters)}
    old, follow = base.instansi, base.tindak_lanjut
    instansi = replace(
        old,
        nama=value(by_key["nama"], old.nama),
        induk=value(by_key["induk"], old.induk),
        jenis=value(by_key["jenis"], old.jenis),
        klaster=value(by_key["klaster"], old.klaster),
    )
    years = [value(by_key[key], getattr(base, key)) for key in ("tahun_kinerja", "tahun_evaluasi")]
    for key, said in (
        ("nama", instansi.nama),
        ("jenis", instansi.jenis),
        ("tahun_kinerja", years[0]),
        ("tahun_evaluasi", years[1]),
    ):
        if not said:
            _needed(found, sheet, places.get(key, 0), by_key[key].nama)
    said = dict(base.penilaian)
    for rater in layout.raters:
        day = value(by_key[f"tanggal.{rater}"], said[rater].tanggal if rater in said else None)
        if rater in said or day is not None:
            said[rater] = replace(said.get(rater, Penilaian()), tanggal=day)
    before = None if follow is None else "ya" if follow.ada_rekomendasi else "tidak"
    there = value(by_key["ada_rekomendasi"], before)
    proof = value(by_key["bukti_tindak_lanjut"], follow.bukti if follow else ()) or ()
    words = value(by_key["keterangan_tindak_lanjut"], follow.keterangan if follow else None)
    if there is None and (proof or words):
        _needed(found, sheet, places.get("ada_rekomendasi", 0), by_key["ada_rekomendasi"].nama)
    return replace(
        base,
        instansi=instansi,
        tahun_kinerja=years[0],
        tahun_evaluasi=years[1],
        penilaian=said,
        catatan=value(by_key["catatan"], base.catatan),
        tindak_lanjut=None
        if there is None
        # Recap and open recommendations have no cells here; they stay as they are.
        else replace(follow or _NO_FOLLOW_UP, ada_rekomendasi=there == "ya", bukti=proof, keterangan=words),
    )


def _one_of(text: str, known: dict[str, str]) -> str | None:
    if is_blank(text):
        return None
    if text.strip().lower() not in known:
        raise Unreadable(f"`{text.strip()[:40]}` bukan salah satu dari {', '.join(known)}")
    return known[text.strip().lower()]


def _needed(found: Findings, sheet: Sheet, row: int, what: str) -> None:
    found.add(
        "X824",
        (sheet.name, row, at.IDENTITAS_VALUE + 1 if row else 0),
        f"`{what}` belum diisi",
        "Tanpa itu isian lain tidak dapat menjadi kasus",
        "Isi sel itu, lalu baca sekali lagi",
        refuse=True,
    )


def _lost(found: Findings, sheet: Sheet, row: int, col: int, apa: str, mend: str) -> None:
    why = "Isian di baris itu akan hilang atau tercampur"
    found.add("X817", (sheet.name, row, col), apa, why, mend, refuse=True)
