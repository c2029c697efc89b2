"""Two parallel lists, recommendations and answers, put together: by number, by order, or by their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sakip_eval.problems import Location, Problem
from sakip_eval.tindak_lanjut.facts import JawabanLepas, shortened
from sakip_eval.tindak_lanjut.impor_baris import Bacaan, Baris, galat, peringatan
from sakip_eval.tindak_lanjut.kata import stems

_MOST_ALIGNED = 300
_HALF = 500


@dataclass(frozen=True, slots=True)
class Butir:
    """One item of a list: its printed number (None where it has none), its text and place."""

    nomor: int | None
    teks: str
    tempat: Location


def pair_lists(
    questions: Sequence[Butir], answers: Sequence[Butir], place: Location, problems: Sequence[Problem]
) -> Bacaan:
    """Put an answer to each recommendation that has one.

    By number where all have one; by order where both lists are equally long; else only where order and shared words
    leave no doubt, which is said (I956). Problems: I903 for a number that comes twice, I952 for answers that answer nothing.
    """
    found = [*problems, *_twice(questions, "rekomendasi"), *_twice(answers, "tindak lanjut")]
    if all(item.nomor is not None for item in (*questions, *answers)):
        by_number = {item.nomor: item for item in reversed(answers)}
        pairs = [by_number.get(item.nomor) for item in questions]
    elif len(questions) == len(answers):
        pairs = list(answers)
    else:
        pairs = _aligned(questions, answers)
        found.append(
            peringatan(
                "I956",
                place,
                f"{len(questions)} rekomendasi dan {len(answers)} jawaban tanpa nomor dipasangkan menurut urutan dan "
                "kata yang sama",
                "Tanpa nomor, pasangannya tidak pasti",
                "Periksa pasangannya dengan --uji-coba, atau beri nomor pada kedua daftar",
            )
        )
    taken = {id(item) for item in pairs if item is not None}
    loose = [item for item in answers if id(item) not in taken]
    found += [
        peringatan(
            "I952",
            item.tempat,
            f"Jawaban {_name(item, answers)} tidak menjawab rekomendasi yang pasti: {shortened(item.teks, 60)}",
            "Buku besar mencatat jawaban pada rekomendasinya",
            "Tambahkan rekomendasinya, atau beri nomor yang sama; jawaban ini tidak diimpor",
        )
        for item in loose
    ]
    lines = [
        Baris(
            item.tempat,
            item.teks,
            item.nomor,
            tindak_lanjut=answer.teks if answer else None,
            asal_jawaban=None if answer is None else str(answer.tempat),
        )
        for item, answer in zip(questions, pairs, strict=True)
    ]
    return Bacaan(
        tuple(lines),
        tuple(found),
        tuple(JawabanLepas(_name(item, answers), item.teks, str(item.tempat)) for item in loose),
    )


def _name(item: Butir, items: Sequence[Butir]) -> str:
    return str(item.nomor if item.nomor is not None else items.index(item) + 1)


def _twice(items: Sequence[Butir], what: str) -> list[Problem]:
    first: dict[int, Butir] = {}
    found: list[Problem] = []
    for item in items:
        if item.nomor is not None and item.nomor in first:
            found.append(
                galat(
                    "I903",
                    item.tempat,
                    f"Nomor {item.nomor} pada daftar {what} dipakai dua kali",
                    "Rekomendasi dan jawabannya dipasangkan menurut nomor",
                    f"Beri nomor yang berbeda; yang pertama di baris {first[item.nomor].tempat.line}",
                )
            )
        elif item.nomor is not None:
            first[item.nomor] = item
    return found


def _aligned(questions: Sequence[Butir], answers: Sequence[Butir]) -> list[Butir | None]:
    """Pair in order what shares at least half its words, then what stands alone between two such pairs.

    What is left could belong to one or the other: it stays without a pair.
    """
    pairs: list[int | None] = [None] * len(questions)
    if len(questions) <= _MOST_ALIGNED and len(answers) <= _MOST_ALIGNED:
        for i, j in _alike(questions, answers):
            pairs[i] = j
    fixed = [(-1, -1), *((i, j) for i, j in enumerate(pairs) if j is not None), (len(questions), len(answers))]
    for (i, j), (next_i, next_j) in pairwise(fixed):
        if next_i - i == next_j - j:
            for step in range(1, next_i - i):
                pairs[i + step] = j + step
    return [None if j is None else answers[j] for j in pairs]


def _alike(questions: Sequence[Butir], answers: Sequence[Butir]) -> list[tuple[int, int]]:
    """Return the pairs, in order in both lists, that share most words together."""
    asked = [set(stems(item.teks)) for item in questions]
    said = [set(stems(item.teks)) for item in answers]
    # Shared words in thousandths of the smaller text; whole numbers, so that the same lists give the same pairs.
    like = [[1000 * len(a & b) // max(1, min(len(a), len(b))) for b in said] for a in asked]
    like = [[share if share >= _HALF else 0 for share in row] for row in like]
    rows, cols = len(asked), len(said)
    best = [[0] * (cols + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(cols - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + like[i][j])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < rows and j < cols:
        if like[i][j] and best[i][j] == best[i + 1][j + 1] + like[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
