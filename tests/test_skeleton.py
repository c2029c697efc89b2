"""The skeleton of a new case is good as it stands, judges nothing, and keeps the agency's name."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest

from sakip_eval import Case, SakipError, evaluate, load_case
from sakip_eval.case.case import Rater
from sakip_eval.case.skeleton import render_skeleton
from tests.helpers.files import LAMA, SHIPPED, TANAH_LAUT, UNIT, shipped

RATERS: tuple[Rater, ...] = get_args(Rater)


def skeleton(name: str, penilai: Rater = "evaluator", instansi: str = "Dinas Contoh") -> str:
    return render_skeleton(shipped(name), instansi=instansi, tahun_kinerja=2024, tahun_evaluasi=2025, penilai=penilai)


def loaded(folder: Path, name: str, penilai: Rater = "evaluator", instansi: str = "Dinas Contoh") -> Case:
    path = folder / "kasus.yaml"
    path.write_text(skeleton(name, penilai, instansi), encoding="utf-8")
    return load_case(path, shipped(name))


@pytest.mark.parametrize("penilai", RATERS)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_skeleton_loads_without_problems(tmp_path: Path, name: str, penilai: Rater) -> None:
    case = loaded(tmp_path, name, penilai)
    assert (case.rubrik, case.instansi.nama) == (name, "Dinas Contoh")
    assert (case.tahun_kinerja, case.tahun_evaluasi) == (2024, 2025)
    assert list(case.penilaian) == [penilai]


@pytest.mark.parametrize("penilai", RATERS)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_skeleton_judges_nothing(tmp_path: Path, name: str, penilai: Rater) -> None:
    hasil = evaluate(shipped(name), loaded(tmp_path, name, penilai), penilai)
    assert hasil.lengkap is False
    assert hasil.nilai is None
    assert hasil.predikat is None
    assert hasil.rentang == (Fraction(0), Fraction(100))
    assert hasil.dinilai == 0
    assert all(k.nilai is None for k in hasil.komponen)
    assert all(s.nilai is None and s.jawaban is None for k in hasil.komponen for s in k.subkomponen)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_skeleton_has_no_findings_about_what_nobody_wrote_yet(tmp_path: Path, name: str) -> None:
    assert evaluate(shipped(name), loaded(tmp_path, name)).temuan == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_skeleton_names_every_part_of_the_rubric_once(tmp_path: Path, name: str) -> None:
    rubric = shipped(name)
    said = loaded(tmp_path, name).penilaian["evaluator"]
    text = skeleton(name)
    assert all(text.count(f'"{kriteria.id}":') == 1 for kriteria in rubric.each_kriteria())
    assert list(said.kriteria) == [kriteria.id for kriteria in rubric.each_kriteria()]
    if rubric.pada == "subkomponen":
        assert list(said.subkomponen) == list(rubric.subkomponen_by_id)


@pytest.mark.parametrize("name", [LAMA, TANAH_LAUT])
def test_the_words_of_the_rubric_stand_in_the_comments(name: str) -> None:
    comments = " ".join(line.strip(" #") for line in skeleton(name).splitlines() if line.strip().startswith("#"))
    rubric = shipped(name)
    for komponen in rubric.komponen if rubric.pada == "komponen" else ():
        assert komponen.nama in comments
    for kriteria in rubric.each_kriteria():
        assert kriteria.uraian in comments


def test_a_skeleton_filled_in_a_little_is_scored_a_little(tmp_path: Path) -> None:
    text = skeleton(UNIT).replace('"1.a":\n        jawaban:', '"1.a":\n        jawaban: BB', 1)
    path = tmp_path / "kasus.yaml"
    path.write_text(text, encoding="utf-8")
    hasil = evaluate(shipped(UNIT), load_case(path, shipped(UNIT)))
    assert (hasil.dinilai, hasil.seluruh) == (1, 12)
    assert hasil.rentang == (Fraction("4.8"), Fraction("98.8"))


@pytest.mark.parametrize(
    "name",
    [
        'Dinas "Kominfo"', "C:\\Data\\tahun", "Dinas: Pertama # Kedua", "Badan Jum'at", "{x: [y]}", "- dinas", "NO",
        "1.10", "~", "%TAG", "@dinas", "&a *a !b", "Kantor “Café” → 中 🏛", "A\tB", '\\"', "\\", '"', "ujung \\n",
        "tab\\t", "'", "null", "x" * 500,
    ],
)  # fmt: skip
def test_the_name_of_the_agency_survives(tmp_path: Path, name: str) -> None:
    assert loaded(tmp_path, LAMA, instansi=name).instansi.nama == name


@pytest.mark.parametrize("name", ["A\nB", "A\r\nB", "A\u2028B", "A\x85B", "A\x1bB", "A\x00B", "A\ufffeB", "A  \n B"])
def test_the_name_of_the_agency_is_kept_or_refused_but_never_changed(tmp_path: Path, name: str) -> None:
    try:
        text = skeleton(LAMA, instansi=name)
    except (ValueError, SakipError):
        return
    path = tmp_path / "kasus.yaml"
    path.write_bytes(text.encode())
    assert load_case(path, shipped(LAMA)).instansi.nama == name
