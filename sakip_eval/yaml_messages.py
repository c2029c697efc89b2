"""What PyYAML says about bad YAML, said in Indonesian and at the place where it can be mended.

Only bad input comes here. The parser's own English words never reach a user: what is not in the table gets general
words (codes Y201).
"""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

import yaml

from sakip_eval.problems import Location, Problem

_WHY = "Berkas tidak dapat diuraikan sebagai YAML"
_INVISIBLE = "Hapus karakter tak terlihat pada baris itu"
_UNPRINTABLE = yaml.reader.Reader.NON_PRINTABLE


class _Words(NamedTuple):
    """Part of the parser's message, where the mistake is to be mended, what is wrong, and how to mend it."""

    needle: str
    where: Literal["found", "opened"]
    apa: str
    perbaikan: str


_CLOSE_QUOTE = "Tutup tanda kutip itu di akhir teksnya"
_NO_DIRECTIVE = "Hapus baris yang diawali %; berkas ini tidak memerlukannya"
_NO_TAG = "Hapus penanda itu; apit nilai dengan tanda kutip jika memang diawali !"
_TABLE = (
    _Words("unexpected end of stream", "opened", "Tanda kutip yang dibuka di sini tidak pernah ditutup", _CLOSE_QUOTE),
    _Words("unexpected document indicator", "opened",
           "Tanda kutip yang dibuka di sini belum ditutup sebelum baris `---` atau `...`", _CLOSE_QUOTE),
    _Words("unknown escape", "found", "Garis miring terbalik (\\) di dalam kutip ganda tidak dikenal",
           "Pakai kutip tunggal, atau tulis \\\\"),
    _Words("hexdecimal number", "found", "Sesudah \\x, \\u atau \\U di dalam kutip ganda harus ada angka heksadesimal",
           "Pakai kutip tunggal, atau tulis hurufnya langsung"),
    _Words("Unicode character escape", "found", "Kode huruf sesudah \\u atau \\U bukan huruf Unicode",
           "Tulis hurufnya langsung"),
    _Words("mapping values are not allowed", "found", "Tanda titik dua (:) muncul di tempat yang tidak semestinya",
           "Apit teks yang memuat titik dua dengan tanda kutip, atau rapikan indentasinya"),
    _Words("mapping keys are not allowed", "found", "Tanda tanya (?) tidak boleh mengawali isi di sini",
           "Apit teks yang diawali tanda tanya dengan tanda kutip"),
    _Words("block sequence entries are not allowed", "found", "Tanda `-` muncul di tempat yang tidak semestinya",
           "Mulai daftar pada baris baru, atau apit teks yang diawali `-` dengan tanda kutip"),
    _Words("could not find expected ':'", "opened", "Titik dua (:) sesudah nama kunci tidak ditemukan",
           "Tulis setiap baris sebagai `kunci: isi`"),
    _Words("did not find expected ',' or", "found", "Kurung [ ] atau { } tidak lengkap",
           "Tutup kurung atau tambahkan koma"),
    _Words("did not find expected '-' indicator", "found", "Butir daftar tidak sejajar",
           "Samakan indentasi tanda `-`; setiap butir daftar diawali `-`"),
    _Words("did not find expected key", "found", "Susunan kunci tidak sejajar",
           "Samakan indentasi baris ini dengan kunci sebelumnya"),
    _Words("did not find expected node content", "found", "Tidak ada isi di sini, padahal koma atau kurung menantikannya",
           "Tulis isinya, atau hapus koma atau kurung yang berlebih"),
    _Words("did not find expected <document start>", "found", "Ada isi sesudah akhir dokumen",
           "Hapus yang berlebih, atau baris `...` dan kurung penutup sebelumnya"),
    _Words("tab character", "found", "Baris diawali TAB", "Ganti TAB dengan spasi"),
    _Words("indentation indicator equal to 0", "found", "Angka sesudah | atau > tidak boleh 0", "Hapus angka itu"),
    _Words("while scanning a block scalar", "found", "Sesudah | atau > hanya boleh ada ganti baris",
           "Mulai teksnya pada baris berikut, atau apit teks yang diawali | atau > dengan tanda kutip"),
    _Words("while scanning an anchor", "found", "Tanda & mengawali nama jangkar, yang tidak didukung",
           "Apit teks yang diawali & dengan tanda kutip"),
    _Words("while scanning an alias", "found", "Tanda * mengawali nama alias, yang tidak didukung",
           "Apit teks yang diawali * dengan tanda kutip"),
    _Words("undefined tag handle", "found", "Penanda jenis (!) tidak dikenal", _NO_TAG),
    _Words("YAML directive", "found", "Baris %YAML tidak sah", _NO_DIRECTIVE),
    _Words("incompatible YAML document", "found", "Baris %YAML menyebut versi yang tidak didukung", _NO_DIRECTIVE),
    _Words("directive", "found", "Baris yang diawali % tidak dikenal atau tidak sah", _NO_DIRECTIVE),
    _Words("a tag", "found", "Penanda jenis (!) tidak sah", _NO_TAG),
    _Words("cannot start any token", "found", "Karakter itu tidak boleh mengawali nilai",
           "Apit nilai dengan tanda kutip"),
    _Words("", "found", "Susunan YAML di sini tidak sah", "Periksa indentasi, tanda kutip, dan kurung di sekitarnya"),
)  # fmt: skip


