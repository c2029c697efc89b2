"""What a real YAML language server, the one behind VS Code and others, says of our files by our schemas."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest

from tests.conftest import PELAIHARI, ROOT
from tests.helpers.files import RUBRICS, TANAH_LAUT, UNIT, changed, spot
from tests.helpers.language_server import LanguageServer

PINNED = Path(__file__).parent / "yaml_language_server"
CACHE = ROOT / ".cache" / "yaml-language-server"
ROOT_RUBRIC = RUBRICS / UNIT / "rubrik.yaml"
VARIANT = RUBRICS / TANAH_LAUT / "rubrik.yaml"
RULES = RUBRICS / UNIT / "aturan-temuan.yaml"


def install() -> Path:
    """Install the pinned server into the cache folder, once for each lock file; return its program."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.fail("This test needs Node.js 18 or later with npm: install the packages nodejs and npm.")
    CACHE.mkdir(parents=True, exist_ok=True)
    (CACHE / ".gitignore").write_text("*\n", encoding="utf-8")
    stamp = CACHE / "installed"
    wanted = hashlib.sha256((PINNED / "package-lock.json").read_bytes()).hexdigest()
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
            for name in ("package.json", "package-lock.json"):
                shutil.copyfile(PINNED / name, CACHE / name)
            done = subprocess.run(
                [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
                cwd=CACHE,
                capture_output=True,
                text=True,
                timeout=300,
            )
            if done.returncode:
                pytest.fail(f"npm ci failed in {CACHE}:\n{done.stdout}{done.stderr}")
            stamp.write_text(wanted, encoding="utf-8")
    return CACHE / "node_modules/yaml-language-server/bin/yaml-language-server"


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    with LanguageServer(["node", str(install()), "--stdio"], ROOT) as running:
        yield running


def test_the_lock_file_pins_versions_and_names_no_host() -> None:
    text = (PINNED / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    wanted = json.loads((PINNED / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert wanted == {"yaml-language-server": packages["node_modules/yaml-language-server"]["version"]}
    assert all("integrity" in package for name, package in packages.items() if name)
    assert "resolved" not in text
    assert "://" not in text


@pytest.mark.parametrize("path", [ROOT_RUBRIC, VARIANT, RULES, PELAIHARI], ids=lambda p: p.parent.parent.name)
def test_the_editor_has_nothing_to_say_of_a_shipped_file(server: LanguageServer, path: Path) -> None:
    assert server.diagnostics(path, path.read_text(encoding="utf-8")) == []


NUMBER = "Tulis angka dengan titik desimal atau pecahan, tanpa koma, misalnya 6, 4.5, atau 1/3."
DATE = "Tulis tanggal sebagai tahun-bulan-hari, misalnya 2023-06-27."


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (ROOT_RUBRIC, '  versi: "1"', "  versi: 1", 'Incorrect type. Expected "string".'),
        (ROOT_RUBRIC, "  digit: 2", "  digit: 7", "Value is above the maximum of 6."),
        (ROOT_RUBRIC, "  berlaku_sejak: 2021-12-31", "  berlaku_sejak: 31-12-2021", DATE),
        (ROOT_RUBRIC, '  - id: "4"\n', "  - id: 4\n", 'Incorrect type. Expected "string".'),
        (VARIANT, "  tingkat: unit", "  tingkat: kota", 'Value is not accepted. Valid values: "unit", "instansi".'),
        (VARIANT, '    - id: "2.b.7"\n', '    - idd: "2.b.7"\n', "Property idd is not allowed."),
        (VARIANT, "perubahan:\n", "komponen: []\nperubahan:\n", "Property komponen is not allowed."),
        (RULES, "  - id: tindak-lanjut-tanpa-bukti-jawaban\n    jenis: temuan", "  - id: Tindak lanjut\n    jenis: temuan",
         "Tulis huruf kecil, angka, dan tanda hubung"),
        (PELAIHARI, "tahun_kinerja: 2022", "tahun_kinerja: 22", "Value is below the minimum of 1990."),
        (PELAIHARI, "  ada_rekomendasi: ya", "  ada_rekomendasi: yes", 'Valid values: "ya", "tidak", true, false.'),
        (PELAIHARI, "  total: {bobot: 100.00,", "  total: {bobot: '100,00',", NUMBER),
    ],
)  # fmt: skip
def test_the_editor_marks_a_mistake_where_it_is(
    server: LanguageServer, path: Path, old: str, new: str, said: str
) -> None:
    text = changed(path.read_text(encoding="utf-8"), (old, new))
    found = server.diagnostics(path.with_name(f"salah-{crc32(new.encode())}.yaml"), text)
    line, _ = spot(text, new)
    here = [words for at, words in found if at == line]
    assert any(said in words for words in here), found
    assert {at for at, _ in found} <= {line, line - 1, line + 1}, found


def test_the_editor_explains_a_key_in_indonesian(server: LanguageServer) -> None:
    text = ROOT_RUBRIC.read_text(encoding="utf-8")
    path = ROOT_RUBRIC.with_name("dibaca.yaml")
    server.diagnostics(path, text)
    line, col = spot(text, "  predikat_dari: tepat", "predikat_dari")
    assert "Predikat mengikuti nilai tepat, atau nilai yang dibulatkan." in server.hover(path, line, col)
