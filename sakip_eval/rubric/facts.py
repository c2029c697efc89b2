"""The vocabulary of facts that rules may speak of: every fact, its fields, their kind, and since which stage.

A rule that names anything else is an error, and so is a constant that a field can never hold (`domain`). The engine
(`engine.facts`, `engine.criterion_facts`) fills these facts; nothing else does.
Kinds: `teks` compares as text, `bilangan` as a whole number, `peringkat` as a step of the rubric's ladder (a rule
writes the answer, e.g. BB), `pesan` is for messages only and cannot be tested.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Stage = Literal["usulan", "temuan", "rekomendasi"]
STAGES: tuple[Stage, ...] = ("usulan", "temuan", "rekomendasi")
Kind = Literal["teks", "bilangan", "peringkat", "pesan"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a fact: its kind, what it says (Indonesian), the first stage in which it is filled.

    `domain` names the set of texts that it can hold: ids of the rubric, or one of `DOMAINS`; empty for any text.
    """

    kind: Kind
    arti: str
    since: Stage = "usulan"
    domain: str = ""


DOMAINS: Mapping[str, tuple[str, ...]] = {
    "ya_tidak": ("ya", "tidak"),
    "penilai": ("evaluator", "mandiri"),
    "tingkat_rubrik": ("unit", "instansi"),
    "tindak_lanjut": ("belum", "tidak_ada", "tanpa_bukti", "berbukti"),
    "uji": (
        "",
        "ada",
        "ditetapkan",
        "dipublikasikan",
        "dipublikasikan_tepat_waktu",
        "disampaikan_tepat_waktu",
        "berkala",
    ),
    "tepat_waktu": ("ya", "tidak", "tanpa_tanggal", "tanpa_tenggat"),
    "tahun_bukti": ("sesuai", "lain", "tidak_disebut"),
    "status": ("belum", "terpenuhi", "sebagian", "tidak", "tidak_berlaku"),
    "terhadap_usulan": ("belum", "di_atas", "sama", "di_bawah"),
    "dimensi": ("keberadaan", "kualitas", "pemanfaatan", "pemenuhan", "implementasi"),
    "besaran": ("bobot", "nilai", "persen", "predikat"),
    "tingkat": ("kontradiksi", "kekurangan", "perhatian"),
    "tahap": ("terbit", "rencana", "dilaporkan", "diverifikasi", "ditanggapi", "dibuka_kembali", "dilanjutkan"),
    "bentuk_klaim": ("rencana", "hasil"),
    "status_tindak_lanjut": (
        "belum",
        "sesuai",
        "belum_sesuai",
        "belum_ditindaklanjuti",
        "tidak_dapat_ditindaklanjuti",
    ),
}
"""What a field of a closed domain can hold; `kriteria`, `subkomponen`, `komponen` and `jawaban` come from the rubric."""


