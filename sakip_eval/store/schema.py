"""The tables as the code uses them. What makes them, and the triggers that guard them, are the migrations.

Figures are kept twice: exactly, as the text of a fraction in lowest terms (`382/5`), and in millionths of a point
(`_mikro`, rounded half up) for sorting and for sums in SQL. What the regulation names has its Indonesian name.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

REVISION = "0001"
"""The version of the schema that this program reads and writes: the newest migration."""
KNOWN = ("0001",)
"""All versions, oldest first; a database of any other is newer than this program."""
VERSION_TABLE = "sakip_versi"

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# One order of names on both databases, whatever the locale: that of the code points.
Name = Text().with_variant(Text(collation="C"), "postgresql")

instansi = Table(
    "instansi",
    metadata,
    Column("id", Name, primary_key=True),
    Column("nama", Text),
    Column("induk", Text),
    Column("jenis", Text),
    Column("klaster", Text),
)
"""Agencies by slug; only the slug is known where nothing but recommendations came in."""

rekomendasi = Table(
    "rekomendasi",
    metadata,
    Column("id", Name, primary_key=True),
    Column("instansi", Name, ForeignKey("instansi.id"), nullable=False),
    Column("tahun", Integer, nullable=False),
    Column("nomor", Integer, nullable=False),
    Column("komponen", Text),
    Column("tahap", Text, nullable=False),
    Column("status", Text),
    Column("terbuka", Boolean, nullable=False),
    Column("tempo", Date),
    Column("seq", BigInteger, nullable=False),
    Column("keadaan", Text, nullable=False),
    Index(None, "instansi", "tahun", "nomor"),
    Index(None, "status"),
    Index(None, "tempo"),
)
"""What the events add up to, for listing: never the truth, always to be had again from the ledger.

`tempo` is the day after which it is overdue, NULL where it cannot be; `seq` its last event; `keadaan` the whole state.
"""

ledger = Table(
    "ledger",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("prev", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("rekomendasi", Name, ForeignKey("rekomendasi.id"), nullable=False),
    Column("jenis", Text, nullable=False),
    Column("tanggal", Date, nullable=False),
    Column("peristiwa", Text, nullable=False),
    Index(None, "rekomendasi", "seq"),
)
"""The events, each with the hash of all before it. `peristiwa` is the text that is hashed; the rest is read off it."""

kepala = Table(
    "kepala",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", Text, nullable=False),
    CheckConstraint("id = 1", name="satu"),
)
"""One row: the last entry of the ledger, so that a cut off end is seen. Whoever writes locks it."""

evaluasi = Table(
    "evaluasi",
    metadata,
    Column("segel", Text, primary_key=True),
    Column("urutan", Integer, nullable=False),
    Column("instansi", Name, ForeignKey("instansi.id"), nullable=False),
    Column("nama_instansi", Text, nullable=False),
    Column("tahun_kinerja", Integer, nullable=False),
    Column("tahun_evaluasi", Integer, nullable=False),
    Column("penilai", Text, nullable=False),
    Column("tanggal", Date),
    Column("rubrik", Text, nullable=False),
    Column("rubrik_versi", Text, nullable=False),
    Column("rubrik_sha256", Text, nullable=False),
    Column("kasus_sha256", Text, nullable=False),
    Column("mesin_versi", Text, nullable=False),
    Column("digit", Integer, nullable=False),
    Column("mode", Text, nullable=False),
    Column("nilai", Text),
    Column("nilai_mikro", BigInteger),
    Column("predikat", Text),
    Column("terendah", Text, nullable=False),
    Column("tertinggi", Text, nullable=False),
    UniqueConstraint("urutan"),
    Index(None, "instansi", "tahun_kinerja"),
)
"""Results as they were computed; never changed, a later one of the same year stands beside the earlier.

`segel` is the sha256 of all the rest but `urutan`, parts included, which counts in the order of saving.
"""

evaluasi_bagian = Table(
    "evaluasi_bagian",
    metadata,
    Column("segel", Text, ForeignKey("evaluasi.segel"), primary_key=True),
    Column("urutan", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("komponen", Text, nullable=False),
    Column("nama", Text, nullable=False),
    Column("bobot", Text, nullable=False),
    Column("nilai", Text),
    Column("nilai_mikro", BigInteger),
    Column("persen", Text),
    Column("jawaban", Text),
    Column("predikat", Text),
)
"""Komponen and subkomponen of a result in printed order; a komponen is its own `komponen`."""

terbitan = Table(
    "terbitan",
    metadata,
    Column("segel", Text, primary_key=True),
    Column("urutan", Integer, nullable=False),
    Column("instansi", Name, ForeignKey("instansi.id"), nullable=False),
    Column("tahun_kinerja", Integer, nullable=False),
    Column("tahun_evaluasi", Integer, nullable=False),
    Column("rubrik", Text, nullable=False),
    Column("rubrik_sha256", Text, nullable=False),
    Column("kasus_sha256", Text, nullable=False),
    Column("sumber", Text, nullable=False),
    Column("digit", Integer, nullable=False),
    Column("catatan", Text),
    UniqueConstraint("urutan"),
    Index(None, "instansi", "tahun_kinerja"),
)
"""Results that were published, as printed, with where they stand; `segel` and `urutan` as in `evaluasi`."""

terbitan_bagian = Table(
    "terbitan_bagian",
    metadata,
    Column("segel", Text, ForeignKey("terbitan.segel"), primary_key=True),
    Column("urutan", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("cetak_bobot", Text),
    Column("cetak_nilai", Text),
    Column("cetak_persen", Text),
    Column("cetak_predikat", Text),
    Column("hitung_bobot", Text),
    Column("hitung_nilai", Text),
    Column("hitung_nilai_mikro", BigInteger),
    Column("hitung_persen", Text),
    Column("hitung_predikat", Text),
)
"""Parts of a published result, `total` first: the printed figures, and beside them those that we compute."""

APPEND_ONLY = (ledger, evaluasi, evaluasi_bagian, terbitan, terbitan_bagian)
"""Tables in which the database itself refuses to change or delete a row."""
COPIED = (instansi, rekomendasi, ledger, kepala, evaluasi, evaluasi_bagian, terbitan, terbitan_bagian)
"""All tables, in an order in which what is referred to comes first."""
