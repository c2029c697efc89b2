"""A rubric as text: the list of rubrics, and one rubric resolved and flat."""

from __future__ import annotations

from collections.abc import Sequence

from tabulate import tabulate

from sakip_eval.numbers import format_plain
from sakip_eval.render.words import wrap
from sakip_eval.rubric.rubric import Rubric


def count_kriteria(rubric: Rubric) -> int:
    """Return the number of criteria."""
    return sum(1 for _ in rubric.each_kriteria())


def render_list(rubrics: Sequence[Rubric]) -> str:
    """Return one row for each rubric."""
    rows = [(r.id, r.berlaku_sejak.isoformat(), str(count_kriteria(r)), r.nama) for r in rubrics]
    return (
        tabulate(
            rows,
            headers=("Rubrik", "Berlaku", "Kriteria", "Nama"),
            disable_numparse=True,
            colalign=("left", "left", "right", "left"),
            maxcolwidths=[None, None, None, 26],
        )
        + "\n"
    )


def render_rubric(rubric: Rubric, *, short: bool = False) -> str:
    """Return identity, ladder, bands, weights and counts, and (unless `short`) every criterion."""
    blocks = [_identity(rubric), _weights(rubric)]
    if rubric.skala:
        blocks.append(_ladder(rubric))
    blocks.append(_bands(rubric))
    if not short and count_kriteria(rubric):
        blocks.append(_criteria(rubric))
    if rubric.changes:
        blocks.append(_changes(rubric))
    return "\n\n".join(blocks) + "\n"


def _identity(rubric: Rubric) -> str:
    until = f" sampai {rubric.berlaku_sampai.isoformat()}" if rubric.berlaku_sampai else ""
    parent = f", turunan dari {rubric.extends}" if rubric.extends else ""
    where = {"subkomponen": "jawaban tiap subkomponen", "kriteria": f"rata-rata {rubric.dengan} kriteria",
             "komponen": "nilai tiap komponen"}[rubric.pada]  # fmt: skip
    return "\n".join(
        [
            wrap(f"{rubric.id} versi {rubric.versi}{parent}"),
            wrap(rubric.nama),
            wrap(rubric.peraturan, "Peraturan : "),
            wrap(rubric.penerbit, "Penerbit  : "),
            wrap(rubric.sumber, "Sumber    : "),
            f"Berlaku   : {rubric.berlaku_sejak.isoformat()}{until}; diperiksa {rubric.diperiksa.isoformat()}",
            wrap(f"{where}; {rubric.dasar_penilaian}", "Dinilai   : "),
            wrap(
                f"{rubric.rounding.digits} angka desimal, {rubric.rounding.mode.replace('_', ' ')}, pada tahap "
                f"{rubric.stage}; predikat dari nilai {rubric.predikat_dari}",
                "Pembulatan: ",
            ),
            f"Aturan    : {len(rubric.rules)}",
            f"SHA-256   : {rubric.sha256}",
        ]
    )


def _weights(rubric: Rubric) -> str:
    rows: list[tuple[str, str, str, str]] = []
    for komponen in rubric.komponen:
        number = sum(len(sub.kriteria) for sub in komponen.subkomponen)
        rows.append((komponen.id, komponen.nama.upper(), format_plain(komponen.bobot), str(number)))
        rows += [
            (sub.id, f"{sub.nama} [{sub.dimensi}]", format_plain(sub.bobot), str(len(sub.kriteria)))
            for sub in komponen.subkomponen
        ]
    total = format_plain(sum((k.bobot for k in rubric.komponen), start=rubric.komponen[0].bobot * 0))
    rows.append(("", "JUMLAH", total, str(count_kriteria(rubric))))
    return tabulate(
        rows,
        headers=("No", "Komponen/Subkomponen", "Bobot", "Kriteria"),
        disable_numparse=True,
        colalign=("left", "left", "right", "right"),
        maxcolwidths=[None, 54, None, None],
    )


def _ladder(rubric: Rubric) -> str:
    rows = [
        (
            s.jawaban,
            format_plain(s.poin),
            str(s.pemenuhan) + (" + bukti" if s.jawaban in rubric.beyond else ""),
            s.uraian,
        )
        for s in rubric.skala
    ]
    return "SKALA JAWABAN\n" + tabulate(
        rows,
        headers=("Jawaban", "Poin", "Pemenuhan", "Uraian"),
        disable_numparse=True,
        colalign=("left", "right", "left", "left"),
        maxcolwidths=[None, None, None, 42],
    )


def _bands(rubric: Rubric) -> str:
    rows = [(p.predikat, str(p.band).removesuffix(" %"), p.sebutan) for p in rubric.predikat]
    return "PREDIKAT\n" + tabulate(rows, headers=("Predikat", "Nilai", "Sebutan"), disable_numparse=True)


def _criteria(rubric: Rubric) -> str:
    lines = ["KRITERIA"]
    for sub in rubric.each_subkomponen():
        lines.append(wrap(f"{sub.id} (bobot {format_plain(sub.bobot)}, {len(sub.kriteria)} kriteria)"))
        if sub.catatan:
            lines.append(wrap(f"Catatan: {sub.catatan}", "  "))
        for kriteria in sub.kriteria:
            lines.append(wrap(kriteria.uraian, f"  {kriteria.id:<7} ", " " * 10))
            if kriteria.catatan:
                lines.append(wrap(f"Catatan: {kriteria.catatan}", " " * 10))
    return "\n".join(lines)


def _changes(rubric: Rubric) -> str:
    """List the changes of a variant, those with one reason together."""
    groups: dict[tuple[str, str], list[str]] = {}
    for change in rubric.changes:
        name = f"{change.dari}->{change.id}" if change.dari else change.id
        groups.setdefault((change.jenis, change.alasan), []).append(name)
    lines = [f"PERUBAHAN terhadap {rubric.extends}"]
    lines += [wrap(f"{kind} {', '.join(names)}: {reason}", "- ") for (kind, reason), names in groups.items()]
    return "\n".join(lines)
