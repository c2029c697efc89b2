"""Does a resolved rubric hold together? Weights, ladder, bands, references: what a score depends on (R4xx)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from sakip_eval.numbers import format_plain
from sakip_eval.problems import Location, Problem, suggest
from sakip_eval.rubric.model import BandEntry, KriteriaEntry, PredikatEntry, RubricFile

Locate = Callable[[str], Location]
"""Place of an id, or of a section of the file."""


def check_rubric(rubric: RubricFile, locate: Locate) -> list[Problem]:
    """Return every problem of a resolved rubric (codes R405 to R413); an empty list means it can be scored with."""
    return [
        *_weights(rubric, locate),
        *_ids(rubric, locate),
        *_references(rubric, locate),
        *_mode(rubric, locate),
        *_ladder(rubric, locate),
        *_bands(rubric.predikat, locate("predikat"), "R409", "Pita predikat"),
    ]


def _weights(rubric: RubricFile, locate: Locate) -> Iterable[Problem]:
    total = sum((k.bobot for k in rubric.komponen), Fraction(0))
    if total != 100:
        yield Problem(
            "R405",
            locate("komponen"),
            f"Jumlah bobot komponen {format_plain(total)}, bukan 100",
            "Jawaban sempurna harus bernilai tepat 100",
            "Perbaiki bobot komponen",
        )
    for komponen in rubric.komponen:
        parts = sum((s.bobot for s in komponen.subkomponen), Fraction(0))
        if komponen.subkomponen and parts != komponen.bobot:
            yield Problem(
                "R405",
                locate(komponen.id),
                f"Jumlah bobot subkomponen {komponen.id} adalah {format_plain(parts)}, "
                f"bobot komponennya {format_plain(komponen.bobot)}",
                "Bagian-bagian harus berjumlah tepat sama dengan keseluruhannya",
                f"Perbaiki bobot {', '.join(s.id for s in komponen.subkomponen)} atau bobot komponen",
            )
    weights = [(k.id, k.bobot) for k in rubric.komponen]
    weights += [(s.id, s.bobot) for k in rubric.komponen for s in k.subkomponen]
    for name, bobot in weights:
        if bobot <= 0:
            yield Problem(
                "R405",
                locate(name),
                f"Bobot {name} tidak lebih dari nol",
                "Bagian tanpa bobot tidak menyumbang nilai apa pun",
                "Beri bobot positif atau hapus bagian itu",
            )


def _ids(rubric: RubricFile, locate: Locate) -> Iterable[Problem]:
    seen: set[str] = set()
    triples: list[tuple[str, str]] = [(k.id, "") for k in rubric.komponen]
    triples += [(s.id, k.id) for k in rubric.komponen for s in k.subkomponen]
    triples += [(c.id, s.id) for k in rubric.komponen for s in k.subkomponen for c in s.kriteria]
    for name, parent in triples:
        if name in seen:
            yield Problem(
                "R406",
                locate(name),
                f"Id `{name}` dipakai lebih dari sekali",
                "Satu id menunjuk satu bagian rubrik",
                "Beri nomor yang belum dipakai",
            )
        if parent and name.rpartition(".")[0] != parent:
            yield Problem(
                "R406",
                locate(name),
                f"Id `{name}` berada di bawah `{parent}`",
                "Id memuat id induknya, sehingga letaknya terbaca dari namanya",
                f"Awali dengan `{parent}.` atau pindahkan",
            )
        seen.add(name)


def _references(rubric: RubricFile, locate: Locate) -> Iterable[Problem]:
    komponen_ids = [k.id for k in rubric.komponen]
    for name, topic in rubric.topik.items():
        if topic.komponen not in komponen_ids:
            yield Problem(
                "R407",
                locate(f"topik:{name}"),
                f"Topik `{name}` menyebut komponen `{topic.komponen}` yang tidak ada",
                "Rekomendasi dikelompokkan per komponen",
                suggest(topic.komponen, komponen_ids),
            )
    for komponen in rubric.komponen:
        for sub in komponen.subkomponen:
            for kriteria in sub.kriteria:
                yield from _criterion(rubric, kriteria, komponen.id, locate)


def _criterion(rubric: RubricFile, kriteria: KriteriaEntry, komponen: str, locate: Locate) -> Iterable[Problem]:
    for jenis in kriteria.bukti:
        if jenis not in rubric.jenis_bukti:
            yield Problem(
                "R407",
                locate(kriteria.id),
                f"Kriteria {kriteria.id} menyebut jenis bukti `{jenis}` yang tidak ada di `jenis_bukti`",
                "Bukti berjenis itu tidak akan pernah dikenali",
                suggest(jenis, rubric.jenis_bukti),
            )
    topic = rubric.topik.get(kriteria.topik)
    if topic is None:
        yield Problem(
            "R407",
            locate(kriteria.id),
            f"Kriteria {kriteria.id} menyebut topik `{kriteria.topik}` yang tidak ada di `topik`",
            "Rekomendasinya tidak dapat dikelompokkan",
            suggest(kriteria.topik, rubric.topik),
        )
    elif topic.komponen != komponen:
        yield Problem(
            "R407",
            locate(kriteria.id),
            f"Topik `{kriteria.topik}` milik komponen {topic.komponen}, kriteria {kriteria.id} ada di {komponen}",
            "Satu rekomendasi berdiri di bawah satu komponen",
            "Pilih topik milik komponen " + komponen,
        )


def _mode(rubric: RubricFile, locate: Locate) -> Iterable[Problem]:
    mode = rubric.penilaian
    allowed = {"subkomponen": ("jawaban",), "kriteria": ("jawaban", "status"), "komponen": ("nilai",)}[mode.pada]
    if mode.dengan not in allowed:
        yield Problem(
            "R410",
            locate("penilaian"),
            f"Penilaian pada {mode.pada} tidak dapat dilakukan dengan {mode.dengan}",
            "Cara menghitung nilainya tidak terdefinisi",
            "Pilih " + " atau ".join(allowed),
        )
    if mode.pada == "komponen":
        return
    if not rubric.skala:
        yield Problem(
            "R410",
            locate("rubrik"),
            "Rubrik tidak punya `skala`",
            "Jawaban tidak dapat diberi poin",
            "Tambahkan `skala`",
        )
    missing = [s for s in ("terpenuhi", "sebagian", "tidak", "tidak_berlaku") if s not in rubric.status]
    for name in missing:
        yield Problem(
            "R410",
            locate("status" if rubric.status else "rubrik"),
            f"Status `{name}` belum diberi arti",
            "Pemenuhan kriteria tidak dapat dihitung",
            f"Tambahkan `{name}` di bawah `status`",
        )
    for name, entry in rubric.status.items():
        if entry.dihitung == (entry.nilai is None) or (entry.nilai is not None and not 0 <= entry.nilai <= 1):
            yield Problem(
                "R410",
                locate("status"),
                f"Status `{name}` memerlukan nilai 0 sampai 1, atau `dihitung: tidak`",
                "Pemenuhan kriteria tidak dapat dihitung",
                "Tulis misalnya {nilai: 0.5} atau {dihitung: tidak}",
            )
    for komponen in rubric.komponen:
        if not komponen.subkomponen or not all(s.kriteria for s in komponen.subkomponen):
            yield Problem(
                "R410",
                locate(komponen.id),
                f"Komponen {komponen.id} punya bagian tanpa kriteria",
                f"Penilaian pada {mode.pada} memerlukan subkomponen dan kriterianya",
                "Lengkapi, atau nilai pada komponen",
            )


def _ladder(rubric: RubricFile, locate: Locate) -> Iterable[Problem]:
    if not rubric.skala:
        return
    place = locate("skala")
    points = [step.poin for step in rubric.skala]
    if points != sorted(set(points), reverse=True) or points[0] > 100 or points[-1] < 0:
        yield Problem(
            "R408",
            place,
            "Poin skala tidak menurun dari atas ke bawah, atau di luar 0 sampai 100",
            "Jawaban yang lebih baik harus bernilai lebih tinggi",
            "Urutkan dari jawaban terbaik, masing-masing dengan poin berbeda",
        )
    answers = [step.jawaban for step in rubric.skala]
    if len(set(answers)) != len(answers):
        yield Problem(
            "R408",
            place,
            "Ada jawaban yang ditulis dua kali pada skala",
            "Satu jawaban punya satu poin",
            "Hapus salah satunya",
        )
    steps = list(rubric.skala)
    beyond = rubric.melampaui
    if beyond is not None:
        if beyond.sesudah not in answers:
            yield Problem(
                "R407",
                locate("melampaui"),
                f"`melampaui` menyebut jawaban `{beyond.sesudah}` yang tidak ada pada skala",
                "Batas jawaban yang memerlukan bukti tidak terdefinisi",
                suggest(beyond.sesudah, answers),
            )
            return
        steps = steps[answers.index(beyond.sesudah) :]
    yield from _bands([step.pemenuhan for step in steps], place, "R408", "Pita pemenuhan skala", closed_zero=True)


def _bands(
    entries: Sequence[BandEntry | PredikatEntry], place: Location, kode: str, name: str, closed_zero: bool = False
) -> Iterable[Problem]:
    """Bands, best first, must tile 0 to 100: no gap, no overlap; 0 itself belongs to one where `closed_zero`."""
    upper, open_above = Fraction(100), True
    for entry in entries:
        low = entry.dari if entry.dari is not None else entry.lebih_dari
        high = entry.sampai if entry.sampai is not None else entry.kurang_dari
        both = (entry.dari is not None and entry.lebih_dari is not None) or (
            entry.sampai is not None and entry.kurang_dari is not None
        )
        if low is None or high is None or both:
            yield Problem(
                kode,
                place,
                f"{name} tidak lengkap: setiap pita perlu satu batas bawah dan satu batas atas",
                "Nilai di batas tidak dapat diputuskan",
                "Tulis `dari` atau `lebih_dari`, dan `sampai` atau `kurang_dari`",
            )
            return
        if high != upper or (entry.sampai is not None) != open_above:
            problem = "celah" if high < upper or entry.sampai is None else "tumpang tindih"
            yield Problem(
                kode,
                place,
                f"{name}: ada {problem} di {format_plain(upper)}",
                "Setiap nilai harus jatuh pada tepat satu pita",
                "Sambungkan batas bawah satu pita dengan batas atas pita berikutnya",
            )
            return
        upper, open_above = low, entry.lebih_dari is not None
    if upper != 0 or (closed_zero and open_above):
        yield Problem(
            kode,
            place,
            f"{name} berakhir di {format_plain(upper)}, tidak sampai 0",
            "Setiap nilai harus jatuh pada tepat satu pita",
            "Tambahkan pita terbawah",
        )
