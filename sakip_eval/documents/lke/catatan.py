"""The notes of the one-page form: what the rater wrote, and where criteria are not met."""

from __future__ import annotations

from sakip_eval.case.case import Penilaian
from sakip_eval.engine.result import Evaluation

_NOTHING = Penilaian()
_SHORT = ("tidak", "sebagian")


def notes(evaluation: Evaluation) -> list[str]:
    """Return one note for each subkomponen that has something to note, in printed order.

    The rater's own note where there is one, else which criteria the rater judged as not fully met.
    """
    penilaian = evaluation.case.penilaian.get(evaluation.penilai, _NOTHING)
    names = {s.id: [k.id for k in s.kriteria] for s in evaluation.rubric.each_subkomponen()}
    found: list[str] = []
    for komponen in evaluation.komponen:
        for sub in komponen.subkomponen:
            said = penilaian.subkomponen.get(sub.id)
            short = [name for name in names[sub.id] if penilaian.status.get(name) in _SHORT]
            if said is not None and said.catatan:
                found.append(f"{sub.id} {said.catatan}")
            elif short:
                found.append(
                    f"{sub.id} {sub.nama}: {len(short)} dari {sub.pemenuhan.berlaku} kriteria belum terpenuhi "
                    f"seluruhnya ({', '.join(short)})."
                )
    return found
