"""What differs between two rubrics, and what that does to cases, as text of 80 columns (docs/diff.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from fractions import Fraction

from tabulate import tabulate

from sakip_eval.engine.rescore import Dinilai, Kasus, Uraian, split, unlike
from sakip_eval.engine.score import Range
from sakip_eval.numbers import Rounding, format_fixed
from sakip_eval.render.words import wrap
from sakip_eval.rubric.diff import Beda, Entri, Pasangan, RubricDiff, letters, similarity

FIELD_NAMES = {"rounding": "pembulatan", "stage": "tahap", "band": "rentang", "packs_on": "paket"}
"""Names of fields in a rubric file where they are not those of `Rubric`."""

_KEPT, _MANY = 4, 12  # words shown on either side of a changed word; things listed with their texts


def render_diff(diff: RubricDiff, cases: Sequence[Kasus] = ()) -> str:
    """Return the whole comparison: counts, then each section that differs, then each case and what its change is."""
    blocks = [[*_head(diff)]]
    blocks += [[f"{name.upper()} ({len(own)})", *_entries(own)] for name, own in diff.bagian.items() if own]
    blocks += [block for block in _criteria(diff) if len(block) > 1]
    blocks += [[*_case(kasus)] for kasus in cases] + [[*_split(uraian)] for uraian in split(cases)]
    if len(cases) > 1 and not split(cases):
        blocks.append(["Kasus-kasus ini bukan dari satu instansi; selisihnya tidak diurai."])
    if any("[-" in line or "{+" in line for block in blocks for line in block):
        blocks[0].append("Tanda   : [-kata A-] {+kata B+}; ... = kata yang sama pada keduanya")
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _head(diff: RubricDiff) -> Iterator[str]:
    yield "PERBANDINGAN RUBRIK"
    for side, rubric in (("A", diff.a), ("B", diff.b)):
        yield wrap(f"{rubric.id} versi {rubric.versi}, berlaku sejak {rubric.berlaku_sejak}", f"{side}: ")
    if diff.kosong:
        yield "Tidak ada perbedaan."
        return
    differing = [f"{name} {len(entries)}" for name, entries in diff.bagian.items() if entries]
    yield wrap(", ".join(differing) or "tidak ada", "Berbeda : ")
    yield wrap(", ".join(name for name, entries in diff.bagian.items() if not entries) or "tidak ada", "Sama    : ")
    yield wrap(", ".join(f"{name} {number}" for name, number in counts(diff).items()), "Kriteria: ")
    wording = [b.kelas for p in diff.pasangan for b in p.beda if b.bidang == "uraian"]
    yield f"Bunyi   : {wording.count('kata')} berubah katanya, {wording.count('tanda baca')} hanya tanda bacanya"
    for why in unlike(diff):
        yield wrap(why, "Tidak setara: ", "  ")
    if unlike(diff):
        yield wrap("Nilai total menurut A dan B tidak dapat dibandingkan; kasus tidak dinilai ulang.")


def counts(diff: RubricDiff) -> dict[str, int]:
    """Return the number of criteria of both rubrics and of each kind of change."""
    both, gone, come = len(diff.pasangan), len(diff.hapus), len(diff.tambah)
    kept = {"sama": len(diff.of("sama")), "pindah": len(diff.of("pindah")), "ubah": len(diff.of("ubah"))}
    return {"A": both + gone, "B": both + come, **kept, "hapus": gone, "tambah": come}


def _entries(entries: Iterable[Entri]) -> Iterator[str]:
    """Write what changed; changes of punctuation only are folded into one line, and so are many new or lost things."""
    folded = [e.id if b.bidang in ("uraian", e.id) else f"{e.id} {b.bidang}"
              for e in entries if e.jenis == "ubah" for b in e.beda if b.kelas == "tanda baca"]  # fmt: skip
    for jenis in ("hapus", "tambah"):
        own = [e for e in entries if e.jenis == jenis]
        if len(own) > _MANY:
            yield wrap(", ".join(e.id for e in own), f"  {jenis} ({len(own)}): ", " " * 6)
            continue
        for e in own:
            yield wrap("; ".join(b.a or b.b or "" for b in e.beda), f"  {jenis} {e.id}: ", " " * 6)
    for e in entries:
        lead = f"  {e.id} " if len(e.beda) > 1 or e.id != e.beda[0].bidang else "  "
        for b in e.beda if e.jenis == "ubah" else ():
            if b.kelas != "tanda baca":
                yield from _field(b, lead)
                lead = " " * 6
    if folded:
        yield wrap(", ".join(folded), f"  hanya tanda baca ({len(folded)}): ", " " * 6)


def _field(b: Beda, lead: str) -> Iterator[str]:
    if b.bidang != "uraian":
        lead += FIELD_NAMES.get(b.bidang, b.bidang).replace("_", " ") + ": "
    if not b.a or not b.b:
        yield wrap(f"[-{b.a}-]" if b.a else f"{{+{b.b}+}}", lead, " " * 8)
    elif b.bidang == "bukti" or (b.kelas == "kata" and similarity(b.a, b.b) >= Fraction(1, 2)):
        yield wrap(inline(b.a, b.b), lead, " " * 8)
    elif len(lead) + len(b.a) + len(b.b) < 76:
        yield f"{lead}{b.a} -> {b.b}"
    else:
        yield from (lead.rstrip(), wrap(b.a, " " * 8 + "A ", " " * 10), wrap(b.b, " " * 8 + "B ", " " * 10))


def inline(a: str, b: str) -> str:
    """Return B's text with the words that went and came, `[-atas-]{+atau+}`; long runs without change are cut."""
    left, right = a.split(), b.split()
    before, after = ([letters(word) for word in side] for side in (left, right))
    parts: list[str] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = left[i:j], right[k:m]
        head, tail = _KEPT if k else 0, _KEPT if m < len(right) else 0
        if kind != "equal":
            parts.append((f"[-{' '.join(gone)}-]" if gone else "") + (f"{{+{' '.join(come)}+}}" if come else ""))
        else:
            parts += come if m - k <= head + tail + 1 else [*come[:head], "...", *come[len(come) - tail :]]
    return " ".join(parts)


