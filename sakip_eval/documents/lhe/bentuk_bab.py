"""The long form: chapters in the outline of PermenPANRB 88/2021 (Pendahuluan, Gambaran Hasil, Penutup)."""

from __future__ import annotations

from collections.abc import Sequence

from sakip_eval.documents.lhe import bagian
from sakip_eval.documents.lhe.bahasa import figure, listed, plain_figure
from sakip_eval.documents.lhe.dasar_hukum import regulations, surat_tugas
from sakip_eval.documents.lhe.elements import (
    Caption,
    Cell,
    Element,
    Heading,
    Item,
    Paragraph,
    Picture,
    Runs,
    Table,
    blank,
    bold,
    text,
)
from sakip_eval.documents.lhe.hasil import (
    component_count,
    component_table,
    interpretation,
    previous,
    rounding_note,
    total,
)
from sakip_eval.documents.lhe.kondisi import fulfilment_table, full, sort_criteria
from sakip_eval.documents.lhe.monitoring import monitoring, request
from sakip_eval.documents.lhe.rekomendasi import recommendations
from sakip_eval.documents.lhe.surat import Surat
from sakip_eval.engine.result import Evaluation
from sakip_eval.rubric.rubric import Band

_SCORED = {
    "subkomponen": (
        "Penilaian diberikan pada subkomponen dengan jawaban {jawaban}. Kriteria merupakan kondisi yang mendasari "
        "jawaban itu; nilai subkomponen adalah bobotnya dikalikan poin jawabannya, sedangkan nilai komponen dan nilai "
        "akhir adalah jumlah nilai bagian-bagiannya."
    ),
    "kriteria": (
        "Penilaian diberikan pada kriteria. Nilai subkomponen adalah bobotnya dikalikan rata-rata kriteria yang "
        "berlaku, sedangkan nilai komponen dan nilai akhir adalah jumlah nilai bagian-bagiannya."
    ),
    "komponen": (
        "Penilaian diberikan langsung pada komponen, paling tinggi sebesar bobotnya; nilai akhir adalah jumlah nilai "
        "seluruh komponen."
    ),
}


def report_body(
    evaluation: Evaluation, surat: Surat, before: Evaluation | None, pictures: Sequence[tuple[str, Picture]] = ()
) -> tuple[Element, ...]:
    """Return the report from its title to the list of copies; `pictures` are captions with charts."""
    return (
        *_title(evaluation, surat),
        *_introduction(evaluation, surat, before),
        *_results(evaluation, surat, before, pictures),
        *_closing(evaluation, surat),
        *bagian.signature(surat),
        *bagian.copies(surat),
    )


def _title(evaluation: Evaluation, surat: Surat) -> list[Element]:
    number = bagian.filled(surat.file.nomor, "nomor", "nomor laporan")
    return [
        Heading(0, "LAPORAN HASIL EVALUASI\nAKUNTABILITAS KINERJA INSTANSI PEMERINTAH", numbered=False),
        Paragraph((bold(bagian.unit(evaluation).upper()),), "LHE Judul Kecil", "tengah"),
        Paragraph((bold(f"TAHUN {evaluation.case.tahun_kinerja}"),), "LHE Judul Kecil", "tengah"),
        Paragraph(text("Nomor ", number), "LHE Judul Kecil", "tengah"),
        Paragraph(text("Tanggal ", bagian.day(surat)), "LHE Judul Kecil", "tengah"),
    ]


def _given(words: Sequence[str], key: str, label: str) -> list[Element]:
    return [Paragraph(text(p)) for p in words] or [Paragraph((blank(key, label),))]


def _introduction(evaluation: Evaluation, surat: Surat, before: Evaluation | None) -> list[Element]:
    case, unit = evaluation.case, bagian.unit(evaluation)
    elements: list[Element] = [Heading(1, "PENDAHULUAN"), Heading(2, "Dasar Hukum")]
    grounds: list[Runs] = [text(name) for name in regulations(evaluation.rubric, surat)]
    grounds.append(surat_tugas(surat))
    elements += [Item(text(words, "."), "angka", 0, "dasar") for words in grounds]
    elements.append(Heading(2, "Latar Belakang"))
    background = surat.file.latar_belakang or (
        "Akuntabilitas kinerja instansi pemerintah diwujudkan melalui Sistem Akuntabilitas Kinerja Instansi Pemerintah "
        "(SAKIP), yang penerapannya dievaluasi setiap tahun. Laporan ini memuat hasil evaluasi atas akuntabilitas "
        f"kinerja {unit} tahun {case.tahun_kinerja}, yang dilaksanakan pada tahun {case.tahun_evaluasi}.",
    )
    elements += [Paragraph(text(p)) for p in background]
    elements += [
        Heading(2, "Tujuan"),
        Paragraph(text("Evaluasi dilaksanakan dengan tujuan:"), keep=True),
        *bagian.purposes(0),
    ]
    elements += [
        Heading(2, "Ruang Lingkup"),
        Paragraph(
            text(
                f"Evaluasi meliputi {component_count(evaluation)}, yaitu {listed(bagian.component_names(evaluation))}, "
                f"untuk tahun kinerja {case.tahun_kinerja}. Dokumen yang diperiksa adalah:"
            ),
            keep=True,
        ),
        *bagian.documents(evaluation, surat, 0),
        Heading(2, "Metodologi"),
        *_method(evaluation),
        Heading(2, "Gambaran Umum Unit Kerja"),
        *_given(surat.file.gambaran_umum, "gambaran_umum", "gambaran umum unit kerja"),
        Heading(2, "Gambaran Umum Implementasi SAKIP"),
        *_overview(evaluation, before),
        Heading(2, "Tindak Lanjut Hasil Evaluasi Tahun Sebelumnya"),
        Paragraph(monitoring(case)),
    ]
    if asked := request(case, surat):
        elements.append(Paragraph(asked))
    return elements


