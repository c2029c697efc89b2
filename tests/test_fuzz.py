"""Whatever a file holds: it loads and evaluates, or it is refused with coded problems. Never anything else.

`SAKIP_FUZZ=50000 pytest tests/test_fuzz.py` runs that many inputs for each kind of file; CI runs a fixed set.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from sakip_eval import SakipError, evaluate
from sakip_eval.case.load import load_with_rubric
from sakip_eval.render.json_text import render_json
from sakip_eval.render.table import render_table
from sakip_eval.rubric.load import load_rubric
from tests.conftest import ROOT
from tests.helpers.mutate import mutated

NUMBER = int(os.environ.get("SAKIP_FUZZ", "300"))
FUZZ = settings(
    max_examples=NUMBER,
    deadline=None,
    derandomize=NUMBER == 300,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def _short_case() -> str:
    """The real case with one component's criteria, so that many inputs can be tried."""
    lines = (ROOT / "cases/kecamatan-pelaihari/2022.yaml").read_text(encoding="utf-8").split("\n")
    return "\n".join(line for line in lines if not re.match(r'      "[134]\.[abc]\.\d+"', line))


CASE = _short_case()
VARIANT = """rubrik:
  id: contoh/unit
  extends: permenpanrb-12-2015/unit
  nama: Contoh
  penerbit: Bupati Contoh
  peraturan: Peraturan Bupati Contoh Nomor 1 Tahun 2016
  tingkat: unit
  versi: "1"
  berlaku_sejak: 2016-01-01
  diperiksa: 2026-11-21
  sumber: Lampiran
perubahan:
  ubah:
    - alasan: bobot daerah
      dasar: Peraturan Bupati Contoh 1/2016
      komponen: {"1": {bobot: 25}, "5": {bobot: 25}}
      subkomponen: {"1.a": {bobot: 5}, "1.b": {bobot: 12.5}, "1.c": {bobot: 7.5}}
"""
RULES = (ROOT / "rubrics/permenpanrb-12-2015/unit/aturan-temuan.yaml").read_text(encoding="utf-8")
KODE = re.compile(r"[ABKMRY]\d{3}")


@contextmanager
def no_hang(seconds: int) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError(f"lebih dari {seconds} detik")

    old = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, old)


def assert_coded(error: SakipError) -> None:
    assert error.problems
    for problem in error.problems:
        assert KODE.fullmatch(problem.kode)
        assert problem.apa
        assert problem.mengapa
        assert problem.perbaikan
        assert problem.lokasi.line >= 0


@FUZZ
@given(raw=mutated([CASE]))
def test_a_case(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "kasus.yaml"
    path.write_bytes(raw)
    with no_hang(20):
        try:
            loaded = load_with_rubric(path, _RUBRICS)
        except SakipError as error:
            assert_coded(error)
            return
        result = evaluate(loaded.rubric, loaded.case)
        render_table(result)
        render_json([result])


_RUBRICS = {"tanah-laut-68-2022/unit": load_rubric("tanah-laut-68-2022/unit")}


def _load(folder: Path) -> None:
    with no_hang(20):
        try:
            load_rubric("contoh/unit", [folder])
        except SakipError as error:
            assert_coded(error)


@FUZZ
@given(raw=mutated([VARIANT]))
def test_a_variant(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.getbasetemp() / "varian"
    (folder / "contoh/unit").mkdir(parents=True, exist_ok=True)
    (folder / "contoh/unit/rubrik.yaml").write_bytes(raw)
    _load(folder)


@FUZZ
@given(raw=mutated([RULES]))
def test_a_rule_file(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.getbasetemp() / "aturan"
    (folder / "contoh/unit").mkdir(parents=True, exist_ok=True)
    (folder / "contoh/unit/rubrik.yaml").write_text(VARIANT, encoding="utf-8")
    (folder / "contoh/unit/aturan.yaml").write_bytes(raw.replace(b"angka-tercetak", b"angka-lain"))
    _load(folder)
