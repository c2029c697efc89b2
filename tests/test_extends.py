"""`extends`: what a variant's changes make of its root."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_eval import load_rubric

HEAD = """
rubrik:
  id: contoh/unit
  extends: permenpanrb-88-2021/unit
  nama: Contoh
  penerbit: Bupati Contoh
  peraturan: Peraturan Bupati Contoh Nomor 1 Tahun 2025
  tingkat: unit
  versi: "1"
  berlaku_sejak: 2025-01-01
  diperiksa: 2026-11-21
  sumber: Lampiran
perubahan:
"""


def variant(tmp_path: Path, changes: str) -> Path:
    path = tmp_path / "contoh/unit/rubrik.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + changes, encoding="utf-8")
    return tmp_path


def test_moves_happen_at_once_so_that_two_criteria_can_swap(tmp_path: Path) -> None:
    folder = variant(
        tmp_path,
        """
  pindah:
    - {dari: "2.a.1", ke: "2.a.2", alasan: urutan cetak}
    - {dari: "2.a.2", ke: "2.a.1", no_cetak: "1", alasan: urutan cetak}
""",
    )
    root, ours = load_rubric("permenpanrb-88-2021/unit"), load_rubric("contoh/unit", [folder])
    assert ours.kriteria_by_id["2.a.1"].uraian == root.kriteria_by_id["2.a.2"].uraian
    assert ours.kriteria_by_id["2.a.2"].uraian == root.kriteria_by_id["2.a.1"].uraian
    assert [k.id for k in ours.subkomponen_by_id["2.a"].kriteria] == ["2.a.1", "2.a.2", "2.a.3"]
    assert [(c.jenis, c.dari, c.id) for c in ours.changes] == [
        ("pindah", "2.a.1", "2.a.2"),
        ("pindah", "2.a.2", "2.a.1"),
    ]


def test_remove_add_and_change(tmp_path: Path) -> None:
    folder = variant(
        tmp_path,
        """
  hapus:
    - {id: "2.a.3", alasan: digabung}
  tambah:
    - alasan: kebutuhan daerah
      kriteria:
        - id: "2.a.3"
          no_cetak: "3"
          uraian: Terdapat petugas pengelola data kinerja.
          bukti: [sop_data_kinerja]
          upaya: 1
          topik: data-kinerja
          pokok: penunjukan petugas pengelola data
          rekomendasi: Agar menunjuk petugas pengelola data kinerja dengan keputusan pimpinan unit kerja.
  ubah:
    - alasan: bobot daerah
      subkomponen:
        "2.a": {bobot: 5}
        "2.b": {bobot: 10}
      kriteria:
        "2.a.1": {upaya: 3}
""",
    )
    ours = load_rubric("contoh/unit", [folder])
    assert ours.kriteria_by_id["2.a.3"].uraian == "Terdapat petugas pengelola data kinerja."
    assert ours.kriteria_by_id["2.a.1"].upaya == 3
    assert (ours.subkomponen_by_id["2.a"].bobot, ours.subkomponen_by_id["2.b"].bobot) == (5, 10)
    assert ours.extends == "permenpanrb-88-2021/unit"
    assert ours.id == "contoh/unit"
    assert len(ours.rules) == len(load_rubric("permenpanrb-88-2021/unit").rules)


def test_a_section_can_be_stated_anew(tmp_path: Path) -> None:
    folder = variant(
        tmp_path,
        """
  ganti:
    - alasan: nilai per kriteria
      penilaian: {pada: kriteria, dengan: status, dasar: Peraturan Bupati Contoh 1/2025 Pasal 3}
      pembulatan: {digit: 3, cara: ke_bawah, tahap: total, predikat_dari: bulat, dasar: Peraturan Bupati Contoh 1/2025}
""",
    )
    ours = load_rubric("contoh/unit", [folder])
    assert (ours.pada, ours.dengan, ours.stage, ours.predikat_dari) == ("kriteria", "status", "total", "bulat")
    assert ours.rounding.digits == 3
    assert {c.id for c in ours.changes} == {"penilaian", "pembulatan"}


def test_a_variant_without_changes_is_its_root_by_another_name(tmp_path: Path) -> None:
    folder = variant(tmp_path, "  ubah: []\n")
    root, ours = load_rubric("permenpanrb-88-2021/unit"), load_rubric("contoh/unit", [folder])
    assert ours.komponen == root.komponen
    assert ours.skala == root.skala
    assert ours.sha256 != root.sha256


def test_own_rules_join_those_of_the_root(tmp_path: Path) -> None:
    folder = variant(tmp_path, "  ubah: []\n")
    (tmp_path / "contoh/unit/aturan-daerah.yaml").write_text(
        """
aturan:
  - id: pedoman-wajib
    jenis: temuan
    bila:
      - {sebut: k, fakta: kriteria, syarat: {kriteria: "1.a.1", status: tidak}}
    temuan:
      kode: PEDOMAN-WAJIB
      tingkat: perhatian
      subjek: "{k.kriteria}"
      pesan: Pedoman perencanaan wajib menurut peraturan bupati
      cara: Tetapkan pedoman
    dasar: Peraturan Bupati Contoh 1/2025 Pasal 9
""",
        encoding="utf-8",
    )
    ours = load_rubric("contoh/unit", [folder])
    assert ours.rules[-1].id == "pedoman-wajib"
    assert len(ours.rules) == len(load_rubric("permenpanrb-88-2021/unit").rules) + 1


def test_the_same_content_has_the_same_hash_whatever_its_layout(tmp_path: Path) -> None:
    first = variant(tmp_path / "a", "  ubah: []\n")
    second = variant(tmp_path / "b", "  # komentar\n\n  ubah:   []\n")
    assert load_rubric("contoh/unit", [first]).sha256 == load_rubric("contoh/unit", [second]).sha256


@pytest.mark.parametrize("name", ["permenpanrb-88-2021/unit", "tanah-laut-68-2022/unit"])
def test_a_rubric_is_found_by_id_by_file_and_by_folder(name: str) -> None:
    from tests.conftest import ROOT

    by_id = load_rubric(name)
    assert load_rubric(ROOT / "rubrics" / name / "rubrik.yaml").sha256 == by_id.sha256
    assert load_rubric(str(ROOT / "rubrics" / name)).sha256 == by_id.sha256
