"""Does a resolved rubric hold together? Weights, ladder, bands, references: what a score depends on (R4xx)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction

from sakip_eval.numbers import format_plain
from sakip_eval.problems import Location, Problem, suggest
from sakip_eval.rubric.model import BandEntry, Identity, KriteriaEntry, PredikatEntry, RubricFile
from sakip_eval.rubric.places import Places


def check_rubric(rubric: RubricFile, places: Places) -> list[Problem]:
    """Return every problem of a resolved rubric (codes R405 to R413); an empty list means it can be scored with.

    The rubric may lack what was left out as bad (`places.lacks`): nothing is said of what only follows from that.
    """
    return [
        *_period(rubric.rubrik, places),
        *_weights(rubric, places),
        *_ids(rubric, places),
        *_references(rubric, places),
        *_mode(rubric, places),
        *_ladder(rubric, places),
        *_predikat(rubric, places),
    ]


def check_root(rubric: RubricFile, places: Places) -> list[Problem]:
    """Return the problems of the root of a variant that cannot be seen once the variant is resolved."""
    return [*_period(rubric.rubrik, places), *_ids(rubric, places)]


def _period(identity: Identity | None, places: Places) -> Iterable[Problem]:
    if identity is None or identity.berlaku_sampai is None or identity.berlaku_sampai >= identity.berlaku_sejak:
        return
    yield Problem(
        "R412",
        places.own.locate(("rubrik", "berlaku_sampai")),
        f"Rubrik berlaku sampai {identity.berlaku_sampai}, sebelum mulai berlaku {identity.berlaku_sejak}",
        "Rubrik itu tidak berlaku pada hari apa pun",
        "Periksa apakah kedua tanggal tertukar",
    )


def _weights(rubric: RubricFile, places: Places) -> Iterable[Problem]:
    total = sum((k.bobot for k in rubric.komponen), Fraction(0))
    if total != 100 and rubric.komponen and not places.lacks("komponen"):
        yield Problem(
            "R405",
            places.changed(*((k.id, "bobot") for k in rubric.komponen)) or places("komponen"),
            f"Jumlah bobot komponen {format_plain(total)}, bukan 100",
            "Jawaban sempurna harus bernilai tepat 100",
            "Perbaiki bobot komponen",
        )
    for komponen in rubric.komponen:
        parts = sum((s.bobot for s in komponen.subkomponen), Fraction(0))
        if komponen.subkomponen and parts != komponen.bobot and not places.lacks(komponen.id):
            ids = (*(s.id for s in komponen.subkomponen), komponen.id)
            yield Problem(
                "R405",
                places.changed(*((name, "bobot") for name in ids)) or places(komponen.id),
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
                places.changed((name, "bobot")) or places(name),
                f"Bobot {name} tidak lebih dari nol",
                "Bagian tanpa bobot tidak menyumbang nilai apa pun",
                "Beri bobot positif atau hapus bagian itu",
            )


def _ids(rubric: RubricFile, places: Places) -> Iterable[Problem]:
    seen: Counter[str] = Counter()
    triples: list[tuple[str, str]] = [(k.id, "") for k in rubric.komponen]
    triples += [(s.id, k.id) for k in rubric.komponen for s in k.subkomponen]
    triples += [(c.id, s.id) for k in rubric.komponen for s in k.subkomponen for c in s.kriteria]
    for name, parent in triples:
        if name in seen:
            yield Problem(
                "R406",
                places(name, seen[name]),
                f"Id `{name}` dipakai lebih dari sekali",
                "Satu id menunjuk satu bagian rubrik",
                "Beri nomor yang belum dipakai",
            )
        if parent and name.rpartition(".")[0] != parent:
            yield Problem(
                "R406",
                places(name, seen[name]),
                f"Id `{name}` berada di bawah `{parent}`",
                "Id memuat id induknya, sehingga letaknya terbaca dari namanya",
                f"Awali dengan `{parent}.` atau pindahkan",
            )
        seen[name] += 1


def _references(rubric: RubricFile, places: Places) -> Iterable[Problem]:
    komponen_ids = [k.id for k in rubric.komponen]
    for name, topic in rubric.topik.items():
        if _unknown(topic.komponen, komponen_ids, places):
            yield Problem(
                "R407",
                places(f"topik:{name}"),
                f"Topik `{name}` menyebut komponen `{topic.komponen}` yang tidak ada",
                "Rekomendasi dikelompokkan per komponen",
                suggest(topic.komponen, komponen_ids),
            )
    for komponen in rubric.komponen:
        for sub in komponen.subkomponen:
            for kriteria in sub.kriteria:
                yield from _criterion(rubric, kriteria, komponen.id, places)


def _criterion(rubric: RubricFile, kriteria: KriteriaEntry, komponen: str, places: Places) -> Iterable[Problem]:
    for jenis in kriteria.bukti:
        if _unknown(jenis, rubric.jenis_bukti, places):
            yield Problem(
                "R407",
                places.changed((kriteria.id, "bukti")) or places(kriteria.id),
                f"Kriteria {kriteria.id} menyebut jenis bukti `{jenis}` yang tidak ada di `jenis_bukti`",
                "Bukti berjenis itu tidak akan pernah dikenali",
                suggest(jenis, rubric.jenis_bukti),
            )
    topic = rubric.topik.get(kriteria.topik)
    if topic is None and not _unknown(kriteria.topik, rubric.topik, places):
        return
    if topic is None:
        yield Problem(
            "R407",
            places.changed((kriteria.id, "topik")) or places(kriteria.id),
            f"Kriteria {kriteria.id} menyebut topik `{kriteria.topik}` yang tidak ada di `topik`",
            "Rekomendasinya tidak dapat dikelompokkan",
            suggest(kriteria.topik, rubric.topik),
        )
    elif topic.komponen != komponen:
        yield Problem(
            "R407",
            places.changed((kriteria.id, "topik")) or places(kriteria.id),
            f"Topik `{kriteria.topik}` milik komponen {topic.komponen}, kriteria {kriteria.id} ada di {komponen}",
            "Satu rekomendasi berdiri di bawah satu komponen",
            "Pilih topik milik komponen " + komponen,
        )


def _unknown(name: str, known: Collection[str], places: Places) -> bool:
    """Return whether nothing defines the name, also not in an entry or a section that was left out as bad."""
    return name not in known and (places.complete or (bool(known) and name not in places.written))


def _mode(rubric: RubricFile, places: Places) -> Iterable[Problem]:
    mode = rubric.penilaian
    if mode is None:  # left out as bad
        return
    allowed = {"subkomponen": ("jawaban",), "kriteria": ("jawaban", "status"), "komponen": ("nilai",)}[mode.pada]
    if mode.dengan not in allowed:
        yield Problem(
            "R410",
            places("penilaian"),
            f"Penilaian pada {mode.pada} tidak dapat dilakukan dengan {mode.dengan}",
            "Cara menghitung nilainya tidak terdefinisi",
            "Pilih " + " atau ".join(allowed),
        )
    if mode.pada == "komponen":
        return
    if not rubric.skala and places.complete:
        yield Problem(
            "R410",
            places("rubrik"),
            "Rubrik tidak punya `skala`",
            "Jawaban tidak dapat diberi poin",
            "Tambahkan `skala`",
        )
    statuses = ("terpenuhi", "sebagian", "tidak", "tidak_berlaku")
    missing = [name for name in statuses if name not in rubric.status]
    for name in missing if places.complete or (rubric.status and not places.lacks("status")) else ():
        yield Problem(
            "R410",
            places("status" if rubric.status else "rubrik"),
            f"Status `{name}` belum diberi arti",
            "Pemenuhan kriteria tidak dapat dihitung",
            f"Tambahkan `{name}` di bawah `status`",
        )
    for name, entry in rubric.status.items():
        if entry.dihitung == (entry.nilai is None) or (entry.nilai is not None and not 0 <= entry.nilai <= 1):
            yield Problem(
                "R410",
                places("status"),
                f"Status `{name}` memerlukan nilai 0 sampai 1, atau `dihitung: tidak`",
                "Pemenuhan kriteria tidak dapat dihitung",
                "Tulis misalnya {nilai: 0.5} atau {dihitung: tidak}",
            )
    for komponen in rubric.komponen:
        empty = [sub.id for sub in komponen.subkomponen if not sub.kriteria]
        if (empty or not komponen.subkomponen) and not any(map(places.lacks, (komponen.id, *empty))):
            yield Problem(
                "R410",
                places.changed(*((name, "kriteria") for name in empty)) or places(komponen.id),
                f"Komponen {komponen.id} punya bagian tanpa kriteria",
                f"Penilaian pada {mode.pada} memerlukan subkomponen dan kriterianya",
                "Lengkapi, atau nilai pada komponen",
            )


def _ladder(rubric: RubricFile, places: Places) -> Iterable[Problem]:
    if not rubric.skala:
        return
    place = places("skala")
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
            if not _unknown(beyond.sesudah, answers, places):
                return
            yield Problem(
                "R407",
                places("melampaui"),
                f"`melampaui` menyebut jawaban `{beyond.sesudah}` yang tidak ada pada skala",
                "Batas jawaban yang memerlukan bukti tidak terdefinisi",
                suggest(beyond.sesudah, answers),
            )
            return
        steps = steps[answers.index(beyond.sesudah) :]
    if not places.lacks("skala"):
        yield from _bands([step.pemenuhan for step in steps], place, "R408", "Pita pemenuhan skala", closed_zero=True)


def _predikat(rubric: RubricFile, places: Places) -> Iterable[Problem]:
    names = Counter(entry.predikat for entry in rubric.predikat)
    for name in (name for name, times in names.items() if times > 1):
        yield Problem(
            "R409",
            places("predikat"),
            f"Predikat `{name}` ditulis dua kali",
            "Satu predikat adalah satu pita nilai",
            "Perbaiki namanya, atau gabungkan pitanya",
        )
    if rubric.predikat and not places.lacks("predikat"):
        yield from _bands(rubric.predikat, places("predikat"), "R409", "Pita predikat")


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
