"""The skeleton of a new case for a rubric: a commented YAML file to fill in, valid as it stands."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from sakip_eval.case.case import Rater
from sakip_eval.numbers import format_plain
from sakip_eval.rubric.rubric import Rubric, Subkomponen


def render_skeleton(rubric: Rubric, *, instansi: str, tahun_kinerja: int, tahun_evaluasi: int, penilai: Rater) -> str:
    """Return the text of a case file in which nothing is judged yet; it loads without problems."""
    return "\n".join(_lines(rubric, instansi, tahun_kinerja, tahun_evaluasi, penilai)) + "\n"


def _lines(rubric: Rubric, instansi: str, kinerja: int, evaluasi: int, penilai: Rater) -> Iterator[str]:
    yield from _comment(
        f"Kasus untuk rubrik {rubric.id} ({rubric.nama}). Yang dikosongkan berarti belum dinilai, bukan nol. "
        "Periksa dengan `sakip kasus cek`, hitung dengan `sakip nilai`."
    )
    yield "instansi:"
    yield f"  nama: {quoted(instansi)}"
    yield '  # induk: "Pemerintah Kabupaten ..."'
    yield f'  jenis: "{"unit kerja" if rubric.tingkat == "unit" else "instansi"}" # kecamatan, dinas, badan, ...'
    yield "  # klaster: utama # utama, pendukung, atau tambahan"
    yield f"tahun_kinerja: {kinerja} # tahun yang dinilai"
    yield f"tahun_evaluasi: {evaluasi} # tahun penilaian dilakukan"
    yield f"rubrik: {rubric.id}"
    yield ""
    yield from _evidence(rubric)
    yield ""
    yield from _comment("Tindak lanjut rekomendasi evaluasi tahun sebelumnya; hapus tanda # bila sudah diketahui.")
    yield "# tindak_lanjut_sebelumnya:"
    yield "#   ada_rekomendasi: ya"
    yield "#   bukti: []"
    yield "#   keterangan: ..."
    yield ""
    yield "penilaian:"
    yield f"  {penilai}:"
    yield from {"komponen": _komponen, "kriteria": _judged, "subkomponen": _judged}[rubric.pada](rubric)


def quoted(text: str) -> str:
    """Write a text as a YAML scalar in double quotes; what does not print is escaped, so that nothing is lost."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(c) or (c if c.isprintable() else _escaped(ord(c))) for c in text) + '"'


def _escaped(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _evidence(rubric: Rubric) -> Iterator[str]:
    if rubric.jenis_bukti:
        yield "# Jenis bukti yang dikenal rubrik ini:"
        for jenis, nama in rubric.jenis_bukti.items():
            yield from _comment(f"{jenis}: {nama}", "#   ", "#     ")
    yield "bukti: []"
    yield "# bukti:"
    yield "#   - id: contoh-dokumen"
    yield f"#     jenis: {next(iter(rubric.jenis_bukti), 'dokumen')}"
    yield '#     judul: "..."'
    yield "#     tahun: 2022"
    yield "#     tanggal: {penetapan: 2022-01-31, publikasi: 2022-02-28, penyampaian: 2022-03-31}"
    yield '#     tautan: "https://..."'


def _komponen(rubric: Rubric) -> Iterator[str]:
    yield "    komponen:"
    for komponen in rubric.komponen:
        yield f"      # {komponen.nama}, 0 sampai {format_plain(komponen.bobot)}"
        yield f'      "{komponen.id}": {{nilai: }}'


def _judged(rubric: Rubric) -> Iterator[str]:
    if rubric.pada == "subkomponen":
        answers = ", ".join(step.jawaban for step in rubric.skala)
        yield "    subkomponen:"
        yield from _comment(f"jawaban: {answers}", "      # ")
        for sub in rubric.each_subkomponen():
            yield from _comment(f"{sub.id} {sub.nama} (bobot {format_plain(sub.bobot)})", "      # ")
            yield f'      "{sub.id}":'
            yield "        jawaban:"
            yield "        alasan: # wajib bila berbeda dari usulan"
            yield "        catatan:"
            yield "        bukti: []"
    yield "    kriteria:"
    yield from _comment("status: terpenuhi, sebagian, tidak, tidak_berlaku", "      # ")
    for sub in rubric.each_subkomponen():
        yield from _criteria(rubric, sub)


def _criteria(rubric: Rubric, sub: Subkomponen) -> Iterator[str]:
    graded = rubric.pada == "kriteria" and rubric.dengan == "jawaban"
    for kriteria in sub.kriteria:
        kinds = ", ".join(kriteria.bukti)
        yield from _comment(f"{kriteria.id} {kriteria.uraian} Bukti: {kinds}", "      # ")
        yield f'      "{kriteria.id}": {{{"jawaban" if graded else "status"}: , bukti: []}}'


def _comment(text: str, first: str = "# ", rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        text, 100, initial_indent=first, subsequent_indent=rest or first, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
