"""Recommendations that say much the same as one of an earlier year: a suggestion for a person, never a merge.

Cosine of TF-IDF vectors over stems. The similarity is no score of anybody, only an order of what to look at first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from sakip_eval.tindak_lanjut.kata import stem, stems, words

MINIMUM = 40
"""Least similarity worth showing, in percent; how it was measured is in docs/tindak-lanjut.md."""


@dataclass(frozen=True, slots=True)
class Mirip:
    """An earlier text that resembles a new one: `kemiripan` in whole percent, `kata` the words of the new one shared."""

    baru: str
    lama: str
    kemiripan: int
    kata: tuple[str, ...]


def similar(
    new: Mapping[str, str], old: Mapping[str, str], *, minimum: int = MINIMUM, best: int = 3
) -> dict[str, tuple[Mirip, ...]]:
    """Return for each new id up to `best` old ones of at least `minimum` percent, most alike first.

    Both arguments map ids to texts. Words are weighed by how rare they are in all texts together. Raises ImportError
    without snowballstemmer.
    """
    counts = {**{("b", name): Counter(stems(text)) for name, text in new.items()},
              **{("l", name): Counter(stems(text)) for name, text in old.items()}}  # fmt: skip
    weights = _weights(counts.values())
    vectors = {key: _vector(count, weights) for key, count in counts.items()}
    # Only texts that share a word can be alike; look those up instead of comparing all with all.
    holders: dict[str, list[str]] = {}
    for name in old:
        for word in vectors["l", name]:
            holders.setdefault(word, []).append(name)
    found: dict[str, tuple[Mirip, ...]] = {}
    for name in new:
        vector = vectors["b", name]
        near: dict[str, float] = {}
        for word, weight in vector.items():
            for other in holders.get(word, ()):
                near[other] = near.get(other, 0.0) + weight * vectors["l", other][word]
        ranked = sorted(((-_percent(value), other) for other, value in near.items() if other != name))
        found[name] = tuple(
            [
                Mirip(name, other, -percent, _shared(new[name], counts["l", other], weights))
                for percent, other in ranked[:best]
                if -percent >= minimum
            ]
        )
    return found


def _percent(value: float) -> int:
    return min(100, int(100 * value + 0.5))


def _weights(counts: Iterable[Counter[str]]) -> dict[str, float]:
    """Return how much each stem says: the rarer, the more (smoothed idf)."""
    texts: Sequence[Counter[str]] = list(counts)
    seen = Counter(word for text in texts for word in text)
    return {word: log((1 + len(texts)) / (1 + number)) + 1 for word, number in seen.items()}


def _vector(count: Counter[str], weights: Mapping[str, float]) -> dict[str, float]:
    raw = {word: (1 + log(number)) * weights[word] for word, number in count.items()}
    # Summed in one order, so that the same texts give the same figure everywhere.
    length = sqrt(sum(raw[word] ** 2 for word in sorted(raw)))
    return {word: value / length for word, value in raw.items()}


def _shared(text: str, other: Counter[str], weights: Mapping[str, float]) -> tuple[str, ...]:
    """Return the words of `text`, as written, whose stems the other one has too: what says most first."""
    shown: dict[str, str] = {}
    for word in words(text):
        root = stem(word)
        if root in other and root in weights:
            shown.setdefault(root, word)
    return tuple([shown[root] for root in sorted(shown, key=lambda root: (-weights[root], root))])
