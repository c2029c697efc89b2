"""Which id a line of a table gets: the one the ledger knows it by, else its printed number, else its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sakip_eval.folding import folded
from sakip_eval.problems import Location, Problem
from sakip_eval.tindak_lanjut.events import rekomendasi_id, split_id
from sakip_eval.tindak_lanjut.facts import shortened
from sakip_eval.tindak_lanjut.impor_baris import Baris, galat, peringatan
from sakip_eval.tindak_lanjut.state import State


def numbers_of(
    lines: Sequence[Baris], instansi: str, tahun: int, known: Mapping[str, State], whole: Location
) -> tuple[list[str | None], list[Problem]]:
    """Return the id of each line, None where it has none, and the problems.

    I903 a number twice, I904 only some lines numbered, I911 an id that the ledger gives to other words; the warning
    I958 where numbers begin anew under each component, so that the ids are counted through.
    """
    problems: list[Problem] = []
    numbers = [line.nomor for line in lines]
    numbered = [number for number in numbers if number is not None]
    if numbered and len(numbered) != len(lines):
        problems += [
            galat(
                "I904",
                line.tempat,
                "Rekomendasi tanpa nomor, sedangkan yang lain bernomor",
                "Nomor menjadi bagian dari id rekomendasi",
                "Beri nomor pada semua rekomendasi, atau pada tidak satu pun",
            )
            for line in lines
            if line.nomor is None
        ]
        return [None] * len(lines), problems
    if len(set(numbered)) != len(numbered):
        if not _anew(lines):
            return _twice(lines, instansi, tahun)
        numbers = [None] * len(lines)
        problems.append(
            peringatan(
                "I958",
                whole,
                "Nomor mulai lagi dari 1 pada setiap komponen",
                "Id rekomendasi tidak boleh berulang dalam satu tahun",
                "Id dihitung berurutan dari awal tabel; periksa dengan --uji-coba",
            )
        )
    own = {name: state for name, state in known.items() if split_id(name)[:2] == (instansi, tahun)}
    by_words = {_words(state.terbit.teks): name for name, state in reversed(own.items())}
    last = max((split_id(name)[2] for name in own), default=0)
    ids: list[str | None] = []
    taken: set[str] = set()
    for line, number in zip(lines, numbers, strict=True):
        name = by_words.get(_words(line.teks))
        if number is not None and (printed := rekomendasi_id(instansi, tahun, number)) in own:
            if _words(own[printed].terbit.teks) != _words(line.teks):
                problems.append(_other_words(line, own[printed]))
                ids.append(None)
                continue
            name = printed
        if name is None or name in taken:
            last += number is None
            name = rekomendasi_id(instansi, tahun, last if number is None else number)
        ids.append(name)
        taken.add(name)
    return ids, problems


def _words(text: str) -> str:
    return folded(text).rstrip(".;, ")


def _anew(lines: Sequence[Baris]) -> bool:
    """Return whether numbers are told apart by their component."""
    pairs = [(line.komponen, line.nomor) for line in lines]
    return len(set(pairs)) == len(pairs) and all(line.komponen for line in lines)


def _twice(lines: Sequence[Baris], instansi: str, tahun: int) -> tuple[list[str | None], list[Problem]]:
    first: dict[int | None, Baris] = {}
    ids: list[str | None] = []
    problems: list[Problem] = []
    for line in lines:
        if line.nomor in first:
            problems.append(
                galat(
                    "I903",
                    line.tempat,
                    f"Nomor {line.nomor} dipakai dua kali (pertama di baris {first[line.nomor].tempat.line})",
                    "Nomor menjadi bagian dari id rekomendasi, yang tidak boleh berulang",
                    "Beri nomor yang berbeda",
                )
            )
            ids.append(None)
            continue
        first[line.nomor] = line
        ids.append(rekomendasi_id(instansi, tahun, line.nomor or 0))
    return ids, problems


def _other_words(line: Baris, state: State) -> Problem:
    return galat(
        "I911",
        line.tempat,
        f"`{state.id}` di buku besar berbunyi lain: {shortened(state.terbit.teks, 70)}",
        "Satu id menunjuk satu rekomendasi untuk selamanya",
        "Samakan bunyinya, atau beri nomor yang belum dipakai",
    )
