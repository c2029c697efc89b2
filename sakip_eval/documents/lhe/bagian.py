"""Parts that both forms share: letterhead, place and date, purposes, documents, signature, copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sakip_eval.case.case import Case
from sakip_eval.documents.lhe.bahasa import nama_lengkap, tanggal
from sakip_eval.documents.lhe.elements import (
    Cell,
    Element,
    Item,
    Paragraph,
    Run,
    Runs,
    Table,
    blank,
    bold,
    text,
)
from sakip_eval.documents.lhe.surat import Surat
from sakip_eval.engine.result import Evaluation

TUJUAN = (
    "memperoleh informasi tentang implementasi SAKIP",
    "menilai tingkat implementasi SAKIP",
    "menilai tingkat akuntabilitas kinerja",
    "memberikan saran perbaikan untuk peningkatan implementasi SAKIP",
    "memonitor tindak lanjut rekomendasi hasil evaluasi periode sebelumnya",
)
"""The five purposes (PermenPANRB 88/2021, Pasal 2)."""

MOST_DOCUMENTS = 20
"""Up to here every document is named; beyond, documents are counted by kind."""


def filled(value: str | None, key: str, label: str) -> Run:
    """Return the value, or a marked blank for its key."""
    return Run(value) if value else blank(key, label)


def letterhead(surat: Surat) -> tuple[Element, ...]:
    """Return the letterhead: first line the government, second the office, the rest its address."""
    lines = surat.file.kop
    if not lines:
        return (Paragraph((blank("kop", "kop surat"),), "LHE Kop Akhir"),)
    styles = ["LHE Kop Pemerintah", "LHE Kop Instansi", *["LHE Kop Alamat"] * len(lines)][: len(lines)]
    styles[-1] = {"LHE Kop Alamat": "LHE Kop Akhir"}.get(styles[-1], styles[-1])
    return tuple(Paragraph(text(line), style, keep=True) for line, style in zip(lines, styles, strict=True))


def day(surat: Surat) -> Run:
    """Return the date of the letter, or a blank."""
    given = surat.file.tanggal
    return filled(tanggal(given) if given else None, "tanggal", "tanggal surat")


def place_and_day(surat: Surat) -> Runs:
    """Return `Pelaihari, 27 Juni 2023`."""
    return text(filled(surat.file.tempat, "tempat", "tempat"), ", ", day(surat))


def subject(surat: Surat, case: Case) -> str:
    """Return what the letter is about (`hal`)."""
    return surat.file.hal or (
        f"Laporan Hasil Evaluasi atas Akuntabilitas Kinerja Instansi Pemerintah (AKIP) Tahun {case.tahun_kinerja}"
    )


def reference(surat: Surat, case: Case) -> Table:
    """Return the block of nomor, sifat, lampiran and hal."""
    file = surat.file
    rows = [("Nomor", filled(file.nomor, "nomor", "nomor surat"))]
    if file.sifat:
        rows.append(("Sifat", Run(file.sifat)))
    rows.append(("Lampiran", Run(file.lampiran or "1 (satu) berkas")))
    rows.append(("Hal", bold(subject(surat, case))))
    return Table(
        (11, 3, 46, 40),
        (),
        tuple((Cell(text(name)), Cell(text(":"), "tengah"), Cell((value,)), Cell()) for name, value in rows),
        borders=False,
        style="LHE Alamat",
    )


def addressee(surat: Surat) -> tuple[Element, ...]:
    """Return the address: the position and the place."""
    kepada = surat.file.kepada
    lines: tuple[Runs, ...] = (
        text("Kepada"),
        text("Yth. ", filled(kepada.jabatan, "kepada.jabatan", "jabatan yang dituju")),
        text("di"),
        text(filled(kepada.tempat, "kepada.tempat", "tempat tujuan")),
    )
    return tuple(Paragraph(line, "LHE Alamat", "kiri") for line in lines)


def addressed(surat: Surat) -> Run:
    """Name the addressee inside a sentence."""
    return filled(surat.file.kepada.jabatan, "kepada.jabatan", "jabatan yang dituju")


def purposes(depth: int) -> list[Element]:
    """List the five purposes."""
    ends = [";"] * (len(TUJUAN) - 2) + ["; dan", "."]
    return [Item(text(words + end), "huruf", depth, "tujuan") for words, end in zip(TUJUAN, ends, strict=True)]


def documents(evaluation: Evaluation, surat: Surat, depth: int) -> list[Element]:
    """List the documents examined: those that the office names, else the evidence of the case."""
    case = evaluation.case
    named = list(surat.file.dokumen)
    if not named:
        titles = list(dict.fromkeys(b.judul for b in case.bukti.values()))
        named = titles if len(titles) <= MOST_DOCUMENTS else _by_kind(evaluation)
    if not named:
        return [Item((blank("dokumen", "dokumen yang diperiksa"),), "huruf", depth, "dokumen")]
    ends = [";"] * (len(named) - 2) + ["; dan", "."]
    return [
        Item(text(name.rstrip(" .;") + end), "huruf", depth, "dokumen")
        for name, end in zip(named, ends[-len(named) :], strict=True)
    ]


def _by_kind(evaluation: Evaluation) -> list[str]:
    count = Counter(b.jenis for b in evaluation.case.bukti.values())
    return [f"{evaluation.rubric.jenis_bukti.get(jenis, jenis)} ({n} dokumen)" for jenis, n in count.items()]


def component_names(evaluation: Evaluation) -> list[str]:
    """Return the names of the components in order."""
    return [komponen.nama for komponen in evaluation.komponen]


def signature(surat: Surat) -> tuple[Element, ...]:
    """Return the signature block: position, room to sign, then name, rank and NIP where given."""
    by = surat.file.penanda_tangan
    lines: list[Paragraph] = [
        Paragraph(text(filled(by.jabatan, "penanda_tangan.jabatan", "jabatan penanda tangan"), ","), "LHE Jabatan")
    ]
    name = Run(by.nama, bold=True, underline=True) if by.nama else blank("penanda_tangan.nama", "nama penanda tangan")
    lines.append(Paragraph((name,), "LHE Nama"))
    lines += [Paragraph(text(words), "LHE Tanda Tangan") for words in _rank(by.pangkat, by.nip)]
    return tuple(Paragraph(p.runs, p.style, keep=p is not lines[-1]) for p in lines)


def _rank(pangkat: str | None, nip: str | None) -> Iterable[str]:
    if pangkat:
        yield pangkat
    if nip:
        yield f"NIP {nip}"


def copies(surat: Surat) -> list[Element]:
    """List who receives a copy; a blank where the office names nobody."""
    elements: list[Element] = [Paragraph(text("Tembusan:"), "LHE Tembusan", keep=True)]
    if not surat.file.tembusan:
        return [*elements, Item((blank("tembusan", "tembusan"),), "angka", 0, "tembusan")]
    return [*elements, *(Item(text(to), "angka", 0, "tembusan") for to in surat.file.tembusan)]


def unit(evaluation: Evaluation) -> str:
    """Name the evaluated unit with its region."""
    return nama_lengkap(evaluation.case.instansi)
