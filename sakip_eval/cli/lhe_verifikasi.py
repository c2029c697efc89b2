"""`sakip lhe-verifikasi`: is an issued LHE whole, and does its case still give the same result?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sakip_eval.cli.options import Folders, Penilai, choose_penilai
from sakip_eval.cli.output import FINDINGS, GOOD, printable
from sakip_eval.problems import Location, Problem, SakipError


def lhe_verifikasi(
    berkas: Annotated[Path, typer.Argument(metavar="LHE.docx", help="LHE yang disegel.", show_default=False)],
    kasus: Annotated[
        Path | None,
        typer.Option("--kasus", metavar="KASUS", help="Hitung ulang dari kasus ini.", show_default=False),
    ] = None,
    folder: Folders = None,
) -> None:
    """Periksa LHE yang disegel: utuh atau berubah, dan apakah kasusnya menghasilkan nilai yang sama.

    Kode keluar: 0 utuh, 1 berbeda, 2 tidak dapat diperiksa.
    """
    from sakip_eval.case.load import load_with_rubric
    from sakip_eval.documents.lhe.segel import read_seal, sidecar_path
    from sakip_eval.documents.lhe.verifikasi import check_case, check_document
    from sakip_eval.engine.evaluate import evaluate
    from sakip_eval.render.words import wrap

    document = _read(berkas)
    sealed = read_seal(sidecar_path(berkas))
    checks = check_document(document, sealed)
    if kasus is not None:
        loaded = load_with_rubric(kasus, {}, folder or [])
        penilai = choose_penilai(loaded.case, kasus, Penilai(sealed.penilai))
        checks += check_case(evaluate(loaded.rubric, loaded.case, penilai), sealed)
    whole = all(check.keadaan != "berbeda" for check in checks)
    print(wrap(f"{printable(str(berkas))}: {'utuh' if whole else 'BERBEDA dari yang disegel'}.", rest="  "))
    value = "belum lengkap" if sealed.hasil.tercetak is None else sealed.hasil.tercetak
    issued = f"{sealed.kasus.instansi}, tahun kinerja {sealed.kasus.tahun_kinerja}; nilai {value}"
    issued += f", predikat {sealed.hasil.predikat}" if sealed.hasil.predikat else ""
    print(wrap(f"Disegel untuk {printable(issued)}.", "  "))
    if sealed.alasan:
        print(wrap(f"Diterbitkan dengan alasan: {printable(sealed.alasan)}.", "  "))
    for check in checks:
        print(wrap(f"[{check.keadaan}] {check.hal}: {printable(check.uraian)}.", "  ", "      "))
    if kasus is None:
        print("  Hasilnya tidak dihitung ulang; sebut --kasus untuk itu.")
    raise typer.Exit(GOOD if whole else FINDINGS)


_MOST = 64 * 1024 * 1024


def _read(path: Path) -> bytes:
    """Read a document. Raises `SakipError` (S806) where it cannot be read."""
    try:
        with path.open("rb") as stream:
            content = stream.read(_MOST + 1)
        if len(content) > _MOST:
            raise OSError(0, "terlalu besar")
    except (OSError, ValueError) as error:
        what = f"LHE tidak dapat dibaca ({getattr(error, 'strerror', None) or error})"
        why = "Yang diperiksa adalah bita dokumennya"
        raise SakipError([Problem("S806", Location(str(path)), what, why, "Periksa nama dan izin berkas")]) from None
    return content
