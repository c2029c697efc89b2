"""Issuing an LHE: what is refused, what the seal holds, what is never overwritten, and what a check finds later."""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from sakip_eval import __version__, load_rubric
from sakip_eval.cli.main import run
from sakip_eval.documents.lhe.package import unzipped
from sakip_eval.documents.lhe.verifikasi import read_properties
from tests.conftest import ROOT
from tests.helpers.files import case_text, changed_case

KASUS = "cases/kecamatan-pelaihari/2022.yaml"
ALASAN = "Dilaporkan apa adanya <atas> permintaan & persetujuan pimpinan"


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for name in ("SAKIP_RUBRIK", "SAKIP_DEBUG"):
        monkeypatch.delenv(name, raising=False)


class Sakip:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *words: str | Path) -> tuple[int, str, str]:
        code = run([str(w) for w in words])
        caught = self.capsys.readouterr()
        assert "Traceback" not in caught.err
        return code, caught.out, caught.err


@pytest.fixture
def sakip(capsys: pytest.CaptureFixture[str]) -> Sakip:
    return Sakip(capsys)


@pytest.fixture
def surat(tmp_path: Path) -> Path:
    """The shipped letter file with invented names, as an office fills them in."""
    text = (ROOT / "cases/kecamatan-pelaihari/surat-2023.yaml").read_text(encoding="utf-8")
    text = text.replace("  jabatan: Inspektur Kabupaten Tanah Laut\n", "  jabatan: Inspektur\n  nama: Nama Contoh\n")
    text = text[: text.index("tim:")] + text[text.index("tembusan:") :]
    path = tmp_path / "surat.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def issued(sakip: Sakip, surat: Path, tmp_path: Path) -> Path:
    target = tmp_path / "LHE.docx"
    assert sakip("lhe", KASUS, "-o", target, "--surat", surat, "--final", "--alasan", ALASAN)[0] == 0
    return target


def sidecar(path: Path) -> Path:
    return path.with_name(path.name + ".segel.json")


def seal(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sidecar(path).read_text(encoding="utf-8"))
    return found


def shown(path: Path) -> str:
    """The text of a document, without its markup."""
    return re.sub("<[^>]*>", "", unzipped(path.read_bytes())["word/document.xml"].decode())


def codes(err: str) -> list[str]:
    return [line.split(": ")[1] for line in err.splitlines() if ": S8" in line]


# ---- What is refused -------------------------------------------------------------------------------------------


def test_open_contradictions_and_blanks_are_refused_all_at_once(sakip: Sakip, tmp_path: Path) -> None:
    code, out, err = sakip("lhe", KASUS, "-o", tmp_path / "L.docx", "--final")
    assert code == 2
    assert out == ""
    assert codes(err) == ["S802"] * 3 + ["S803"] * 4
    assert "Kontradiksi TL-TANPA-BUKTI masih terbuka: 4.c dijawab BB" in err
    assert "surat-2023.yaml:22:1: S803: Isian `penanda_tangan.nama` belum ada" in err
    assert list(tmp_path.iterdir()) == []


def test_a_reason_excuses_contradictions_but_no_blank(sakip: Sakip, tmp_path: Path) -> None:
    code, _, err = sakip("lhe", KASUS, "-o", tmp_path / "L.docx", "--final", "--alasan", "x")
    assert code == 2
    assert set(codes(err)) == {"S803"}


def test_an_incomplete_case_is_refused_unless_a_reason_is_given(sakip: Sakip, surat: Path, tmp_path: Path) -> None:
    kasus = tmp_path / "2022.yaml"
    kasus.write_text(changed_case(('      "4.b": {jawaban: B, asal: "LKE, baris 2173"}\n', "")), encoding="utf-8")
    target = tmp_path / "L.docx"
    code, _, err = sakip("lhe", kasus, "-o", target, "--surat", surat, "--final")
    assert (code, codes(err)[0]) == (2, "S801")
    assert "11 dari 12 bagian dinilai" in err
    assert sakip("lhe", kasus, "-o", target, "--surat", surat, "--final", "--alasan", "sementara")[0] == 0
    assert seal(target)["hasil"]["nilai"] is None
    # Whatever 4.b becomes, the total stays within one band: that much is known, and the letter says so.
    assert seal(target)["hasil"]["predikat"] == "BB"
    assert "seluruh rentang itu berada dalam kategori BB (Sangat Baik)" in shown(target)
    code, out, _ = sakip("lhe-verifikasi", target, "--kasus", kasus)
    assert code == 0
    assert "nilai belum lengkap" in out


