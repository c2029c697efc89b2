"""Events for tests of follow-up, and the real tables of the seeds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sakip_eval.tindak_lanjut.events import (
    BukaKembali,
    DataDukung,
    Event,
    Isi,
    Lanjutkan,
    Lapor,
    Peran,
    Putusan,
    Rencana,
    Status,
    Tanggapan,
    Terbit,
    Verifikasi,
)
from sakip_eval.tindak_lanjut.state import ROLES, State, apply

ID = "kecamatan-contoh/2022/01"
NEXT = "kecamatan-contoh/2023/01"
INSPEKTORAT, CAMAT = "Inspektorat Kabupaten", "Camat Contoh"
LINK = DataDukung("Laporan hasil reviu", tautan="https://contoh.id/reviu")


def terbit(name: str = ID, teks: str = "Agar dilakukan reviu berjenjang atas laporan kinerja") -> Event:
    agency, year, _ = name.split("/")
    return Event(name, "evaluator", INSPEKTORAT, date(2023, 6, 27), Terbit(agency, int(year), teks, "3"))


def act(
    isi: Isi, name: str = ID, day: date = date(2023, 9, 1), pelaku: str = "", peran: Peran | None = None
) -> Event:
    """An act by who may do it, unless said otherwise."""
    kinds = {Terbit: "terbit", Rencana: "rencana", Lapor: "lapor", Verifikasi: "verifikasi", Tanggapan: "tanggapan",
             Putusan: "putusan", BukaKembali: "buka_kembali", Lanjutkan: "lanjutkan"}  # fmt: skip
    role = peran or ROLES[kinds[type(isi)]]
    return Event(name, role, pelaku or (INSPEKTORAT if role == "evaluator" else CAMAT), day, isi)


def rencana(selesai: date | None = date(2023, 8, 31)) -> Rencana:
    return Rencana(
        "Menyusun laporan hasil reviu", "Laporan hasil reviu", date(2023, 7, 1), selesai, None, "Sekretaris"
    )


def lapor(uraian: str = "Laporan hasil reviu ditetapkan 20 Agustus 2023", *bukti: DataDukung) -> Lapor:
    return Lapor(uraian, 100, bukti or (LINK,), None, date(2023, 8, 20))


def diverifikasi(status: Status) -> Verifikasi:
    return Verifikasi(status, "alasan yang sah")


def after(*events: Event) -> State:
    state = None
    for event in events:
        state = apply(state, event)
    assert state is not None
    return state


def states(events: Iterable[Event]) -> list[State]:
    from sakip_eval.tindak_lanjut.state import fold

    return list(fold(events).values())


# Seed 000, table 7: recommendation and follow-up, in the order printed.
TABEL_000 = (
    ("Agar dilakukan penyelarasan terhadap indikator yang belum selaras pada dokumen kinerja",
     "Telah dilakukan Penyelarasan terhadap indikator yang belum selaras pada dokumen kinerja"),
    ("Agar dilakukan evaluasi secara berkala terhadap dokumen perencanaan kinerja sehingga dapat digunakan sebagai dasar untuk penyempurnaan dan perbaikan pencapaian kinerja",
     "Telah dilakukan evaluasi secara berkala terhadap dokumen perencanaan kinerja sebagai dasar penyempurnaan dan perbaikan kinerja"),
    ("Agar dilakukan evaluasi terhadap target indikator kinerja yang masih belum sesuai dengan ketentuan yang berlaku.",
     "Telah dilakukan Evaluasi terhadap indikator kinerja sesuai dengan ketentuan yang berlaku"),
    ("Agar dilakukan monitoring secara berkala atas pencapaian target kinerja, dan dilakukan berjenjang pada unit kerja dibawahnya sehingga akan diketahui kendala-kendala dalam pencapaian target kinerja dan dibuat sebagai dasar perbaikan kinerja.",
     "Telah dilakukan monitoring target kinerja dan berjenjang sehingga mengetahui kendala-kendala dalam pencapaian target kinerja sebagai dasar perbaikan kinerja"),
    ("Agar dilakukan pemberian reward dan punishment atas hasil pencapaian target kinerja dari perjanjian kinerja yang telah disepakati, dan bila memungkinkan disampaikan pada kegiatan khusus.",
     "Membuat SK Penunjukan Pegawai Terbaik dan memberikan teguran secara tertulis kepada ASN yang tidak disiplin"),
    ("Untuk menjamin keandalan data kinerja, agar ditunjuk petugas yang menangani pengumpulan data kinerja.",
     "Membuat SK Penunjukan Petugas Pengumpulan Data Kinerja"),
    ("Agar dibuat tabel dan Analisa yang memberikan informasi atas capaian target, sehingga dapat diketahui perhitungan capaian target yang sebenarnya",
     "Membuat tabel dan analisis informasi atas capaian target untuk mengetahui perhitungan capaian target yang sebenarnya"),
    ("Agar dilakukan reviu terhadap sasaran RPJMD, yaitu pada Misi 4 : Meningkatkan kuantitas dan kualitas religiusitas dalam penyelenggaraan pemerintahan Daerah dan kehidupan masyarakat, Indikator Cakupan kinerja program aksi keagamaan dan sosial lingkup kecamatan, apakah menjadi sasaran yang diampu",
     "Telah dilakukan reviu terhadap Sasaran RPJMD pada Misi ke 4 : Meningkatkan kuantitas dan kualitas religius dalam penyelenggaraan pemerintahan daerah dan kehidupan masyarakat tidak menjadi sasaran yang diampu kecamatan"),
    ("Agar Laporan Kinerja mengungkap seluruh informasi tentang pencapaian kinerja yang sesungguhnya, hal ini untuk mengetahui adanya peningkatan/ penurunan atas capaian target",
     "Membuat Laporan Kinerja mengungkap informasi tentang pencapaian kinerja untuk mengetahui peningkatan/penurunan atas capaian target"),
    ("Agar dilakukan reviu berjenjang atas laporan kinerja yang disusun, sehingga informasi yang disajikan lebih berkualitas, menjadi perhatian pimpinan dan kepedulian seluruh pegawai",
     "Telah dilakukan reviu berjenjang atas laporan kinerja yang disusun"),
    ("Agar Evaluasi Akuntabilitas Kinerja Internal secara berkala yang merupakan bentuk pemantauan dan mengendalikan kinerja dan dibuat rencana aksi hal ini untuk perbaikan dan akan diketahui target-target yang belum tercapai dan kendala-kendala yang dihadapi dalam pencapaian target kinerja",
     "Membuat Rencana Aksi secara berkala untuk mengetahui target-target dan kendala-kendala yang dihadapi"),
    ("Agar saran hasil evaluasi APIP segera ditindaklanjuti, sehingga dapat meningkatkan akuntabilitas dan nilai hasil evaluasi yang akan datang",
     "Saran hasil evaluasi APIP sudah ditindaklanjuti"),
)  # fmt: skip

_SATU = "https://drive.google.com/file/d/1HJYCSQizZLG3K5hkUONMfFgDtsCiKejX/view?usp=sharing"
# Seed 004, table 3.10: recommendation (shortened where very long), action, printed time, link; all printed Selesai.
TABEL_004 = (
    ("Melanjutkan Proses Review Renstra untuk mendapat kesepakatan dengan Mitra Perencanaan Di Bappedalitbang yang dituangkan dalam bentuk Berita Acara Kesepakatan",
     "Akan Di Tindak Lanjuti dengan melanjutkan Proses Review Renstra dan akan segera Meminta Tanda tangan untuk kelengkapan lampiran Verifikasi Laporan Review Renstra",
     "1 Hari (Tanggal 13 Juli 2023)", date(2023, 7, 13), _SATU),
    ("Meningkatkan kualitas penyusunan perencanaan kinerja tahunan dengan menyelaraskan target target yang disusun sehingga menjadi penyebab/ memiliki hubungan kausalitas dalam terwujudnya outcome atau hasil hasil program",
     "Akan Di Tindak Lanjuti dengan melakukan perbaikan, dan peningkatkan kualitas dan penyusunan perencanaan kinerja agar target target yang disusun selaras dengan outcome program dan kegiatan",
     "Tanggal 13 Juli 2023", date(2023, 7, 13), _SATU),
    ("Melaksanakan pemantauan capaian target jangka menengah dalam Renstra dengan tahun berjalan, untuk memastikan capaian target tersebut berjalan on the track dengan menindaklanjuti rekomendasi perbaikan atas capaian target tahun berjalan.",
     "Akan Di Tindak Lanjuti dengan melakukan pemantauan Capaian Target Jangka Menengah yang ada dalam Renstra dengan menindaklanjuti perbaikan atas capaian target tahunan yang berjalan dan akan melakukan perbaikan terhadap indikator program atau kegiatan yang belum sesuai dengan sasaran",
     "Akan dilaksanakan pada evaluasi triwulan I (satu), yaitu tanggal 05 April 2023", date(2023, 4, 5),
     "https://drive.google.com/file/d/1fFeoQDZsBK0uCGVazQ3exPfaRvNXaalj/view?usp=drive_link"),
    ("Memanfaatkan dokumen perencanaan kinerja tahunan ke dalam dokumen anggaran, seperti informasi kinerja beserta indikator dan targetnya.",
     "Akan Di Tindak Lanjuti dengan memanfaatkan Dokumen Renja Tahunan dan sebagai dasar/ acuan untuk penyusunan anggaran tahun berikutnya",
     "Tanggal 13 Juli 2023", date(2023, 7, 13), _SATU),
    ("Mengembangkan bantuan teknologi dalam hal pengukuran kinerja berjenjang sehingga capaian atau progres kinerja dapat diidentifikasi secara lebih tepat dan cepat",
     "Akan Di Tindak Lanjuti dengan memanfaatkan dan menggunakan bantuan teknologi informasi dalam hal pengukuran berjenjang begitu aplikasi telah tersedia untuk perbaikan kinerja perencanaan kegiatan",
     "Jika Aplikasi Tersedia Tahun Depan Tahun 2024 Maka kami akan melaksanakannya sesuai dengan ketentuan yang ditetapkan", None, None),
)  # fmt: skip


def events_000() -> list[Event]:
    """Table 7 of seed 000 as a ledger: twelve claims without plan and proof; the thirteenth was never answered."""
    agency, events = "kecamatan-pelaihari", list[Event]()
    for number, (rekomendasi, tindakan) in enumerate(TABEL_000, start=1):
        name = f"{agency}/2022/{number:02d}"
        events += [terbit(name, rekomendasi), act(Lapor(tindakan), name, date(2024, 1, 31))]
    extra = (
        "Pada komponen Pelaporan kinerja agar dilakukan reviu secara berjenjang dengan membuat laporan hasil reviu"
    )
    return [*events, terbit(f"{agency}/2022/13", extra)]


def events_004() -> list[Event]:
    """Table 3.10 of seed 004 as a ledger, as the agency reports it on 31 January 2024: all done."""
    agency, events = "kecamatan-martapura-barat", list[Event]()
    for number, (rekomendasi, tindakan, waktu, hari, tautan) in enumerate(TABEL_004, start=1):
        name = f"{agency}/2022/{number:02d}"
        bukti = (DataDukung(tautan, tautan=tautan),) if tautan else ()
        plan = Rencana(tindakan, None, hari, hari, waktu, "Kasubbag Perencanaan Keuangan Dan Aset")
        issued = Event(name, "evaluator", INSPEKTORAT, date(2023, 3, 1), Terbit(agency, 2022, rekomendasi))
        events += [
            issued,
            act(plan, name, date(2023, 3, 15)),
            act(Lapor("Selesai", 100, bukti), name, date(2024, 1, 31)),
        ]
    return events
