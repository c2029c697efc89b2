"""The skeleton of a new variant of a root rubric: a commented YAML file to fill in, valid as it stands.

Lines that begin with `#` and no space are examples: without that `#` they are YAML that changes the root.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from sakip_eval.numbers import format_plain
from sakip_eval.rubric.rubric import Kriteria, Rubric, Subkomponen

_WHY = 'alasan: "Isi: mengapa berbeda dari peraturan akarnya"'
_BASIS = 'dasar: "Isi: pasal atau lampiran peraturan Anda"'


def render_variant(root: Rubric, name: str) -> str:
    """Return the text of a variant with id `name` that as yet changes nothing of `root`."""
    blocks = (_head(root, name), _vocabulary(root), _changes(root))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _head(root: Rubric, name: str) -> Iterator[str]:
    yield from _comment(
        f"Rubrik turunan dari {root.id} ({root.nama}). Selama `perubahan` kosong, isinya sama dengan rubrik akarnya."
    )
    yield "#"
    yield from _comment(
        "Ganti setiap \"Isi: ...\" di bawah ini. Baris yang diawali tanda # tanpa spasi adalah contoh: hapus tanda # "
        "itu untuk memakainya, lalu sesuaikan isinya. Id pada contoh benar-benar ada pada rubrik akar; daftar "
        f"lengkapnya: sakip rubrik lihat {root.id}. Aturan sendiri ditulis dalam berkas aturan-setempat.yaml di "
        "folder yang sama."
    )  # fmt: skip
    yield "rubrik:"
    yield f"  id: {name} # sama dengan nama foldernya"
    yield f"  extends: {root.id}"
    yield '  nama: "Isi: nama rubrik, misalnya Evaluasi AKIP Perangkat Daerah Kabupaten Contoh (Perbup 1/2025)"'
    yield '  penerbit: "Isi: pejabat yang menerbitkan, misalnya Bupati Contoh"'
    yield '  peraturan: "Isi: nomor, tahun, dan judul peraturan, lengkap"'
    yield f"  tingkat: {root.tingkat}"
    yield '  versi: "1"'
    yield f"  berlaku_sejak: {root.berlaku_sejak} # isi tanggal mulai berlakunya peraturan Anda"
    yield f"  diperiksa: {root.diperiksa} # isi tanggal terakhir berkas ini dicocokkan dengan naskahnya"
    yield '  sumber: "Isi: salinan yang dipakai, misalnya salinan Perbup dan lampiran LKE"'


def _vocabulary(root: Rubric) -> Iterator[str]:
    yield from _comment("Jenis bukti dan topik rekomendasi yang belum ada pada rubrik akar.")
    yield from _example(["jenis_bukti:", "  berita_acara_contoh: Berita acara contoh"])
    yield from _example(
        ["topik:", "  topik-contoh:", f'    komponen: "{root.komponen[0].id}"', "    teks: Agar melengkapi contoh"]
    )


def _changes(root: Rubric) -> Iterator[str]:
    yield from _comment("Lima macam perubahan, masing-masing dengan alasannya; selalu diterapkan menurut urutan ini.")
    yield "perubahan: {} # hapus {} begitu ada perubahan di bawah ini"
    yield from _step("1. ganti: satu bagian dinyatakan ulang seutuhnya; di sini dengan isi yang berlaku sekarang.")
    yield from _example(_ganti(root))
    shared = [sub for sub in root.each_subkomponen() if len(sub.kriteria) > 1]
    if len(shared) > 1:
        yield from _step("2. hapus: kriteria yang tidak dipakai. Id menurut rubrik akar.")
        yield from _example(_hapus(shared[0].kriteria[-1]))
        yield from _step(
            "3. pindah: kriteria yang berpindah nomor, semuanya sekaligus; di sini dua kriteria bertukar tempat. "
            "`dari` menurut rubrik akar, `ke` menurut rubrik ini."
        )
        yield from _example(_pindah(*shared[1].kriteria[:2]))
        yield from _step("4. tambah: kriteria baru, ditulis utuh.")
        yield from _example(_tambah(shared[-1]))
    yield from _step(
        "5. ubah: sebagian isi kriteria, subkomponen, atau komponen; di sini dengan isi yang berlaku sekarang. Id "
        "menurut rubrik ini. Bobot subkomponen harus tetap berjumlah sama dengan bobot komponennya."
    )
    yield from _example(_ubah(root, shared))


def _ganti(root: Rubric) -> Iterator[str]:
    yield "  ganti:"
    yield f"    - {_WHY}"
    yield f"      {_BASIS}"
    yield "      pembulatan:"
    yield f"        digit: {root.rounding.digits}"
    yield f"        cara: {root.rounding.mode} # setengah_ke_atas, setengah_ke_genap, ke_bawah"
    yield f"        tahap: {root.stage} # cetak, subkomponen, komponen, total"
    yield f"        predikat_dari: {root.predikat_dari} # tepat, bulat"
    yield f"        {_BASIS}"


def _hapus(kriteria: Kriteria) -> Iterator[str]:
    yield "  hapus:"
    yield f'    - id: "{kriteria.id}"'
    yield f"      {_WHY}"


def _pindah(first: Kriteria, second: Kriteria) -> Iterator[str]:
    yield "  pindah:"
    for source, target in ((first, second), (second, first)):
        yield f'    - dari: "{source.id}"'
        yield f'      ke: "{target.id}"'
        yield f'      no_cetak: "{target.no_cetak}"'
        yield f"      {_WHY}"


def _tambah(sub: Subkomponen) -> Iterator[str]:
    last = sub.kriteria[-1]
    number = int(last.id.rpartition(".")[2]) + 1
    yield "  tambah:"
    yield f"    - {_WHY}"
    yield f"      {_BASIS}"
    yield "      kriteria:"
    yield f'        - id: "{sub.id}.{number}"'
    yield f'          no_cetak: "{number}"'
    yield '          uraian: "Isi: bunyi kriteria"'
    yield f"          bukti: [{', '.join(last.bukti)}]"
    yield "          upaya: 1 # 1 ringan, 2 sedang, 3 berat"
    yield f"          topik: {last.topik}"
    yield '          pokok: "isi: frasa untuk kalimat gabungan"'
    yield '          rekomendasi: "Agar (isi: kalimat bila kriteria ini belum terpenuhi)."'


def _ubah(root: Rubric, shared: list[Subkomponen]) -> Iterator[str]:
    yield "  ubah:"
    yield f"    - {_WHY}"
    yield f"      {_BASIS}"
    if shared:
        kriteria = shared[0].kriteria[0]
        yield "      kriteria:"
        yield f'        "{kriteria.id}":'
        yield "          uraian: >-"
        yield from textwrap.wrap(
            kriteria.uraian, 100, initial_indent=" " * 12, subsequent_indent=" " * 12, break_long_words=False
        )
    pair = next((k.subkomponen[:2] for k in root.komponen if len(k.subkomponen) > 1), ())
    if pair:
        yield "      subkomponen:"
        for sub in pair:
            yield f'        "{sub.id}": # {textwrap.shorten(sub.nama, 60, placeholder=" ...")}'
            yield f"          bobot: {format_plain(sub.bobot)}"
            yield f"          {_BASIS}"
    else:
        yield "      komponen:"
        yield f'        "{root.komponen[0].id}": {{bobot: {format_plain(root.komponen[0].bobot)}}}'


def _step(text: str) -> Iterator[str]:
    yield ""
    yield from _comment(text, "  # ")


def _example(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"#{line}"


def _comment(text: str, first: str = "# ") -> list[str]:
    return textwrap.wrap(
        text, 100, initial_indent=first, subsequent_indent=first, break_long_words=False, break_on_hyphens=False
    )
