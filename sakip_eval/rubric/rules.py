"""Rules as the engine uses them: checked, plain and immutable. Their file is described in `rules_model`.

A rule says: when these facts are there (and those are not), then propose a status (`usulan`), report a finding
(`temuan`), or recommend (`rekomendasi`). It never computes. Format: docs/format-aturan.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sakip_eval.rubric.facts import Stage

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\.([a-z_]+)\}")
JOINED = ("{banyak}", "{daftar}", "{rincian}")
"""What `pesan_gabung` can be filled in with."""
REFERENCE = re.compile(r"([a-z][a-z0-9_]*)\.([a-z_]+)")

Operator: TypeAlias = Literal["==", "!=", ">=", "<=", "in"]
Value: TypeAlias = str | int | tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Constraint:
    """A field compared with a constant."""

    field: str
    op: Operator
    value: Value


@dataclass(frozen=True, slots=True)
class Join:
    """A field equal to a field of an earlier pattern."""

    field: str
    other: str
    other_field: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """One condition of a rule; `absent` patterns come last and bind nothing."""

    name: str
    fact: str
    tests: tuple[Constraint, ...]
    joins: tuple[Join, ...]
    absent: bool


@dataclass(frozen=True, slots=True)
class MakaUsulan:
    """Propose `status` for the criterion that the fact `untuk` speaks of."""

    untuk: str
    status: Literal["terpenuhi", "sebagian", "tidak"]
    alasan: str


@dataclass(frozen=True, slots=True)
class MakaTemuan:
    """Report a finding; where `pesan_gabung` is given, all firings of the rule are joined into one finding."""

    kode: str
    tingkat: Literal["kontradiksi", "kekurangan", "perhatian"]
    subjek: str
    pesan: str
    cara: str
    kriteria: str | None = None
    pesan_gabung: str | None = None
    rincian: str | None = None


@dataclass(frozen=True, slots=True)
class MakaRekomendasi:
    """Recommend what the rubric says for criterion `dari`, or the own sentence `teks` under `komponen`."""

    dari: str | None = None
    komponen: str | None = None
    teks: str | None = None
    kriteria: str | None = None
    bukti: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A checked rule: patterns whose names, fields and constants are all known, and what it yields."""

    id: str
    jenis: Stage
    patterns: tuple[Pattern, ...]
    outcome: MakaUsulan | MakaTemuan | MakaRekomendasi
    dasar: str
    contoh: str | None
