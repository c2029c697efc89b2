"""`sakip rubrik lint`: every L code at its line, errors of loading beside it, nothing where nothing is wrong."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from sakip_eval.problems import Problem
from sakip_eval.rubric.compile_rules import Names
from sakip_eval.rubric.lint import lint
from sakip_eval.rubric.lint_figures import usable
from sakip_eval.rubric.lint_reach import Scope
from sakip_eval.rubric.lint_rules import never
from sakip_eval.rubric.lint_yaml import misreading
from sakip_eval.rubric.read import read_rubric
from sakip_eval.rubric.rules import Constraint, MakaUsulan, Pattern, Rule
from tests.conftest import ROOT
from tests.helpers.files import SHIPPED, changed, spot

TINY = """\
rubrik:
  id: lokal/kecil
  nama: Rubrik kecil
  penerbit: Bupati Contoh
  peraturan: Peraturan Bupati Contoh Nomor 1 Tahun 2025
  tingkat: unit
  versi: "1"
  berlaku_sejak: 2025-01-01
  diperiksa: 2026-01-01
  sumber: Salinan resmi
penilaian: {pada: subkomponen, dengan: jawaban, dasar: Perbup 1/2025 Pasal 3}
pembulatan:
  digit: 2
  cara: setengah_ke_atas
  tahap: cetak
  predikat_dari: tepat
  dasar: Perbup 1/2025 Pasal 4
skala:
  - {jawaban: A, poin: 100, pemenuhan: {dari: 100, sampai: 100}, uraian: seluruhnya, dasar: Perbup 1/2025 Pasal 5}
  - {jawaban: B, poin: 50, pemenuhan: {lebih_dari: 0, kurang_dari: 100}, uraian: sebagian, dasar: Perbup 1/2025 Pasal 6}
  - {jawaban: E, poin: 0, pemenuhan: {dari: 0, sampai: 0}, uraian: tidak ada, dasar: Perbup 1/2025 Pasal 7}
status:
  terpenuhi: {nilai: 1}
  sebagian: {nilai: 0.5}
  tidak: {nilai: 0}
  tidak_berlaku: {dihitung: tidak}
dasar_status: Kebijakan rubrik; Perbup tidak mengaturnya
predikat:
  - {predikat: A, lebih_dari: 50, sampai: 100, sebutan: Baik, dasar: Perbup 1/2025 Pasal 8}
  - {predikat: B, lebih_dari: 0, sampai: 50, sebutan: Kurang, dasar: Perbup 1/2025 Pasal 9}
jenis_bukti:
  renstra: Rencana Strategis
  lkjip: Laporan Kinerja
topik:
  perencanaan: {komponen: "1", teks: Agar melengkapi dokumen perencanaan}
  pelaporan: {komponen: "1", teks: Agar menertibkan laporan kinerja}
komponen:
  - id: "1"
    nama: Kinerja
    bobot: 100
    dasar: Perbup 1/2025 Pasal 10
    subkomponen:
      - id: "1.a"
        nama: Dokumen
        dimensi: keberadaan
        bobot: 40
        dasar: Perbup 1/2025 Pasal 11
        kriteria:
          - id: "1.a.1"
            no_cetak: "1"
            uraian: Ada Renstra
            bukti: [renstra]
            uji: ada
            upaya: 1
            topik: perencanaan
            pokok: penyusunan Renstra
            rekomendasi: Agar menyusun Renstra yang memuat sasaran dan indikator.
          - id: "1.a.2"
            no_cetak: "2"
            uraian: Renstra selaras
            bukti: [renstra]
            upaya: 1
            topik: perencanaan
            pokok: penyelarasan Renstra
            rekomendasi: Agar menyelaraskan Renstra dengan RPJMD pada setiap sasaran.
      - id: "1.b"
        nama: Laporan
        dimensi: kualitas
        bobot: 60
        dasar: Perbup 1/2025 Pasal 12
        kriteria:
          - id: "1.b.1"
            no_cetak: "1"
            uraian: Ada laporan
            bukti: [lkjip]
            upaya: 1
            topik: pelaporan
            pokok: penyusunan laporan
            rekomendasi: Agar menetapkan Laporan Kinerja sebelum tenggatnya.
          - id: "1.b.2"
            no_cetak: "2"
            uraian: Laporan dipakai
            bukti: [lkjip]
            upaya: 2
            topik: pelaporan
            pokok: pemanfaatan laporan
            rekomendasi: Agar menggunakan Laporan Kinerja dalam penyusunan rencana tahun berikutnya.
"""

RULES = """\
aturan:
  - id: ada
    jenis: usulan
    bila:
      - {sebut: k, fakta: kriteria, syarat: {uji: ada, cocok: {minimal: 1}}}
    usulan: {untuk: k, status: terpenuhi, alasan: ada buktinya}
    dasar: Perbup 1/2025 Pasal 20
    contoh: Renstra diserahkan.
  - id: tiada
    jenis: usulan
    bila:
      - {sebut: k, fakta: kriteria, syarat: {uji: ada, cocok: 0}}
    usulan: {untuk: k, status: tidak, alasan: tidak ada buktinya}
    dasar: Perbup 1/2025 Pasal 20
    contoh: Renstra tidak diserahkan.
  - id: tanpa-bukti
    jenis: temuan
    bila:
      - {sebut: s, fakta: subkomponen, syarat: {dimensi: kualitas, peringkat: {minimal: B}, bukti: 0}}
    temuan:
      kode: TANPA-BUKTI
      tingkat: kekurangan
      subjek: "{s.subkomponen}"
      pesan: "{s.subkomponen} dijawab {s.jawaban} tanpa bukti"
      cara: Sebutkan buktinya
    dasar: Perbup 1/2025 Pasal 21
    contoh: 1.b dijawab B tanpa bukti.
  - id: belum-terpenuhi
    jenis: rekomendasi
    bila:
      - {sebut: k, fakta: kriteria, syarat: {status: tidak}}
    rekomendasi: {dari: k}
    dasar: Perbup 1/2025 Pasal 22
    contoh: 1.a.1 tidak terpenuhi.
  - id: minta-bukti
    jenis: rekomendasi
    bila:
      - {sebut: t, fakta: temuan, syarat: {kode: TANPA-BUKTI}}
    rekomendasi: {komponen: "1", teks: Agar menyajikan bukti atas setiap jawaban.}
    dasar: Perbup 1/2025 Pasal 23
    contoh: Bukti 1.b tidak disebut.
