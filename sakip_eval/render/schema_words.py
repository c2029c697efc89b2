"""What an editor shows of each key of a file: one Indonesian sentence per field of each model, and a title."""

from __future__ import annotations

from collections.abc import Mapping

from sakip_eval.boundary import FileModel
from sakip_eval.case import model as kasus
from sakip_eval.render import schema_words_tl as tabel
from sakip_eval.rubric import model as rubrik
from sakip_eval.rubric import rules_model as aturan

_ALASAN = "Mengapa rubrik ini berbeda dari akarnya."
_DASAR = "Pasal, ayat, atau lampiran peraturan yang mendasarinya."
_CATATAN = "Keterangan bebas; tidak ikut dihitung."
_ASAL = "Dari mana isian ini dibaca, misalnya nama dokumen dan halamannya."
_PITA = {
    "dari": "Batas bawah; angka ini sendiri termasuk.",
    "lebih_dari": "Batas bawah; angka ini sendiri tidak termasuk.",
    "sampai": "Batas atas; angka ini sendiri termasuk.",
    "kurang_dari": "Batas atas; angka ini sendiri tidak termasuk.",
}
_KRITERIA = {
    "no_cetak": "Nomor kriteria seperti tercetak pada lembar kerja.",
    "uraian": "Bunyi kriteria, persis seperti dalam peraturan.",
    "bukti": "Nama jenis bukti yang menunjukkan kriteria ini, dari daftar `jenis_bukti`.",
    "uji": "Bagaimana jenis dan tanggal bukti memutuskan kriteria ini; tanpa `uji`, hanya penilai yang memutuskan.",
    "upaya": "Berat upaya memenuhinya: 1 ringan, 2 sedang, 3 berat.",
    "topik": "Topik rekomendasi, dari daftar `topik` pada komponen yang sama.",
    "pokok": "Frasa yang mewakili kriteria ini dalam kalimat rekomendasi gabungan.",
    "rekomendasi": "Kalimat rekomendasi bila hanya kriteria ini yang belum terpenuhi; diawali `Agar`.",
    "catatan": "Keterangan, misalnya salah cetak pada sumber.",
}
_BAGIAN = {
    "nama": "Nama seperti tercetak dalam peraturan.",
    "bobot": "Bobot dalam poin; bagian-bagian berjumlah tepat sama dengan bobot di atasnya, seluruh komponen tepat 100.",
    "dasar": _DASAR,
    "catatan": _CATATAN,
}
_SEKSI = {
    "penilaian": "Pada bagian mana nilai diberikan, dan dengan isian apa.",
    "pembulatan": "Kapan dan bagaimana angka dibulatkan.",
    "skala": "Tangga jawaban, dari yang terbaik ke yang terendah.",
    "melampaui": "Jawaban yang tidak dapat dibenarkan oleh persentase pemenuhan saja.",
    "status": "Arti keempat status kriteria bagi persentase pemenuhan.",
    "predikat": "Pita predikat, dari yang terbaik, bersambung dari 100 ke 0.",
}
_KOSAKATA = {
    "jenis_bukti": "Kosakata jenis bukti: nama pendek dan sebutannya.",
    "topik": "Kelompok kriteria yang dijawab bersama oleh satu kalimat rekomendasi.",
    "tenggat": "Tenggat yang dipakai uji tepat waktu, menurut nama uji dan tanggal mulai berlakunya.",
    "paket": "Paket aturan pilihan (berkas `paket-<nama>.yaml`) yang selalu dipakai rubrik ini.",
}
_IDENTITAS = {
    "id": "Id rubrik, sama dengan nama foldernya, misalnya `kab-contoh-1-2025/unit`.",
    "nama": "Nama rubrik yang dibaca pemakai.",
    "penerbit": "Pejabat atau lembaga yang menerbitkan.",
    "peraturan": "Nama peraturannya, lengkap dengan nomor, tahun, dan judul.",
    "tingkat": "Untuk siapa: `unit` kerja atau perangkat daerah, atau `instansi` seutuhnya.",
    "versi": 'Versi berkas rubrik ini, diapit tanda kutip, misalnya "1".',
    "berlaku_sejak": "Tanggal mulai berlakunya peraturan: tahun-bulan-hari.",
    "berlaku_sampai": "Hari terakhir berlakunya peraturan, bila sudah diganti.",
    "diperiksa": "Tanggal terakhir berkas ini dicocokkan dengan sumbernya.",
    "sumber": "Salinan peraturan atau lembar kerja yang dipakai.",
    "catatan": _CATATAN,
    "aturan_dari": "Rubrik lain yang berkas aturannya ikut dipakai, mendahului aturan rubrik ini.",
}

