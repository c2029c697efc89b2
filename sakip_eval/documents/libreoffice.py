"""LibreOffice as a converter: bytes in, bytes out, each call in a process and a profile of its own.

A profile of its own lets several conversions run at once (LibreOffice otherwise hands the second one to the first and
returns without a file), and keeps settings of the person at the machine out of the result.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sakip_eval.problems import Location, Problem, SakipError

VARIABLE = "SAKIP_SOFFICE"
"""Environment variable with another program than the `soffice` found on PATH."""

INSTALL = "apt install libreoffice-calc-nogui libreoffice-writer-nogui"
_MIB = 1024 * 1024
_SOCKET_NAME = 64
"""Longest name of the socket that LibreOffice makes; the path of a socket may be 107 bytes long."""


def convert(content: bytes, suffix: str, to: str, timeout: float = 120) -> bytes:
    """Convert a document, such as `convert(docx, ".docx", "pdf")`; figures of formulas stay as they are stored.

    `suffix` is that of the input, `to` a suffix without dot, or suffix and filter of LibreOffice ("csv:Text..."),
    `timeout` is in seconds. Raises `SakipError`: D802 where LibreOffice is missing, D803 where it hangs, fails, or
    writes nothing.
    """
    return _run(content, suffix, to, timeout, recalculate=False)


def recalculated(xlsx: bytes, timeout: float = 120) -> bytes:
    """Return the workbook with every formula computed anew, whatever values are stored in it. Raises as `convert`."""
    return _run(xlsx, ".xlsx", "xlsx:Calc MS Excel 2007 XML", timeout, recalculate=True)


def _run(content: bytes, suffix: str, to: str, timeout: float, *, recalculate: bool) -> bytes:
    program = _program()
    with _folder() as folder:
        source = folder / f"masukan{suffix}"
        source.write_bytes(content)
        _write_profile(folder / "profil", recalculate=recalculate)
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profil').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            to,
            "--outdir",
            str(folder / "hasil"),
            str(source),
        ]
        said = folder / "pesan"
        try:
            code = _wait(command, folder, said, timeout)
        except subprocess.TimeoutExpired:
            seconds = f"{timeout:g}".replace(".", ",")
            raise _failed(f"LibreOffice tidak selesai dalam {seconds} detik dan dihentikan") from None
        except OSError as error:
            raise _failed(f"LibreOffice tidak dapat dijalankan ({error.strerror or error})") from None
        result = folder / "hasil" / f"masukan.{to.partition(':')[0]}"
        if code or not result.is_file() or not (made := result.read_bytes()):
            words = " ".join(said.read_text("utf-8", "replace")[-_MIB:].split())[-300:]
            state = f"berhenti dengan kode {code}" if code else "tidak menghasilkan berkas"
            raise _failed(f"LibreOffice {state}" + (f": {words}" if words else ""))
        return made


def _program() -> str:
    wanted = os.environ.get(VARIABLE)
    found = shutil.which(wanted) if wanted else shutil.which("soffice") or shutil.which("libreoffice")
    if found:
        return found
    raise SakipError(
        [
            Problem(
                "D802",
                Location(wanted or "soffice"),
                f"Program pada variabel {VARIABLE} tidak ada" if wanted else "LibreOffice tidak ditemukan",
                "Pengubahan menjadi PDF dan penghitungan ulang lembar kerja dilakukan oleh LibreOffice",
                f"Jalankan: {INSTALL}; atau isi variabel {VARIABLE} dengan letak program soffice",
            )
        ]
    )


def _failed(what: str) -> SakipError:
    return SakipError(
        [
            Problem(
                "D803",
                Location("soffice"),
                what,
                "Dokumen hasil pengubahan tidak ada, dan tidak ada yang ditulis",
                "Coba sekali lagi; bila tetap gagal, buka dokumen asalnya di LibreOffice untuk melihat sebabnya",
            )
        ]
    )


def _wait(command: list[str], folder: Path, said: Path, timeout: float) -> int:
    """Run the command and return its exit code; whatever interrupts the waiting, all its processes are killed."""
    # A file and not a pipe: a child that outlives its parent would keep a pipe open, and reading it would hang.
    with said.open("wb") as stream:
        process = subprocess.Popen(  # noqa: S603  the arguments are ours, and no shell reads them
            command,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
    try:
        return process.wait(timeout)
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise


def _environment(folder: Path) -> dict[str, str]:
    environment = {**os.environ, "TMPDIR": str(folder)}
    if len(os.fsencode(folder)) + _SOCKET_NAME < 107:
        environment["OSL_SOCKET_PATH"] = str(folder)
    return environment


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """Give a folder of our own and remove it, patiently: killed processes need a moment to let go of it."""
    folder = Path(tempfile.mkdtemp(prefix="sakip-soffice-"))
    try:
        yield folder
    finally:
        for _ in range(20):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break
            time.sleep(0.05)


def _write_profile(profile: Path, *, recalculate: bool) -> None:
    """Write the settings of one run: when to recalculate (0 always, 1 never), no macros, no following of links."""
    mode = "0" if recalculate else "1"
    settings = (
        ("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", mode),
        ("/org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", mode),
        ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
        ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
        ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    )
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in settings
    )
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>',
        "utf-8",
    )