"""

VARIANT = """\
rubrik:
  id: lokal/turunan
  extends: lokal/kecil
  nama: Turunan
  penerbit: Camat Contoh
  peraturan: Keputusan Camat Contoh Nomor 2
  tingkat: unit
  versi: "1"
  berlaku_sejak: 2025-01-01
  diperiksa: 2026-01-01
  sumber: Lembar kerja
"""

SECOND_A = '          - id: "1.a.2"\n            no_cetak: "2"\n'
FIRST_B = '          - id: "1.b.1"\n            no_cetak: "1"\n'
AGAR = "            rekomendasi: Agar menyusun Renstra yang memuat sasaran dan indikator.\n"
LONG = " ".join(["kata"] * 60)

Pairs = tuple[tuple[str, str], ...]


class Desk:
    """A folder with the tiny rubric and its rules, changed in places."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts: dict[str, str] = {}

    def write(self, name: str, text: str) -> None:
        path = self.folder / "lokal" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.texts[name] = text

    def tiny(self, rubric: Pairs = (), rules: Pairs = ()) -> None:
        self.write("kecil/rubrik.yaml", changed(TINY, *rubric))
        self.write("kecil/aturan.yaml", changed(RULES, *rules))

    def variant(self, rest: str) -> None:
        self.tiny()
        self.write("turunan/rubrik.yaml", VARIANT + rest)

    def lint(self, name: str = "lokal/kecil", per_tanggal: date | None = None) -> list[Problem]:
        return lint(read_rubric(name, [self.folder]), per_tanggal)

    def said(self, problems: list[Problem]) -> list[tuple[str, str, str, int, int]]:
        """Code, severity, file, line and column of each problem."""
        folder = self.folder / "lokal"
        return [
            (p.kode, p.tingkat, str(Path(p.lokasi.path).relative_to(folder)), p.lokasi.line, p.lokasi.col)
            for p in problems
        ]

    def assert_only(self, problems: list[Problem], kode: str, file: str, context: str, *words: str) -> None:
        """One problem of this code, at the place of `context` (after `>>`, where it is given) in `file`."""
        assert [p.kode for p in problems] == [kode], "\n".join(map(str, problems))
        before, mark, inside = context.rpartition(">>")
        place = spot(self.texts[file], before + inside, inside if mark else "")
        tingkat = "galat" if kode == "L701" else "peringatan"
        assert self.said(problems) == [(kode, tingkat, file, *place)]
        for word in words:
            assert word in str(problems[0]), f"{word!r} not in: {problems[0]}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# ---- Nothing wrong ---------------------------------------------------------------------------------------------


def test_a_good_rubric_has_no_findings(desk: Desk) -> None:
    desk.tiny()
    assert desk.lint() == []


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_rubrics_have_no_findings(name: str) -> None:
    assert list(map(str, lint(read_rubric(name)))) == []


def test_a_good_variant_has_no_findings(desk: Desk) -> None:
    desk.variant(
        "perubahan:\n  ubah:\n    - alasan: Lembar.\n      dasar: Kepcam 2/2025\n"
        "      subkomponen:\n        1.a: {bobot: 50}\n        1.b: {bobot: 50}\n"
    )
    assert desk.lint("lokal/turunan") == []


# ---- One mistake, one finding ----------------------------------------------------------------------------------