TITLES: Mapping[type[FileModel], str] = {
    rubrik.RubricFile: "Rubrik akar",
    rubrik.VariantFile: "Rubrik turunan",
    rubrik.Identity: "Identitas rubrik",
    rubrik.VariantIdentity: "Identitas rubrik turunan",
    rubrik.PenilaianEntry: "Cara menilai",
    rubrik.PembulatanEntry: "Pembulatan",
    rubrik.BandEntry: "Pita",
    rubrik.SkalaEntry: "Jawaban pada skala",
    rubrik.MelampauiEntry: "Jawaban yang melampaui",
    rubrik.StatusEntry: "Arti status",
    rubrik.PredikatEntry: "Predikat",
    rubrik.TopikEntry: "Topik rekomendasi",
    rubrik.TenggatEntry: "Tenggat",
    rubrik.KriteriaEntry: "Kriteria",
    rubrik.SubkomponenEntry: "Subkomponen",
    rubrik.KomponenEntry: "Komponen",
    rubrik.Hapus: "Kriteria yang dihapus",
    rubrik.Pindah: "Kriteria yang dipindah",
    rubrik.Tambah: "Kriteria yang ditambah",
    rubrik.UbahKriteria: "Isi baru kriteria",
    rubrik.UbahBagian: "Isi baru komponen atau subkomponen",
    rubrik.Ubah: "Perubahan isi",
    rubrik.Ganti: "Bagian yang dinyatakan ulang",
    rubrik.Perubahan: "Perubahan terhadap rubrik akar",
    aturan.RuleFile: "Aturan sakip-eval",
    aturan.RuleEntry: "Aturan",
    aturan.PatternEntry: "Syarat",
    aturan.Comparison: "Pembanding",
    aturan.UsulanEntry: "Usulan",
    aturan.TemuanEntry: "Temuan",
    aturan.RekomendasiEntry: "Rekomendasi",
    kasus.CaseFile: "Kasus sakip-eval",
    kasus.InstansiEntry: "Instansi",
    kasus.RentangEntry: "Rentang tahun",
    kasus.TanggalEntry: "Tanggal dokumen",
    kasus.BerkasEntry: "Berkas",
    kasus.BuktiEntry: "Bukti",
    kasus.SubkomponenEntry: "Jawaban subkomponen",
    kasus.KriteriaEntry: "Penilaian kriteria",
    kasus.KomponenEntry: "Nilai komponen",
    kasus.RekomendasiEntry: "Rekomendasi penilai",
    kasus.PenilaianEntry: "Penilaian seorang penilai",
    kasus.TindakLanjutEntry: "Tindak lanjut rekomendasi sebelumnya",
    kasus.RekapEntry: "Rekap tindak lanjut",
    kasus.TerbukaEntry: "Rekomendasi yang masih terbuka",
    kasus.CetakEntry: "Angka tercetak satu bagian",
    kasus.TercetakEntry: "Hasil yang sudah terbit",
    kasus.TargetEntry: "Target nilai",
}

