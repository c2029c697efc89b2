"""`sakip lhe`: write the letter or report of an evaluation, as a draft or issued."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sakip_eval.cli.case_files import case_files
from sakip_eval.cli.options import Folders, Penilai, PenilaiOption, choose_penilai
from sakip_eval.cli.output import BAD_INPUT, GOOD, emit_bytes, print_problems, printable
from sakip_eval.problems import Location, Problem, SakipError

if TYPE_CHECKING:
    from sakip_eval.documents.lhe.elements import Content
    from sakip_eval.documents.lhe.identity import Identity
    from sakip_eval.documents.lhe.surat import Surat
    from sakip_eval.engine.result import Evaluation
    from sakip_eval.rubric.rubric import Rubric


class Bentuk(StrEnum):
    """Form of the LHE."""

    surat = "surat"
    bab = "bab"


@dataclass
class _Job:
    """What one run was asked for, and what its cases share."""

    surat: Path | None
    bentuk: Bentuk
    template: tuple[Path, bytes] | None
    pdf: bool
    final: bool
    alasan: str | None
    sebelumnya: Path | None
    penilai: Penilai | None
    folders: list[Path]
    rubrics: dict[str, Rubric] = field(default_factory=dict)
    letters: dict[Path, Surat] = field(default_factory=dict)


def lhe(
    kasus: Annotated[
        list[Path],
        typer.Argument(metavar="KASUS", help="Berkas kasus (.yaml), atau folder kasus.", show_default=False),
    ],
    keluaran: Annotated[
        Path,
        typer.Option(
            "-o",
            "--keluaran",
            metavar="TUJUAN",
            help="Berkas .docx; folder bila kasusnya banyak.",
            show_default=False,
        ),
    ],
    bentuk: Annotated[
        Bentuk, typer.Option("--bentuk", metavar="surat|bab", help="Surat, atau laporan dalam bab.")
    ] = Bentuk.surat,
    surat: Annotated[
        Path | None,
        typer.Option(
            "--surat",
            metavar="SURAT.yaml",
            help="Isian kantor; bawaan surat-<tahun evaluasi>.yaml di folder kasus.",
            show_default=False,
        ),
    ] = None,
    templat: Annotated[
        Path | None, typer.Option("--templat", metavar="KANTOR.docx", help="Templat kantor.", show_default=False)
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Tulis juga PDF (memerlukan LibreOffice).")] = False,
    final: Annotated[bool, typer.Option("--final", help="Terbitkan: segel, tanpa tanda DRAF.")] = False,
    alasan: Annotated[
        str | None,
        typer.Option(
            "--alasan",
            metavar="TEKS",
            help="Alasan menerbitkan kasus tak lengkap atau berkontradiksi.",
            show_default=False,
        ),
    ] = None,
    sebelumnya: Annotated[
        Path | None,
        typer.Option(
            "--sebelumnya", metavar="KASUS", help="Kasus tahun sebelumnya, untuk pembanding.", show_default=False
        ),
    ] = None,
    penilai: PenilaiOption = None,
    folder: Folders = None,
) -> None:
    """Tulis Laporan Hasil Evaluasi (LHE) sebagai dokumen Word, dengan LKE sebagai lampirannya.

    Tanpa --final hasilnya draf. Dengan --final surat disegel, dan tidak pernah menimpa yang sudah terbit.
    """
    from sakip_eval.documents.extras import require

    require("office", "LHE")
    paths, problems = case_files(kasus)
    if not paths:
        raise SakipError(problems)
    _check_options(paths, final=final, alasan=alasan, sebelumnya=sebelumnya)
    job = _Job(
        surat, bentuk, _template(templat), pdf, final, alasan.strip() if alasan else None, sebelumnya, penilai,
        folder or [],
    )  # fmt: skip
    single = keluaran.suffix.lower() == ".docx" and len(paths) == 1 and not keluaran.is_dir()
    if not single:
        _make_folder(keluaran)
    taken: dict[Path, Path] = {}
    done = 0
    with _progress(paths) as watched:
        for path in watched:
            try:
                _one(path, keluaran, job, taken, single=single, quiet=len(paths) > 1)
                done += 1
            except SakipError as error:
                problems += error.problems
    if len(paths) > 1:
        print(f"{done} dari {len(paths)} LHE ditulis ke {printable(str(keluaran))}.")
    if problems:
        print_problems(problems)
        raise typer.Exit(BAD_INPUT)
    raise typer.Exit(GOOD)


def _check_options(paths: list[Path], *, final: bool, alasan: str | None, sebelumnya: Path | None) -> None:
    """Refuse options that say nothing together (S811)."""
    wrong = {
        "--alasan tanpa --final": alasan is not None and not final,
        "--alasan tanpa isi": alasan is not None and not alasan.strip(),
        "--sebelumnya untuk beberapa kasus": sebelumnya is not None and len(paths) > 1,
    }
    why = "Alasan hanya tersimpan bersama segel, dan setiap instansi mempunyai tahun sebelumnya sendiri"
    problems = [
        Problem("S811", Location("sakip lhe"), f"Opsi tidak cocok: {what}", why, "Lihat: sakip lhe --help")
        for what, found in wrong.items()
        if found
    ]
    if problems:
        raise SakipError(problems)


def _template(path: Path | None) -> tuple[Path, bytes] | None:
    if path is None:
        return None
    from sakip_eval.documents.lhe.template import read_template

    return path, read_template(path)


def _refused(kode: str, place: Path, what: str, mend: str) -> SakipError:
    return SakipError(
        [Problem(kode, Location(str(place)), what, "Setiap kasus menjadi satu LHE pada satu berkas", mend)]
    )


_OTHER_FILES = frozenset((".pdf", ".doc", ".dotx", ".odt", ".rtf", ".xlsx", ".yaml", ".yml", ".json", ".md", ".txt"))
"""Suffixes that a folder does not have: who writes one means a file."""


def _make_folder(path: Path) -> None:
    suffix = path.suffix.lower()
    if suffix == ".docx" and not path.is_dir():
        raise _refused("S810", path, "Beberapa LHE tidak dapat ditulis ke satu berkas", "Sebut folder dengan -o")
    if suffix in _OTHER_FILES and not path.is_dir():
        raise _refused("S810", path, f"LHE tidak ditulis sebagai {suffix}", "Akhiri dengan .docx; PDF dengan --pdf")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SakipError(
            [
                Problem(
                    "B108",
                    Location(str(path)),
                    f"Hasil tidak dapat ditulis ({error.strerror or error})",
                    "Folder tujuan tidak dapat dibuat",
                    "Periksa folder tujuan dan izin tulis",
                )
            ]
        ) from None


@contextmanager
def _progress(paths: list[Path]) -> Iterator[Iterable[Path]]:
    if len(paths) == 1 or not sys.stderr.isatty():
        yield paths
        return
    with typer.progressbar(paths, label="Menulis LHE", file=sys.stderr) as bar:
        yield bar


def _one(path: Path, keluaran: Path, job: _Job, taken: dict[Path, Path], *, single: bool, quiet: bool) -> None:
    from sakip_eval.documents.lhe.identity import identity
    from sakip_eval.documents.lhe.surat import check_surat

    evaluation = _evaluate(path, job)
    surat = _letter_file(path, evaluation, job)
    problems = check_surat(surat, evaluation.case)
    before = _before(evaluation, job)
    target = keluaran if single else keluaran / _name(evaluation)
    if target in taken:
        raise _refused(
            "S810", path, f"Nama berkas {target.name} sudah dipakai {taken[target]}", "Tulis ke folder lain"
        )
    taken[target] = path
    seal = identity(evaluation, job.alasan) if job.final else None
    content = _content(evaluation, surat, before, seal, job)
    problems += _obstacles(target, path, evaluation, surat, content, job)
    if problems:
        raise SakipError(problems)
    _write(path, target, evaluation, surat, content, seal, job)
    if not quiet:
        _report(target, evaluation, surat, content, job)


def _evaluate(path: Path, job: _Job) -> Evaluation:
    from sakip_eval.case.load import load_with_rubric
    from sakip_eval.engine.evaluate import evaluate

    loaded = load_with_rubric(path, job.rubrics, job.folders)
    return evaluate(loaded.rubric, loaded.case, choose_penilai(loaded.case, path, job.penilai))


def _letter_file(path: Path, evaluation: Evaluation, job: _Job) -> Surat:
    from sakip_eval.documents.lhe.surat import EMPTY, load_surat

    beside = path.parent / f"surat-{evaluation.case.tahun_evaluasi}.yaml"
    wanted = job.surat or (beside if beside.is_file() else None)
    if wanted is None:
        return EMPTY
    if wanted not in job.letters:
        job.letters[wanted] = load_surat(wanted)
    return job.letters[wanted]


def _before(evaluation: Evaluation, job: _Job) -> Evaluation | None:
    if job.sebelumnya is None:
        return None
    before = _evaluate(job.sebelumnya, job)
    ours, theirs = evaluation.case, before.case
    problems: list[str] = []
    if ours.instansi.nama.casefold() != theirs.instansi.nama.casefold():
        problems.append(f"Kasus sebelumnya mengenai {theirs.instansi.nama}, bukan {ours.instansi.nama}")
    if theirs.tahun_kinerja >= ours.tahun_kinerja:
        problems.append(f"Tahun kinerja {theirs.tahun_kinerja} tidak mendahului {ours.tahun_kinerja}")
    if problems:
        why = "Pembanding adalah hasil instansi yang sama pada tahun yang lebih awal"
        raise SakipError(
            Problem("S809", Location(str(job.sebelumnya)), what, why, "Sebut kasus yang benar pada --sebelumnya")
            for what in problems
        )
    return before


def _name(evaluation: Evaluation) -> str:
    from sakip_eval.tindak_lanjut.terbitan import file_slug

    case = evaluation.case
    return f"LHE-{file_slug(case.instansi.nama)}-{case.tahun_kinerja}.docx"


def _content(
    evaluation: Evaluation, surat: Surat, before: Evaluation | None, seal: Identity | None, job: _Job
) -> Content:
    from sakip_eval.documents.lhe.gambar import charts
    from sakip_eval.documents.lhe.isi import compose
    from sakip_eval.documents.lhe.write import brings_letterhead

    pictures = charts(evaluation) if job.bentuk is Bentuk.bab else ()
    content = compose(evaluation, surat, job.bentuk.value, before=before, pictures=pictures, seal=seal)
    if brings_letterhead(surat.file.kertas, job.template):
        return replace(content, letterhead=())
    return content


def _obstacles(
    target: Path, path: Path, evaluation: Evaluation, surat: Surat, content: Content, job: _Job
) -> Iterator[Problem]:
    """Yield why the document must not be written: something issued is there, or it cannot be issued."""
    from sakip_eval.documents.lhe.segel import exists_problem, refusals, sidecar_path

    sidecar = sidecar_path(target)
    if job.final:
        for existing in (target, sidecar, *([target.with_suffix(".pdf")] if job.pdf else [])):
            if existing.exists() or existing.is_symlink():
                yield exists_problem(existing)
        yield from refusals(evaluation, surat, content, path, job.alasan)
    elif sidecar.exists():
        yield exists_problem(target)


def _write(
    path: Path, target: Path, evaluation: Evaluation, surat: Surat, content: Content, seal: Identity | None, job: _Job
) -> None:
    from sakip_eval.cli.terbit import issue
    from sakip_eval.documents.lhe import segel
    from sakip_eval.documents.lhe.write import document_bytes, document_day

    document = document_bytes(content, surat.file.kertas, document_day(evaluation, surat), seal, job.template)
    files = {target: document}
    if job.pdf:
        from sakip_eval.documents.libreoffice import convert

        files[target.with_suffix(".pdf")] = convert(document, ".docx", "pdf")
    if seal is None:
        named = (path, job.surat, job.sebelumnya, job.template[0] if job.template else None)
        inputs = [given for given in named if given is not None]
        for name, made in files.items():
            emit_bytes(made, name, inputs)
        return
    sealed = segel.seal(evaluation, surat, job.bentuk.value, seal, target.name, document)
    issue({**files, segel.sidecar_path(target): segel.seal_text(sealed).encode()})


def _report(target: Path, evaluation: Evaluation, surat: Surat, content: Content, job: _Job) -> None:
    """Say what was written, and what a person should still look at."""
    from sakip_eval.documents.lhe.identity import open_contradictions
    from sakip_eval.documents.lhe.rekomendasi import moved
    from sakip_eval.documents.lhe.segel import sidecar_path
    from sakip_eval.render.words import figure, predikat_text, range_text, wrap

    state = "terbit, disegel" if job.final else "draf"
    value = (
        f"nilai {figure(evaluation, evaluation.nilai)}, predikat {predikat_text(evaluation)}"
        if evaluation.lengkap
        else f"belum lengkap, nilai masih mungkin {range_text(evaluation)}"
    )
    lines = [wrap(f"{printable(str(target))}: {state}; {value}.", rest="  ")]
    if job.final:
        lines.append(wrap(f"Segel: {printable(str(sidecar_path(target)))}.", "  "))
    if job.pdf:
        lines.append(wrap(f"PDF: {printable(str(target.with_suffix('.pdf')))}.", "  "))
    source = surat.document.path if surat.document is not None else None
    lines.append(wrap(f"Isian surat: {printable(source) if source else 'tidak ada berkas surat'}.", "  "))
    if blanks := content.blanks():
        lines.append(wrap(f"Masih kosong: {', '.join(blanks)}.", "  "))
    if codes := open_contradictions(evaluation):
        lines.append(wrap(f"Kontradiksi terbuka: {', '.join(codes)}; lihat sakip nilai.", "  "))
    for item, where in moved(evaluation):
        lines.append(
            wrap(f"{item.id} ditempatkan di bawah komponen {where} menurut kriterianya, bukan {item.komponen}.", "  ")
        )
    print("\n".join(lines))
