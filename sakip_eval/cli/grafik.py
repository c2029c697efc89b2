"""`sakip grafik`: radar, waterfall and trend as PNG or SVG files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sakip_eval.cli.case_files import Cases
from sakip_eval.cli.nilai import evaluate_all
from sakip_eval.cli.options import Folders, PenilaiOption
from sakip_eval.cli.output import GOOD, emit_bytes
from sakip_eval.problems import Location, Problem, SakipError

if TYPE_CHECKING:
    from sakip_eval.engine.result import Evaluation


class Jenis(StrEnum):
    """Kinds of chart."""

    radar = "radar"
    air_terjun = "air-terjun"
    tren = "tren"


class Bentuk(StrEnum):
    """Kinds of file."""

    png = "png"
    svg = "svg"


Chart = tuple[Path, Callable[[], bytes]]
"""Where a chart goes, and how to make it."""


def grafik(
    kasus: Cases,
    keluaran: Annotated[
        Path,
        typer.Option(
            "-o", "--keluaran", metavar="TUJUAN", help="Berkas .png atau .svg, atau folder.", show_default=False
        ),
    ],
    jenis: Annotated[
        Jenis | None,
        typer.Option(
            "--jenis",
            metavar="radar|air-terjun|tren",
            help="Satu jenis saja; bawaan semua yang mungkin.",
            show_default=False,
        ),
    ] = None,
    bentuk: Annotated[
        Bentuk | None,
        typer.Option(
            "--bentuk", metavar="png|svg", help="Bentuk berkas dalam folder; bawaan png.", show_default=False
        ),
    ] = None,
    penilai: PenilaiOption = None,
    folder: Folders = None,
) -> None:
    """Gambar hasil: radar subkomponen, poin per komponen, dan tren satu instansi dari tahun ke tahun.

    Tujuan berupa berkas menerima satu grafik; folder menerima semuanya, satu berkas untuk setiap grafik.
    """
    from sakip_eval.documents.extras import require

    require("chart", "Grafik")
    single = _is_file(keluaran, bentuk)
    evaluations, problems = evaluate_all(kasus, penilai, folder or [])
    if problems:
        raise SakipError(problems)
    if single:
        charts = _one(evaluations, jenis, keluaran)
    else:
        charts = _all(evaluations, jenis, bentuk or Bentuk.png, keluaran)
    # Everything is drawn before anything is written: a refusal leaves no half of a set behind.
    drawn = [(path, make()) for path, make in _watched(charts)]
    if not single:
        _make_folder(keluaran)
    for path, content in drawn:
        emit_bytes(content, path, kasus)
    if not single:
        print(f"{len(drawn)} grafik ditulis ke {keluaran}.")
    raise typer.Exit(GOOD)


def _is_file(target: Path, bentuk: Bentuk | None) -> bool:
    """Say whether the target is one chart's file; refuse (D814) a suffix that is none of ours."""
    suffix = target.suffix.lower()
    if target.is_dir() or not suffix:
        return False
    if suffix not in (".png", ".svg"):
        raise _wrong(
            target, f"Bentuk berkas {suffix} tidak dikenal", "Pakai akhiran .png atau .svg, atau nama folder"
        )
    if bentuk is not None and suffix != f".{bentuk.value}":
        raise _wrong(target, f"--bentuk {bentuk.value} tidak sama dengan akhiran berkasnya", "Hapus --bentuk")
    return True


def _wrong(target: Path, what: str, mend: str) -> SakipError:
    why = "Jenis, bentuk, dan tujuan harus menunjuk tepat satu berkas untuk setiap grafik"
    return SakipError([Problem("D814", Location(str(target)), what, why, mend)])


def _one(evaluations: list[Evaluation], jenis: Jenis | None, target: Path) -> list[Chart]:
    """Return the one chart that a file can hold; refuse (D814) where there would be several."""
    if jenis is None and len(evaluations) == 1:
        raise _wrong(target, "Satu berkas tidak memuat beberapa grafik", "Tambahkan --jenis, atau sebut folder")
    if jenis in (Jenis.radar, Jenis.air_terjun) and len(evaluations) > 1:
        what = f"Satu berkas tidak memuat {len(evaluations)} grafik {jenis}"
        raise _wrong(target, what, "Sebut satu kasus, atau sebut folder")
    draw = _drawer(jenis or Jenis.tren, evaluations, Bentuk(target.suffix.lower()[1:]))
    return [(target, draw)]


def _all(evaluations: list[Evaluation], jenis: Jenis | None, bentuk: Bentuk, target: Path) -> list[Chart]:
    """Return all charts that apply: two for each case, and a trend for each agency with several years."""
    from sakip_eval.documents.grafik.radar import applies
    from sakip_eval.documents.grafik.series import agency

    charts: dict[str, Callable[[], bytes]] = {}
    twice: list[str] = []

    def add(name: str, kind: Jenis, of: list[Evaluation]) -> None:
        if name in charts:
            twice.append(name)
        charts[name] = _drawer(kind, of, bentuk)

    for evaluation in evaluations:
        for kind in (Jenis.radar, Jenis.air_terjun):
            if jenis is kind or (jenis is None and (kind is Jenis.air_terjun or applies(evaluation))):
                add(f"{_slug(evaluation)}-{evaluation.case.tahun_kinerja}-{kind}", kind, [evaluation])
    series: dict[tuple[str, str], list[Evaluation]] = {}
    for evaluation in evaluations:
        series.setdefault(agency(evaluation), []).append(evaluation)
    if jenis is Jenis.tren:
        add(f"{_slug(evaluations[0])}-tren", Jenis.tren, evaluations)
    elif jenis is None:
        for own in series.values():
            if len(own) > 1:
                add(f"{_slug(own[0])}-tren", Jenis.tren, own)
    if twice:
        names = ", ".join(dict.fromkeys(twice))
        raise _wrong(
            target, f"Beberapa kasus menghasilkan nama berkas yang sama: {names}", "Pisahkan dalam dua folder"
        )
    return [(target / f"{name}.{bentuk.value}", draw) for name, draw in charts.items()]


def _drawer(jenis: Jenis, evaluations: list[Evaluation], bentuk: Bentuk) -> Callable[[], bytes]:
    from sakip_eval.documents import grafik as charts

    if jenis is Jenis.tren:
        return lambda: charts.trend(evaluations, bentuk.value)
    draw = charts.radar if jenis is Jenis.radar else charts.waterfall
    return lambda: draw(evaluations[0], bentuk.value)


def _slug(evaluation: Evaluation) -> str:
    """Return the agency's name as part of a file name."""
    from sakip_eval.tindak_lanjut.terbitan import file_slug

    return file_slug(evaluation.case.instansi.nama)


def _watched(
    charts: list[Chart],
) -> Iterable[Chart]:
    """Yield the charts, with a progress bar where there are many and a person looks."""
    if len(charts) < 5 or not sys.stderr.isatty():
        yield from charts
        return
    with typer.progressbar(charts, label="Menggambar", file=sys.stderr) as bar:
        yield from bar


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SakipError(
            [
                Problem(
                    "B108",
                    Location(str(folder)),
                    f"Folder tidak dapat dibuat ({error.strerror or error})",
                    "Tidak ada grafik yang ditulis",
                    "Periksa letak folder dan izin tulis",
                )
            ]
        ) from None
