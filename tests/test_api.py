"""The public API: small, documented, cheap to import; and what the documentation says of the code is true."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys

import pytest

import sakip_eval
from tests.conftest import ROOT


def test_public_names_are_these() -> None:
    assert sorted(sakip_eval.__all__) == [
        "Case", "Evaluation", "HasilKomponen", "HasilSubkomponen", "Location", "Problem", "Rekomendasi", "Rubric",
        "SakipError", "Temuan", "TraceNode", "__version__", "evaluate", "load_case", "load_rubric",
    ]  # fmt: skip


@pytest.mark.parametrize("name", [n for n in sakip_eval.__all__ if n != "__version__"])
def test_public_names_have_docstrings(name: str) -> None:
    assert inspect.getdoc(getattr(sakip_eval, name))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nilai"):
        sakip_eval.nilai  # noqa: B018


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import sakip_eval", ["yaml", "pydantic", "durable", "typer", "tabulate"]),
        ("from sakip_eval import load_case", ["durable", "typer", "tabulate"]),
        ("from sakip_eval import evaluate", ["durable", "typer", "tabulate"]),
        ("import sakip_eval.cli.main", ["durable", "tabulate", "yaml"]),
    ],
)
def test_imports_are_lazy(code: str, absent: list[str]) -> None:
    check = f"{code}\nimport sys\nprint([m for m in {absent!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_every_problem_code_is_documented_and_no_other() -> None:
    source = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "sakip_eval").rglob("*.py"))
    used = set(re.findall(r'"([ABDIKMPRSTXY]\d{3})"', source))
    documented = re.findall(
        r"^\| `?([ABDIKMPRSTXY]\d{3})`? \|", (ROOT / "docs/kode.md").read_text(encoding="utf-8"), re.M
    )
    assert used == set(documented)
    assert sorted(documented) == sorted(set(documented)), "one code, one meaning"


def test_every_finding_code_is_documented() -> None:
    codes: set[str] = set()
    for path in (ROOT / "rubrics").rglob("aturan*.yaml"):
        codes |= set(re.findall(r"^ +kode: ([A-Z0-9-]+)$", path.read_text(encoding="utf-8"), re.M))
    text = (ROOT / "docs/kode.md").read_text(encoding="utf-8")
    assert {code for code in codes if code not in text} == set()


def test_every_key_of_the_files_is_documented() -> None:
    from sakip_eval.case import model as case_model
    from sakip_eval.rubric import model as rubric_model
    from sakip_eval.rubric import rules_model

    for module, page in (
        (rubric_model, "format-rubrik.md"),
        (case_model, "format-kasus.md"),
        (rules_model, "format-aturan.md"),
    ):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        for _, model in inspect.getmembers(module, inspect.isclass):
            if model.__module__ == module.__name__ and hasattr(model, "model_fields"):
                for key in model.model_fields:
                    assert re.search(rf"`[^`]*\b{key}\b[^`]*`", text), f"{page}: {model.__name__}.{key}"


def test_every_command_is_in_the_readme() -> None:
    import typer

    from sakip_eval.cli.main import application

    group = typer.main.get_command(application())
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    names = []
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        names += [f"{name} {sub}" for sub in command.commands] if hasattr(command, "commands") else [name]
    assert [name for name in names if f"sakip {name}" not in text] == []


def test_version_is_one() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == sakip_eval.__version__