def _name(p: Pasangan) -> str:
    return f"{p.a.id}->{p.b.id}" if p.jenis == "pindah" else p.a.id


def _criteria(diff: RubricDiff) -> Iterator[list[str]]:
    moved = [p for p in diff.of("pindah") if p.a.subkomponen != p.b.subkomponen]
    shifted = [_name(p) for p in diff.of("pindah") if p.a.subkomponen == p.b.subkomponen]
    changed: list[Entri] = []
    for p in diff.pasangan:
        name = _name(p) if p.cara == "bunyi" else f"{_name(p)} (mirip {format_fixed(p.mirip, 2)})"
        beda = tuple(b for b in p.beda if b.bidang != "no_cetak" or p.jenis != "pindah")
        changed += [Entri(name, "ubah", beda)] if beda else []
    number = sum(any(b.kelas != "tanda baca" for b in e.beda) for e in changed)
    listed = [wrap(p.b.uraian, f"  {_name(p):<16}  ", " " * 20) for p in moved]
    yield [f"KRITERIA PINDAH SUBKOMPONEN ({len(moved)})", *listed]
    yield [f"KRITERIA BERGANTI NOMOR ({len(shifted)})", *([wrap(", ".join(shifted), "  ")] if shifted else [])]
    for side, only in (("A", diff.hapus), ("B", diff.tambah)):
        listed = [wrap(k.uraian, f"  {k.id:<6}  ") for k in only]
        ids = [wrap(", ".join(k.id for k in only), "  ")]
        yield [f"KRITERIA HANYA DI {side} ({len(only)})", *(listed if len(only) <= _MANY else ids)]
    yield [f"KRITERIA BERUBAH ({number})", *_entries(changed)]


def _case(kasus: Kasus) -> Iterator[str]:
    case, carried, to = kasus.case, kasus.bawaan, "B" if kasus.ditulis == "A" else "A"
    yield f"KASUS {kasus.nama}"
    whose = f"{case.instansi.nama}, tahun kinerja {case.tahun_kinerja}, penilai {kasus.penilai}"
    yield wrap(f"{whose}; ditulis untuk {kasus.ditulis}, dinilai ulang menurut {to}.")
    for under, side in ((kasus.a, "A"), (kasus.b, "B")):
        predikat = under.evaluation.predikat
        yield f"{side}: nilai {_points(under, 'total')}, predikat {predikat.predikat if predikat else 'belum pasti'}"
    yield f"Selisih B - A: {_signed(kasus, kasus.selisih('total'))}"
    rows, differing = [], []
    for name in kasus.parts():
        values, met, usulan = ([cell(d, name) for d in (kasus.a, kasus.b)] for cell in (_points, _met, _usulan))
        mark = f"{name} *" if len({*values}) + len({*met}) + len({*usulan}) > 3 else name
        delta = _signed(kasus, kasus.selisih(name))
        rows.append((mark, kasus.jawaban(name) or "", *values, delta, *met, *usulan))
        differing += [f"{name} (A {usulan[0] or '-'}, B {usulan[1] or '-'})"] if usulan[0] != usulan[1] else []
    yield wrap(", ".join(differing) or "tidak ada", "Usulan berbeda: ", "  ")
    heads = (f"{word}\n{side}" for word in ("Terpenuhi", "Usulan") for side in "AB")
    yield _table(("No", "Jawab", "Nilai\nA", "Nilai\nB", "Selisih", *heads), rows, "llrrrrrll")
    yield "* berbeda menurut A dan B; n? = n kriteria belum dinilai, hasilnya rentang"
    below = [name for name in kasus.parts() if "." in name] or [name for name in kasus.parts() if name != "total"]
    across = ((kasus.b.rentang(n), (kasus.a.rentang(n), kasus.selisih(n))) for n in kasus.parts())
    yield from _rounded(kasus, (*across, (kasus.selisih("total"), map(kasus.selisih, below))))
    reworded = ["->".join(dict.fromkeys(pair)) for pair in carried.berubah]
    for lead, names in (
        (f"Tidak dibawa karena tidak ada di {to}: ", carried.hilang),
        (f"Belum dinilai karena hanya ada di {to}: ", carried.kosong),
        (f"Status dibawa walau katanya berubah ({kasus.ditulis}->{to}), periksa kembali: ", reworded),
    ):
        yield from [wrap(", ".join(names), lead, "  ")] if names else []
    yield from (wrap(why, "Tidak dibawa: ", "  ") for why in carried.lain)


