"""Results over the years for a terminal 80 columns wide, and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from tabulate import tabulate

from sakip_eval.numbers import format_plain
from sakip_eval.render.markdown import escape
from sakip_eval.render.words import WIDTH, wrap
from sakip_eval.tren.hasil import Hasil
from sakip_eval.tren.periksa import Janggal, check, figure, signed, tolerance
from sakip_eval.tren.seri import Perubahan, Ruas, Seri

_MOST_YEARS = 5
"""Columns of years that fit beside the names of the components."""
_BAR = 44
"""Length of a bar for 100 points."""


def render_tren(all_series: Sequence[Seri]) -> str:
    """Return the series one after the other, lines of at most 80 columns, ending in a line break."""
    return ("\n\n" + "=" * WIDTH + "\n\n").join(_text(seri) for seri in all_series) + "\n"


def _text(seri: Seri) -> str:
    found = check(seri)
    owner = f", {seri.induk}" if seri.induk else ""
    blocks = ["\n".join(["HASIL EVALUASI AKUNTABILITAS KINERJA DARI TAHUN KE TAHUN", wrap(seri.instansi + owner)])]
    blocks.append(_bars(seri))
    for before, ruas in pairwise((None, *seri.ruas)):
        assert ruas is not None
        if before is not None:
            blocks.append(_break(before, ruas))
        blocks.append(wrap(f"{ruas.nama}. {', '.join(ruas.rubrik)}", "", "   "))
        blocks += [_table(chunk, found, "simple", 26) for chunk in _chunks(ruas.hasil)]
    blocks.append("\n".join(wrap(line) for line in notes(seri)))
    blocks.append(_section("PERUBAHAN", changes(seri), "Tidak ada yang dapat dibandingkan."))
    blocks.append(_section(f"TIDAK COCOK ({len(found)})", complaints(found), "Tidak ada."))
    return "\n\n".join(block for block in blocks if block)


def render_tren_markdown(all_series: Sequence[Seri]) -> str:
    """Return one section for each series; text from files is escaped."""
    return "\n".join(_markdown(seri) for seri in all_series)


def _markdown(seri: Seri) -> str:
    found = check(seri)
    owner = f", {seri.induk}" if seri.induk else ""
    lines = [f"# {escape(seri.instansi + owner)}: hasil evaluasi dari tahun ke tahun", ""]
    for before, ruas in pairwise((None, *seri.ruas)):
        assert ruas is not None
        if before is not None:
            lines += [f"**{escape(break_words(before, ruas))}**", ""]
        lines += [f"## {ruas.nama}. {escape(', '.join(ruas.rubrik))}", ""]
        for chunk in _chunks(ruas.hasil):
            lines += [_table(chunk, found, "github", None, escape), ""]
    lines += [f"{escape(line)}\n" for line in notes(seri)]
    lines += ["## Perubahan", "", *[f"- {escape(line)}" for line in changes(seri)], ""]
    lines += ["## Tidak cocok", ""]
    lines += [f"{number}. {escape(text)}" for number, text in enumerate(complaints(found), start=1)] or ["Tidak ada."]
    return "\n".join(lines) + "\n"


def _section(title: str, items: Sequence[str], empty: str) -> str:
    lines = [title]
    for number, text in enumerate(items, start=1):
        lines.append(wrap(text, f"{number:2d}. "))
    return "\n".join(lines if items else [*lines, empty])


def _chunks(results: Sequence[Hasil]) -> Iterator[Sequence[Hasil]]:
    for start in range(0, len(results), _MOST_YEARS):
        yield results[start : start + _MOST_YEARS]


def _bars(seri: Seri) -> str:
    """One bar for each result, `#` the computed total and `x` the printed one where they do not fit."""
    odd = {(j.hasil, j.tahun) for j in check(seri) if j.kode in ("JUMLAH-BERBEDA", "HITUNGAN-BERBEDA")}
    lines: list[str] = []
    marked = False
    for before, ruas in pairwise((None, *seri.ruas)):
        assert ruas is not None
        if before is not None:
            lines.append("----- rubrik berganti ".ljust(WIDTH, "-"))
        for h in ruas.hasil:
            bar = [" "] * (_BAR + 1)
            low, high = h.rentang
            for at in range(_place(low)):
                bar[at] = "#"
            for at in range(_place(low), _place(high)):
                bar[at] = "?"
            if h.tercetak is not None and (h.sumber, h.tahun_kinerja) in odd:
                bar[_place(h.tercetak)] = "x"
                marked = True
            total = figure(h.nilai, h.digit)
            lines.append(f"{h.tahun_kinerja} {total:>6} {h.predikat or '-':<3}|{''.join(bar).rstrip():<{_BAR + 1}}|")
    lines = [line.rstrip() for line in lines]
    lines.append(f"{'':15}0{'100':>{_BAR}}" + ("  x = total tercetak" if marked else ""))
    return "\n".join(lines)


def _place(value: Fraction) -> int:
    return int(min(max(value, Fraction(0)), Fraction(100)) * _BAR / 100)


def _break(before: Ruas, after: Ruas) -> str:
    line = " PUTUS ".center(WIDTH, "=")
    return "\n".join([line, wrap(break_words(before, after)), "=" * WIDTH])


def break_words(before: Ruas, after: Ruas) -> str:
    """Say why two stretches cannot be compared."""
    old, new = (
        f"{len(ruas.bobot)} komponen berbobot {'/'.join(format_plain(b) for b in ruas.bobot)}"
        for ruas in (before, after)
    )
    what = f"{old} menjadi {new}" if old != new else "pita predikat berbeda"
    return (
        f"Antara tahun kinerja {before.hasil[-1].tahun_kinerja} dan {after.hasil[0].tahun_kinerja} rubrik berganti, "
        f"dari {before.rubrik[-1]} ke {after.rubrik[0]}: {what}. Nilai di kedua sisi tidak dapat dibandingkan, dan "
        "perubahannya tidak dihitung."
    )


def _table(
    results: Sequence[Hasil],
    found: Sequence[Janggal],
    style: str,
    width: int | None,
    shown: Callable[[str], str] = str,
) -> str:
    first = results[0]

    def row(no: str, name: str, bobot: str, cells: Iterator[str]) -> tuple[str, ...]:
        return (no, shown(name), bobot, *map(shown, cells))

    rows = [row("", "Tahun evaluasi", "", (str(h.tahun_evaluasi) for h in results))]
    for place, k in enumerate(first.komponen):
        cells = (figure(h.komponen[place].nilai, h.digit) for h in results)
        rows.append(row(k.id, k.nama, format_plain(k.bobot), cells))
    full = format_plain(sum((k.bobot for k in first.komponen), Fraction(0)))
    rows.append(row("", "NILAI", full, (figure(h.nilai, h.digit) for h in results)))
    rows.append(row("", "Predikat menurut skala", "", (h.predikat or "-" for h in results)))
    if any(h.tercetak is not None for h in results):
        rows.append(row("", "Total tercetak", "", (_or_blank(h.tercetak, h.digit) for h in results)))
    if any(h.predikat_tercetak is not None for h in results):
        rows.append(row("", "Predikat tercetak", "", (h.predikat_tercetak or "" for h in results)))
    if any(h.target is not None for h in results):
        rows.append(
            row("", "Target", "", (_or_blank(h.target.nilai if h.target else None, h.digit) for h in results))
        )
        rows.append(row("", "Capaian target (%)", "", (_or_blank(h.capaian, h.digit) for h in results)))
    marks = [_marks(h, found) for h in results]
    if any(marks):
        rows.append(row("", "Tidak cocok, lihat nomor", "", iter(marks)))
    return tabulate(
        rows,
        headers=("No", "Komponen", "Bobot", *(str(h.tahun_kinerja) for h in results)),
        tablefmt=style,
        colalign=("left", "left", "right", *["right"] * len(results)),
        disable_numparse=True,
        maxcolwidths=[None, width, None, *[8] * len(results)] if width else None,
    )


def _or_blank(value: Fraction | None, digit: int) -> str:
    return "" if value is None else figure(value, digit)


def _marks(h: Hasil, found: Sequence[Janggal]) -> str:
    own = [
        str(number)
        for number, item in enumerate(found, start=1)
        if item.tahun == h.tahun_kinerja and item.hasil in (None, h.sumber)
    ]
    return ", ".join(own)


def notes(seri: Seri) -> list[str]:
    """Say which sums differ from their printed total no more than rounding allows, and what capaian rests on."""
    lines = [
        f"{h.tahun_kinerja}: jumlah komponen {figure(h.nilai, h.digit)} dan total tercetak "
        f"{figure(h.tercetak, h.digit)} berselisih sebatas pembulatan (paling banyak "
        f"{format_plain(tolerance(h.digit, len(h.komponen)))})."
        for h in seri.hasil
        if h.nilai is not None
        and h.tercetak is not None
        and 0 < abs(h.nilai - h.tercetak) <= tolerance(h.digit, len(h.komponen))
    ]
    goals = [h for h in seri.hasil if h.target is not None]
    if goals:
        lines.append("Capaian dihitung dari total tercetak bila ada, selain itu dari nilai.")
    lines += [f"Target {h.tahun_kinerja}: {h.target.catatan}" for h in goals if h.target and h.target.catatan]
    return lines


def changes(seri: Seri) -> list[str]:
    """Say each change in words: the total, what explains it, and the printed totals; breaks say why there is none."""
    lines = [(c.dari.tahun_kinerja, _change(c)) for c in seri.perubahan]
    lines += [
        (
            before.hasil[-1].tahun_kinerja,
            f"{before.hasil[-1].tahun_kinerja} -> {after.hasil[0].tahun_kinerja}: tidak dihitung, rubrik berganti.",
        )
        for before, after in pairwise(seri.ruas)
    ]
    return [text for _, text in sorted(lines, key=lambda line: line[0])]


def _change(c: Perubahan) -> str:
    digit = c.ke.digit
    head = f"{c.dari.tahun_kinerja} -> {c.ke.tahun_kinerja}: "
    if c.tanpa:
        head += f"(tanpa hasil tahun {', '.join(map(str, c.tanpa))}) "
    if c.selisih is None:
        return head + "tidak dihitung, salah satunya belum lengkap."
    head += f"nilai {_moved(c.selisih, digit)} ({figure(c.dari.nilai, digit)} -> {figure(c.ke.nilai, digit)})"
    moved = [part for part in c.komponen if part.selisih]
    still = [part.id for part in c.komponen if not part.selisih]
    if moved:
        head += ": " + "; ".join(f"{p.id} {p.nama} {signed(p.selisih, digit)}" for p in moved)
    if still:
        head += f"; komponen {', '.join(still)} tetap" if moved else f": komponen {', '.join(still)} tetap"
    head += "."
    if c.subkomponen:
        rows = [
            f"{p.id} {signed(p.selisih, digit)}" + (f" ({p.dari} -> {p.ke})" if p.dari and p.ke else "")
            for p in c.subkomponen
        ]
        head += f" Subkomponen: {'; '.join(rows)}."
    if c.selisih_tercetak is not None and c.selisih_tercetak != c.selisih:
        was, now = figure(c.dari.tercetak, digit), figure(c.ke.tercetak, digit)
        head += f" Total tercetak {_moved(c.selisih_tercetak, digit)} ({was} -> {now})."
    return head


def _moved(value: Fraction, digit: int) -> str:
    if not value:
        return "tetap"
    return f"{'naik' if value > 0 else 'turun'} {figure(abs(value), digit)}"


def complaints(found: Sequence[Janggal]) -> list[str]:
    """Say what does not fit, each with its code, year and source."""
    return [f"[{item.kode}] {item.tahun}: {item.pesan} ({item.sumber})." for item in found]