RUBRIC: dict[str, tuple[str, Pairs, str, tuple[str, ...]]] = {
    "L701 weight": ("L701", (("Perbup 1/2025 Pasal 11", "TODO cari"),), "dasar: >>TODO cari", ("`TODO cari`",)),
    "L701 step": ("L701", (("Perbup 1/2025 Pasal 6", '"-"'),), 'dasar: >>"-"', ("tidak menunjuk pasal",)),
    "L701 band": ("L701", (("Perbup 1/2025 Pasal 9", "Perbup"),), "dasar: >>Perbup}", ("`Perbup`",)),
    "L701 status": (
        "L701",
        (("dasar_status: Kebijakan rubrik; Perbup tidak mengaturnya\n", ""),),
        "status:\n  terpenuhi",
        ("Arti status kriteria tidak disertai dasar", "dasar_status"),
    ),
    "L703 other word": (
        "L703",
        (("Agar menyusun Renstra yang", "Segera menyusun Renstra yang"),),
        "rekomendasi: >>Segera",
        ("kriteria 1.a.1", "`Segera menyusun Renstra`", "`Agar` dan kata kerja"),
    ),
    "L703 capital verb": ("L703", (("Agar menetapkan", "Agar Menetapkan"),), "rekomendasi: >>Agar Menet", ("1.b.1",)),
    "L703 no verb": ("L703", (("Agar menetapkan", "Agar berkas"),), "rekomendasi: >>Agar berkas", ("1.b.1",)),
    "L703 topic": (
        "L703",
        (("Agar melengkapi dokumen", "Dokumen"),),
        "teks: >>Dokumen",
        ("Awal kalimat topik `perencanaan`",),
    ),
    "L704 long": (
        "L704",
        (("memuat sasaran dan indikator.", LONG + "."),),
        "rekomendasi: >>Agar menyusun Renstra",
        ("terdiri atas 64 kata", "paling banyak 60"),
    ),
    "L704 no stop": (
        "L704",
        (("pada setiap sasaran.", "pada setiap sasaran"),),
        "rekomendasi: >>Agar menyelaraskan",
        ("1.a.2", "tidak diakhiri titik"),
    ),
    "L704 two sentences": (
        "L704",
        (("dengan RPJMD pada", "dengan RPJMD. Caranya pada"),),
        "rekomendasi: >>Agar menyelaraskan",
        ("lebih dari satu kalimat",),
    ),
    "L704 topic": (
        "L704",
        (("menertibkan laporan kinerja}", "menertibkan laporan kinerja.}"),),
        "teks: >>Agar menertibkan",
        ("topik `pelaporan`", "Hapus tanda bacanya"),
    ),
    "L705": (
        "L705",
        (
            (
                "Agar menyelaraskan Renstra dengan RPJMD pada setiap sasaran.",
                "Agar menyusun renstra, yang memuat sasaran dan Indikator.",
            ),
        ),
        "rekomendasi: >>Agar menyusun renstra,",
        ("kriteria 1.a.2 sama bunyinya dengan rekomendasi kriteria 1.a.1",),
    ),
    "L706": (
        "L706",
        (("topik:\n", 'topik:\n  tak-dipakai: {komponen: "1", teks: Agar menata arsip}\n'),),
        "tak-dipakai",
        ("Topik `tak-dipakai` tidak dipakai kriteria mana pun",),
    ),
    "L707": (
        "L707",
        (("jenis_bukti:\n", "jenis_bukti:\n  skp: Sasaran Kinerja Pegawai\n"),),
        "skp",
        ("Jenis bukti `skp` tidak dipakai",),
    ),
    "L712 float id": ("L712", (('versi: "1"', "versi: 1.10"),), "versi: >>1.10", ("`1.10`", "angka pecahan")),
    "L712 whole number": (
        "L712",
        ((FIRST_B, FIRST_B.replace('"1"\n', "1\n")),),
        "no_cetak: >>1\n",
        ("bilangan", '"1"'),
    ),
    "L712 truth": ("L712", (("nama: Kinerja", "nama: NO"),), "nama: >>NO", ("nilai salah", 'Beri tanda kutip: "NO"')),
    "L712 sixties": ("L712", (("uraian: Ada laporan", "uraian: 1:30"),), "uraian: >>1:30", ("basis enam puluh",)),
    "L712 octal": ("L712", ((SECOND_A, SECOND_A.replace('"2"', "010")),), "no_cetak: >>010", ("oktal",)),
    "L712 date": ("L712", (("nama: Laporan\n", "nama: 2025-01-31\n"),), "nama: >>2025-01-31", ("tanggal",)),
    "L712 null": (
        "L712",
        (("  sumber: Salinan resmi\n", "  sumber: Salinan resmi\n  catatan: null\n"),),
        "catatan: >>null",
        ("Isi `catatan` tanpa tanda kutip dibaca", "kosong"),
    ),
    "L713": (
        "L713",
        ((SECOND_A, SECOND_A.replace('"2"', '"1"')),),
        'id: "1.a.2"\n            no_cetak: >>"1"',
        ("Kriteria 1.a.2 bernomor cetak 1, sama dengan 1.a.1", "catatan"),
    ),
    "L714": (
        "L714",
        ((SECOND_A, SECOND_A.replace("1.a.2", "1.a.3")),),
        '"1.a.3"',
        ("Kriteria 1.a.3 berada di urutan ke-2 dalam 1.a", "1.a.2 tidak ada"),
    ),
}


@pytest.mark.parametrize(("kode", "pairs", "context", "words"), RUBRIC.values(), ids=RUBRIC)
def test_one_mistake_in_a_rubric_is_one_finding(
    desk: Desk, kode: str, pairs: Pairs, context: str, words: tuple[str, ...]
) -> None:
    desk.tiny(pairs)
    desk.assert_only(desk.lint(), kode, "kecil/rubrik.yaml", context, *words)


def test_an_id_that_is_not_the_folder_is_said_once(desk: Desk) -> None:
    desk.tiny((("id: lokal/kecil", "id: lokal/besar"),))
    found = desk.lint(str(desk.folder / "lokal/kecil/rubrik.yaml"))
    words = ("Rubrik ber-id `lokal/besar`", "folder `lokal/kecil`")
    desk.assert_only(found, "L715", "kecil/rubrik.yaml", "lokal/besar", *words)
    # Looked up by its folder, it is refused: that is enough.
    assert [p.kode for p in desk.lint()] == ["R411"]


def test_a_draft_under_another_file_name_may_have_any_id(desk: Desk) -> None:
    desk.tiny()
    desk.write("kecil/draf.yaml", changed(TINY, ("id: lokal/kecil", "id: lokal/besar")))
    assert desk.lint(str(desk.folder / "lokal/kecil/draf.yaml")) == []


def test_of_two_equal_numbers_the_later_needs_the_note(desk: Desk) -> None:
    noted = (
        "            uraian: Ada Renstra\n",
        "            uraian: Ada Renstra\n            catatan: Tercetak dua kali.\n",
    )
    again = (SECOND_A, SECOND_A.replace('"2"', '"1"'))
    desk.tiny((noted, again))
    desk.assert_only(desk.lint(), "L713", "kecil/rubrik.yaml", 'id: "1.a.2"\n            no_cetak: >>"1"', "1.a.2")
    desk.tiny(
        (again, ("uraian: Renstra selaras\n", "uraian: Renstra selaras\n            catatan: Tercetak dua kali.\n"))
    )
    assert desk.lint() == []


ADA = "  - id: ada\n"
USULAN = """\
  - id: lagi
    jenis: usulan
    bila:
      - {sebut: k, fakta: kriteria, syarat: SYARAT}
    usulan: {untuk: k, status: sebagian, alasan: sekadar contoh}
    dasar: Perbup 1/2025 Pasal 24
    contoh: Contoh.
"""


def usulan(syarat: str) -> Pairs:
    """One more rule, before the others."""
    return ((ADA, USULAN.replace("SYARAT", syarat) + ADA),)


def temuan(bila: str, tingkat: str = "perhatian", kode: str = "LAIN") -> Pairs:
    """One more finding, before the others; `bila` is a list in flow style."""
    text = (
        f"  - id: lagi\n    jenis: temuan\n    bila: {bila}\n"
        f"    temuan: {{kode: {kode}, tingkat: {tingkat}, subjek: total, pesan: ada, cara: perbaiki}}\n"
        "    dasar: Perbup 1/2025 Pasal 24\n    contoh: Contoh.\n"
    )
    return ((ADA, text + ADA),)