def _table(headers: Sequence[str], rows: Iterable[Sequence[str]], align: str) -> str:
    """Lay out a table without the room that tabulate leaves beside headers; a range stands on two lines."""
    cells = [list(headers), *([cell.replace(" sampai ", "..\n") for cell in row] for row in rows)]
    rule = [
        "-" * max(len(line) for cell in column for line in cell.split("\n")) for column in zip(*cells, strict=True)
    ]
    sides = ["left" if letter == "l" else "right" for letter in align]
    return tabulate([cells[0], rule, *cells[1:]], tablefmt="plain", colalign=sides, disable_numparse=True)


def _points(under: Dinilai, name: str) -> str:
    show = under.evaluation.rubric.rounding.format
    return " sampai ".join(dict.fromkeys(map(show, under.rentang(name)))) if name in under.nodes else "-"


def finest(kasus: Kasus) -> Rounding:
    """Return the rounding of the rubric that prints more digits: differences are printed so."""
    return max((kasus.a.evaluation.rubric.rounding, kasus.b.evaluation.rubric.rounding), key=lambda r: r.digits)


def _signed(kasus: Kasus, value: Range) -> str:
    show = finest(kasus).format
    return " sampai ".join(dict.fromkeys(("+" if end > 0 else "") + show(end) for end in value))


def _met(under: Dinilai, name: str) -> str:
    if (p := under.pemenuhan(name)) is None:
        return ""
    half, open_ = f"+{p.sebagian}s" if p.sebagian else "", f" {p.belum}?" if p.belum else ""
    return f"{p.terpenuhi}{half}/{p.berlaku}{open_}"


def _usulan(under: Dinilai, name: str) -> str:
    return "-".join(under.usulan(name))


def _split(uraian: Uraian) -> Iterator[str]:
    lama, baru = uraian.lama, uraian.baru
    under = (lama.under(lama.ditulis), lama.under(baru.ditulis), baru.under(baru.ditulis))
    parts = {"rubrik": uraian.rubrik, "bukti": uraian.bukti, "seluruhnya": uraian.seluruh}
    yield f"URAIAN SELISIH {baru.case.instansi.nama}"
    for name, kasus in (("Lama", lama), ("Baru", baru)):
        yield wrap(f"{kasus.nama}, tahun kinerja {kasus.case.tahun_kinerja}, menurut {kasus.ditulis}", f"{name}: ")
    rubrik, bukti, whole = (_signed(baru, part("total")) for part in parts.values())
    yield wrap(f"Nilai {_points(under[0], 'total')} menjadi {_points(under[2], 'total')}, selisih {whole}:")
    yield from (f"  {rubrik} karena rubrik berubah", f"  {bukti} karena bukti dan penilaiannya berubah")
    names = [*baru.parts()]
    rows = [(n, *(_points(d, n) for d in under), *(_signed(baru, part(n)) for part in parts.values())) for n in names]
    heads = (
        f"Lama\n{lama.ditulis}",
        f"Lama\n{baru.ditulis}",
        f"Baru\n{baru.ditulis}",
        "Rubrik",
        "Bukti",
        "Seluruhnya",
    )
    yield _table(("No", *heads), rows, "lrrrrrr")
    yield from _rounded(baru, ((uraian.seluruh(n), (uraian.rubrik(n), uraian.bukti(n))) for n in names))


def _rounded(kasus: Kasus, sums: Iterable[tuple[Range, Iterable[Range]]]) -> Iterator[str]:
    """Say so where printed figures do not add up to the printed whole; of ranges only the ends are figures."""
    apply = finest(kasus).apply
    for (low, high), parts in sums:
        ends = [*parts]
        if low == high and all(x == y for x, y in ends) and apply(low) != sum(apply(x) for x, _ in ends):
            yield wrap(
                "Angka yang tercetak dibulatkan; hitungannya tepat, sehingga jumlahnya dapat tampak berselisih."
            )
            return
