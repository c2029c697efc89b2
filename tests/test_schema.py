"""JSON Schemas of rubric, rule and case files: generated, committed, and right about good and bad files."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from sakip_eval.boundary import FileModel
from sakip_eval.case import model as case_model
from sakip_eval.cli.main import run
from sakip_eval.render.schema import COMMITTED, SCHEMAS, render_schema, schema_file_name
from sakip_eval.render.schema_words import TITLES, WORDS
from sakip_eval.rubric import model as rubric_model
from sakip_eval.rubric import rules_model
from tests.conftest import PELAIHARI, ROOT
from tests.helpers.files import INSTANSI, LAMA, SHIPPED, TANAH_LAUT, UNIT, changed, rubric_text, variant

FOLDER = ROOT / "schema"
MODELS = [
    model
    for module in (rubric_model, rules_model, case_model)
    for _, model in inspect.getmembers(module, inspect.isclass)
    if issubclass(model, FileModel) and model is not FileModel
]


class _Core(yaml.SafeLoader):
    """YAML 1.2 (core schema), as an editor reads it: no dates, no NO and yes, no 1:30."""


_Core.yaml_implicit_resolvers = {}
for _tag, _form, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_form})$"), _first)


def as_editor(text: str) -> Any:
    return yaml.load(text, Loader=_Core)


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(render_schema(name)))


def wrong(name: str, text: str) -> list[str]:
    """Where and why the schema `name` refuses a file; an empty list where it takes it."""
    errors = validator(name).iter_errors(as_editor(text))
    return sorted(f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in errors)


def kind_of(path: Path) -> str:
    return "rubrik" if path.name == "rubrik.yaml" else "aturan"


def shipped_files() -> list[tuple[str, Path]]:
    rubrics = [
        p
        for pattern in ("rubrik", "aturan*", "paket-*")
        for p in ROOT.glob(f"rubrics/**/{pattern}.yaml")
        if p.parent.name != "uji"
    ]
    return [(kind_of(p), p) for p in sorted(rubrics)] + [
        (kind, p)
        for kind, names in (("kasus", "[0-9]*"), ("tindak-lanjut", "tindak-lanjut-*"))
        for p in sorted(ROOT.glob(f"cases/**/{names}.yaml"))
    ]


FILES = [pytest.param(kind, path, id=path.relative_to(ROOT).as_posix()) for kind, path in shipped_files()]


def test_the_committed_schemas_are_those_of_the_models() -> None:
    """If this fails: `sakip rubrik skema -o schema`, and look at the difference."""
    assert sorted(p.name for p in FOLDER.iterdir()) == sorted(map(schema_file_name, COMMITTED))
    for name in COMMITTED:
        assert (FOLDER / schema_file_name(name)).read_bytes() == render_schema(name).encode(), name


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_itself_valid_closed_and_without_loose_ends(name: str) -> None:
    schema = json.loads(render_schema(name))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    parts = list(_parts(schema))
    used = {part["$ref"].removeprefix("#/$defs/") for part in parts if "$ref" in part}
    assert used == set(schema["$defs"])
    for part in [schema, *schema["$defs"].values()]:
        if "properties" in part:
            assert part["additionalProperties"] is False
            assert all(p["description"].endswith(".") for p in part["properties"].values())


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from _parts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _parts(value)


def test_every_field_of_every_model_has_its_words() -> None:
    assert set(TITLES) == set(WORDS) == set(MODELS)
    for model in MODELS:
        assert set(WORDS[model]) == set(model.model_fields), model
        for words in (*WORDS[model].values(), TITLES[model] + "."):
            assert re.fullmatch(r"[A-Z`].{3,160}\.", words), words


@pytest.mark.parametrize(("kind", "path"), FILES)
def test_a_shipped_file_satisfies_its_schema(kind: str, path: Path) -> None:
    assert wrong(kind, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("kind", "path"), FILES)
def test_a_shipped_file_names_its_schema_in_its_first_line(kind: str, path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    prefix, _, reference = first.partition("=")
    assert prefix == "# yaml-language-server: $schema"
    assert (path.parent / reference).resolve() == FOLDER / schema_file_name(kind)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_new_case_satisfies_the_schema(name: str, tmp_path: Path) -> None:
    path = tmp_path / "kasus.yaml"
    assert run(["kasus", "baru", name, "-o", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    assert wrong("kasus", text) == []
    assert "yaml-language-server" not in text


@pytest.mark.parametrize("name", [UNIT, INSTANSI, LAMA])
def test_a_new_variant_satisfies_both_schemas(name: str, tmp_path: Path) -> None:
    assert run(["rubrik", "baru", "kab-contoh/unit", "--dari", name, "-o", str(tmp_path)]) == 0
    text = (tmp_path / "kab-contoh/unit/rubrik.yaml").read_text(encoding="utf-8")
    assert wrong("rubrik", text) == wrong("turunan", text) == []


def test_the_schema_of_variants_refuses_a_root_and_an_unfinished_variant() -> None:
    assert wrong("turunan", rubric_text(UNIT)) != []
    text = variant("  ubah: []").replace("perubahan:\n  ubah: []\n", "")
    assert wrong("rubrik", text) == [": 'perubahan' is a required property"]
    both = variant("  ubah: []") + "komponen: []\n"
    assert [line.split("(")[0] for line in wrong("rubrik", both)] == [": Additional properties are not allowed "]


RUBRIC = 'perubahan:\n  ubah:\n    - alasan: x\n      subkomponen: {{"1.a": {{bobot: {bobot}}}}}\n'
GOOD = [
    ("rubrik", RUBRIC.format(bobot=bobot))
    for bobot in ("6", "4.5", '"4.5"', "1/3", "-1", "")
] + [
    ("rubrik", "perubahan: {ubah: [{alasan: x, kriteria: {1.a.1: {uji: , upaya: 2}}}]}"),
    ("rubrik", "perubahan: {ganti: [{alasan: x, status: {tidak: {nilai: 0}, tidak_berlaku: {dihitung: tidak}}}]}"),
    ("rubrik", "perubahan: {ganti: [{alasan: x, status: {tidak_berlaku: {dihitung: false}}}]}"),
    ("rubrik", "perubahan: {}\ntopik: {a-b: {komponen: \"1\", teks: Agar}}\njenis_bukti: {a_1: A}"),
]  # fmt: skip
BAD = [
    ("perubahan/ubah/0/subkomponen/1.a/bobot", RUBRIC.format(bobot="enam")),
    ("perubahan/ubah/0/subkomponen/1.a/bobot", RUBRIC.format(bobot='"4,5"')),
    ("perubahan/ubah/0/subkomponen", "perubahan: {ubah: [{alasan: x, subkomponen: {1.A: {bobot: 1}}}]}"),
    ("perubahan/ubah/0", "perubahan: {ubah: [{kriteria: {}}]}"),
    ("perubahan/hapus/0/id", "perubahan: {hapus: [{id: 1.a, alasan: x}]}"),
    ("perubahan/hapus/0/alasan", 'perubahan: {hapus: [{id: 1.a.1, alasan: ""}]}'),
    ("perubahan/hapus", "perubahan: {hapus: {id: 1.a.1, alasan: x}}"),
    ("perubahan/pindah/0/no_cetak", "perubahan: {pindah: [{dari: 1.a.1, ke: 1.a.2, no_cetak: 2, alasan: x}]}"),
    ("perubahan/tambah/0/kriteria", "perubahan: {tambah: [{alasan: x, kriteria: []}]}"),
    ("perubahan/ubah/0/kriteria/1.a.1/uji", "perubahan: {ubah: [{alasan: x, kriteria: {1.a.1: {uji: mungkin}}}]}"),
    ("perubahan/ganti/0/status", "perubahan: {ganti: [{alasan: x, status: {penuh: {nilai: 1}}}]}"),
    ("perubahan/ganti/0/status/tidak/dihitung", "perubahan: {ganti: [{alasan: x, status: {tidak: {dihitung: no}}}]}"),
    ("topik/a/komponen", "perubahan: {}\ntopik: {a: {komponen: 1, teks: Agar}}"),
    ("topik", "perubahan: {}\ntopik: {A: {komponen: '1', teks: Agar}}"),
    ("jenis_bukti/aa", "perubahan: {}\njenis_bukti: {aa: }"),
    ("", "perubahan: {}\nperubahann: {}"),
]


def as_variant(tail: str) -> str:
    return variant("").partition("perubahan:")[0] + tail


@pytest.mark.parametrize(("kind", "tail"), GOOD)
def test_forms_that_a_rubric_may_have(kind: str, tail: str) -> None:
    assert wrong(kind, as_variant(tail)) == []


@pytest.mark.parametrize(("place", "tail"), BAD)
def test_forms_that_a_rubric_may_not_have(place: str, tail: str) -> None:
    found = wrong("rubrik", as_variant(tail))
    assert [line.split(": ")[0] for line in found] == [place], found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('  versi: "1"', "  versi: 1", "rubrik/versi: 1 is not of type 'string'"),
        ("  tingkat: unit", "  tingkat: kota", "rubrik/tingkat: 'kota' is not one of"),
        ("  berlaku_sejak: 2021-12-31", "  berlaku_sejak: 31-12-2021", "rubrik/berlaku_sejak: '31-12-2021' does not"),
        ("  digit: 2", "  digit: 7", "pembulatan/digit: 7 is greater than the maximum of 6"),
        ("  digit: 2", "  digit: 2.5", "pembulatan/digit: 2.5 is not of type 'integer'"),
        ('  - id: "1"\n', "  - id: 1\n", "komponen/0/id: 1 is not of type 'string'"),
        ('  - id: "1"\n', '  - id: "1"\n    bobt: 30\n', "komponen/0: Additional properties are not allowed"),
        ("  butuh: [alasan, bukti]", "  butuh: [alasan, saksi]", "melampaui/butuh/1: 'saksi' is not one of"),
    ],
)
def test_mistakes_in_a_root_are_found_where_they_are(old: str, new: str, said: str) -> None:
    found = wrong("rubrik", changed(rubric_text(UNIT), (old, new)))
    assert len(found) == 1, found
    assert found[0].startswith(said)


RULE = """
aturan:
  - id: contoh
    jenis: temuan
    bila: [{bila}]
    temuan: {kode: CONTOH, tingkat: perhatian, subjek: a, pesan: a, cara: a}
    dasar: a
