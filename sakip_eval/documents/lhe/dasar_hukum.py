"""The regulations that a letter names, and the order to evaluate."""

from __future__ import annotations

from sakip_eval.documents.lhe.bahasa import tanggal
from sakip_eval.documents.lhe.elements import Run, Runs, blank, text
from sakip_eval.documents.lhe.surat import Surat
from sakip_eval.rubric.rubric import Rubric

UMUM = (
    "Peraturan Pemerintah Nomor 8 Tahun 2006 tentang Pelaporan Keuangan dan Kinerja Instansi Pemerintah",
    "Peraturan Presiden Nomor 29 Tahun 2014 tentang Sistem Akuntabilitas Kinerja Instansi Pemerintah",
    "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 53 Tahun 2014 tentang Petunjuk "
    "Teknis Perjanjian Kinerja, Pelaporan Kinerja, dan Tata Cara Reviu atas Laporan Kinerja Instansi Pemerintah",
)
"""What stands above every evaluation of this kind since 2014 (named by the letter of seed 000)."""

_ROOTS = {
    "permenpanrb-88-2021": (
        "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 88 Tahun 2021 tentang Evaluasi "
        "Akuntabilitas Kinerja Instansi Pemerintah"
    ),
    "permenpanrb-12-2015": (
        "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 12 Tahun 2015 tentang Pedoman "
        "Evaluasi atas Implementasi Sistem Akuntabilitas Kinerja Instansi Pemerintah"
    ),
}
"""The regulation behind a rubric, by the folder of the rubric; a local rubric names it with `extends`."""


def root_of(rubric: Rubric) -> str:
    """Return the folder that names the regulation behind a rubric: `permenpanrb-88-2021`."""
    return (rubric.extends or rubric.id).partition("/")[0]


def regulations(rubric: Rubric, surat: Surat) -> tuple[str, ...]:
    """Return all regulations in order of rank: general ones, the rubric's, the local one, those the office adds."""
    own = " ".join(rubric.peraturan.split())
    root = _ROOTS.get(root_of(rubric))
    named = [*UMUM, root] if root is not None else [*UMUM]
    if root is None or rubric.extends is not None:
        named.append(own)
    return tuple(dict.fromkeys([*named, *surat.file.dasar_hukum]))


def surat_tugas(surat: Surat) -> Runs:
    """Name the order to evaluate, with marked blanks for what is not filled."""
    filled = surat.file.surat_tugas
    day = tanggal(filled.tanggal) if filled.tanggal else None
    return text(
        "Surat Tugas ",
        _or_blank(filled.oleh, "surat_tugas.oleh", "jabatan pemberi tugas"),
        " Nomor ",
        _or_blank(filled.nomor, "surat_tugas.nomor", "nomor surat tugas"),
        " tanggal ",
        _or_blank(day, "surat_tugas.tanggal", "tanggal surat tugas"),
    )


def _or_blank(value: str | None, key: str, label: str) -> Run:
    return Run(value) if value else blank(key, label)
