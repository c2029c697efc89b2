"""Many cases one after another: what is remembered of one never shows in another, nor what is left out as unwanted."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sakip_eval import Case, Evaluation, Rubric, evaluate
from sakip_eval.case.case import Bukti, JawabanKriteria, JawabanSub, Penilaian, RekapTindakLanjut, TindakLanjut
from tests.helpers.curious import curious
from tests.helpers.reference_matcher import ReferenceMatcher

STATUSES = ["terpenuhi", "terpenuhi", "tidak", "sebagian", "tidak_berlaku", None]


def varied(rubric: Rubric, case: Case, seed: int) -> Case:
    """The case as another agency might fill it in: some or all judgements, evidence and follow-up drawn anew."""
    draw = random.Random(seed)
    share = draw.choice([0.05, 0.3, 1.0])
    said = case.penilaian["evaluator"]
    kriteria, sub = dict(said.kriteria), dict(said.subkomponen)
    for name in rubric.kriteria_by_id:
        if draw.random() < share:
            kriteria[name] = JawabanKriteria(draw.choice(STATUSES))
    for name in rubric.subkomponen_by_id:
        if draw.random() < share:
            bukti = tuple(draw.sample(sorted(case.bukti), draw.randint(0, 2)))
            words = draw.choice([None, "ada alasannya"])
            sub[name] = JawabanSub(draw.choice([*rubric.step_by_jawaban, None]), words, words, bukti)
    kinds = draw.sample(sorted(rubric.jenis_bukti), draw.randint(0, 8))
    more = {
        f"tambahan-{at}": Bukti(
            f"tambahan-{at}", kind, "Dokumen", draw.choice([2019, 2021, 2022]), 2022,
            draw.choice([None, date(2022, 1, 3)]), draw.choice([None, date(2022, 2, 1)]),
            draw.choice([None, date(2023, 2, 20), date(2023, 5, 1)]),
        )
        for at, kind in enumerate(kinds)
    }  # fmt: skip
    kept = {name: b for name, b in case.bukti.items() if name in {i for s in sub.values() for i in s.bukti}}
    follow = draw.choice(
        [
            case.tindak_lanjut,
            None,
            TindakLanjut(False, (), None, None),
            TindakLanjut(True, (), None, None, RekapTindakLanjut(date(2023, 5, 1), 3, sesuai=1, belum_sesuai=2)),
            TindakLanjut(True, (), None, None, RekapTindakLanjut(date(2023, 5, 1), 2, sesuai=2)),
        ]
    )
    return replace(
        case,
        bukti={**(case.bukti if draw.random() < 0.5 else kept), **more},
        tindak_lanjut=follow,
        penilaian={"evaluator": Penilaian(said.tanggal, sub, kriteria, {}, said.rekomendasi)},
    )


def outcome(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "nilai": evaluation.nilai,
        "rentang": evaluation.rentang,
        "komponen": evaluation.komponen,
        "usulan": dict(evaluation.usulan),
        "temuan": [finding._replace(fakta=()) for finding in evaluation.temuan],
        "fakta": [[(fact.name, dict(fact.values)) for fact in finding.fakta] for finding in evaluation.temuan],
        "rekomendasi": evaluation.rekomendasi,
    }


@pytest.mark.parametrize("hundred", range(4))
def test_each_case_comes_out_as_it_would_alone(hundred: int, tanah_laut: Rubric, pelaihari: Case) -> None:
    """Alone: rules in plain loops, on all facts, for a rubric that nothing was prepared for."""
    other = curious(tanah_laut)
    seen: set[str] = set()
    for seed in range(25 * hundred, 25 * hundred + 25):
        case = varied(tanah_laut, pelaihari, seed)
        found = evaluate(tanah_laut, case)
        assert outcome(found) == outcome(evaluate(other, case, matcher=ReferenceMatcher())), seed
        seen |= {finding.aturan for finding in found.temuan} | {u.aturan for u in found.usulan.values()}
    # It would say nothing if only a few rules ever fired.
    assert len(seen) > len(tanah_laut.rules) / 2
