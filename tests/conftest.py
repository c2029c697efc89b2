"""Shared fixtures: rubrics and the real case are loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_eval import Case, Evaluation, Rubric, evaluate, load_case, load_rubric

ROOT = Path(__file__).resolve().parent.parent
PELAIHARI = ROOT / "cases/kecamatan-pelaihari/2022.yaml"


@pytest.fixture(scope="session")
def unit() -> Rubric:
    return load_rubric("permenpanrb-88-2021/unit")


@pytest.fixture(scope="session")
def instansi() -> Rubric:
    return load_rubric("permenpanrb-88-2021/instansi")


@pytest.fixture(scope="session")
def tanah_laut() -> Rubric:
    return load_rubric("tanah-laut-68-2022/unit")


@pytest.fixture(scope="session")
def lama() -> Rubric:
    return load_rubric("permenpanrb-12-2015/unit")


@pytest.fixture(scope="session")
def per_komponen() -> Rubric:
    return load_rubric("permenpanrb-88-2021/komponen")


@pytest.fixture(scope="session")
def pelaihari(tanah_laut: Rubric) -> Case:
    return load_case(PELAIHARI, tanah_laut)


@pytest.fixture(scope="session")
def hasil(tanah_laut: Rubric, pelaihari: Case) -> Evaluation:
    return evaluate(tanah_laut, pelaihari)
