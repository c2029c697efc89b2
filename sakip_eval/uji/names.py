"""Does a test expect only what its rubric knows? A name that matches nothing is an error (U703)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sakip_eval.problems import Problem, suggest
from sakip_eval.rubric.rubric import BELUM, Rubric
from sakip_eval.rubric.rules import MakaTemuan, Rule
from sakip_eval.uji.model import HarapEntry
from sakip_eval.yamlfile import Path_, YamlDocument

TANPA = "tanpa"
"""Word for a complete total that no predikat band holds."""
PROPOSABLE = ("terpenuhi", "sebagian", "tidak", BELUM)


def all_rules(rubric: Rubric) -> list[Rule]:
    """Return every rule of a rubric, those of its optional packs included."""
    return [*rubric.rules, *(rule for pack in rubric.packs.values() for rule in pack)]


def finding_codes(rubric: Rubric) -> list[str]:
    """Return the codes of all findings that the rules can report."""
    return list(dict.fromkeys(r.outcome.kode for r in all_rules(rubric) if isinstance(r.outcome, MakaTemuan)))


def check_names(
    harap: HarapEntry, document: YamlDocument, path: tuple[str | int, ...], rubric: Rubric
) -> Iterator[Problem]:
    """Yield every name below `harap` that the rubric does not know; `path` leads to it in the document."""

    def unknown(at: Path_, what: str, name: str, known: Collection[str], *, key: bool = False) -> Problem:
        return Problem(
            "U703",
            document.locate((*path, *at), key=key),
            f"{what} `{name}` tidak ada dalam rubrik {rubric.id}",
            "Yang diharapkan itu tidak akan pernah muncul",
            suggest(name, known) if known else "Rubrik ini tidak mengenal bagian itu",
        )

    bands = [*(p.predikat for p in rubric.predikat), TANPA, BELUM]
    if harap.predikat is not None and harap.predikat not in bands:
        yield unknown(("predikat",), "Predikat", harap.predikat, bands)
    for name in harap.komponen:
        if name not in rubric.komponen_by_id:
            yield unknown(("komponen", name), "Komponen", name, rubric.komponen_by_id, key=True)
    answers = [*rubric.step_by_jawaban, BELUM]
    for name, value in harap.usulan.items():
        if name in rubric.kriteria_by_id:
            if value not in PROPOSABLE:
                yield unknown(("usulan", name), "Status", value, PROPOSABLE)
        elif name not in rubric.subkomponen_by_id:
            parts = [*rubric.subkomponen_by_id, *rubric.kriteria_by_id]
            yield unknown(("usulan", name), "Bagian", name, parts, key=True)
        elif value not in answers:
            yield unknown(("usulan", name), "Jawaban", value, answers)
    codes = finding_codes(rubric)
    for field in ("temuan", "temuan_memuat", "temuan_tanpa"):
        for index, name in enumerate(getattr(harap, field) or ()):
            if name not in codes:
                yield unknown((field, index), "Temuan", name, codes)
    for field in ("rekomendasi", "rekomendasi_memuat"):
        for index, group in enumerate(getattr(harap, field) or ()):
            for at, name in enumerate(group):
                if name not in rubric.kriteria_by_id:
                    yield unknown((field, index, at), "Kriteria", name, rubric.kriteria_by_id)
