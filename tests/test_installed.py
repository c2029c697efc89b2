"""The wheel holds the rubrics, and finds them from a clean virtual environment in another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import PELAIHARI, ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("*.whl")
    return path


def test_wheel_holds_every_rubric_file_and_no_test(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (ROOT / "rubrics").rglob("*.yaml"):
        assert f"sakip_eval/_rubrics/{path.relative_to(ROOT / 'rubrics').as_posix()}" in names
    assert "sakip_eval/py.typed" in names
    migrations = ROOT / "sakip_eval/store/migrations"
    for path in [migrations / "env.py", *migrations.glob("versions/v*.py")]:
        assert path.relative_to(ROOT).as_posix() in names
    assert not any(name.startswith(("tests/", "cases/")) for name in names)


def test_installed_wheel_scores_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV", "SAKIP_RUBRIK")}
    subprocess.run(
        [str(venv / "bin/pip"), "install", "-q", str(wheel)], check=True, capture_output=True, env=environment
    )
    elsewhere = tmp_path / "tempat lain"
    elsewhere.mkdir()

    def sakip(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(venv / "bin/sakip"), *arguments], capture_output=True, text=True, cwd=elsewhere, env=environment
        )

    listed = sakip("rubrik", "daftar")
    assert listed.returncode == 0, listed.stderr
    assert "tanah-laut-68-2022/unit" in listed.stdout
    scored = sakip("nilai", str(PELAIHARI))
    assert scored.returncode == 1
    assert "Nilai 76.40, predikat BB (Sangat Baik)" in scored.stdout
    assert scored.stderr == ""
