"""The first version: agencies, results, published results, recommendations, the ledger and its guards."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_APPEND_ONLY = ("ledger", "evaluasi", "evaluasi_bagian", "terbitan", "terbitan_bagian")
_GENESIS = "0" * 64


def upgrade() -> None:
    """Make everything."""
    name = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "instansi",
        sa.Column("id", name, nullable=False),
        sa.Column("nama", sa.Text),
        sa.Column("induk", sa.Text),
        sa.Column("jenis", sa.Text),
        sa.Column("klaster", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_instansi"),
    )
    op.create_table(
        "rekomendasi",
        sa.Column("id", name, nullable=False),
        sa.Column("instansi", name, nullable=False),
        sa.Column("tahun", sa.Integer, nullable=False),
        sa.Column("nomor", sa.Integer, nullable=False),
        sa.Column("komponen", sa.Text),
        sa.Column("tahap", sa.Text, nullable=False),
        sa.Column("status", sa.Text),
        sa.Column("terbuka", sa.Boolean, nullable=False),
        sa.Column("tempo", sa.Date),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("keadaan", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rekomendasi"),
        sa.ForeignKeyConstraint(["instansi"], ["instansi.id"], name="fk_rekomendasi_instansi"),
    )
    op.create_index("ix_rekomendasi_instansi_tahun_nomor", "rekomendasi", ["instansi", "tahun", "nomor"])
    op.create_index("ix_rekomendasi_status", "rekomendasi", ["status"])
    op.create_index("ix_rekomendasi_tempo", "rekomendasi", ["tempo"])
    op.create_table(
        "ledger",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False, autoincrement=False),
        sa.Column("prev", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("rekomendasi", name, nullable=False),
        sa.Column("jenis", sa.Text, nullable=False),
        sa.Column("tanggal", sa.Date, nullable=False),
        sa.Column("peristiwa", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_ledger"),
        sa.ForeignKeyConstraint(["rekomendasi"], ["rekomendasi.id"], name="fk_ledger_rekomendasi"),
    )
    op.create_index("ix_ledger_rekomendasi_seq", "ledger", ["rekomendasi", "seq"])
    kepala = op.create_table(
        "kepala",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_kepala"),
        sa.CheckConstraint("id = 1", name=op.f("ck_kepala_satu")),
    )
    _results(name)
    _published(name)
    op.bulk_insert(kepala, [{"id": 1, "seq": 0, "hash": _GENESIS}])
    if op.get_context().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _results(name: "sa.types.TypeEngine[str]") -> None:
    op.create_table(
        "evaluasi",
        sa.Column("segel", sa.Text, nullable=False),
        sa.Column("urutan", sa.Integer, nullable=False),
        sa.Column("instansi", name, nullable=False),
        sa.Column("nama_instansi", sa.Text, nullable=False),
        sa.Column("tahun_kinerja", sa.Integer, nullable=False),
        sa.Column("tahun_evaluasi", sa.Integer, nullable=False),
        sa.Column("penilai", sa.Text, nullable=False),
        sa.Column("tanggal", sa.Date),
        sa.Column("rubrik", sa.Text, nullable=False),
        sa.Column("rubrik_versi", sa.Text, nullable=False),
        sa.Column("rubrik_sha256", sa.Text, nullable=False),
        sa.Column("kasus_sha256", sa.Text, nullable=False),
        sa.Column("mesin_versi", sa.Text, nullable=False),
        sa.Column("digit", sa.Integer, nullable=False),
        sa.Column("mode", sa.Text, nullable=False),
        sa.Column("nilai", sa.Text),
        sa.Column("nilai_mikro", sa.BigInteger),
        sa.Column("predikat", sa.Text),
        sa.Column("terendah", sa.Text, nullable=False),
        sa.Column("tertinggi", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("segel", name="pk_evaluasi"),
        sa.UniqueConstraint("urutan", name="uq_evaluasi_urutan"),
        sa.ForeignKeyConstraint(["instansi"], ["instansi.id"], name="fk_evaluasi_instansi"),
    )
    op.create_index("ix_evaluasi_instansi_tahun_kinerja", "evaluasi", ["instansi", "tahun_kinerja"])
    op.create_table(
        "evaluasi_bagian",
        sa.Column("segel", sa.Text, nullable=False),
        sa.Column("urutan", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("komponen", sa.Text, nullable=False),
        sa.Column("nama", sa.Text, nullable=False),
        sa.Column("bobot", sa.Text, nullable=False),
        sa.Column("nilai", sa.Text),
        sa.Column("nilai_mikro", sa.BigInteger),
        sa.Column("persen", sa.Text),
        sa.Column("jawaban", sa.Text),
        sa.Column("predikat", sa.Text),
        sa.PrimaryKeyConstraint("segel", "urutan", name="pk_evaluasi_bagian"),
        sa.ForeignKeyConstraint(["segel"], ["evaluasi.segel"], name="fk_evaluasi_bagian_segel"),
    )


def _published(name: "sa.types.TypeEngine[str]") -> None:
    op.create_table(
        "terbitan",
        sa.Column("segel", sa.Text, nullable=False),
        sa.Column("urutan", sa.Integer, nullable=False),
        sa.Column("instansi", name, nullable=False),
        sa.Column("tahun_kinerja", sa.Integer, nullable=False),
        sa.Column("tahun_evaluasi", sa.Integer, nullable=False),
        sa.Column("rubrik", sa.Text, nullable=False),
        sa.Column("rubrik_sha256", sa.Text, nullable=False),
        sa.Column("kasus_sha256", sa.Text, nullable=False),
        sa.Column("sumber", sa.Text, nullable=False),
        sa.Column("digit", sa.Integer, nullable=False),
        sa.Column("catatan", sa.Text),
        sa.PrimaryKeyConstraint("segel", name="pk_terbitan"),
        sa.UniqueConstraint("urutan", name="uq_terbitan_urutan"),
        sa.ForeignKeyConstraint(["instansi"], ["instansi.id"], name="fk_terbitan_instansi"),
    )
    op.create_index("ix_terbitan_instansi_tahun_kinerja", "terbitan", ["instansi", "tahun_kinerja"])
    op.create_table(
        "terbitan_bagian",
        sa.Column("segel", sa.Text, nullable=False),
        sa.Column("urutan", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("cetak_bobot", sa.Text),
        sa.Column("cetak_nilai", sa.Text),
        sa.Column("cetak_persen", sa.Text),
        sa.Column("cetak_predikat", sa.Text),
        sa.Column("hitung_bobot", sa.Text),
        sa.Column("hitung_nilai", sa.Text),
        sa.Column("hitung_nilai_mikro", sa.BigInteger),
        sa.Column("hitung_persen", sa.Text),
        sa.Column("hitung_predikat", sa.Text),
        sa.PrimaryKeyConstraint("segel", "urutan", name="pk_terbitan_bagian"),
        sa.ForeignKeyConstraint(["segel"], ["terbitan.segel"], name="fk_terbitan_bagian_segel"),
    )


def _guard_sqlite() -> None:
    for table in _APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_tolak_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table}: baris tidak pernah diubah atau dihapus'); END"
            )
    # INSERT OR REPLACE deletes without asking the trigger above, unless recursive triggers are on.
    op.execute(
        "CREATE TRIGGER ledger_berurutan BEFORE INSERT ON ledger "
        "WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM ledger) "
        "BEGIN SELECT RAISE(ABORT, 'ledger: entri hanya ditambahkan di akhir'); END"
    )
    for table in _APPEND_ONLY[1:]:
        both = "AND" if table.endswith("_bagian") else "OR"
        key = f"segel = NEW.segel {both} urutan = NEW.urutan"
        op.execute(
            f"CREATE TRIGGER {table}_sekali BEFORE INSERT ON {table} "  # noqa: S608
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key}) "
            f"BEGIN SELECT RAISE(ABORT, '{table}: baris tidak pernah diganti'); END"
        )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION tolak_perubahan() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '%: baris tidak pernah diubah atau dihapus', TG_TABLE_NAME; END $$"
    )
    for table in _APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_tolak BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION tolak_perubahan()"
        )
