"""The vocabulary of facts about follow-up, for the rules in `rubrics/tindak-lanjut`.

Kept apart from the facts of an evaluation, so that a rule of a rubric that names one of these, which would never
fire there, is an error. `tindak_lanjut.facts` fills these; nothing else does.
"""

from __future__ import annotations

from collections.abc import Mapping

from sakip_eval.rubric.facts import Field

FACTS_TINDAK_LANJUT: Mapping[str, Mapping[str, Field]] = {
    "rekomendasi": {
        "rekomendasi": Field("teks", "id rekomendasi", "temuan"),
        "instansi": Field("teks", "instansi yang menerima rekomendasi", "temuan"),
        "tahun": Field("bilangan", "tahun kinerja yang dievaluasi", "temuan"),
        "tahap": Field("teks", "tahap terakhir dalam buku besar", "temuan", domain="tahap"),
        "status": Field(
            "teks",
            "hasil verifikasi yang berlaku; belum bila belum diverifikasi",
            "temuan",
            domain="status_tindak_lanjut",
        ),
        "terbuka": Field("teks", "ya bila masih ada yang diharapkan", "temuan", domain="ya_tidak"),
        "dijawab": Field(
            "teks", "ya bila instansi pernah merencanakan, melaporkan, atau menanggapi", "temuan", domain="ya_tidak"
        ),
        "rencana": Field("teks", "ya bila ada rencana aksi", "temuan", domain="ya_tidak"),
        "lewat_tempo": Field("teks", "ya bila lewat tempo pada tanggal pemeriksaan", "temuan", domain="ya_tidak"),
        "hari_lewat": Field("bilangan", "banyaknya hari lewat tempo", "temuan"),
        "teks": Field("pesan", "bunyi rekomendasi, dipendekkan", "temuan"),
    },
    "klaim": {
        "rekomendasi": Field("teks", "id rekomendasi yang dilaporkan", "temuan"),
        "instansi": Field("teks", "instansi yang melapor", "temuan"),
        "status": Field("teks", "hasil verifikasi yang berlaku", "temuan", domain="status_tindak_lanjut"),
        "selesai": Field(
            "teks", "ya bila dilaporkan selesai (100 persen, atau kata selesai)", "temuan", domain="ya_tidak"
        ),
        "bukti": Field("bilangan", "banyaknya data dukung pada semua laporan", "temuan"),
        "bentuk": Field(
            "teks",
            "rencana bila berbunyi tugas (Membuat ...) tanpa menyatakan selesai",
            "temuan",
            domain="bentuk_klaim",
        ),
        "akan": Field("teks", "ya bila hasil yang diceritakan baru niat (akan, segera)", "temuan", domain="ya_tidak"),
        "bersyarat": Field(
            "teks", "ya bila bergantung pada syarat (jika, apabila, setelah)", "temuan", domain="ya_tidak"
        ),
        "mendatang": Field("teks", "ya bila bertanggal sesudah laporan itu sendiri", "temuan", domain="ya_tidak"),
        "pengulangan": Field(
            "bilangan", "persen kata pokok tindakan yang sudah ada dalam rekomendasi (0 sampai 100)", "temuan"
        ),
        "kata_pokok": Field("bilangan", "banyaknya kata pokok tindakan", "temuan"),
        "kata_akan": Field("pesan", "kata yang menunjukkan niat", "temuan"),
        "kata_syarat": Field("pesan", "kata yang menunjukkan syarat", "temuan"),
        "tanggal_mendatang": Field("pesan", "tanggal yang sesudah laporan", "temuan"),
        "tanggal_laporan": Field("pesan", "tanggal laporan", "temuan"),
        "hasil": Field("pesan", "hasil yang diceritakan, dipendekkan", "temuan"),
    },
    "bukti_klaim": {
        "bukti": Field("teks", "tautan, atau sha256 berkas", "temuan"),
        "instansi": Field("teks", "instansi yang melapor", "temuan"),
        "keluaran": Field("bilangan", "banyaknya rekomendasi yang memakai bukti ini", "temuan"),
        "judul": Field("pesan", "judul bukti, dipendekkan", "temuan"),
        "rekomendasi": Field("pesan", "id rekomendasi yang memakainya", "temuan"),
    },
    "jawaban_lepas": {
        "nomor": Field("teks", "nomor jawaban pada sumbernya", "temuan"),
        "sumber": Field("pesan", "tempat jawaban itu dibaca", "temuan"),
        "teks": Field("pesan", "bunyi jawaban, dipendekkan", "temuan"),
    },
}
"""Fact name -> field name -> field; all are filled when rules of the stage `temuan` run."""