def test_the_agencys_own_judgement_is_never_issued(sakip: Sakip, surat: Path, tmp_path: Path) -> None:
    kasus = tmp_path / "2022.yaml"
    kasus.write_text(changed_case(("  evaluator:\n    tanggal", "  mandiri:\n    tanggal")), encoding="utf-8")
    code, _, err = sakip("lhe", kasus, "-o", tmp_path / "L.docx", "--surat", surat, "--final", "--alasan", "x")
    assert (code, codes(err)) == (2, ["S808"])
    assert sakip("lhe", kasus, "-o", tmp_path / "L.docx", "--surat", surat)[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--alasan", "x"], "--alasan tanpa --final"),
        (["--final", "--alasan", "  "], "--alasan tanpa isi"),
        (["--sebelumnya", KASUS, KASUS.replace("2022", "2021")], "--sebelumnya untuk beberapa kasus"),
    ],
)
def test_a_reason_needs_final_and_words(sakip: Sakip, tmp_path: Path, words: list[str], said: str) -> None:
    code, _, err = sakip("lhe", KASUS, "-o", tmp_path / "L.docx", *words)
    assert (code, codes(err)) == (2, ["S811"])
    assert said in err


# ---- What the seal holds ---------------------------------------------------------------------------------------


def test_the_seal_names_document_case_rubric_engine_and_result(issued: Path) -> None:
    found = seal(issued)
    assert found["dokumen"] == {"berkas": "LHE.docx", "sha256": hashlib.sha256(issued.read_bytes()).hexdigest()}
    assert found["rubrik"]["sha256"] == load_rubric("tanah-laut-68-2022/unit").sha256
    assert found["mesin"] == {"nama": "sakip-eval", "versi": __version__}
    assert found["hasil"]["nilai"] == "382/5"
    assert (found["hasil"]["tercetak"], found["hasil"]["predikat"]) == ("76.40", "BB")
    assert found["kontradiksi"] == ["BB-KRITERIA-BELUM", "TL-TANPA-BUKTI", "TERCETAK-BERBEDA"]
    assert found["alasan"] == ALASAN
    assert (found["nomor"], found["tanggal"]) == ("700.1.2.8/165/LHE-AKIP/Insp/2023", "2023-06-27")


def test_the_document_says_what_it_was_made_from(issued: Path) -> None:
    found = seal(issued)
    inside = read_properties(issued.read_bytes())
    assert inside["SAKIP Kasus SHA-256"] == found["kasus"]["sha256"]
    assert inside["SAKIP Rubrik SHA-256"] == found["rubrik"]["sha256"]
    assert inside["SAKIP Alasan"] == ALASAN
    xml = unzipped(issued.read_bytes())["word/document.xml"].decode()
    assert f"Kasus sha256 {found['kasus']['sha256']}; rubrik tanah-laut-68-2022/unit versi 1 sha256" in xml
    assert "Diterbitkan dengan alasan: Dilaporkan apa adanya &lt;atas&gt; permintaan &amp; persetujuan" in xml
    assert "DRAF" not in "".join(p.decode("utf-8", "replace") for p in unzipped(issued.read_bytes()).values())


def test_the_same_input_seals_to_the_same_bytes(sakip: Sakip, surat: Path, issued: Path, tmp_path: Path) -> None:
    again = tmp_path / "lagi" / "LHE.docx"
    again.parent.mkdir()
    assert sakip("lhe", KASUS, "-o", again, "--surat", surat, "--final", "--alasan", ALASAN)[0] == 0
    assert again.read_bytes() == issued.read_bytes()
    assert sidecar(again).read_bytes() == sidecar(issued).read_bytes()