ONCE = "{sebut: x, fakta: kasus, tidak_ada: ya, syarat: {penilai: mandiri}}"
OTHER = "{sebut: x, fakta: kriteria, syarat: {status: tidak, SYARAT}}"
NEVER = "{sebut: x, fakta: kriteria, tidak_ada: ya, syarat: {status: tidak, SYARAT}}"
SAME_SUB = "subkomponen: {sama_dengan: k.subkomponen}"


def two_proposals(first: str, second: str) -> Pairs:
    """Two rules on one criterion with different statuses, each with one more condition."""
    rules = ""
    for name, status, more in (("satu", "sebagian", first), ("dua", "tidak", second)):
        bila = "[{sebut: k, fakta: kriteria, syarat: {kriteria: 1.b.1}}" + (f", {more}]" if more else "]")
        rules += (
            f"  - id: {name}\n    jenis: usulan\n    bila: {bila}\n"
            f"    usulan: {{untuk: k, status: {status}, alasan: sekadar contoh}}\n"
            "    dasar: Perbup 1/2025 Pasal 24\n    contoh: Contoh.\n"
        )
    return ((ADA, rules + ADA),)


@pytest.mark.parametrize(
    ("first", "second", "contradict"),
    [
        ("", "", True),
        (ONCE, "", True),
        (ONCE, ONCE, True),
        (ONCE, ONCE.replace("mandiri", "evaluator"), False),
        (OTHER.replace("SYARAT", SAME_SUB), OTHER.replace("SYARAT", SAME_SUB), True),
        (OTHER.replace("SYARAT", SAME_SUB), OTHER.replace(", SYARAT", ""), True),
        (OTHER.replace("SYARAT", SAME_SUB), OTHER.replace("SYARAT", SAME_SUB.replace("sub", "")), False),
        (NEVER.replace("SYARAT", SAME_SUB), NEVER.replace("SYARAT", SAME_SUB.replace("sub", "")), False),
        (NEVER.replace("SYARAT", SAME_SUB), NEVER.replace(", SYARAT", ""), True),
    ],
    ids=[
        "alone",
        "forbids-more",
        "forbid-same",
        "forbid-other",
        "same-join",
        "join",
        "joins",
        "absent-joins",
        "absent-join",
    ],
)
def test_rules_contradict_where_one_fires_whenever_the_other_does(
    desk: Desk, first: str, second: str, contradict: bool
) -> None:
    desk.tiny(rules=two_proposals(first, second))
    assert [p.kode for p in desk.lint()] == (["L710"] if contradict else [])


JOINED = (
    "[{sebut: s, fakta: subkomponen, syarat: {subkomponen: 1.b}}, "
    "{sebut: k, fakta: kriteria, syarat: {subkomponen: {sama_dengan: s.subkomponen}, kriteria: 1.a.1}}]"
)
FORBIDDEN = (
    "[{sebut: k, fakta: kriteria, syarat: {status: terpenuhi}}, "
    "{sebut: x, fakta: kriteria, tidak_ada: ya, syarat: {kriteria: {sama_dengan: k.kriteria}, status: {bukan: tidak}}}]"
)

UNEQUAL = (
    "[{sebut: a, fakta: kriteria, syarat: {status: terpenuhi}}, "
    "{sebut: b, fakta: kriteria, syarat: {status: {bukan: terpenuhi, sama_dengan: a.status}}}]"
)

RULE_FILE: dict[str, tuple[str, Pairs, str, tuple[str, ...]]] = {
    "L701": ("L701", (("Perbup 1/2025 Pasal 21", "'?'"),), "dasar: >>'?'", ("`?`",)),
    "L703": (
        "L703",
        (("Agar menyajikan bukti", "Agar bukti"),),
        "teks: >>Agar bukti",
        ("Rekomendasi aturan `minta-bukti`",),
    ),
    "L704": (
        "L704",
        (("setiap jawaban.}", "setiap jawaban}"),),
        "teks: >>Agar menyajikan",
        ("tidak diakhiri titik",),
    ),
    "L705": (
        "L705",
        (("Agar menyajikan bukti atas setiap jawaban.", "Agar menetapkan laporan kinerja sebelum tenggatnya."),),
        "teks: >>Agar menetapkan",
        ("aturan `minta-bukti` sama bunyinya dengan rekomendasi kriteria 1.b.1",),
    ),
    "L708 test never used": ("L708", usulan("{uji: berkala}"), "id: >>lagi", ("tidak ada kriteria", "uji `berkala`")),
    "L708 dimension nobody has": (
        "L708",
        temuan("[{sebut: s, fakta: subkomponen, syarat: {dimensi: pemanfaatan}}]"),
        "id: >>lagi",
        ("dimensi `pemanfaatan`",),
    ),
    "L708 fields of two criteria": (
        "L708",
        usulan("{kriteria: 1.a.2, uji: ada}"),
        "id: >>lagi",
        ("kriteria `1.a.2` dan uji `ada`",),
    ),
    "L708 crossed bounds": (
        "L708",
        usulan("{cocok: {minimal: 3, maksimal: 2}}"),
        "id: >>lagi",
        ("tidak akan pernah berlaku", "cocok minimal `3` dan cocok maksimal `2`"),
    ),
    "L708 crossed answers": (
        "L708",
        temuan("[{sebut: s, fakta: subkomponen, syarat: {peringkat: {minimal: A, maksimal: B}}}]"),
        "id: >>lagi",
        ("peringkat minimal `A` dan peringkat maksimal `B`",),
    ),
    "L708 answer against rank": (
        "L708",
        temuan("[{sebut: s, fakta: subkomponen, syarat: {jawaban: E, peringkat: {minimal: B}}}]"),
        "id: >>lagi",
        ("jawaban `E` dan peringkat minimal `B`",),
    ),
    "L708 equal and not equal": (
        "L708",
        usulan("{status: {salah_satu: [tidak], bukan: tidak}}"),
        "id: >>lagi",
        ("status bukan `tidak` dan status salah satu dari `tidak`",),
    ),
    "L708 join": ("L708", temuan(JOINED), "id: >>lagi", ("tidak pernah ada bersama",)),
    "L708 join of two statuses": ("L708", temuan(UNEQUAL), "id: >>lagi", ("tidak pernah ada bersama",)),
    "L708 forbids what it needs": ("L708", temuan(FORBIDDEN), "id: >>lagi", ("setiap `k` sendiri", "`x`")),
    "L708 finding": (
        "L708",
        (("{kode: TANPA-BUKTI}", "{kode: TANPA-BUKT}"),),
        "id: >>minta-bukti",
        ("kode `TANPA-BUKT`",),
    ),
    "L708 one of several findings": (
        "L708",
        (("{kode: TANPA-BUKTI}", "{kode: {salah_satu: [TANPA-BUKTI, TANPA-BUKT]}}"),),
        "id: >>minta-bukti",
        ("menunggu temuan `TANPA-BUKT`",),
    ),
    "L710 same tests": (
        "L710",
        usulan("{cocok: {salah_satu: [0]}, uji: ada}"),
        "id: >>tiada",
        (
            "`tiada` bertentangan dengan `lagi`",
            "syarat keduanya sama",
            "`lagi` mengusulkan sebagian dan `tiada` mengusulkan tidak",
        ),
    ),
    "L710 implied": (
        "L710",
        usulan("{kriteria: 1.a.1, cocok: {minimal: 2}}"),
        "id: >>ada",
        ("`ada` bertentangan dengan `lagi`", "setiap kali `lagi` berlaku, `ada` juga berlaku"),
    ),
    "L710 severity": (
        "L710",
        temuan("[{sebut: s, fakta: kasus}]", kode="TANPA-BUKTI"),
        "id: >>tanpa-bukti",
        ("`tanpa-bukti` bertentangan dengan `lagi`", "perhatian pada `lagi` dan kekurangan pada `tanpa-bukti`"),
    ),
    "L711": (
        "L711",
        (("    contoh: Bukti 1.b tidak disebut.\n", ""),),
        "id: >>minta-bukti",
        ("tidak disertai contoh",),
    ),
    "L712 text field of a fact": (
        "L712",
        usulan("{komponen: 1, cocok: 7, status: belum}"),
        "komponen: >>1, cocok",
        ("Isi `komponen` `1`",),
    ),
    "L712 alias": (
        "L712",
        temuan("[{sebut: y, fakta: kasus, syarat: {tindak_lanjut: belum}}]"),
        "sebut: >>y",
        ("nilai benar",),
    ),
}