WORDS: Mapping[type[FileModel], Mapping[str, str]] = {
    rubrik.RubricFile: {
        "rubrik": "Identitas rubrik: siapa menerbitkan, peraturan mana, untuk siapa, sejak kapan.",
        **_SEKSI,
        "dasar_status": "Dasar dari arti keempat status.",
        **_KOSAKATA,
        "komponen": "Komponen, subkomponen, dan kriterianya.",
    },
    rubrik.VariantFile: {
        "rubrik": "Identitas rubrik turunan; `extends` menyebut rubrik akarnya.",
        "jenis_bukti": "Jenis bukti tambahan, atau pengganti yang bernama sama pada rubrik akar.",
        "topik": "Topik tambahan, atau pengganti yang bernama sama pada rubrik akar.",
        "tenggat": "Tenggat tambahan, atau pengganti yang bernama sama pada rubrik akar.",
        "paket": "Paket aturan pilihan yang selalu dipakai, di samping milik rubrik akar.",
        "perubahan": "Semua perubahan terhadap rubrik akar; `{}` bila tidak ada.",
    },
    rubrik.Identity: _IDENTITAS,
    rubrik.VariantIdentity: {**_IDENTITAS, "extends": "Id rubrik akar yang diubah oleh berkas ini."},
    rubrik.PenilaianEntry: {
        "pada": "Bagian yang diberi nilai.",
        "dengan": "Isian yang memberi nilai: jawaban pada skala, status kriteria, atau nilai dalam poin.",
        "dasar": _DASAR,
    },
    rubrik.PembulatanEntry: {
        "digit": "Banyaknya angka di belakang koma.",
        "cara": "Cara membulatkan.",
        "tahap": "Tahap pembulatan; `cetak` berarti hanya saat mencetak.",
        "predikat_dari": "Predikat mengikuti nilai tepat, atau nilai yang dibulatkan.",
        "dasar": _DASAR,
    },
    rubrik.BandEntry: _PITA,
    rubrik.SkalaEntry: {
        "jawaban": "Nama jawaban, misalnya BB.",
        "poin": "Persen dari bobot, 0 sampai 100; menurun dari atas ke bawah.",
        "pemenuhan": "Persentase pemenuhan kriteria yang diwakili jawaban ini.",
        "uraian": "Bunyi peraturan untuk jawaban ini.",
        "dasar": _DASAR,
        "catatan": _CATATAN,
    },
    rubrik.MelampauiEntry: {
        "sesudah": "Jawaban tertinggi yang dapat diusulkan dari persentase; di atasnya perlu lebih.",
        "butuh": "Yang diperlukan jawaban di atasnya.",
        "dasar": _DASAR,
    },
    rubrik.StatusEntry: {
        "nilai": "Bagian yang dihitung, 0 sampai 1.",
        "dihitung": "`tidak` bila kriteria berstatus ini dikeluarkan dari hitungan; bawaan ya.",
    },
    rubrik.PredikatEntry: {
        "predikat": "Nama predikat, misalnya BB.",
        **_PITA,
        "sebutan": "Sebutan predikat, misalnya Sangat Baik.",
        "interpretasi": "Arti predikat menurut peraturan.",
        "dasar": _DASAR,
    },
    rubrik.TopikEntry: {
        "komponen": "Id komponen tempat rekomendasinya berdiri, diapit tanda kutip.",
        "teks": "Awal kalimat gabungan, diawali `Agar`; dilanjutkan pokok setiap kriterianya.",
    },
    rubrik.TenggatEntry: {
        "berlaku_sejak": "Tanggal sejak tenggat ini berlaku: tahun-bulan-hari.",
        "bulan_sesudah_tahun_kinerja": "Hari terakhir bulan keberapa sesudah tahun kinerja; 2 berarti akhir Februari.",
        "dasar": _DASAR,
        "catatan": _CATATAN,
    },
    rubrik.KriteriaEntry: {"id": "Id kriteria: id subkomponen, titik, nomor; misalnya \"1.a.3\".", **_KRITERIA},
    rubrik.SubkomponenEntry: {
        "id": "Id subkomponen: id komponen, titik, satu huruf; misalnya \"1.a\".",
        **_BAGIAN,
        "dimensi": "Segi yang dinilai subkomponen ini.",
        "kriteria": "Kriteria subkomponen ini, menurut urutan cetak.",
    },
    rubrik.KomponenEntry: {
        "id": "Id komponen, satu atau dua angka, diapit tanda kutip; misalnya \"1\".",
        **_BAGIAN,
        "subkomponen": "Bagian-bagian komponen ini.",
    },
    rubrik.Perubahan: {
        "ganti": "Bagian yang dinyatakan ulang seutuhnya; diterapkan pertama.",
        "hapus": "Kriteria rubrik akar yang tidak dipakai; diterapkan kedua.",
        "pindah": "Kriteria rubrik akar yang berpindah nomor, semuanya sekaligus; diterapkan ketiga.",
        "tambah": "Kriteria yang hanya ada pada rubrik ini; diterapkan keempat.",
        "ubah": "Isi kriteria, subkomponen, atau komponen yang berubah; diterapkan terakhir.",
    },
    rubrik.Ganti: {"alasan": _ALASAN, "dasar": _DASAR, **_SEKSI},
    rubrik.Hapus: {"id": "Id kriteria menurut rubrik akar.", "alasan": _ALASAN, "dasar": _DASAR},
    rubrik.Pindah: {
        "dari": "Id kriteria menurut rubrik akar.",
        "ke": "Id kriteria pada rubrik ini.",
        "no_cetak": "Nomor tercetak yang baru.",
        "alasan": _ALASAN,
        "dasar": _DASAR,
    },
    rubrik.Tambah: {"kriteria": "Kriteria baru, ditulis utuh.", "alasan": _ALASAN, "dasar": _DASAR},
    rubrik.UbahKriteria: _KRITERIA,
    rubrik.UbahBagian: _BAGIAN,
    rubrik.Ubah: {
        "kriteria": "Kriteria yang berubah menurut id pada rubrik ini, masing-masing dengan isi barunya.",
        "subkomponen": "Subkomponen yang berubah menurut id, masing-masing dengan isi barunya.",
        "komponen": "Komponen yang berubah menurut id, masing-masing dengan isi barunya.",
        "alasan": _ALASAN,
        "dasar": _DASAR,
    },
    aturan.RuleFile: {"aturan": "Daftar aturan, dibaca menurut urutannya."},
    aturan.RuleEntry: {
        "id": "Nama aturan; satu nama satu aturan dalam satu rubrik.",
        "jenis": "Menentukan bagian hasil yang wajib ada: `usulan`, `temuan`, atau `rekomendasi`.",
        "bila": "Fakta yang harus ada, atau tidak boleh ada, agar aturan berlaku.",
        "usulan": "Status yang diusulkan; hanya untuk jenis usulan.",
        "temuan": "Temuan yang dilaporkan; hanya untuk jenis temuan.",
        "rekomendasi": "Kalimat yang direkomendasikan; hanya untuk jenis rekomendasi.",
        "dasar": _DASAR,
        "contoh": "Satu contoh keadaan yang dikenai aturan ini.",
    },
    aturan.PatternEntry: {
        "sebut": "Sebutan pendek untuk fakta ini, dipakai dalam hasil aturan.",
        "fakta": "Nama fakta.",
        "syarat": "Isi medan fakta; semuanya harus terpenuhi.",
        "tidak_ada": "`ya` bila fakta seperti ini tidak boleh ada; bawaan tidak.",
    },
    aturan.Comparison: {
        "bukan": "Tidak sama dengan isi ini.",
        "minimal": "Sebesar ini atau lebih.",
        "maksimal": "Sebesar ini atau kurang.",
        "salah_satu": "Salah satu dari daftar ini.",
        "sama_dengan": "Sama dengan medan fakta yang disebut lebih dahulu, misalnya `s.subkomponen`.",
    },
    aturan.UsulanEntry: {
        "untuk": "Sebutan fakta kriteria yang diusulkan statusnya.",
        "status": "Status yang diusulkan.",
        "alasan": "Alasan usulan; boleh memuat isian seperti `{k.bukti_cocok}`.",
    },
    aturan.TemuanEntry: {
        "kode": "Kode temuan: huruf besar, angka, dan `-`.",
        "tingkat": "Berat temuan: `kontradiksi`, `kekurangan`, atau `perhatian`.",
        "subjek": "Id yang dituju temuan, biasanya sebuah isian.",
        "kriteria": "Id kriteria yang bersangkutan, dipisah koma.",
        "pesan": "Kalimat temuan, tanpa titik di akhir.",
        "pesan_gabung": "Kalimat bila aturan berlaku beberapa kali; isiannya `{banyak}`, `{daftar}`, `{rincian}`.",
        "rincian": "Bagian tiap keberlakuan dalam `{rincian}`; bawaannya `pesan`.",
        "cara": "Cara menyelesaikan temuan, tanpa titik di akhir.",
    },
    aturan.RekomendasiEntry: {
        "dari": "Sebutan fakta kriteria yang kalimat rekomendasinya dipakai.",
        "komponen": "Id komponen tempat kalimat sendiri berdiri, diapit tanda kutip.",
        "teks": "Kalimat sendiri, diawali `Agar`.",
        "kriteria": "Id kriteria yang dijawab, dipisah koma.",
        "bukti": "Jenis bukti yang akan menunjukkan bahwa rekomendasi dilaksanakan.",
    },
    kasus.CaseFile: {
        "instansi": "Instansi yang dinilai.",
        "tahun_kinerja": "Tahun yang dinilai.",
        "tahun_evaluasi": "Tahun penilaian dilakukan; tidak mendahului tahun kinerja.",
        "rubrik": "Id rubrik; lihat `sakip rubrik daftar`.",
        "catatan": _CATATAN,
        "paket": "Paket aturan pilihan yang dipakai untuk kasus ini.",
        "bukti": "Bukti yang diserahkan, satu butir per dokumen.",
        "tindak_lanjut_sebelumnya": "Tindak lanjut rekomendasi evaluasi tahun sebelumnya.",
        "penilaian": "Penilaian instansi sendiri (`mandiri`) dan penilaian `evaluator`.",
        "tercetak": "Angka pada LKE atau LHE yang sudah terbit, untuk dicocokkan.",
        "target": "Target nilai yang ditetapkan instansi, untuk `sakip tren`.",
    },
    kasus.InstansiEntry: {
        "nama": "Nama instansi.",
        "induk": "Pemerintah daerah atau kementerian induknya.",
        "jenis": "Kecamatan, dinas, badan, dan sebagainya.",
        "klaster": "Klaster dalam sampel pemerintah daerah; dicatat saja.",
    },
    kasus.BuktiEntry: {
        "id": "Nama pendek dokumen, dirujuk di tempat lain.",
        "jenis": "Salah satu `jenis_bukti` rubrik; menentukan kriteria yang ditunjukkannya.",
        "judul": "Judul dokumen.",
        "tahun": "Tahun yang diceritakan dokumen.",
        "rentang": "Pengganti `tahun` bila dokumen menceritakan beberapa tahun.",
        "tanggal": "Tanggal penetapan, publikasi, dan penyampaian dokumen.",
        "tautan": "Alamat dokumen di internet.",
        "berkas": "Berkas dokumen yang disimpan di tempat lain.",
        "asal": _ASAL,
    },
    kasus.RentangEntry: {"dari": "Tahun pertama.", "sampai": "Tahun terakhir."},
    kasus.TanggalEntry: {
        "penetapan": "Kapan dokumen ditetapkan: tahun-bulan-hari.",
        "publikasi": "Kapan dokumen dipublikasikan; tidak mendahului penetapan.",
        "penyampaian": "Kapan dokumen disampaikan; tidak mendahului tanggal sebelumnya.",
    },
    kasus.BerkasEntry: {
        "nama": "Nama atau letak berkas.",
        "sha256": "Sidik SHA-256 berkas: 64 angka heksadesimal kecil.",
    },
    kasus.TindakLanjutEntry: {
        "ada_rekomendasi": "Apakah evaluasi tahun sebelumnya memuat rekomendasi.",
        "bukti": "Id bukti tindak lanjutnya; kosong berarti tanpa bukti.",
        "keterangan": "Keadaan tindak lanjut; dikutip dalam temuan.",
        "asal": _ASAL,
        "rekap": "Banyaknya rekomendasi sebelumnya menurut keadaan; ditulis oleh `sakip tl bawa`.",
        "terbuka": "Rekomendasi sebelumnya yang masih terbuka; muncul kembali pada daftar yang baru.",
    },
    kasus.RekapEntry: {
        "per_tanggal": "Keadaan pada akhir hari ini: tahun-bulan-hari.",
        "buku": "Sidik SHA-256 entri terakhir buku tindak lanjut yang dibaca.",
        "rekomendasi": "Banyaknya rekomendasi; sama dengan jumlah kedelapan cacah di bawah.",
        "sesuai": "Diverifikasi evaluator: sesuai dengan rekomendasi.",
        "belum_sesuai": "Diverifikasi evaluator: belum sesuai, masih dalam proses.",
        "belum_ditindaklanjuti": "Diverifikasi evaluator: belum ditindaklanjuti.",
        "tidak_dapat_ditindaklanjuti": "Diverifikasi evaluator: tidak dapat ditindaklanjuti, dengan alasan yang sah.",
        "dilaporkan_berbukti": "Dilaporkan instansi dengan bukti, belum diverifikasi.",
        "dilaporkan_tanpa_bukti": "Dilaporkan instansi tanpa bukti, belum diverifikasi.",
        "belum_dilaporkan": "Ada rencana aksi atau tanggapan, belum ada laporan.",
        "tidak_ditanggapi": "Belum dijawab instansi dengan cara apa pun.",
    },
    kasus.TerbukaEntry: {
        "id": "Id rekomendasi dalam buku tindak lanjut: instansi, tahun kinerja, nomor.",
        "teks": "Kalimat rekomendasi itu.",
        "komponen": "Id komponen tempat rekomendasi berdiri, diapit tanda kutip.",
        "kriteria": "Id kriteria yang dijawabnya.",
    },
    kasus.PenilaianEntry: {
        "tanggal": "Tanggal penilaian: tahun-bulan-hari.",
        "subkomponen": "Jawaban menurut id subkomponen, misalnya \"1.a\".",
        "kriteria": "Status menurut id kriteria, misalnya \"1.a.3\".",
        "komponen": "Nilai menurut id komponen; hanya untuk rubrik yang dinilai pada komponen.",
        "rekomendasi": "Rekomendasi yang ditulis penilai sendiri.",
    },
    kasus.SubkomponenEntry: {
        "jawaban": "Jawaban pada skala rubrik, misalnya BB; kosong berarti belum dinilai.",
        "alasan": "Mengapa jawaban berbeda dari usulan, atau melampaui yang dapat diusulkan.",
        "catatan": "Kolom Catatan pada LKE.",
        "bukti": "Kolom Daftar Evidence pada LKE: id bukti.",
        "asal": _ASAL,
    },
    kasus.KriteriaEntry: {
        "status": "Status kriteria; kosong berarti belum dinilai.",
        "jawaban": "Jawaban pada skala; hanya untuk rubrik yang dinilai pada kriteria.",
        "bukti": "Id bukti yang mendasari status.",
        "catatan": "Catatan penilai.",
        "asal": _ASAL,
    },
    kasus.KomponenEntry: {
        "nilai": "Nilai dalam poin, 0 sampai bobot komponen; kosong berarti belum dinilai.",
        "catatan": "Catatan penilai.",
        "asal": _ASAL,
    },
    kasus.RekomendasiEntry: {
        "komponen": "Id komponen tempat rekomendasi ditulis, diapit tanda kutip.",
        "teks": "Kalimat rekomendasi.",
        "kriteria": "Id kriteria yang dijawab.",
        "asal": _ASAL,
    },
    kasus.TercetakEntry: {
        "sumber": "Dokumen tempat angka tercetak.",
        "digit": "Banyaknya angka desimal tercetak; bawaan 2.",
        "total": "Angka nilai akhir.",
        "bagian": "Angka tiap bagian, menurut id komponen atau subkomponen.",
    },
    kasus.CetakEntry: {
        "bobot": "Bobot seperti tercetak.",
        "nilai": "Nilai seperti tercetak.",
        "persen": "Persentase terhadap bobot bagian itu, seperti tercetak.",
        "predikat": "Predikat seperti tercetak; hanya dicocokkan pada total.",
    },
    kasus.TargetEntry: {
        "nilai": "Target nilai akhir, dalam poin.",
        "predikat": "Predikat yang tercetak di samping target.",
        "capaian": "Persentase capaian seperti tercetak, untuk dicocokkan.",
        "catatan": _CATATAN,
        "asal": _ASAL,
    },
}  # fmt: skip


def title_of(model: type[FileModel]) -> str:
    """Return the Indonesian name of a model."""
    return TITLES[model] if model in TITLES else tabel.TITLES[model]


def field_words(model: type[FileModel], name: str) -> str:
    """Return what an editor shows of the key `name` of a model."""
    return (WORDS[model] if model in WORDS else tabel.WORDS[model])[name]
