"""`sakip kasus`: start a case file, and check case files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from sakip_eval.cli.bahasa import Command, Group
from sakip_eval.cli.case_files import Cases, case_files
from sakip_eval.cli.options import Folders, Keluaran, Penilai
from sakip_eval.cli.output import BAD_INPUT, emit, print_problems
from sakip_eval.problems import Location, Problem, SakipError

if TYPE_CHECKING:
    from sakip_eval.rubric.rubric import Rubric

app = typer.Typer(
    cls=Group, help="Berkas kasus: mulai yang baru, periksa yang ada.", no_args_is_help=True, rich_markup_mode=None
)


@app.command(cls=Command)
def baru(
    rubrik: Annotated[
        str, typer.Argument(metavar="RUBRIK", help="Id rubrik; lihat sakip rubrik daftar.", show_default=False)
    ],
    instansi: Annotated[str, typer.Option("--instansi", metavar="NAMA", help="Nama instansi.")] = "Nama Instansi",
    tahun: Annotated[int, typer.Option("--tahun", metavar="TAHUN", min=1990, max=2099, help="Tahun kinerja.")] = 2025,
    penilai: Annotated[
        Penilai, typer.Option("--penilai", metavar="evaluator|mandiri", help="Siapa yang akan menilai.")
    ] = Penilai.evaluator,
    keluaran: Keluaran = None,
    folder: Folders = None,
) -> None:
    """Tulis kerangka kasus untuk sebuah rubrik; berkas yang sudah ada tidak pernah ditimpa."""
    from sakip_eval.case.skeleton import render_skeleton
    from sakip_eval.rubric.load import load_rubric

    if not instansi.strip():
        raise typer.BadParameter("kosong", param_hint="--instansi")
    rubric = load_rubric(rubrik, folder or [])
    if keluaran is not None and keluaran.exists():
        raise SakipError(
            [
                Problem(
                    "B109",
                    Location(str(keluaran)),
                    "Berkas sudah ada",
                    "Isian di dalamnya akan hilang bila ditimpa kerangka kosong",
                    "Pilih nama lain dengan -o",
                )
            ]
        )
    text = render_skeleton(
        rubric, instansi=instansi, tahun_kinerja=tahun, tahun_evaluasi=tahun + 1, penilai=penilai.value
    )
    emit(text, keluaran)


@app.command(cls=Command)
def cek(
    kasus: Cases,
    folder: Folders = None,
) -> None:
    """Periksa satu atau beberapa berkas kasus terhadap rubriknya; semua masalah sekaligus."""
    from sakip_eval.case.load import load_with_rubric
    from sakip_eval.render.words import wrap

    rubrics: dict[str, Rubric] = {}
    kasus, problems = case_files(kasus)
    for path in kasus:
        try:
            loaded = load_with_rubric(path, rubrics, folder or [])
        except SakipError as error:
            problems.extend(error.problems)
            continue
        case = loaded.case
        judged = ", ".join(
            f"{name}: {sum(s.jawaban is not None for s in p.subkomponen.values())} jawaban, "
            f"{sum(k.status is not None or k.jawaban is not None for k in p.kriteria.values())} kriteria"
            for name, p in case.penilaian.items()
        )
        about = f"{case.instansi.nama}, {case.tahun_kinerja}; {len(case.bukti)} bukti; {judged or 'belum dinilai'}"
        emit(wrap(f"{path}: baik ({about})", rest="  ") + "\n", None)
    if problems:
        sys.stdout.flush()
        print_problems(problems)
        raise typer.Exit(BAD_INPUT)