FACTS: Mapping[str, Mapping[str, Field]] = {
    "kasus": {
        "penilai": Field("teks", "evaluator atau mandiri", domain="penilai"),
        "tingkat": Field("teks", "unit atau instansi", domain="tingkat_rubrik"),
        "tindak_lanjut": Field(
            "teks", "belum (tidak diisi), tidak_ada, tanpa_bukti, atau berbukti", domain="tindak_lanjut"
        ),
        "mandiri_terlambat": Field(
            "teks", "ya bila penilaian mandiri bertanggal sesudah penilaian evaluator", domain="ya_tidak"
        ),
        "tindak_lanjut_keterangan": Field("pesan", "keterangan tindak lanjut rekomendasi sebelumnya"),
        "tl_rekap": Field("teks", "ya bila kasus memuat rekap dari buku tindak lanjut", domain="ya_tidak"),
        "tl_jumlah": Field("bilangan", "banyaknya rekomendasi dalam rekap; 0 bila tanpa rekap"),
        "tl_sesuai": Field("bilangan", "di antaranya yang diverifikasi sesuai"),
        "tl_terbuka": Field(
            "bilangan", "di antaranya yang belum diverifikasi sesuai atau tidak dapat ditindaklanjuti"
        ),
        "tl_tanpa_bukti": Field("bilangan", "di antaranya yang dilaporkan tanpa bukti dan belum diverifikasi"),
        "tl_tidak_ditanggapi": Field("bilangan", "di antaranya yang belum dijawab dengan cara apa pun"),
        "tl_per_tanggal": Field("pesan", "tanggal keadaan dalam rekap"),
        "tl_uraian": Field("pesan", "cacah rekap dalam kata, misalnya 0 sesuai, 12 dilaporkan tanpa bukti"),
    },
    "kriteria": {
        "kriteria": Field("teks", "id kriteria, misalnya 1.a.3", domain="kriteria"),
        "subkomponen": Field("teks", "id subkomponen", domain="subkomponen"),
        "komponen": Field("teks", "id komponen", domain="komponen"),
        "dimensi": Field("teks", "dimensi subkomponen", domain="dimensi"),
        "uji": Field("teks", "cara metadata bukti memutuskan kriteria; kosong bila hanya pertimbangan", domain="uji"),
        "status": Field("teks", "status dari penilai; belum bila tidak diisi", domain="status"),
        "cocok": Field("bilangan", "banyaknya bukti yang jenisnya menunjukkan kriteria ini"),
        "ditetapkan": Field("bilangan", "di antaranya yang bertanggal penetapan"),
        "dipublikasikan": Field("bilangan", "di antaranya yang bertanggal publikasi"),
        "tepat_waktu": Field(
            "teks",
            "untuk uji tepat waktu: ya, tidak (terlambat), tanpa_tanggal, atau tanpa_tenggat dalam rubrik",
            domain="tepat_waktu",
        ),
        "tenggat": Field("pesan", "tanggal terakhir yang masih tepat waktu"),
        "jenis_bukti": Field("pesan", "nama jenis bukti yang menunjukkan kriteria ini"),
        "bukti_cocok": Field("pesan", "id bukti yang cocok"),
        "usulan": Field(
            "teks", "status yang diusulkan aturan; belum bila tidak ada usulan", "temuan", domain="status"
        ),
        "alasan_usulan": Field("pesan", "alasan usulan", "temuan"),
    },
    "subkomponen": {
        "subkomponen": Field("teks", "id subkomponen", "temuan", domain="subkomponen"),
        "komponen": Field("teks", "id komponen", "temuan", domain="komponen"),
        "dimensi": Field("teks", "dimensi", "temuan", domain="dimensi"),
        "jawaban": Field("teks", "jawaban penilai; belum bila tidak diisi", "temuan", domain="jawaban"),
        "peringkat": Field("peringkat", "peringkat jawaban pada skala; 0 bila belum", "temuan"),
        "usulan": Field(
            "teks", "jawaban yang diusulkan dari pemenuhan kriteria; belum bila tidak ada", "temuan", domain="jawaban"
        ),
        "terhadap_usulan": Field("teks", "di_atas, sama, di_bawah, atau belum", "temuan", domain="terhadap_usulan"),
        "melampaui": Field(
            "teks", "ya bila jawaban melampaui yang dapat dibenarkan persentase", "temuan", domain="ya_tidak"
        ),
        "kurang_bukti": Field(
            "teks",
            "ya bila jawaban melampaui, rubrik meminta bukti, dan tidak ada bukti",
            "temuan",
            domain="ya_tidak",
        ),
        "kurang_alasan": Field(
            "teks",
            "ya bila jawaban melampaui, rubrik meminta alasan, dan tidak ada alasan",
            "temuan",
            domain="ya_tidak",
        ),
        "alasan": Field("teks", "ya bila jawaban disertai alasan", "temuan", domain="ya_tidak"),
        "catatan": Field("teks", "ya bila jawaban disertai catatan", "temuan", domain="ya_tidak"),
        "bukti": Field("bilangan", "banyaknya bukti yang dirujuk jawaban", "temuan"),
        "belum": Field(
            "bilangan", "banyaknya kriteria yang dinyatakan penilai belum terpenuhi (tidak atau sebagian)", "temuan"
        ),
        "berlaku": Field("bilangan", "banyaknya kriteria yang berlaku", "temuan"),
        "terpenuhi": Field("bilangan", "banyaknya kriteria yang terpenuhi atau terpenuhi sebagian", "temuan"),
        "belum_dinilai": Field("bilangan", "banyaknya kriteria yang belum dinilai penilai", "temuan"),
        "di_atas_keberadaan": Field(
            "teks", "ya bila jawaban lebih tinggi daripada keberadaan komponen yang sama", "temuan", domain="ya_tidak"
        ),
        "jawaban_keberadaan": Field("pesan", "jawaban keberadaan komponen yang sama", "temuan"),
        "bertahan": Field(
            "bilangan", "lama tahun dokumen tertua yang dirujuk jawaban sudah ada; 0 bila tidak diketahui", "temuan"
        ),
        "kriteria_belum": Field("pesan", "id kriteria yang dinyatakan penilai belum terpenuhi", "temuan"),
        "pemenuhan": Field("pesan", "persentase pemenuhan", "temuan"),
    },
    "bukti": {
        "bukti": Field("teks", "id bukti", "temuan"),
        "jenis": Field("teks", "jenis bukti", "temuan", domain="jenis_bukti"),
        "dirujuk": Field("bilangan", "banyaknya kriteria yang merujuk bukti ini", "temuan"),
        "tahun": Field(
            "teks", "sesuai, lain (tidak mencakup tahun kinerja), atau tidak_disebut", "temuan", domain="tahun_bukti"
        ),
        "judul": Field("pesan", "judul bukti", "temuan"),
        "kriteria": Field("pesan", "kriteria yang merujuk bukti ini", "temuan"),
        "rentang": Field("pesan", "tahun yang diceritakan bukti", "temuan"),
    },
    "tercetak": {
        "letak": Field("teks", "id subkomponen atau komponen, atau total", "temuan"),
        "besaran": Field("teks", "bobot, nilai, persen, predikat", "temuan", domain="besaran"),
        "tercetak": Field("pesan", "angka seperti tercetak", "temuan"),
        "hitung": Field("pesan", "angka hasil hitung", "temuan"),
        "sumber": Field("pesan", "sumber angka tercetak", "temuan"),
    },
    "rekomendasi_tangan": {
        "nomor": Field("teks", "nomor urut rekomendasi yang ditulis penilai", "temuan"),
        "komponen": Field("teks", "komponen tempat rekomendasi ditulis", "temuan", domain="komponen"),
        "komponen_kriteria": Field(
            "teks", "komponen dari kriterianya; kosong bila tidak menyebut kriteria", "temuan"
        ),
        "tepat": Field("teks", "ya bila kedua komponen itu sama", "temuan", domain="ya_tidak"),
        "kriteria": Field("pesan", "kriteria yang dijawab", "temuan"),
    },
    "temuan": {
        "kode": Field("teks", "kode temuan", "rekomendasi"),
        "tingkat": Field("teks", "kontradiksi, kekurangan, atau perhatian", "rekomendasi", domain="tingkat"),
        "subjek": Field("teks", "id yang dituju temuan", "rekomendasi"),
    },
}
"""Fact name -> field name -> field."""


def fields_at(fact: str, stage: Stage, facts: Mapping[str, Mapping[str, Field]] = FACTS) -> Mapping[str, Field]:
    """Return the fields of `fact` that are filled when rules of `stage` run; `facts` is the vocabulary."""
    limit = STAGES.index(stage)
    return {name: f for name, f in facts[fact].items() if STAGES.index(f.since) <= limit}
