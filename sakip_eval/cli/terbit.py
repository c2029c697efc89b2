"""Issuing: files that are written once and never replaced, all of a set or none."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sakip_eval.problems import Location, Problem, SakipError


def issue(files: Mapping[Path, bytes]) -> None:
    """Write new files, whole, in order; where one exists or cannot be written, none is left.

    Raises `SakipError`: S804 where one exists (even if it came into being this very moment), B108 where writing fails.
    """
    written: list[Path] = []
    path = Path()
    try:
        for path, content in files.items():
            _write_new(path, content)
            written.append(path)
    except OSError as error:
        for done in written:
            with contextlib.suppress(OSError):
                done.unlink()
        if isinstance(error, FileExistsError):
            from sakip_eval.documents.lhe.segel import exists_problem

            raise SakipError([exists_problem(path)]) from None
        raise SakipError(
            [
                Problem(
                    "B108",
                    Location(str(path)),
                    f"Hasil tidak dapat ditulis ({error.strerror or error})",
                    "Tidak ada yang diterbitkan",
                    "Periksa folder tujuan, izin tulis, dan sisa ruang",
                )
            ]
        ) from None


def _write_new(path: Path, content: bytes) -> None:
    """Write a file beside its place and link it there: readers see it whole, and an existing one is never replaced."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        try:
            path.hardlink_to(name)
        except FileExistsError:
            raise
        except OSError:
            # File systems without links (FAT, some network shares): creating it exclusively is the next best.
            with path.open("xb") as stream:
                stream.write(content)
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink()
