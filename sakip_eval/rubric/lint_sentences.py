"""The sentences that a letter will print: how a recommendation begins, how long it is, and whether it is said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sakip_eval.problems import Location, Problem
from sakip_eval.rubric.lint_places import field_places
from sakip_eval.rubric.source import ReadRubric

MAX_WORDS = 60
_VERB = re.compile(r"(?:me|ber|di|ter)[a-z]{3,}(?:-[a-z]+)?|ikut|mulai")
_NO_VERBS = frozenset(
    {
        "berapa", "berat", "berbagai", "berikut", "berita", "berkas", "bersama", "diagram", "dialog", "digital",
        "diklat", "dimensi", "dinas", "direktorat", "direktur", "disiplin", "divisi", "medan", "media", "mekanisme",
        "melalui", "mengenai", "menteri", "menurut", "merek", "meskipun", "metode", "metrik", "terhadap", "terkait",
        "terlalu", "tersebut", "terutama",
    }
)  # fmt: skip
_ABBREVIATIONS = frozenset(
    {"dll", "dsb", "dst", "dr", "drs", "gub", "hal", "hlm", "jl", "kab", "kec", "lamp", "no", "nomor", "tgl", "s.d"}
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One recommendation of the rubric or of a rule, or the beginning that a topic gives to several."""

    name: str
    text: str
    place: Location
    whole: bool = True


def lint_sentences(read: ReadRubric) -> Iterator[Problem]:
    """Yield recommendations that do not begin as one (L703), are not one sentence (L704), or say the same (L705)."""
    criteria, rules, topics = _criteria(read), _rules(read), _topics(read)
    for sentence in [*criteria, *topics, *rules]:
        yield from _beginning(sentence)
        yield from _shape(sentence)
    own = {source.written.path for source in read.own_files}
    yield from _alike(sorted([*criteria, *rules], key=lambda s: s.place.path in own))


def _criteria(read: ReadRubric) -> list[Sentence]:
    places = field_places(read)
    return [
        Sentence(f"Rekomendasi kriteria {entry.id}", entry.rekomendasi, places[entry.id]["rekomendasi"])
        for komponen in (read.file.komponen if read.file is not None else ())
        for sub in komponen.subkomponen
        for entry in sub.kriteria
        if "rekomendasi" in places.get(entry.id, {})
    ]


def _topics(read: ReadRubric) -> list[Sentence]:
    if read.own is None or read.own.model is None:
        return []
    return [
        Sentence(f"Awal kalimat topik `{name}`", entry.teks, read.own.document.locate(("topik", name, "teks")), False)
        for name, entry in read.own.model.topik.items()
    ]


def _rules(read: ReadRubric) -> list[Sentence]:
    """Return the sentences of the rules; those that lack `Agar` are refused when the rules are loaded (A608)."""
    return [
        Sentence(
            f"Rekomendasi aturan `{entry.id}`",
            entry.rekomendasi.teks,
            source.file.document.locate(("aturan", at, "rekomendasi", "teks")),
        )
        for source in read.rule_files
        if source.file.model is not None
        for at, entry in enumerate(source.file.model.aturan)
        if entry.rekomendasi is not None
        and entry.rekomendasi.teks is not None
        and entry.rekomendasi.teks.startswith("Agar ")
    ]


def _beginning(sentence: Sentence) -> Iterator[Problem]:
    words = sentence.text.split()
    second = words[1].strip(",.;:") if len(words) > 1 else ""
    if words[0] == "Agar" and _VERB.fullmatch(second) and second not in _NO_VERBS:
        return
    said = " ".join(words[:3])
    yield Problem(
        "L703",
        sentence.place,
        f"{sentence.name} diawali `{said}`, bukan `Agar` dan kata kerja berhuruf kecil",
        "Rekomendasi dalam LHE adalah kalimat saran yang langsung menyebut perbuatannya",
        "Awali misalnya dengan `Agar menyusun`, `Agar menetapkan`, atau `Agar memanfaatkan`",
        "peringatan",
    )


def _shape(sentence: Sentence) -> Iterator[Problem]:
    text = " ".join(sentence.text.split())
    faults: list[tuple[str, str]] = []
    count = len(text.split())
    if count > MAX_WORDS:
        faults.append((f"terdiri atas {count} kata", f"Persingkat menjadi paling banyak {MAX_WORDS} kata"))
    if sentence.whole and not text.endswith("."):
        faults.append(("tidak diakhiri titik", "Akhiri dengan titik"))
    if not sentence.whole and text.endswith((".", ",", ";", ":")):
        faults.append(("diakhiri tanda baca, padahal akan disambung `, meliputi ...`", "Hapus tanda bacanya"))
    if _stops(text.split()):
        faults.append(("memuat lebih dari satu kalimat", "Gabungkan menjadi satu kalimat"))
    for apa, perbaikan in faults:
        yield Problem(
            "L704",
            sentence.place,
            f"{sentence.name} {apa}",
            "Setiap rekomendasi dalam LHE adalah satu kalimat utuh yang dapat dibaca sekali jalan",
            perbaikan,
            "peringatan",
        )


def _stops(words: list[str]) -> bool:
    """Tell whether a sentence ends before the last word: a stop, no abbreviation, then a capital letter."""
    return any(
        word.rstrip("\"')]").endswith((".", "!", "?"))
        and word.strip("\"'()[].!?").casefold() not in _ABBREVIATIONS
        and after.lstrip("\"'([")[:1].isupper()
        for word, after in pairwise(words)
    )


def _alike(sentences: list[Sentence]) -> Iterator[Problem]:
    first: dict[str, Sentence] = {}
    for sentence in sentences:
        words = " ".join(re.findall(r"\w+", sentence.text.casefold()))
        other = first.setdefault(words, sentence)
        if other is not sentence:
            yield Problem(
                "L705",
                sentence.place,
                f"{sentence.name} sama bunyinya dengan {other.name[0].lower()}{other.name[1:]}",
                "Dua butir berbeda yang dijawab satu kalimat tidak dapat ditindaklanjuti terpisah",
                "Sebutkan perbuatan yang khas bagi masing-masing, atau gabungkan keduanya",
                "peringatan",
            )