@pytest.mark.parametrize(("kode", "pairs", "context", "words"), RULE_FILE.values(), ids=RULE_FILE)
def test_one_mistake_in_a_rule_file_is_one_finding(
    desk: Desk, kode: str, pairs: Pairs, context: str, words: tuple[str, ...]
) -> None:
    desk.tiny(rules=pairs)
    desk.assert_only(desk.lint(), kode, "kecil/aturan.yaml", context, *words)


BEYOND = (
    ("status:\n  terp", "melampaui: {sesudah: B, butuh: [alasan], dasar: Perbup 1/2025 Pasal 7}\nstatus:\n  terp"),
    ("{lebih_dari: 0, kurang_dari: 100}", "{lebih_dari: 0, sampai: 100}"),
)


@pytest.mark.parametrize(("answer", "codes"), [("A", []), ("B", ["L708"])])
def test_only_answers_beyond_the_percentage_go_beyond_it(desk: Desk, answer: str, codes: list[str]) -> None:
    bila = f"[{{sebut: s, fakta: subkomponen, syarat: {{melampaui: ya, jawaban: {answer}}}}}]"
    desk.tiny(BEYOND, temuan(bila))
    assert [p.kode for p in desk.lint()] == codes


def test_a_rule_too_large_to_judge_may_fire(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.tiny(rules=temuan(JOINED))
    assert [p.kode for p in desk.lint()] == ["L708"]
    monkeypatch.setattr("sakip_eval.rubric.lint_reach.MAX_STEPS", 0)
    assert desk.lint() == []


# ---- Age of the verification -----------------------------------------------------------------------------------


def test_a_verification_is_stale_after_365_days_and_only_where_a_day_is_given(desk: Desk) -> None:
    desk.tiny()
    assert desk.lint(per_tanggal=date(2027, 1, 1)) == []
    problems = desk.lint(per_tanggal=date(2027, 1, 2))
    desk.assert_only(problems, "L702", "kecil/rubrik.yaml", "diperiksa: >>2026-01-01", "366 hari sebelum 2027-01-02")
    assert desk.lint() == []


# ---- Recommendations that no rule gives ------------------------------------------------------------------------


def test_criteria_that_no_rule_recommends_are_named_one_by_one(desk: Desk) -> None:
    desk.tiny(rules=(("{status: tidak}", "{status: tidak, subkomponen: 1.a}"),))
    problems = desk.lint()
    text = desk.texts["kecil/rubrik.yaml"]
    place = "kecil/rubrik.yaml"
    assert desk.said(problems) == [
        ("L709", "peringatan", place, *spot(text, '"1.b.1"')),
        ("L709", "peringatan", place, *spot(text, '"1.b.2"')),
    ]
    assert "bagi kriteria 1.b.1" in problems[0].apa


def test_a_rubric_without_a_rule_that_recommends_is_one_finding(desk: Desk) -> None:
    own = "    rekomendasi: {dari: k}\n"
    desk.tiny(rules=((own, '    rekomendasi: {komponen: "1", teks: Agar menata arsip dokumen.}\n'),))
    desk.assert_only(desk.lint(), "L709", "kecil/rubrik.yaml", "rubrik:\n", "satu pun dari 4 kriteria", "aturan_dari")


def test_a_rule_that_never_fires_recommends_nothing(desk: Desk) -> None:
    desk.tiny(rules=(("{status: tidak}", "{status: tidak, cocok: {minimal: 2, maksimal: 1}}"),))
    assert sorted({p.kode for p in desk.lint()}) == ["L708", "L709"]


# ---- Variants --------------------------------------------------------------------------------------------------

NOTHING: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "same value": (
        "perubahan:\n  ubah:\n    - alasan: Lembar.\n      kriteria:\n        1.a.1: {uraian: Ada Renstra}\n",
        "uraian: Ada",
        ("`ubah` memberi 1.a.1 `uraian` yang sudah dimilikinya",),
    ),
    "same value after an earlier change": (
        "perubahan:\n  ubah:\n    - alasan: Lembar.\n      kriteria: {1.a.1: {uraian: Lain}}\n"
        "    - alasan: Lagi.\n      kriteria: {1.a.1: {uraian: 'Lain'}}\n",
        "uraian: 'Lain'",
        ("1.a.1",),
    ),
    "no value": (
        "perubahan:\n  ubah:\n    - alasan: Lembar.\n      subkomponen: {1.a: {}}\n",
        "1.a: {}",
        ("tidak menyebut satu isi pun",),
    ),
    "no section": ("perubahan:\n  ganti:\n    - alasan: Lembar.\n", "alasan: Lembar.", ("satu bagian pun",)),
    "no target": ("perubahan:\n  ubah:\n    - alasan: Lembar.\n", "alasan: Lembar.", ("satu bagian pun",)),
    "moved nowhere": (
        "perubahan:\n  pindah:\n    - {dari: 1.a.1, ke: 1.a.1, alasan: Lembar.}\n",
        "ke: >>1.a.1, alasan",
        ("memindahkan 1.a.1 ke tempatnya sendiri",),
    ),
    "section stated again": (
        "perubahan:\n  ganti:\n    - alasan: Lembar.\n      penilaian: {pada: subkomponen, dengan: jawaban, "
        "dasar: Perbup 1/2025 Pasal 3}\n",
        "penilaian: {pada",
        ("`ganti` menyatakan `penilaian` sama",),
    ),
    "name defined again": (
        "jenis_bukti: {renstra: Rencana Strategis}\nperubahan: {}\n",
        "renstra: Rencana",
        ("`jenis_bukti` menulis ulang `renstra`",),
    ),
}


