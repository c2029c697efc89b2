"""Indonesian time expressions as planned days: "13 Juli 2023", "Triwulan II 2024", "Januari s.d. Maret 2024".

Only what has one meaning becomes a date. A condition ("jika aplikasi tersedia"), a day that may be read two ways
(03/04/2024), or two unconnected days stay text.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sakip_eval.folding import folded

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan", "februari pebruari feb", "maret mar", "april apr", "mei", "juni jun", "juli jul",
            "agustus agu agt ags", "september sep sept", "oktober okt", "november nopember nov nop", "desember des",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_CONDITION = re.compile(
    r"\b(?:jika|jikalau|apabila|bila|bilamana|kalau|begitu|setelah|sesudah|tergantung|menunggu|kecuali|selama)\b"
)
_VAGUE = re.compile(r"\b(?:awal|pertengahan|medio|minggu|pekan|sekitar)\b|\b(?:tanggal|tgl\.?)\s*\d")
"""What is left when all times are taken out must not narrow one of them."""
_NAMED = re.compile(r"(?:\b(?:yaitu|yakni|tepatnya)\s+|\()(?:pada\s+)?(?:tanggal\s+|tgl\.?\s+)?$")
_REPEATED = re.compile(r"\b(?:setiap|tiap|berkala|rutin)\b")
_TO = r"\s*(?:s\s*\.?\s*/?\s*d\b\.?|sampai(?:\s+dengan)?|hingga|[-\u2013\u2014])\s*(?:tanggal\s+|tgl\.?\s+)?"
_UNTIL = re.compile(r"\b(?:sebelum|paling\s+lambat|paling\s+lama|selambat\w*|sampai(?:\s+dengan)?|hingga|s\.?/?d\.?)\s+"
                    r"(?:akhir\s+|tanggal\s+|tgl\.?\s+|bulan\s+)*$|\bakhir\s+(?:bulan\s+|tahun\s+)?$")  # fmt: skip
_FROM = re.compile(r"\b(?:mulai|sejak)\s+(?:tanggal\s+|tgl\.?\s+|bulan\s+)*$")


@dataclass(frozen=True, slots=True)
class Waktu:
    """What a printed time means: planned days where it has one meaning, else why it stays text (`sebab`)."""

    mulai: date | None = None
    selesai: date | None = None
    sebab: str | None = None


class ImpossibleDateError(ValueError):
    """A day that no calendar has, or an end before its beginning; the text says which."""


def parse_waktu(text: str) -> Waktu:
    """Return the planned days of a printed time. Raises `ImpossibleDateError` for 31 Februari and the like."""
    plain = folded(text)
    if _CONDITION.search(plain):
        return Waktu(sebab="bersyarat")
    if _REPEATED.search(plain):
        return Waktu(sebab="berulang")
    spans, loose, rest = _spans(plain)
    if not spans:
        return Waktu(sebab="tidak memuat tanggal, bulan, triwulan, semester, atau tahun yang pasti")
    if len({(mulai, selesai) for _, mulai, selesai in spans}) > 1:
        return Waktu(sebab="memuat beberapa waktu yang tidak dihubungkan")
    at, mulai, selesai = spans[0]
    if mulai is None:
        return Waktu(sebab="tanggalnya dapat dibaca dengan dua cara")
    # "triwulan I, yaitu tanggal 5 April 2023" names the day that is meant; "Maret dan April 2024" leaves a month open.
    if _VAGUE.search(rest) or (loose and not (mulai == selesai and _NAMED.search(plain[:at]))):
        return Waktu(sebab="sebagian waktunya tidak lengkap")
    if selesai < mulai:
        raise ImpossibleDateError(f"selesai {selesai} mendahului mulai {mulai}")
    before = plain[:at]
    if _UNTIL.search(before):
        return Waktu(None, selesai)
    if _FROM.search(before):
        return Waktu(mulai, None)
    return Waktu(mulai, selesai)


def _point(prefix: str) -> str:
    """Pattern of one point in time, its groups under a prefix; the year may be missing."""
    p = prefix
    return (
        rf"(?:(?P<{p}iso>(?:19|20)\d\d-\d\d?-\d\d?)"
        rf"|(?P<{p}num>\d\d?[/.-]\d\d?[/.-](?:19|20)\d\d)"
        rf"|(?:(?P<{p}d>\d\d?)\s*)?\b(?P<{p}m>{_MONTH})\b\.?(?:\s+(?:tahun\s+)?(?P<{p}my>(?:19|20)\d\d))?"
        rf"|(?:triwulan|tri\s?wulan|tw\.?)\s*(?:ke[- ]?)?(?P<{p}q>iv|iii|ii|i|[1-4])\b(?:\s*\([^)]*\))?"
        rf"(?:\s+(?:tahun\s+)?(?P<{p}qy>(?:19|20)\d\d))?"
        rf"|semester\s*(?:ke[- ]?)?(?P<{p}s>ii|i|[12])\b(?:\s*\([^)]*\))?(?:\s+(?:tahun\s+)?(?P<{p}sy>(?:19|20)\d\d))?"
        rf"|\b(?P<{p}y>(?:19|20)\d\d)\b)"
    )


_RANGE = re.compile(_point("a") + _TO + _point("b"))
_DAYS = re.compile(rf"\b(?P<a>\d\d?){_TO}(?P<b>\d\d?)\s+(?P<m>{_MONTH})\b\.?\s+(?:tahun\s+)?(?P<y>(?:19|20)\d\d)")
_QUARTERS = re.compile(
    rf"(?:triwulan|tw\.?)\s*(?P<a>iv|iii|ii|i|[1-4]){_TO}(?P<b>iv|iii|ii|i|[1-4])\s+(?:tahun\s+)?(?P<y>(?:19|20)\d\d)\b"
)
_SINGLE = re.compile(_point("a"))


def _spans(plain: str) -> tuple[list[tuple[int, date | None, date]], bool, str]:
    """Return every time in the text, whether one lacks its year, and what is left of the text.

    A time is its place, its first and its last day; a first day None where two readings are possible.
    """
    found: list[tuple[int, date | None, date]] = []
    rest: list[str] = []
    loose = False
    at = 0
    while True:
        taken = None
        for pattern in (_DAYS, _QUARTERS, _RANGE, _SINGLE):
            match = pattern.search(plain, at)
            # The leftmost wins, of several at one place the widest.
            if match and (taken is None or (match.start(), -match.end()) < (taken.start(), -taken.end())):
                taken = match
        if taken is None:
            rest.append(plain[at:])
            return found, loose, " ".join(rest)
        span = _read(taken)
        if span is None:
            loose = True
        else:
            found.append((taken.start(), *span))
        rest.append(plain[at : taken.start()])
        at = taken.end()


def _read(match: re.Match[str]) -> tuple[date | None, date] | None:
    if match.re is _DAYS:
        year, month = int(match["y"]), _MONTHS[match["m"]]
        return _day(year, month, int(match["a"])), _day(year, month, int(match["b"]))
    if match.re is _QUARTERS:
        year = int(match["y"])
        first, last = _ROMAN[match["a"]], _ROMAN[match["b"]]
        return _months(year, 3 * first - 2, 3 * first)[0], _months(year, 3 * last - 2, 3 * last)[1]
    if match.re is _RANGE:
        start, end = _extent(match, "a", _year(match, "b")), _extent(match, "b", None)
        if start is None or end is None:
            return None
        # "Desember s.d. Januari 2024": of which year the first month is, is not said.
        sure = start[0] is not None and end[0] is not None
        if not sure or (_year(match, "a") is None and start[0] is not None and start[0] > end[1]):
            return None, end[1]
        return start[0], end[1]
    return _extent(match, "a", None)


def _year(match: re.Match[str], p: str) -> int | None:
    for name in ("my", "qy", "sy", "y"):
        if match[p + name]:
            return int(match[p + name])
    for name in ("iso", "num"):
        if match[p + name]:
            return int(re.search(r"(?:19|20)\d\d", match[p + name])[0])  # type: ignore[index]
    return None


def _extent(match: re.Match[str], p: str, year: int | None) -> tuple[date | None, date] | None:
    """First and last day of one point; None where its year is not said."""
    if match[p + "iso"]:
        one = _day(*map(int, match[p + "iso"].split("-")))
        return one, one
    if match[p + "num"]:
        first, second, number = map(int, re.split(r"[/.-]", match[p + "num"]))
        if first <= 12 and second <= 12 and first != second and "/" in match[p + "num"]:
            return None, _day(number, second, first)
        one = _day(number, second, first)
        return one, one
    found = _year(match, p) or year
    if found is None:
        return None
    if match[p + "m"]:
        month = _MONTHS[match[p + "m"]]
        if match[p + "d"]:
            one = _day(found, month, int(match[p + "d"]))
            return one, one
        return _months(found, month, month)
    if match[p + "q"]:
        quarter = _ROMAN[match[p + "q"]]
        return _months(found, 3 * quarter - 2, 3 * quarter)
    if match[p + "s"]:
        half = _ROMAN[match[p + "s"]]
        return _months(found, 6 * half - 5, 6 * half)
    return _months(found, 1, 12)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ImpossibleDateError(f"tanggal {day}-{month}-{year} tidak ada dalam kalender") from None
