"""What an editor shows of each key of the YAML form of a follow-up table."""

from __future__ import annotations

from collections.abc import Mapping

from sakip_eval.boundary import FileModel
from sakip_eval.tindak_lanjut import impor_model as tabel

TITLES: Mapping[type[FileModel], str] = {
    tabel.TindakLanjutFile: "Tabel tindak lanjut sakip-eval",
    tabel.BarisEntry: "Satu rekomendasi dan jawabannya",
    tabel.JawabanEntry: "Satu jawaban",
    tabel.BuktiDukungEntry: "Satu data dukung",
}

WORDS: Mapping[type[FileModel], Mapping[str, str]] = {
    tabel.TindakLanjutFile: {
        "instansi": "Nama instansi dalam id rekomendasi: huruf kecil, angka, tanda hubung.",
        "nama": "Nama instansi seperti tercetak; hanya untuk pembaca.",
        "tahun": "Tahun kinerja yang dievaluasi.",
        "penerbit": "Unit yang menerbitkan rekomendasinya, bukan nama orang.",
        "tanggal_terbit": "Tanggal LHE yang memuat rekomendasinya.",
        "pelapor": "Jabatan atau unit yang melaporkan jawabannya, bukan nama orang.",
        "tanggal_lapor": "Tanggal laporan yang memuat jawabannya.",
        "sumber": "Dokumen tempat semuanya dibaca; hanya untuk pembaca.",
        "catatan": "Keterangan bebas; tidak diimpor.",
        "rekomendasi": "Satu butir untuk setiap rekomendasi; boleh kosong.",
        "tindak_lanjut": "Jawaban yang tercetak sebagai daftar tersendiri, dipasangkan menurut nomor.",
    },
    tabel.BarisEntry: {
        "nomor": "Nomor dalam id; tulis pada semua butir, atau pada tidak satu pun.",
        "teks": "Kalimat rekomendasi seperti tercetak.",
        "komponen": "Id komponen, diapit tanda kutip, atau namanya.",
        "kriteria": "Id kriteria yang dijawab rekomendasi itu.",
        "rencana_aksi": "Rencana aksi instansi.",
        "target": "Keluaran yang ditargetkan.",
        "waktu": "Waktu pelaksanaan seperti tercetak; dibaca sebagai tanggal bila pasti.",
        "mulai": "Rencana mulai, bila `waktu` tidak pasti.",
        "selesai": "Rencana selesai, bila `waktu` tidak pasti; dasar lewat tempo.",
        "penanggung_jawab": "Jabatan, bukan nama orang.",
        "tindak_lanjut": "Jawaban instansi: apa yang menurutnya sudah dilakukan.",
        "status": "Status seperti tercetak; Selesai dicatat sebagai klaim, bukan verifikasi.",
        "progres": "Persen bulat 0 sampai 100, misalnya 75%.",
        "data_dukung": "Bukti yang disebut instansi.",
        "asal": "Di mana rekomendasinya tercetak, misalnya halaman atau baris.",
        "asal_jawaban": "Di mana jawabannya tercetak.",
        "catatan": "Keterangan bebas; tidak diimpor.",
    },
    tabel.JawabanEntry: {
        "nomor": "Nomor rekomendasi yang dijawab.",
        "teks": "Jawaban seperti tercetak.",
        "asal": "Di mana jawaban itu tercetak.",
    },
    tabel.BuktiDukungEntry: {
        "judul": "Nama bukti; tanpa tautan dan berkas, dicatat sebagai kata saja.",
        "tautan": "Alamat bukti di internet.",
        "berkas": "Nama berkas yang disimpan di tempat lain; sebutkan sha256-nya.",
        "sha256": "Keluaran sha256sum dari berkas itu.",
    },
}
