"""`sakip rubrik baru`: the skeleton of a variant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sakip_eval import Rubric, load_rubric
from sakip_eval.cli.main import run
from tests.helpers.files import INSTANSI, LAMA, RUBRICS, TANAH_LAUT, UNIT, variant

NEW = "kab-contoh-5-2026/unit"


def start(folder: Path, *arguments: str, root: str = UNIT) -> int:
    return run(["rubrik", "baru", *(arguments or (NEW,)), "--dari", root, "-o", str(folder)])


def path_of(folder: Path) -> Path:
    return folder / NEW / "rubrik.yaml"


def without_hash(text: str) -> str:
    """The skeleton with every example taken up, as its own words tell: `#` without a space after it goes."""
    assert "perubahan: {} #" in text
    return re.sub(r"^#(?=[a-z]|  )", "", text, flags=re.M).replace("perubahan: {} #", "perubahan: #")


@pytest.mark.parametrize("name", [UNIT, INSTANSI, LAMA])
def test_the_skeleton_loads_as_it_stands_and_is_its_root(tmp_path: Path, name: str) -> None:
    assert start(tmp_path, root=name) == 0
    root, ours = load_rubric(name), load_rubric(NEW, [tmp_path])
    assert (ours.id, ours.extends, ours.tingkat) == (NEW, name, root.tingkat)
    assert ours.changes == ()
    assert (ours.komponen, ours.skala, ours.predikat, ours.topik) == (
        root.komponen,
        root.skala,
        root.predikat,
        root.topik,
    )


@pytest.mark.parametrize(
    "name",
    [UNIT, INSTANSI, LAMA],
)
def test_the_rules_of_the_root_apply(tmp_path: Path, name: str) -> None:
    start(tmp_path, root=name)
    ours = load_rubric(NEW, [tmp_path])
    assert [rule.id for rule in ours.rules] == [rule.id for rule in load_rubric(name).rules]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        (UNIT, ["ganti", "hapus", "pindah", "pindah", "tambah", "ubah", "ubah", "ubah"]),
        (INSTANSI, ["ganti", "hapus", "pindah", "pindah", "tambah", "ubah", "ubah", "ubah"]),
        (LAMA, ["ganti", "ubah", "ubah"]),
    ],
)
def test_every_example_names_real_ids_and_can_be_taken_up(tmp_path: Path, name: str, kinds: list[str]) -> None:
    start(tmp_path, root=name)
    text = path_of(tmp_path).read_text(encoding="utf-8")
    path_of(tmp_path).write_text(without_hash(text), encoding="utf-8")
    ours = load_rubric(NEW, [tmp_path])
    assert [change.jenis for change in ours.changes] == kinds
    assert "berita_acara_contoh" in ours.jenis_bukti
    assert "topik-contoh" in ours.topik


def test_the_bobot_example_is_a_pair_with_what_holds_now(tmp_path: Path, unit: Rubric) -> None:
    start(tmp_path)
    text = path_of(tmp_path).read_text(encoding="utf-8")
    assert '#        "1.a": # Dokumen Perencanaan kinerja telah tersedia\n#          bobot: 6\n' in text
    assert (
        '#        "1.b": # Dokumen Perencanaan kinerja telah memenuhi standar yang ...\n#          bobot: 9\n' in text
    )
    assert all(len(line) <= 110 for line in text.splitlines())


def test_what_has_to_be_filled_in_is_marked(tmp_path: Path) -> None:
    start(tmp_path)
    lines = path_of(tmp_path).read_text(encoding="utf-8").splitlines()
    marked = [line.split(":")[0].strip() for line in lines if line.startswith("  ") and '"Isi: ' in line]
    assert marked == ["nama", "penerbit", "peraturan", "sumber"]


def test_it_says_where_it_wrote_and_how_to_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start(tmp_path)
    said = capsys.readouterr().out
    assert f"Ditulis: {path_of(tmp_path)}\n" in said
    assert f"sakip rubrik lihat {NEW} --folder-rubrik {tmp_path}\n" in said
    assert run(said.splitlines()[-1].split()[1:]) == 0


def test_the_current_folder_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["rubrik", "baru", NEW, "--dari", UNIT]) == 0
    assert path_of(tmp_path).is_file()


def test_a_root_of_ones_own_in_the_same_folder_is_found(tmp_path: Path) -> None:
    own = tmp_path / "kab-contoh/akar/rubrik.yaml"
    own.parent.mkdir(parents=True)
    text = (RUBRICS / LAMA / "rubrik.yaml").read_text(encoding="utf-8")
    own.write_text(text.replace(LAMA, "kab-contoh/akar"), encoding="utf-8")
    assert start(tmp_path, root="kab-contoh/akar") == 0
    assert load_rubric(NEW, [tmp_path]).extends == "kab-contoh/akar"


def refused(capsys: pytest.CaptureFixture[str], code: int, kode: str, *words: str) -> None:
    said = capsys.readouterr().err
    assert code == 2
    assert f": {kode}: " in said
    assert said.count("Perbaikan") == 1
    for word in words:
        assert word in said, said


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = path_of(tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text("milik saya\n", encoding="utf-8")
    refused(capsys, start(tmp_path), "B109", str(path), "Berkas sudah ada")
    assert path.read_text(encoding="utf-8") == "milik saya\n"


def test_a_variant_cannot_be_a_root(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(capsys, start(tmp_path, root=TANAH_LAUT), "R402", f"Turunkan langsung dari rubrik akar `{UNIT}`")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["unit", "Kab-Contoh/unit", "../a/b", "/tmp/a", "a//b", "a/b c", "a/" + "b" * 130])
def test_an_id_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    refused(capsys, start(tmp_path, name), "M303", "kab-contoh-1-2025/unit")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [UNIT, TANAH_LAUT])
def test_an_id_of_another_rubric_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    refused(capsys, start(tmp_path, name), "R406", name)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_root_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(capsys, start(tmp_path, root="permenpanrb-88-2022/unit"), "R401", UNIT)
    assert list(tmp_path.iterdir()) == []


def test_a_root_that_only_its_path_finds_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The variant names its root by id; an id that no folder has would make a rubric that cannot be loaded."""
    own = tmp_path / "lain/rubrik.yaml"
    own.parent.mkdir()
    text = (RUBRICS / LAMA / "rubrik.yaml").read_text(encoding="utf-8")
    own.write_text(text.replace(LAMA, "kab-contoh/akar"), encoding="utf-8")
    refused(capsys, start(tmp_path / "saya", root=str(own)), "R401", "kab-contoh/akar")


def test_a_broken_root_says_its_own_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "kab-contoh/akar/rubrik.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(variant("  hapus: [{id: 9.z.9, alasan: x}]", id="kab-contoh/akar"), encoding="utf-8")
    refused(capsys, start(tmp_path, root="kab-contoh/akar"), "R403", "9.z.9")


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kab-contoh-5-2026").write_text("berkas, bukan folder", encoding="utf-8")
    refused(capsys, start(tmp_path), "B108", "Folder tidak dapat dibuat")
