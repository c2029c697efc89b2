"""A case as the YAML text of a case file: what `load_case` reads back is the same case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import yaml

from sakip_eval.case.case import REKAP_COUNTS, Bukti, Case, Cetak, Penilaian, TindakLanjut
from sakip_eval.numbers import format_fixed, format_plain, parse_exact
from sakip_eval.rubric.lint_yaml import misreading

_WIDTH = 118


def case_text(case: Case) -> str:
    """Return the case as the text of a case file, keys in the order of `case.model`, what is empty left out.

    `load_case` of that text equals `case`. Raises `ValueError` for what no case file can hold: a figure with more
    digits than are read (`numbers.parse_exact`).
    """
    sections = _case(case, case.tercetak.digit if case.tercetak else 0)
    parts: list[dict[str, Any]] = [{}]
    for key, value in sections.items():
        # A blank line before what is long; the short facts about the case stay together.
        if key in _LONG and parts[-1]:
            parts.append({})
        parts[-1][key] = value
    return "\n".join(_dump(part) for part in parts)


_LONG = frozenset({"bukti", "tindak_lanjut_sebelumnya", "penilaian", "tercetak", "target"})


class _Plain(str):
    """Text that is read back as it stands here, without quotes: a number, a date, ya or tidak."""

    __slots__ = ()


class _Id(str):
    """An id such as `1.a` or `1.10`, always in quotes, so that no reader takes it for a number."""

    __slots__ = ()


class _Row(dict[str, Any]):
    """A mapping on one line."""


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    lines = text.split("\n")
    if len(lines) > 1 or not text.isprintable():
        # A block keeps each line as it is, but what is at the ends of a line is easily lost by an editor.
        block = len(lines) > 1 and all(line.isprintable() and line.strip() == line for line in lines) and lines[0]
        return dumper.represent_scalar(_STR, text, style="|" if block else '"')
    return dumper.represent_scalar(_STR, text, style="'" if misreading(text) else None)


_STR = "tag:yaml.org,2002:str"
_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Id, lambda dumper, text: dumper.represent_scalar(_STR, text, style='"'))
_Dumper.add_representer(
    _Plain,
    lambda dumper, text: yaml.ScalarNode(dumper.resolve(yaml.ScalarNode, text, (True, False)), text),  # type: ignore[no-untyped-call]
)
_Dumper.add_representer(
    _Row, lambda dumper, row: dumper.represent_mapping("tag:yaml.org,2002:map", row, flow_style=True)
)
_Dumper.add_representer(
    tuple, lambda dumper, items: dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)
)


def _dump(data: Mapping[str, Any]) -> str:
    text: str = yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=_WIDTH
    )
    return text


def _filled(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entries.items() if value is not None and value not in ((), {}, [])}


def _row(entries: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entry on one line, or over several where a text in it is long."""
    filled = _filled(entries)
    length = sum(len(key) + len(str(value)) + 4 for key, value in filled.items())
    return _Row(filled) if length < _WIDTH and "\n" not in "".join(map(str, filled.values())) else filled


def _ids(names: Iterable[str]) -> tuple[_Id, ...]:
    return tuple(map(_Id, names))


def _date(day: date | None) -> _Plain | None:
    return None if day is None else _Plain(day.isoformat())


def _number(value: Fraction | None, digits: int = 0) -> _Plain | None:
    """Write a figure with at least `digits` decimals where it has no more, else as short as it is exact."""
    if value is None:
        return None
    fixed = format_fixed(value, digits)
    for text in (fixed, format_plain(value), f"{value.numerator}/{value.denominator}"):
        try:
            if parse_exact(text) == value:
                return _Plain(text)
        except ValueError:
            continue
    raise ValueError(f"{value}: no figure of a case file")