def _method(evaluation: Evaluation) -> list[Element]:
    rubric = evaluation.rubric
    answers = ", ".join(f"{s.jawaban} ({plain_figure(s.poin)}%)" for s in rubric.skala)
    bands = Table(
        (20, 40, 40),
        (tuple(Cell((bold(h),), "tengah", "D9D9D9") for h in ("Predikat", "Rentang nilai", "Sebutan")),),
        tuple(
            (
                Cell(text(p.predikat), "tengah"),
                Cell(text(_band(p.band)), "tengah"),
                Cell(text(p.sebutan)),
            )
            for p in rubric.predikat
        ),
    )
    return [
        Paragraph(
            text(
                "Evaluasi dilakukan dengan menelaah dokumen yang disampaikan dan mencocokkannya dengan kriteria dalam "
                f"lembar kerja evaluasi. {_SCORED[rubric.pada].format(jawaban=answers)}"
            )
        ),
        Paragraph(
            text("Nilai akhir dikelompokkan dalam kategori berikut; batas bawah setiap rentang tidak termasuk.")
        ),
        Caption("Tabel", "Kategori nilai"),
        bands,
    ]


def _band(band: Band) -> str:
    low = f"{'' if band.low_inclusive else 'lebih dari '}{plain_figure(band.low)}" if band.low is not None else ""
    high = (
        f"{'' if band.high_inclusive else 'kurang dari '}{plain_figure(band.high)}" if band.high is not None else ""
    )
    return " sampai dengan ".join(part for part in (low, high) if part)


def _overview(evaluation: Evaluation, before: Evaluation | None) -> list[Element]:
    elements: list[Element] = [Paragraph(total(evaluation))]
    elements += [Paragraph(words) for words in (interpretation(evaluation), previous(evaluation, before)) if words]
    elements += [Caption("Tabel", "Nilai per komponen"), component_table(evaluation, before)]
    if note := rounding_note(evaluation):
        elements.append(Paragraph(text(note)))
    return elements


def _results(
    evaluation: Evaluation, surat: Surat, before: Evaluation | None, pictures: Sequence[tuple[str, Picture]]
) -> list[Element]:
    elements: list[Element] = [Heading(1, "GAMBARAN HASIL EVALUASI", new_page=True), Heading(2, "Kondisi")]
    if (table := fulfilment_table(evaluation)) is not None:
        elements += [Caption("Tabel", "Pemenuhan kriteria dan nilai per subkomponen"), table]
    for caption, picture in pictures:
        elements += [picture, Caption("Gambar", caption)]
    for komponen in evaluation.komponen:
        elements += [Heading(3, komponen.nama), *full(evaluation, komponen)]
    elements += [
        Heading(2, "Capaian Kinerja"),
        *_given(surat.file.capaian_kinerja, "capaian_kinerja", "uraian capaian kinerja"),
        Heading(2, "Rekomendasi"),
        Paragraph(
            text(
                "Berdasarkan kondisi di atas, kami menyarankan kepada ", bagian.addressed(surat), " sebagai berikut:"
            ),
            keep=True,
        ),
        *recommendations(evaluation),
    ]
    return elements


def _closing(evaluation: Evaluation, surat: Surat) -> list[Element]:
    unit = bagian.unit(evaluation)
    elements: list[Element] = [
        Heading(1, "PENUTUP", new_page=True),
        Heading(2, "Simpulan"),
        Paragraph(total(evaluation)),
        Paragraph(text(_summary(evaluation))),
        Heading(2, "Dorongan"),
        Paragraph(
            text(
                bagian.addressed(surat),
                f" diharapkan menindaklanjuti seluruh rekomendasi dalam laporan ini dan menyampaikan bukti tindak "
                f"lanjutnya, agar akuntabilitas kinerja {unit} terus meningkat pada tahun berikutnya."
                if evaluation.rekomendasi
                else f" diharapkan terus meningkatkan akuntabilitas kinerja {unit} pada tahun berikutnya.",
            )
        ),
        Paragraph(bagian.place_and_day(surat), "LHE Tempat Tanggal", keep=True),
    ]
    return elements


def _summary(evaluation: Evaluation) -> str:
    """Name the components that stand highest and lowest, and count criteria and recommendations."""
    valued = [(k.persen, k) for k in evaluation.komponen if k.persen is not None]
    words: list[str] = []
    if evaluation.lengkap and len(valued) > 1:
        best, worst = max(share for share, _ in valued), min(share for share, _ in valued)
        if best == worst:
            words.append(f"Seluruh komponen mencapai {figure(evaluation, best)}% dari bobotnya.")
        else:
            high = listed([k.nama for share, k in valued if share == best])
            low = listed([k.nama for share, k in valued if share == worst])
            words.append(
                f"Capaian tertinggi terhadap bobot terdapat pada {high} ({figure(evaluation, best)}%), sedangkan yang "
                f"terendah pada {low} ({figure(evaluation, worst)}%)."
            )
    met = sort_criteria(evaluation.jejak)
    if met.berlaku and not met.belum:
        words.append(f"Dari {met.berlaku} kriteria yang berlaku, {len(met.terpenuhi)} telah terpenuhi.")
    elif met.berlaku and not met.kosong:
        words.append(
            f"Dari {met.berlaku} kriteria yang berlaku, {len(met.terpenuhi)} telah terpenuhi dan {len(met.belum)} belum "
            "dinilai."
        )
    count = len(evaluation.rekomendasi)
    words.append(f"Laporan ini memuat {count} rekomendasi." if count else "Laporan ini tidak memuat rekomendasi.")
    return " ".join(words)
