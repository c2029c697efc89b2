"""From a resolved rubric file and its checked rules to the rubric that the engine uses: flat, exact and immutable."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction

from sakip_eval.numbers import Rounding
from sakip_eval.rubric.model import BandEntry, PredikatEntry, RubricFile
from sakip_eval.rubric.rubric import (
    Band,
    Change,
    Komponen,
    Kriteria,
    Predikat,
    Rubric,
    Step,
    Subkomponen,
    Tenggat,
    Topik,
)
from sakip_eval.rubric.rules import Rule


def build_rubric(
    file: RubricFile,
    extends: str | None,
    changes: tuple[Change, ...],
    rules: tuple[Rule, ...],
    packs: Mapping[str, tuple[Rule, ...]],
    content: Sequence[object],
) -> Rubric:
    """Return the rubric that a resolved file and its checked rules say; its hash is made of `content`."""
    head, beyond = file.rubrik, file.melampaui
    canonical = json.dumps(list(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Rubric(
        id=head.id,
        nama=head.nama,
        penerbit=head.penerbit,
        peraturan=head.peraturan,
        tingkat=head.tingkat,
        versi=head.versi,
        berlaku_sejak=head.berlaku_sejak,
        berlaku_sampai=head.berlaku_sampai,
        diperiksa=head.diperiksa,
        sumber=head.sumber,
        extends=extends,
        pada=file.penilaian.pada,
        dengan=file.penilaian.dengan,
        dasar_penilaian=file.penilaian.dasar,
        rounding=Rounding(file.pembulatan.digit, file.pembulatan.cara),
        stage=file.pembulatan.tahap,
        predikat_dari=file.pembulatan.predikat_dari,
        skala=tuple(
            Step(s.jawaban, s.poin, _band(s.pemenuhan), s.uraian, s.dasar, len(file.skala) - at)
            for at, s in enumerate(file.skala)
        ),
        melampaui_sesudah=beyond.sesudah if beyond else None,
        melampaui_butuh=frozenset(beyond.butuh) if beyond else frozenset(),
        melampaui_dasar=beyond.dasar if beyond else None,
        statuses={name: s.nilai if s.dihitung else None for name, s in file.status.items()},
        predikat=tuple(Predikat(p.predikat, _band(p), p.sebutan, p.interpretasi, p.dasar) for p in file.predikat),
        jenis_bukti=dict(file.jenis_bukti),
        topik={name: Topik(name, t.komponen, t.teks) for name, t in file.topik.items()},
        komponen=_komponen(file),
        tenggat={
            name: tuple(Tenggat(t.berlaku_sejak, t.bulan_sesudah_tahun_kinerja, t.dasar) for t in entries)
            for name, entries in file.tenggat.items()
        },
        changes=changes,
        rules=rules,
        packs=packs,
        packs_on=file.paket,
        sha256=hashlib.sha256(canonical.encode()).hexdigest(),
    )


def _komponen(file: RubricFile) -> tuple[Komponen, ...]:
    return tuple(
        Komponen(
            k.id,
            k.nama,
            k.bobot,
            k.dasar,
            k.catatan,
            tuple(
                Subkomponen(
                    s.id,
                    s.nama,
                    s.dimensi,
                    s.bobot,
                    s.dasar,
                    s.catatan,
                    tuple(
                        Kriteria(
                            c.id,
                            c.no_cetak,
                            c.uraian,
                            c.bukti,
                            c.uji,
                            c.upaya,
                            c.topik,
                            c.pokok,
                            c.rekomendasi,
                            c.catatan,
                            s.id,
                            k.id,
                        )
                        for c in s.kriteria
                    ),
                    k.id,
                )
                for s in k.subkomponen
            ),
        )
        for k in file.komponen
    )


def _band(entry: BandEntry | PredikatEntry) -> Band:
    low: Fraction | None = entry.dari if entry.dari is not None else entry.lebih_dari
    high: Fraction | None = entry.sampai if entry.sampai is not None else entry.kurang_dari
    return Band(low, entry.dari is not None, high, entry.sampai is not None)