"""


@pytest.mark.parametrize(
    ("pattern", "places"),
    [
        ("{sebut: k, fakta: kriteria, syarat: {status: tidak, cocok: {minimal: 1}, kriteria: 1.a.1}}", []),
        ('{sebut: k, fakta: kriteria, syarat: {cocok: "0", dimensi: {salah_satu: [a, 1]}}, tidak_ada: ya}', []),
        ("{sebut: s, fakta: subkomponen, syarat: {belum: 2, komponen: {sama_dengan: k.komponen}}}", []),
        ("{sebut: k, fakta: kriteriaa}", ["aturan/0/bila/0/fakta"]),
        ("{sebut: k, fakta: kriteria, syarat: {statuss: tidak}}", ["aturan/0/bila/0/syarat"]),
        ("{sebut: k, fakta: kriteria, syarat: {jawaban: BB}}", ["aturan/0/bila/0/syarat"]),
        ("{sebut: k, fakta: kriteria, syarat: {bukti_cocok: a}}", ["aturan/0/bila/0/syarat"]),
        ("{sebut: k, fakta: kriteria, syarat: {status: true}}", ["aturan/0/bila/0/syarat/status"]),
        ("{sebut: k, fakta: kriteria, syarat: {status: {mnimal: 1}}}", ["aturan/0/bila/0/syarat/status"]),
        (
            "{sebut: k, fakta: kriteria, syarat: {status: {salah_satu: [tidak, {}]}}}",
            ["aturan/0/bila/0/syarat/status/salah_satu/1"],
        ),
        ("{sebut: K, fakta: kriteria, tidak_ada: yes}", ["aturan/0/bila/0/sebut", "aturan/0/bila/0/tidak_ada"]),
    ],
)
def test_a_rule_knows_facts_and_their_fields(pattern: str, places: list[str]) -> None:
    found = wrong("aturan", RULE.replace("{bila}", pattern))
    assert [line.split(": ")[0] for line in found] == places, found


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("tahun_kinerja: 2022", "tahun_kinerja: 22", "tahun_kinerja"),
        ("tahun_kinerja: 2022", 'tahun_kinerja: "2022"', "tahun_kinerja"),
        ("  klaster: tambahan", "  klaster: lain", "instansi/klaster"),
        ("rubrik: tanah-laut-68-2022/unit", "rubrk: tanah-laut-68-2022/unit", ""),
        ("  ada_rekomendasi: ya", "  ada_rekomendasi: yes", "tindak_lanjut_sebelumnya/ada_rekomendasi"),
    ],
)
def test_mistakes_in_a_case_are_found_where_they_are(old: str, new: str, place: str) -> None:
    found = wrong("kasus", changed(PELAIHARI.read_text(encoding="utf-8"), (old, new)))
    assert {line.split(": ")[0] for line in found} == {place}, found


def test_the_command_prints_one_schema(capsys: pytest.CaptureFixture[str]) -> None:
    for name in SCHEMAS:
        assert run(["rubrik", "skema", name]) == 0
        assert capsys.readouterr().out == render_schema(name)


def test_the_command_writes_the_committed_schemas_or_the_one_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "baru" / "schema"
    assert run(["rubrik", "skema", "-o", str(folder)]) == 0
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {p.name: p.read_bytes() for p in FOLDER.iterdir()}
    assert capsys.readouterr().out.splitlines() == [f"Ditulis: {folder / schema_file_name(n)}" for n in COMMITTED]
    assert run(["rubrik", "skema", "turunan", "-o", str(tmp_path)]) == 0
    assert (tmp_path / "turunan.schema.json").read_text(encoding="utf-8") == render_schema("turunan")


def test_the_command_lists_the_schemas(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rubrik", "skema"]) == 0
    *kinds, how = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in kinds] == list(SCHEMAS)
    assert "-o FOLDER" in how


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocked = tmp_path / "berkas"
    blocked.write_text("", encoding="utf-8")
    assert run(["rubrik", "skema", "-o", str(blocked)]) == 2
    assert f"{blocked}: B108: Folder tidak dapat dibuat" in capsys.readouterr().err


def test_the_real_case_is_one_of_the_files_checked() -> None:
    assert ("kasus", PELAIHARI) in shipped_files()
    assert ("rubrik", ROOT / "rubrics" / TANAH_LAUT / "rubrik.yaml") in shipped_files()
