"""`sakip lke`: the worksheet of one case or of many as Excel workbooks, and the empty form of a rubric."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sakip_eval.cli.case_files import case_files
from sakip_eval.cli.options import Folders, Penilai, PenilaiOption, choose_penilai
from sakip_eval.cli.output import BAD_INPUT, GOOD, emit_bytes, print_problems, printable
from sakip_eval.problems import Location, Problem, SakipError

if TYPE_CHECKING:
    from sakip_eval.engine.result import Evaluation
    from sakip_eval.rubric.rubric import Rubric


def lke(
    keluaran: Annotated[
        Path,
        typer.Option(
            "-o", "--keluaran", metavar="TUJUAN", help="Berkas .xlsx, atau folder bila banyak.", show_default=False
        ),
    ],
    kasus: Annotated[
        list[Path] | None,
        typer.Argument(metavar="KASUS", help="Berkas kasus (.yaml), atau foldernya.", show_default=False),
    ] = None,
    kosong: Annotated[
        str | None, typer.Option("--kosong", metavar="RUBRIK", help="Formulir kosong rubrik ini.", show_default=False)
    ] = None,
    sebelumnya: Annotated[
        Path | None,
        typer.Option(
            "--sebelumnya", metavar="KASUS", help="Kasus tahun sebelumnya, untuk Ringkasan.", show_default=False
        ),
    ] = None,
    penilai: PenilaiOption = None,
    folder: Folders = None,
) -> None:
    """Tulis lembar kerja evaluasi (LKE) sebagai buku kerja Excel dengan rumus yang hidup.

    Bila kasus memuat penilaian mandiri dan evaluator, keduanya berdampingan; --penilai memilih satu saja.
    Beberapa kasus atau folder kasus: satu buku kerja untuk setiap kasus dalam folder tujuan.
    """
    from sakip_eval.documents.extras import require

    require("office", "Lembar kerja Excel")
    if (kosong is None) == (not kasus):
        raise SakipError([_neither_nor(keluaran)])
    if kosong is not None:
        _blank(kosong, keluaran, penilai, folder or [])
    elif len(kasus or ()) == 1 and not (given := (kasus or [])[0]).is_dir() and not keluaran.is_dir():
        _Batch([given], sebelumnya, penilai, folder or []).write(given, keluaran)
    else:
        _many(kasus or [], keluaran, sebelumnya, penilai, folder or [])
    raise typer.Exit(GOOD)


def _blank(name: str, target: Path, penilai: Penilai | None, folders: list[Path]) -> None:
    from sakip_eval.documents.lke.write import blank_form
    from sakip_eval.rubric.load import load_rubric

    rubric = load_rubric(name, folders)
    emit_bytes(blank_form(rubric, penilai.value if penilai else "evaluator"), target, [Path(name)])


class _Batch:
    """Cases that are written one after another; rubrics are loaded once."""

    def __init__(
        self, inputs: list[Path], earlier: Path | None, penilai: Penilai | None, folders: list[Path]
    ) -> None:
        self.inputs = [*inputs, *([earlier] if earlier else [])]
        self.earlier, self.penilai, self.folders = earlier, penilai, folders
        self.rubrics: dict[str, Rubric] = {}

    def write(self, path: Path, target: Path) -> None:
        """Write the workbook of one case. Raises `SakipError`."""
        from sakip_eval.documents.lke.write import workbook

        evaluations = self.evaluate(path, all_raters=True)
        earlier = self.evaluate(self.earlier, all_raters=False)[0] if self.earlier else None
        if self.earlier and earlier and earlier.case.tahun_kinerja >= evaluations[0].case.tahun_kinerja:
            raise SakipError([_not_earlier(self.earlier, earlier, evaluations[0])])
        emit_bytes(workbook(evaluations, earlier=earlier), target, self.inputs)

    def evaluate(self, path: Path, *, all_raters: bool) -> list[Evaluation]:
        from sakip_eval.case.load import load_with_rubric
        from sakip_eval.engine.evaluate import evaluate

        loaded = load_with_rubric(path, self.rubrics, self.folders)
        chosen = choose_penilai(loaded.case, path, self.penilai)
        both = all_raters and self.penilai is None and len(loaded.case.penilaian) > 1
        return [
            evaluate(loaded.rubric, loaded.case, rater) for rater in (loaded.case.penilaian if both else [chosen])
        ]


def _many(
    given: list[Path], target: Path, earlier: Path | None, penilai: Penilai | None, folders: list[Path]
) -> None:
    """Write a workbook for each case into a folder; what cannot be used is reported, the rest is written."""
    if earlier is not None:
        raise SakipError([_one_case_only(earlier)])
    paths, problems = case_files(given)
    if not paths:
        raise SakipError(problems)
    targets = _targets(paths, target)
    if not target.is_dir():
        try:
            target.mkdir(parents=True)
        except OSError as error:
            raise SakipError([_no_folder(target, error)]) from None
    batch = _Batch(paths, None, penilai, folders)
    failed = 0

    def each(listed: Iterable[Path]) -> None:
        nonlocal failed
        for path in listed:
            try:
                batch.write(path, targets[path])
            except SakipError as error:
                problems.extend(error.problems)
                failed += 1

    if sys.stderr.isatty():
        with typer.progressbar(paths, label="Menulis LKE", file=sys.stderr) as bar:
            each(bar)
    else:
        each(paths)
    print(f"{len(paths) - failed} buku kerja ditulis ke {printable(str(target))}.", file=sys.stderr)
    if problems:
        print_problems(problems)
        print(f"{failed} dari {len(paths)} kasus tidak ditulis.", file=sys.stderr)
        raise typer.Exit(BAD_INPUT)


def _targets(paths: list[Path], folder: Path) -> Mapping[Path, Path]:
    """Name a workbook for each case: its folder and its file name. Raises `SakipError` where two would be one."""
    targets: dict[Path, Path] = {}
    taken: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in paths:
        parent = path.resolve().parent.name
        name = f"{parent}-{path.stem}.xlsx" if parent else f"{path.stem}.xlsx"
        if (other := taken.setdefault(name.casefold(), path)) is not path:
            problems.append(_same_name(path, other, name))
        targets[path] = folder / name
    if problems:
        raise SakipError(problems)
    return targets


def _neither_nor(target: Path) -> Problem:
    return Problem(
        "D821",
        Location(str(target)),
        "Lembar kerja dibuat dari kasus, atau kosong dari rubrik",
        "Keduanya disebut, atau tidak satu pun",
        "Sebut KASUS, atau --kosong RUBRIK",
    )


def _one_case_only(earlier: Path) -> Problem:
    return Problem(
        "D822",
        Location(str(earlier)),
        "Kasus tahun sebelumnya disebut untuk beberapa kasus sekaligus",
        "Nilainya hanya milik satu instansi",
        "Jalankan satu per satu, dengan -o berupa berkas",
    )


def _not_earlier(path: Path, earlier: Evaluation, now: Evaluation) -> Problem:
    return Problem(
        "D823",
        Location(str(path)),
        f"Kasus sebelumnya bertahun kinerja {earlier.case.tahun_kinerja}, bukan sebelum {now.case.tahun_kinerja}",
        "Ringkasan menyandingkan nilai dengan tahun yang lebih dahulu",
        "Periksa berkas pada --sebelumnya",
    )


def _same_name(path: Path, other: Path, name: str) -> Problem:
    return Problem(
        "D824",
        Location(str(path)),
        f"Dua kasus akan ditulis ke berkas yang sama, {name}",
        f"Yang satu lagi: {other}",
        "Beri nama yang berbeda, atau tulis satu per satu",
    )


def _no_folder(path: Path, error: OSError) -> Problem:
    return Problem(
        "D826",
        Location(str(path)),
        f"Folder tujuan tidak dapat dibuat ({error.strerror or error})",
        "Beberapa kasus ditulis ke dalam satu folder",
        "Sebut folder, bukan berkas, dan periksa izin tulis",
    )
