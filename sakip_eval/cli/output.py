"""Where output goes: problems to standard error, results to standard output or, whole or not at all, to a file."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from sakip_eval.problems import Location, Problem, SakipError, sort_problems

GOOD, FINDINGS, BAD_INPUT, INTERNAL = 0, 1, 2, 3
"""Exit codes of every command."""


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems on standard error, one block each, then their number; in vain where nobody reads them."""
    with contextlib.suppress(BrokenPipeError):
        _print_problems(problems)


def _print_problems(problems: Iterable[Problem]) -> None:
    listed = sort_problems(problems)
    for problem in listed:
        print(f"{printable(str(problem.lokasi))}: {problem.kode}: {printable(problem.apa)}.", file=sys.stderr)
        print(f"  Mengapa  : {printable(problem.mengapa)}.", file=sys.stderr)
        print(f"  Perbaikan: {printable(problem.perbaikan)}.", file=sys.stderr)
    print(f"{len(listed)} masalah ditemukan; arti setiap kode ada di docs/kode.md.", file=sys.stderr)


def printable(text: str) -> str:
    """Replace characters that would steer a terminal; keep everything else."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c in "\u00a0\u2007\u202f" else "?" for c in text)


def emit(text: str, path: Path | None, inputs: Iterable[Path] = (), *, exact: bool = False) -> None:
    """Print `text`, or write it to `path`: see `emit_pieces`."""
    emit_pieces([text], path, inputs, exact=exact)


def emit_pieces(
    pieces: Iterable[str], path: Path | None, inputs: Iterable[Path] = (), *, exact: bool = False
) -> None:
    """Print pieces of text as they come, or write them to `path`: completely or not at all.

    Characters that would steer a terminal are replaced, unless `exact` (data for programs). Raises as `emit_bytes`.
    """
    if not exact:
        pieces = ("\n".join(map(printable, piece.split("\n"))) for piece in pieces)
    if path is None:
        for piece in pieces:
            sys.stdout.write(piece)
        return
    emit_bytes((piece.encode() for piece in pieces), path, inputs)


def emit_bytes(content: bytes | Iterable[bytes], path: Path, inputs: Iterable[Path] = ()) -> None:
    """Write `content` to `path`, completely or not at all.

    Raises `SakipError` (B108) where that fails, where `path` is no regular file, or is one of the `inputs`.
    """
    try:
        if any(path.exists() and given.exists() and path.samefile(given) for given in inputs):
            raise OSError(0, "tujuan adalah berkas masukan")
        write_whole(path, content)
    except OSError as error:
        raise SakipError(
            [
                Problem(
                    "B108",
                    Location(str(path)),
                    f"Hasil tidak dapat ditulis ({error.strerror or error})",
                    "Berkas lama, bila ada, tidak berubah",
                    "Periksa folder tujuan, izin tulis, dan sisa ruang",
                )
            ]
        ) from None


def write_whole(path: Path, content: str | bytes | Iterable[bytes]) -> None:
    """Write a file beside its place and move it there, so that no reader ever sees half of it. Text becomes UTF-8."""
    if path.is_dir():
        raise IsADirectoryError(21, "tujuan adalah folder")
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise OSError(0, "tujuan bukan berkas biasa")
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            if isinstance(content, str):
                content = content.encode()
            for piece in [content] if isinstance(content, bytes) else content:
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
