"""The compiled form of shipped rubrics: the same as the YAML files, used only while that is certain."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from subprocess import run as command
from sys import executable

import pytest

from sakip_eval import Rubric
from sakip_eval.cli.main import run
from sakip_eval.rubric import catalog, compiled
from sakip_eval.rubric.catalog import list_rubrics, shipped_folder
from sakip_eval.rubric.compiled import COMPILED_NAME, load_compiled
from sakip_eval.rubric.load import load_rubric, load_source

SHIPPED = [name for name, _ in list_rubrics()]
LOCAL = "tanah-laut-68-2022/unit"
ROOT = "permenpanrb-88-2021/unit"


def content(rubric: Rubric) -> dict[str, object]:
    """Everything that a rubric says; two loads are never equal themselves."""
    return {field.name: getattr(rubric, field.name) for field in fields(rubric)}


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped rubrics in their place, to be spoilt."""
    folder = tmp_path / "rubrics"
    shutil.copytree(shipped_folder(), folder)
    monkeypatch.setattr(catalog, "shipped_folder", lambda: folder)
    monkeypatch.setattr(compiled, "shipped_folder", lambda: folder)
    return folder


@pytest.mark.parametrize("name", SHIPPED)
def test_it_says_what_the_yaml_files_say(name: str) -> None:
    """Fails after a rubric or the way to read one was changed: then run `sakip rubrik susun`."""
    read = load_compiled(shipped_folder() / name / "rubrik.yaml")
    assert read is not None
    assert content(read) == content(load_source(name))
    assert content(load_rubric(name)) == content(read)


def test_the_command_writes_the_forms_that_ship(shipped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in SHIPPED:
        (shipped / name / COMPILED_NAME).unlink()
    assert run(["rubrik", "susun"]) == 0
    assert capsys.readouterr().out.count("Ditulis: ") == len(SHIPPED)
    for name in SHIPPED:
        written = (shipped / name / COMPILED_NAME).read_bytes()
        assert written == (Path(__file__).parent.parent / "rubrics" / name / COMPILED_NAME).read_bytes()


def _append(file: str, text: str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as stream:
            stream.write(text)

    return change


def _head(**changes: str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        path = folder / LOCAL / COMPILED_NAME
        head, body = path.read_text(encoding="utf-8").split("\n", 1)
        path.write_text(json.dumps({**json.loads(head), **changes}) + "\n" + body, encoding="utf-8")

    return change


def _body(old: str, new: str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        path = folder / LOCAL / COMPILED_NAME
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def _something_else(body: str) -> Callable[[Path], object]:
    """A form whose hashes are all right, but that is no rubric."""

    def change(folder: Path) -> None:
        _head(isi=hashlib.sha256(body.encode()).hexdigest())(folder)
        path = folder / LOCAL / COMPILED_NAME
        path.write_text(path.read_text(encoding="utf-8").split("\n", 1)[0] + f"\n{body}\n", encoding="utf-8")

    return change


SPOILT: dict[str, Callable[[Path], object]] = {
    "own file changed": _append(f"{LOCAL}/rubrik.yaml", "# satu catatan lagi\n"),
    "root changed": _append(f"{ROOT}/rubrik.yaml", "\n"),
    "rules of the root changed": _append(f"{ROOT}/aturan-usulan.yaml", "\n"),
    "rule file gone": lambda folder: (folder / ROOT / "paket-keberadaan-bertahan.yaml").unlink(),
    "rule file more": _append(f"{LOCAL}/aturan-daerah.yaml", "aturan: []\n"),
    "other version": _head(versi="0.0.0"),
    "other records": _head(bentuk="0" * 16),
    "other source hash": _head(sumber=""),
    "a figure changed": _body('{"pecahan":[', '{"pecahan":[1'),
    "cut short": lambda folder: (folder / LOCAL / COMPILED_NAME).write_bytes(
        (folder / LOCAL / COMPILED_NAME).read_bytes()[:-2000]
    ),
    "a line more": _append(f"{LOCAL}/{COMPILED_NAME}", "{}\n"),
    "empty": lambda folder: (folder / LOCAL / COMPILED_NAME).write_bytes(b""),
    "not text": lambda folder: (folder / LOCAL / COMPILED_NAME).write_bytes(b"\xff\n\xfe\n"),
    "no rubric in it": _something_else('{"pecahan":[1,2]}'),
    "a record that no rubric has": _something_else('{"Kejutan":[]}'),
    "a list": lambda folder: (folder / LOCAL / COMPILED_NAME).write_bytes(b"[]\n[]\n"),
    "gone": lambda folder: (folder / LOCAL / COMPILED_NAME).unlink(),
}


@pytest.mark.parametrize("how", SPOILT)
def test_it_is_not_used_where_it_may_be_wrong(how: str, shipped: Path) -> None:
    path = shipped / LOCAL / "rubrik.yaml"
    assert load_compiled(path) is not None
    SPOILT[how](shipped)
    assert load_compiled(path) is None


def test_the_yaml_files_are_read_in_place_of_a_damaged_form(shipped: Path) -> None:
    _body('{"pecahan":[', '{"pecahan":[1')(shipped)
    assert content(load_rubric(LOCAL)) == content(load_source(LOCAL))


@pytest.mark.parametrize("replaced", [LOCAL, ROOT])
def test_a_rubric_of_ones_own_in_its_place_is_read(replaced: str, shipped: Path, tmp_path: Path) -> None:
    mine = tmp_path / "milik-sendiri"
    shutil.copytree(shipped / replaced, mine / replaced)
    path = mine / replaced / "rubrik.yaml"
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("  versi:"))
    path.write_text(text.replace(line, "  versi: milik sendiri"), encoding="utf-8")
    assert load_compiled(shipped / LOCAL / "rubrik.yaml", [mine]) is None
    assert load_compiled(path, [mine]) is None
    assert load_rubric(LOCAL, [mine]).sha256 != load_rubric(LOCAL).sha256
    assert load_compiled(shipped / LOCAL / "rubrik.yaml", [tmp_path / "lain"]) is not None


def test_a_command_makes_no_models_of_rubric_files() -> None:
    script = (
        "import sys; from sakip_eval.cli.main import run; code = run(['nilai', sys.argv[1]]);"
        "print([m for m in ('sakip_eval.rubric.model', 'sakip_eval.rubric.rules_model') if m in sys.modules], code)"
    )
    case = Path(__file__).parent.parent / "cases/kecamatan-pelaihari/2022.yaml"
    done = command([executable, "-c", script, str(case)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[] 1"