def syntax_problem(error: yaml.MarkedYAMLError, name: str, text: str, loader: Any) -> Problem:
    """Say what `error`, met while `loader` parsed `text`, means."""
    found = error.problem_mark or error.context_mark
    said = f"{error.context or ''} {error.problem or ''}"
    if found is None:
        return Problem("Y201", Location(name), _TABLE[-1].apa, _WHY, _TABLE[-1].perbaikan)
    lines = text.splitlines()
    line = lines[found.line] if found.line < len(lines) else ""
    tab = re.match(" *\t", line)
    if tab and "quoted scalar" not in said:
        said, place = "tab character", Location(name, found.line + 1, tab.end())
    else:
        place = Location(name, found.line + 1, found.column + 1)
    words = next(words for words in _TABLE if words.needle in said)
    apa, perbaikan = words.apa, words.perbaikan
    if words.where == "opened" and error.context_mark is not None:
        place = Location(name, error.context_mark.line + 1, error.context_mark.column + 1)
    elif "cannot start any token" in said:
        apa = f"Karakter `{line[found.column : found.column + 1]}` tidak boleh mengawali nilai"
    elif "did not find expected key" in said and line[: found.column].strip():
        apa = "Ada teks sesudah isi yang sudah lengkap"
        perbaikan = "Hapus teks itu, atau apit seluruh isi dengan tanda kutip"
    elif "did not find expected ',' or" in said or "while parsing a flow node" in said:
        bracket = _open_bracket(text, loader)
        if bracket is not None and not text[found.index :].strip():
            place = Location(name, bracket.line + 1, bracket.column + 1)
            apa, perbaikan = "Kurung [ ] atau { } yang dibuka di sini tidak pernah ditutup", "Tutup kurung itu"
        elif bracket is not None and "expected ',' or" in said:
            apa += f" (dibuka di baris {bracket.line + 1})"
    return Problem("Y201", place, apa, _WHY, perbaikan)


def unreadable_problem(name: str, text: str) -> Problem:
    """Say which character of `text` YAML does not allow. The parser counts bytes, so it is looked for here."""
    what = "Ada karakter yang tidak sah dalam YAML"
    match = _UNPRINTABLE.search(text)
    if match is None:
        return Problem("Y201", Location(name), what, _WHY, _INVISIBLE)
    at = match.start()
    place = Location(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    return Problem("Y201", place, f"{what} (U+{ord(match[0]):04X})", _WHY, _INVISIBLE)


def _open_bracket(text: str, loader: Any) -> Any:
    """Return the place of the innermost bracket that is open where the parser gives up."""
    opened: list[Any] = []
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.CollectionStartEvent):
                opened.append(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                opened.pop()
    except yaml.YAMLError:
        pass
    return opened[-1].start_mark if opened and opened[-1].flow_style else None