def _case(case: Case, digits: int) -> dict[str, Any]:
    follow, printed, goal = case.tindak_lanjut, case.tercetak, case.target
    return _filled(
        {
            "instansi": _filled(
                {
                    "nama": case.instansi.nama,
                    "induk": case.instansi.induk,
                    "jenis": case.instansi.jenis,
                    "klaster": case.instansi.klaster,
                }
            ),
            "tahun_kinerja": case.tahun_kinerja,
            "tahun_evaluasi": case.tahun_evaluasi,
            "rubrik": case.rubrik,
            "catatan": case.catatan,
            "paket": case.paket,
            "bukti": [_bukti(bukti) for bukti in case.bukti.values()],
            "tindak_lanjut_sebelumnya": follow and _follow_up(follow),
            "penilaian": {rater: _penilaian(said) for rater, said in case.penilaian.items()},
            "tercetak": printed
            and _filled(
                {
                    "sumber": printed.sumber,
                    "digit": printed.digit,
                    "total": _cetak(printed.total, digits),
                    "bagian": {_Id(name): _cetak(part, digits) for name, part in printed.bagian.items()},
                }
            ),
            "target": goal
            and _filled(
                {
                    "nilai": _number(goal.nilai),
                    "predikat": goal.predikat,
                    "capaian": _number(goal.capaian),
                    "catatan": goal.catatan,
                    "asal": goal.asal,
                }
            ),
        }
    )


def _follow_up(follow: TindakLanjut) -> dict[str, Any]:
    rekap = follow.rekap
    return _filled(
        {
            "ada_rekomendasi": _Plain("ya" if follow.ada_rekomendasi else "tidak"),
            "bukti": follow.bukti,
            "keterangan": follow.keterangan,
            "asal": follow.asal,
            # Counts of nothing are written too: what a letter rests on should be seen, not concluded.
            "rekap": rekap
            and _filled(
                {
                    "per_tanggal": _date(rekap.per_tanggal),
                    "buku": rekap.buku,
                    **{name: getattr(rekap, name) for name in ("rekomendasi", *REKAP_COUNTS)},
                }
            ),
            "terbuka": [
                _filled({"id": t.id, "teks": t.teks, "komponen": _Id(t.komponen), "kriteria": _ids(t.kriteria)})
                for t in follow.terbuka
            ],
        }
    )


def follow_up_text(follow: TindakLanjut) -> str:
    """Return what a case file says of the follow-up: the section `tindak_lanjut_sebelumnya` alone."""
    return _dump({"tindak_lanjut_sebelumnya": _follow_up(follow)})


def _bukti(bukti: Bukti) -> dict[str, Any]:
    one_year = bukti.dari == bukti.sampai
    return _filled(
        {
            "id": bukti.id,
            "jenis": bukti.jenis,
            "judul": bukti.judul,
            "tahun": bukti.dari if one_year else None,
            "rentang": None if one_year else _Row(dari=bukti.dari, sampai=bukti.sampai),
            "tanggal": _Row(
                _filled(
                    {
                        "penetapan": _date(bukti.penetapan),
                        "publikasi": _date(bukti.publikasi),
                        "penyampaian": _date(bukti.penyampaian),
                    }
                )
            ),
            "tautan": bukti.tautan,
            "berkas": bukti.berkas and {"nama": bukti.berkas, "sha256": bukti.sha256},
            "asal": bukti.asal,
        }
    )


def _penilaian(said: Penilaian) -> dict[str, Any]:
    return _filled(
        {
            "tanggal": _date(said.tanggal),
            "subkomponen": {
                _Id(name): _row(
                    {"jawaban": s.jawaban, "alasan": s.alasan, "catatan": s.catatan, "bukti": s.bukti, "asal": s.asal}
                )
                for name, s in said.subkomponen.items()
            },
            "kriteria": {
                _Id(name): _row(
                    {"status": k.status, "jawaban": k.jawaban, "bukti": k.bukti, "catatan": k.catatan, "asal": k.asal}
                )
                for name, k in said.kriteria.items()
            },
            "komponen": {_Id(name): _Row(nilai=_number(value)) for name, value in said.komponen.items()},
            "rekomendasi": [
                _filled({"komponen": _Id(r.komponen), "teks": r.teks, "kriteria": _ids(r.kriteria), "asal": r.asal})
                for r in said.rekomendasi
            ],
        }
    )


def _cetak(part: Cetak, digits: int) -> dict[str, Any]:
    return _Row(
        _filled(
            {
                "bobot": _number(part.bobot, digits),
                "nilai": _number(part.nilai, digits),
                "persen": _number(part.persen, digits),
                "predikat": part.predikat,
            }
        )
    )