@pytest.mark.parametrize(("text", "context", "words"), NOTHING.values(), ids=NOTHING)
def test_a_change_that_changes_nothing_is_named(desk: Desk, text: str, context: str, words: tuple[str, ...]) -> None:
    desk.variant(text)
    desk.assert_only(desk.lint("lokal/turunan"), "L716", "turunan/rubrik.yaml", context, *words)


CHANGED: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "L701 weight": (
        "L701",
        "perubahan:\n  ubah:\n    - alasan: Lembar.\n      subkomponen:\n        1.a: {bobot: 50}\n"
        "        1.b: {bobot: 50, dasar: Kepcam 2/2025}\n",
        "1.a: {>>bobot: 50",
        ("Bobot 1.a yang diubah tidak disertai dasar",),
    ),
    "L701 status": (
        "L701",
        "perubahan:\n  ganti:\n    - alasan: Lembar.\n      status: {terpenuhi: {nilai: 1}, sebagian: {nilai: 0.4}, "
        "tidak: {nilai: 0}, tidak_berlaku: {dihitung: tidak}}\n",
        "status: {terpenuhi",
        ("tidak disertai dasar",),
    ),
    "L703 changed": (
        "L703",
        "perubahan:\n  ubah:\n    - alasan: Lembar.\n      kriteria: {1.a.1: {rekomendasi: Susun Renstra.}}\n",
        "rekomendasi: >>Susun",
        ("kriteria 1.a.1",),
    ),
    "L705 as the root": (
        "L705",
        "perubahan:\n  ubah:\n    - alasan: Lembar.\n      kriteria: {1.a.1: {rekomendasi: Agar menetapkan "
        "laporan kinerja sebelum tenggatnya.}}\n",
        "rekomendasi: >>Agar menetapkan",
        ("kriteria 1.a.1 sama bunyinya dengan rekomendasi kriteria 1.b.1",),
    ),
    "L706": (
        "L706",
        'topik: {arsip: {komponen: "1", teks: Agar menata arsip}}\nperubahan: {}\n',
        "arsip: {",
        ("`arsip`",),
    ),
    "L712 key": (
        "L712",
        "perubahan:\n  ubah:\n    - alasan: Lembar.\n      komponen: {1: {nama: Kinerja Unit}}\n",
        "1: {nama",
        ("Kunci `1`", 'Beri tanda kutip: "1":'),
    ),
    "L713 moved": (
        "L713",
        "perubahan:\n  pindah:\n    - {dari: 1.a.2, ke: 1.b.3, alasan: Lembar.}\n",
        "ke: >>1.b.3",
        ("Kriteria 1.b.3 bernomor cetak 2, sama dengan 1.b.2",),
    ),
    "L713 moved before one of the root": (
        "L713",
        "perubahan:\n  hapus:\n    - {id: 1.b.1, alasan: Lembar.}\n"
        "  pindah:\n    - {dari: 1.a.2, ke: 1.b.1, alasan: Lembar.}\n",
        "ke: >>1.b.1",
        ("Kriteria 1.b.1 bernomor cetak 2, sama dengan 1.b.2",),
    ),
    "L713 numbered": (
        "L713",
        "perubahan:\n  pindah:\n    - {dari: 1.a.2, ke: 1.b.3, no_cetak: '1', alasan: Lembar.}\n",
        "no_cetak: >>'1'",
        ("Kriteria 1.b.3 bernomor cetak 1, sama dengan 1.b.1",),
    ),
    "L714 removed": (
        "L714",
        "perubahan:\n  hapus:\n    - {id: 1.b.1, alasan: Lembar.}\n",
        "1.b.1",
        ("Kriteria 1.b.2 berada di urutan ke-1", "1.b.1 tidak ada"),
    ),
}


@pytest.mark.parametrize(("kode", "text", "context", "words"), CHANGED.values(), ids=CHANGED)
def test_what_a_variant_makes_doubtful_is_named_in_its_file(
    desk: Desk, kode: str, text: str, context: str, words: tuple[str, ...]
) -> None:
    desk.variant(text)
    desk.assert_only(desk.lint("lokal/turunan"), kode, "turunan/rubrik.yaml", context, *words)


