"""Shared fixtures: rubrics and the real case are loaded once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sakip_eval import Case, Evaluation, Rubric, evaluate, load_case, load_rubric
from sakip_eval.store import open_store
from sakip_eval.store.store import Store
from tests.helpers.databases import BOTH, ready_place
from tests.helpers.postgres import Server, running

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


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A real server, started by the first test that asks for it."""
    with running() as server:
        yield server


@pytest.fixture(params=BOTH)
def place(request: pytest.FixtureRequest, tmp_path: Path, postgresql: Server) -> str:
    """A database of each kind in turn, with its tables and nothing in them."""
    return ready_place(request.param, tmp_path, postgresql)


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with open_store(place) as opened:
        yield opened