# ---- What is never overwritten ---------------------------------------------------------------------------------


@pytest.mark.parametrize("final", [True, False])
def test_an_issued_letter_is_never_overwritten(sakip: Sakip, surat: Path, issued: Path, final: bool) -> None:
    before = issued.read_bytes(), sidecar(issued).read_bytes()
    words = ["--final", "--alasan", "lain"] if final else []
    code, _, err = sakip("lhe", KASUS, "-o", issued, "--surat", surat, *words)
    assert code == 2
    assert set(codes(err)) == {"S804"}
    assert (issued.read_bytes(), sidecar(issued).read_bytes()) == before


def test_a_lost_document_beside_its_seal_is_not_replaced_either(sakip: Sakip, surat: Path, issued: Path) -> None:
    issued.unlink()
    for words in (["--final", "--alasan", "lain"], []):
        assert codes(sakip("lhe", KASUS, "-o", issued, "--surat", surat, *words)[2]) == ["S804"]
    assert not issued.exists()


def test_a_draft_may_be_written_again_but_not_issued_over(sakip: Sakip, surat: Path, tmp_path: Path) -> None:
    target = tmp_path / "L.docx"
    for _ in range(2):
        assert sakip("lhe", KASUS, "-o", target, "--surat", surat)[0] == 0
    assert codes(sakip("lhe", KASUS, "-o", target, "--surat", surat, "--final", "--alasan", "x")[2]) == ["S804"]


def test_a_file_that_comes_into_being_at_the_last_moment_wins(tmp_path: Path) -> None:
    from sakip_eval.cli.terbit import issue
    from tests.helpers.files import only, problems_of

    first, second = tmp_path / "a.docx", tmp_path / "a.docx.segel.json"
    second.write_text("milik orang lain")
    assert only(problems_of(lambda: issue({first: b"a", second: b"b"}))).kode == "S804"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.docx.segel.json"]
    assert second.read_text() == "milik orang lain"


def test_nothing_is_left_where_the_target_cannot_be_written(sakip: Sakip, surat: Path, tmp_path: Path) -> None:
    target = tmp_path / "tiada" / "L.docx"
    code, _, err = sakip("lhe", KASUS, "-o", target, "--surat", surat, "--final", "--alasan", "x")
    assert code == 2
    assert "B108" in err
    assert not target.parent.exists()


# ---- What a check finds ----------------------------------------------------------------------------------------


def test_a_whole_letter_is_whole(sakip: Sakip, issued: Path) -> None:
    code, out, err = sakip("lhe-verifikasi", issued, "--kasus", KASUS)
    assert (code, err) == (0, "")
    assert "LHE.docx: utuh." in " ".join(out.split())
    assert "[sama] nilai: nilai tepat 382/5." in out
    assert max(map(len, out.splitlines())) <= 80 or str(issued) in out


@pytest.mark.parametrize("at", [0, 0.3, 0.6, 0.999])
def test_one_changed_byte_is_found(sakip: Sakip, issued: Path, at: float) -> None:
    content = bytearray(issued.read_bytes())
    content[int(at * len(content))] ^= 1
    issued.write_bytes(content)
    code, out, _ = sakip("lhe-verifikasi", issued)
    assert code == 1
    assert "BERBEDA dari yang disegel" in " ".join(out.split())
    assert "berkas berubah sesudah disegel" in " ".join(out.split())


def test_a_seal_made_to_fit_a_changed_case_is_found(sakip: Sakip, issued: Path) -> None:
    found = seal(issued)
    found["kasus"]["sha256"] = "0" * 64
    sidecar(issued).write_text(json.dumps(found), encoding="utf-8")
    code, out, _ = sakip("lhe-verifikasi", issued)
    assert code == 1
    assert "segel diubah: SAKIP Kasus SHA-256" in " ".join(out.split())