def test_a_quoted_key_is_a_text(desk: Desk) -> None:
    desk.variant("perubahan:\n  ubah:\n    - alasan: Lembar.\n      komponen: {'1': {nama: Kinerja Unit}}\n")
    assert desk.lint("lokal/turunan") == []


def test_what_stands_in_the_root_is_named_where_the_root_is_linted(desk: Desk) -> None:
    desk.variant("perubahan: {}\n")
    desk.tiny((("Agar menyusun Renstra yang", "Segera menyusun Renstra yang"),))
    assert desk.lint("lokal/turunan") == []
    assert [p.kode for p in desk.lint()] == ["L703"]


def test_a_criterion_moved_out_of_reach_of_the_rules_is_named_where_it_moves(desk: Desk) -> None:
    desk.variant("perubahan:\n  pindah:\n    - {dari: 1.b.2, ke: 1.a.3, no_cetak: '3', alasan: Lembar.}\n")
    desk.tiny(rules=(("{status: tidak}", "{status: tidak, dimensi: kualitas}"),))
    problems = desk.lint("lokal/turunan")
    desk.assert_only(problems, "L709", "turunan/rubrik.yaml", "ke: >>1.a.3", "kriteria 1.a.3")


# ---- Beside errors of loading ----------------------------------------------------------------------------------


def test_what_could_not_be_read_is_not_also_called_missing(desk: Desk) -> None:
    # The one criterion of a topic is left out; the topic is used, nothing is out of sequence, the rules are good.
    text = TINY.replace(
        "topik: pelaporan\n            pokok: penyusunan", "topik: arsip\n            pokok: penyusunan"
    )
    text = changed(text, (FIRST_B + "            uraian: Ada laporan\n", FIRST_B + "            uraian: [x]\n"))
    text = changed(text, ("topik:\n", 'topik:\n  arsip: {komponen: "1", teks: Agar menata arsip}\n'))
    desk.tiny(rules=usulan("{kriteria: 1.b.1}"))
    desk.write("kecil/rubrik.yaml", text)
    assert [p.kode for p in desk.lint()] == ["M303"]


def test_a_bad_rule_does_not_make_criteria_unrecommended(desk: Desk) -> None:
    desk.tiny(rules=(("{status: tidak}", "{statuss: tidak}"),))
    assert [p.kode for p in desk.lint()] == ["A602"]


def test_a_broken_rule_file_does_not_make_findings_and_recommendations_unreachable(desk: Desk) -> None:
    desk.tiny(rules=(("tingkat: kekurangan", "tingkat: parah"),))
    assert [p.kode for p in desk.lint()] == ["M305"]


SIX_RUBRIC = (
    ("    bobot: 100\n", "    bobot: 101\n"),
    ("Perbup 1/2025 Pasal 12", "TODO"),
    ("Agar menetapkan Laporan Kinerja", "Tetapkan Laporan Kinerja"),
    ("jenis_bukti:\n", "jenis_bukti:\n  skp: Sasaran Kinerja Pegawai\n"),
)
SIX_RULES = (("{kode: TANPA-BUKTI}", "{kodee: TANPA-BUKTI}"), ("    contoh: 1.a.1 tidak terpenuhi.\n", ""))


