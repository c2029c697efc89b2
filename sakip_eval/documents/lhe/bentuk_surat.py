"""The short form: a letter, in the order of the real letter of Inspektorat Kabupaten Tanah Laut (seed 000)."""

from __future__ import annotations

from sakip_eval.documents.lhe import bagian
from sakip_eval.documents.lhe.bahasa import listed
from sakip_eval.documents.lhe.dasar_hukum import regulations, surat_tugas
from sakip_eval.documents.lhe.elements import Element, Item, Paragraph, Runs, italic, text
from sakip_eval.documents.lhe.hasil import (
    component,
    component_count,
    interpretation,
    previous,
    rounding_note,
    total,
)
from sakip_eval.documents.lhe.kondisi import brief
from sakip_eval.documents.lhe.monitoring import monitoring, request
from sakip_eval.documents.lhe.rekomendasi import recommendations
from sakip_eval.documents.lhe.surat import Surat
from sakip_eval.engine.result import Evaluation


def letter_body(evaluation: Evaluation, surat: Surat, before: Evaluation | None) -> tuple[Element, ...]:
    """Return the letter from its date to the list of copies."""
    case = evaluation.case
    unit = bagian.unit(evaluation)
    elements: list[Element] = [
        Paragraph(bagian.place_and_day(surat), "LHE Tanggal"),
        bagian.reference(surat, case),
        *bagian.addressee(surat),
        Paragraph(_grounds(evaluation, surat), "LHE Pembuka"),
        _point(
            text(f"Kami telah melakukan evaluasi atas akuntabilitas kinerja pada {unit} dengan tujuan:"), keep=True
        ),
        *bagian.purposes(1),
        _point(
            text(
                f"Evaluasi dilaksanakan terhadap {component_count(evaluation)}, yang meliputi "
                f"{listed(bagian.component_names(evaluation))}. Dokumen yang diperiksa dalam evaluasi ini adalah:"
            ),
            keep=True,
        ),
        *bagian.documents(evaluation, surat, 1),
        _point(
            text(
                "Hasil evaluasi dituangkan dalam bentuk nilai dengan kisaran 0 sampai dengan 100. ", total(evaluation)
            )
        ),
    ]
    elements += [
        Paragraph(words, depth=0) for words in (interpretation(evaluation), previous(evaluation, before)) if words
    ]
    elements += _components(evaluation, unit)
    elements.append(
        _point(text("Monitoring tindak lanjut rekomendasi hasil evaluasi periode sebelumnya. ", monitoring(case)))
    )
    elements.append(
        Paragraph(
            text(
                "Dari hasil evaluasi yang telah dilakukan sebagaimana diuraikan di atas, kami menyarankan kepada ",
                bagian.addressed(surat),
                " sebagai berikut:",
            ),
            keep=True,
        )
    )
    elements += recommendations(evaluation)
    if asked := request(case, surat):
        elements.append(Paragraph(asked))
    elements.append(
        Paragraph(
            text(
                f"Demikian disampaikan hasil evaluasi terhadap akuntabilitas kinerja {unit}. Atas perhatian dan kerja "
                "sama yang baik diucapkan terima kasih."
            )
        )
    )
    return (*elements, *bagian.signature(surat), *bagian.copies(surat))


def _point(runs: Runs, *, keep: bool = False) -> Item:
    return Item(runs, "angka", 0, "butir", keep=keep)


def _grounds(evaluation: Evaluation, surat: Surat) -> Runs:
    named = ", ".join(regulations(evaluation.rubric, surat))
    return text(
        f"Dalam rangka pelaksanaan {named}, dan ", surat_tugas(surat), ", kami sampaikan hal-hal sebagai berikut:"
    )


def _components(evaluation: Evaluation, unit: str) -> list[Element]:
    lead = f"Nilai tersebut merupakan akumulasi angka tertimbang dari seluruh komponen yang dievaluasi di {unit}"
    if not evaluation.lengkap:
        lead = f"Nilai akhir merupakan akumulasi angka tertimbang dari seluruh komponen yang dievaluasi di {unit}"
    elements: list[Element] = [_point(text(f"{lead}, dengan rincian sebagai berikut:"), keep=True)]
    for at, komponen in enumerate(evaluation.komponen):
        elements.append(Item((italic(komponen.nama),), "huruf", 1, "nilai", keep=True))
        condition = brief(evaluation, komponen, at)
        words = component(evaluation, komponen)
        elements.append(Paragraph(text(words, " ", condition) if condition else words, depth=1))
    if note := rounding_note(evaluation):
        elements.append(Paragraph(text(note), depth=0))
    return elements