def test_a_changed_case_gives_another_result(sakip: Sakip, issued: Path, tmp_path: Path) -> None:
    kasus = tmp_path / "2022.yaml"
    changed = case_text().replace('"1.a": {jawaban: BB,', '"1.a": {jawaban: AA,')
    kasus.write_text(changed, encoding="utf-8")
    code, out, _ = sakip("lhe-verifikasi", issued, "--kasus", kasus)
    words = " ".join(out.split())
    assert code == 1
    assert "[berbeda] kasus: sha256 sekarang" in words
    assert "[berbeda] nilai: nilai tepat sekarang 388/5, pada segel 382/5" in words
    assert "[berbeda] komponen: nilai komponen berbeda: 1." in words
    assert "[sama] dokumen" in words


def test_another_engine_version_is_a_note(sakip: Sakip, issued: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sakip_eval.documents.lhe import verifikasi

    monkeypatch.setattr(verifikasi, "__version__", "9.9.9")
    code, out, _ = sakip("lhe-verifikasi", issued, "--kasus", KASUS)
    assert code == 0
    assert "[catatan] mesin: disegel dengan versi" in out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "Berkas segel tidak ada"),
        ("", "bukan segel LHE"),
        ("{}", "bukan segel LHE"),
        ("[" * 100_000, "bukan segel LHE"),
        ('{"format": 2}', "bukan segel LHE"),
        ("x" * (1024 * 1024 + 1), "terlalu besar"),
    ],
)
def test_without_a_seal_nothing_can_be_said(sakip: Sakip, issued: Path, content: str | None, said: str) -> None:
    sidecar(issued).unlink()
    if content is not None:
        sidecar(issued).write_text(content, encoding="utf-8")
    code, out, err = sakip("lhe-verifikasi", issued)
    assert (code, out, codes(err)) == (2, "", ["S806"])
    assert said in err


def test_a_document_that_is_not_there_is_bad_input(sakip: Sakip, tmp_path: Path) -> None:
    code, _, err = sakip("lhe-verifikasi", tmp_path / "tiada.docx")
    assert (code, codes(err)) == (2, ["S806"])


# ---- The command -----------------------------------------------------------------------------------------------


def test_a_draft_says_what_is_still_to_do(sakip: Sakip, tmp_path: Path) -> None:
    code, out, err = sakip("lhe", KASUS, "-o", tmp_path / "L.docx")
    words = " ".join(out.split())
    assert (code, err) == (0, "")
    assert "draf; nilai 76.40, predikat BB (Sangat Baik)." in words
    assert "Isian surat: cases/kecamatan-pelaihari/surat-2023.yaml." in words
    assert "Masih kosong: penanda_tangan.nama, tim.0.nama, tim.1.nama, tim.2.nama." in words
    assert "R-09 ditempatkan di bawah komponen 1 menurut kriterianya, bukan 3." in words