def run(*arguments: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What `sakip rubrik lint` prints, in a folder where nothing of the checkout is near."""
    from sakip_eval.cli.main import run as sakip

    monkeypatch.delenv("SAKIP_RUBRIK", raising=False)
    assert sakip(["rubrik", "lint", *arguments]) == code
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


def test_six_mistakes_of_a_rubric_are_reported_in_one_run(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.tiny(SIX_RUBRIC, SIX_RULES)
    monkeypatch.chdir(desk.folder)
    out = run("lokal", code=2, monkeypatch=monkeypatch, capsys=capsys)
    text, rules = desk.texts["kecil/rubrik.yaml"], desk.texts["kecil/aturan.yaml"]
    heads = [line.split(": ")[:3] for line in out.splitlines() if line.startswith("lokal/")]

    def head(file: str, place: tuple[int, int], kode: str, tingkat: str) -> list[str]:
        return [f"lokal/kecil/{file}:{place[0]}:{place[1]}", kode, tingkat]

    weights = [h for h in heads if h[1] == "R405"]
    assert [h for h in heads if h[1] != "R405"] == [
        head("aturan.yaml", spot(rules, "belum-terpenuhi"), "L711", "peringatan"),
        head("aturan.yaml", spot(rules, "kodee: TANPA-BUKTI", "TANPA"), "A602", "galat"),
        head("rubrik.yaml", spot(text, "skp"), "L707", "peringatan"),
        head("rubrik.yaml", spot(text, "dasar: TODO", "TODO"), "L701", "galat"),
        head("rubrik.yaml", spot(text, "Tetapkan Laporan"), "L703", "peringatan"),
    ]
    assert weights
    assert out.splitlines()[-2:] == [
        f"1 rubrik diperiksa: {2 + len(weights)} galat, 3 peringatan; arti setiap kode ada di docs/lint.md",
        "  dan docs/kode.md.",
    ]
    assert all(len(line) <= 80 for line in out.splitlines())
    for words in ("Mengapa  :", "Perbaikan:"):
        assert out.count(words) == len(heads)


# ---- The command -----------------------------------------------------------------------------------------------


def test_only_warnings_exit_1_and_nothing_exits_0(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.tiny((("nama: Kinerja", "nama: NO"),))
    folder = str(desk.folder)
    out = run("lokal/kecil", "--folder-rubrik", folder, code=1, monkeypatch=monkeypatch, capsys=capsys)
    assert "1 rubrik diperiksa: 0 galat, 1 peringatan" in out
    desk.tiny()
    out = run("lokal/kecil", "--folder-rubrik", folder, code=0, monkeypatch=monkeypatch, capsys=capsys)
    assert out == "1 rubrik diperiksa: tidak ada temuan.\n"


def test_json_names_every_part_of_a_finding(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.tiny((("nama: Kinerja", "nama: NO"),))
    path = desk.folder / "lokal/kecil/rubrik.yaml"
    (row,) = json.loads(run(str(path), "--format", "json", code=1, monkeypatch=monkeypatch, capsys=capsys))
    line, col = spot(desk.texts["kecil/rubrik.yaml"], "nama: NO", "NO")
    assert row == {
        "kode": "L712",
        "tingkat": "peringatan",
        "berkas": str(path),
        "baris": line,
        "kolom": col,
        "apa": "Isi `nama` `NO` tanpa tanda kutip dibaca perangkat YAML lain sebagai nilai salah, bukan teks",
        "mengapa": "Berkas yang sama akan berarti lain di perangkat lain",
        "perbaikan": 'Beri tanda kutip: "NO"',
    }
    desk.tiny()
    assert json.loads(run(str(path), "--format", "json", code=0, monkeypatch=monkeypatch, capsys=capsys)) == []


def test_without_a_path_all_rubrics_are_linted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.tiny()
    out = run("--folder-rubrik", str(desk.folder), code=0, monkeypatch=monkeypatch, capsys=capsys)
    assert out == "6 rubrik diperiksa: tidak ada temuan.\n"


def test_a_folder_a_rule_file_and_an_id_name_rubrics(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.variant("perubahan: {}\n")
    rules = str(desk.folder / "lokal/kecil/aturan.yaml")
    out = run(rules, code=0, monkeypatch=monkeypatch, capsys=capsys)
    assert out == "1 rubrik diperiksa: tidak ada temuan.\n"
    out = run(str(desk.folder), rules, SHIPPED[0], code=0, monkeypatch=monkeypatch, capsys=capsys)
    assert out == "3 rubrik diperiksa: tidak ada temuan.\n"


def test_one_unknown_path_does_not_hide_the_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.tiny((("nama: Kinerja", "nama: NO"),))
    empty = desk.folder / "kosong"
    empty.mkdir()
    arguments = ("lokal/kecill", str(empty), "lokal/kecil", "--folder-rubrik", str(desk.folder), "--format", "json")
    rows = json.loads(run(*arguments, code=2, monkeypatch=monkeypatch, capsys=capsys))
    assert sorted((row["kode"], row["baris"] > 0) for row in rows) == [
        ("L712", True),
        ("R401", False),
        ("R401", False),
    ]


@pytest.mark.parametrize("path", ["~tiada-orang-ini", "a" * 5000, "/dev/null", "x/y\x07", "../../etc"])
def test_a_strange_path_is_a_problem_and_no_fault(
    path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = run(path, "--format", "json", code=2, monkeypatch=monkeypatch, capsys=capsys)
    assert {row["kode"] for row in json.loads(out)} <= {"B101", "B107", "R401"}


def test_the_option_is_the_only_clock(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.tiny((("diperiksa: 2026-01-01", "diperiksa: 1999-01-01"),))
    path = str(desk.folder / "lokal/kecil/rubrik.yaml")
    run(path, code=0, monkeypatch=monkeypatch, capsys=capsys)
    out = run(path, "--per-tanggal", "2026-01-01", code=1, monkeypatch=monkeypatch, capsys=capsys)
    assert "L702: peringatan" in out


@pytest.mark.parametrize("day", ["2026-02-30", "01-02-2026", "20260102", "besok"])
def test_what_is_no_date_is_refused(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    from sakip_eval.cli.main import run as sakip

    assert sakip(["rubrik", "lint", "--per-tanggal", day]) == 2
    printed = capsys.readouterr()
    assert f"Isi --per-tanggal bukan tanggal: {day}. Tulis misalnya 2026-01-31." in printed.err
    assert printed.out == ""


# ---- Pieces ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["NO", "no", "yes", "on", "off", "y", "N", "true", "1", "1.1", "1.10", "-2", "1_000", "1e3", ".5", "1:30", "0o17",
     "0x1F", "010", "0b11", "2025-01-31", ".inf", "<<"],
)  # fmt: skip
def test_what_other_tools_read_as_something_else(text: str) -> None:
    assert misreading(text) is not None


@pytest.mark.parametrize(
    "text", ["4.c.1", "1.a", "ya", "tidak", "nomor", "1.2.3", "A", "E", "1/3", "20 25", "9" * 999]
)
def test_what_every_tool_reads_as_text(text: str) -> None:
    assert misreading(text) is None


@pytest.mark.parametrize("text", ["-", "?", "...", "TODO cari pasalnya", "TBD", "belum ada", "Menyusul.", "x" * 7])
def test_no_article_is_no_dasar(text: str) -> None:
    assert not usable(text)


@pytest.mark.parametrize("text", ["Pasal 12", "UU 25/09", "Kebijakan rubrik"])
def test_an_article_is_a_dasar(text: str) -> None:
    assert usable(text)


def rank_rule(op: Literal["==", ">=", "<="], rank: int) -> Rule:
    pattern = Pattern("s", "subkomponen", (Constraint("peringkat", op, rank),), (), absent=False)
    outcome = MakaUsulan(untuk="s", status="tidak", alasan="x")
    return Rule("x", "temuan", (pattern,), outcome, "Pasal 12", None)


def test_a_rank_above_the_ladder_is_never_reached() -> None:
    scope = Scope(Names({"E": 1, "B": 2, "A": 3}, [], [], [], []), {})
    assert never(scope, rank_rule(">=", 3)) is None
    assert "peringkat minimal `4`" in str(never(scope, rank_rule(">=", 4)))
    assert "peringkat maksimal `-1`" in str(never(scope, rank_rule("<=", -1)))
    assert "peringkat `9`" in str(never(scope, rank_rule("==", 9)))


def test_every_code_is_documented_and_tested() -> None:
    source = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "sakip_eval/rubric").glob("lint*.py"))
    codes = {f"L7{number:02d}" for number in range(1, 17)}
    assert {code for code in codes if f'"{code}"' in source} == codes
    page = (ROOT / "docs/lint.md").read_text(encoding="utf-8")
    tests = Path(__file__).read_text(encoding="utf-8")
    for code in sorted(codes):
        assert f"| {code} | " in page
        assert f'"{code}"' in tests