def test_a_folder_of_cases_becomes_a_folder_of_letters(sakip: Sakip, surat: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kasus"
    for name in ("a", "b"):
        (folder / name).mkdir(parents=True)
        text = changed_case(("nama: Kecamatan Pelaihari\n", f"nama: Kecamatan {name.upper()}/..\n"))
        (folder / name / "2022.yaml").write_text(text, encoding="utf-8")
        (folder / name / "surat-2023.yaml").write_text(surat.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "rusak.yaml").write_text("instansi: 1\n", encoding="utf-8")
    target = tmp_path / "hasil"
    code, out, err = sakip("lhe", folder, "-o", target)
    assert code == 2
    assert "2 dari 3 LHE ditulis" in out
    assert "rusak.yaml" in err
    assert sorted(p.name for p in target.iterdir()) == ["LHE-kecamatan-a-2022.docx", "LHE-kecamatan-b-2022.docx"]


def test_two_cases_of_one_name_do_not_overwrite_each_other(sakip: Sakip, tmp_path: Path) -> None:
    copy = tmp_path / "salinan.yaml"
    copy.write_text(case_text(), encoding="utf-8")
    code, out, err = sakip("lhe", KASUS, copy, "-o", tmp_path / "hasil")
    assert (code, codes(err)) == (2, ["S810"])
    assert "1 dari 2" in out


def test_several_cases_do_not_fit_into_one_file(sakip: Sakip, tmp_path: Path) -> None:
    copy = tmp_path / "salinan.yaml"
    copy.write_text(case_text(), encoding="utf-8")
    assert codes(sakip("lhe", KASUS, copy, "-o", tmp_path / "satu.docx")[2]) == ["S810"]
    assert codes(sakip("lhe", tmp_path / "kosong", "-o", tmp_path / "x")[2]) == []
    (tmp_path / "kosong").mkdir()
    assert ": B111: " in sakip("lhe", tmp_path / "kosong", "-o", tmp_path / "x")[2]


@pytest.mark.parametrize("name", ["LHE.pdf", "LHE.doc", "kasus.yaml"])
def test_a_target_that_is_another_kind_of_file_is_refused(sakip: Sakip, tmp_path: Path, name: str) -> None:
    assert codes(sakip("lhe", KASUS, "-o", tmp_path / name)[2]) == ["S810"]
    assert list(tmp_path.iterdir()) == []


def test_the_template_is_never_the_target(sakip: Sakip, tmp_path: Path) -> None:
    import docx

    path = tmp_path / "kantor.docx"
    docx.Document().save(str(path))
    before = path.read_bytes()
    code, _, err = sakip("lhe", KASUS, "-o", path, "--templat", path)
    assert code == 2
    assert "tujuan adalah berkas masukan" in err
    assert path.read_bytes() == before


def test_the_case_is_never_the_target(sakip: Sakip, tmp_path: Path) -> None:
    kasus = tmp_path / "kasus.docx"
    kasus.write_text(case_text(), encoding="utf-8")
    code, _, err = sakip("lhe", kasus, "-o", kasus)
    assert code == 2
    assert "tujuan adalah berkas masukan" in err
    assert kasus.read_text(encoding="utf-8") == case_text()


def test_an_earlier_case_must_be_earlier_and_of_the_same_agency(sakip: Sakip, tmp_path: Path) -> None:
    other = tmp_path / "lain.yaml"
    other.write_text(changed_case(("nama: Kecamatan Pelaihari\n", "nama: Kecamatan Lain\n")), encoding="utf-8")
    code, _, err = sakip("lhe", KASUS, "-o", tmp_path / "L.docx", "--sebelumnya", other)
    assert (code, codes(err)) == (2, ["S809", "S809"])
    before = tmp_path / "2021.yaml"
    before.write_text(
        changed_case(
            ("tahun_kinerja: 2022", "tahun_kinerja: 2021"), ("tahun_evaluasi: 2023", "tahun_evaluasi: 2022")
        ),
        encoding="utf-8",
    )
    assert sakip("lhe", KASUS, "-o", tmp_path / "L.docx", "--sebelumnya", before)[0] == 0


def test_a_pdf_is_made_beside_it(sakip: Sakip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sakip_eval.documents import libreoffice

    def fake(content: bytes, suffix: str, to: str, timeout: float = 120) -> bytes:
        assert zipfile.is_zipfile(__import__("io").BytesIO(content))
        return f"{suffix}->{to}".encode()

    monkeypatch.setattr(libreoffice, "convert", fake)
    assert sakip("lhe", KASUS, "-o", tmp_path / "L.docx", "--pdf")[0] == 0
    assert (tmp_path / "L.pdf").read_bytes() == b".docx->pdf"


def test_where_the_pdf_fails_nothing_is_issued(
    sakip: Sakip, surat: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAKIP_SOFFICE", str(tmp_path / "tiada"))
    target = tmp_path / "L.docx"
    code, _, err = sakip("lhe", KASUS, "-o", target, "--surat", surat, "--final", "--alasan", "x", "--pdf")
    assert code == 2
    assert "D802" in err
    assert not target.exists()
    assert not sidecar(target).exists()


def test_without_the_library_one_line_says_how_to_install_it(
    sakip: Sakip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sakip_eval.documents import extras

    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == "docx" else object())
    code, _, err = sakip("lhe", KASUS, "-o", tmp_path / "L.docx")
    assert code == 2
    assert "pip install 'sakip-eval[office]'" in err
    assert os.listdir(tmp_path) == []  # noqa: PTH208
