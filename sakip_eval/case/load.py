"""Load a case file: shape, then what can be judged without a rubric."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sakip_eval.boundary import validate
from sakip_eval.case.case import (
    Bukti,
    Case,
    Cetak,
    Instansi,
    JawabanKriteria,
    JawabanSub,
    Penilaian,
    RekapTindakLanjut,
    RekomendasiTangan,
    RekomendasiTerbuka,
    Target,
    Tercetak,
    TindakLanjut,
)
from sakip_eval.case.check import check_against, check_alone
from sakip_eval.case.kind import not_a_case
from sakip_eval.case.model import BuktiEntry, CaseFile, CetakEntry, PenilaianEntry, TindakLanjutEntry
from sakip_eval.problems import Problem, SakipError
from sakip_eval.rubric.catalog import find_rubric
from sakip_eval.rubric.load import load_rubric
from sakip_eval.rubric.rubric import Rubric
from sakip_eval.yamlfile import YamlDocument, load_yaml


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case with its rubric: everything that `evaluate` needs."""

    case: Case
    rubric: Rubric


def load_case(path: str | Path, rubric: Rubric | None = None, folders: Iterable[Path] = ()) -> Case:
    """Load the case file at `path` and check it against its rubric (loaded by id where none is given).

    Raises `SakipError` with every problem of the case and of its rubric: B1xx file, Y2xx YAML, M3xx shape, K5xx case.
    """
    return load_with_rubric(path, {} if rubric is None else {rubric.id: rubric}, folders).case


def load_with_rubric(path: str | Path, rubrics: dict[str, Rubric], folders: Iterable[Path] = ()) -> Loaded:
    """Load a case and its rubric; `rubrics` caches rubrics by id over several calls. Raises as `load_case`."""
    document = load_yaml(Path(path), shown=str(path))
    other = not_a_case(document)
    if other is not None:
        raise SakipError([other])
    full = document
    file, document, problems = validate(CaseFile, document, partial=True)
    rubric: Rubric | None = None
    name = _rubric_name(document)
    if name is not None:
        rubric = rubrics.get(name)
        if rubric is None:
            try:
                find_rubric(name, folders)  # A case names its rubric by id: it must not make us open any other file.
                rubric = rubrics[name] = load_rubric(name, folders)
            except SakipError as error:
                problems += [_at_reference(p, name, document) for p in error.problems]
    if file is not None:
        problems += check_alone(file, document)
        if rubric is not None:
            problems += check_against(file, document, full, rubric)
    if problems or file is None or rubric is None:
        raise SakipError(problems)
    canonical = json.dumps(document.data(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Loaded(build_case(file, hashlib.sha256(canonical.encode()).hexdigest()), rubric)


def _rubric_name(document: YamlDocument) -> str | None:
    root = document.root.value
    node = root.get("rubrik") if isinstance(root, dict) else None
    return node.value if node is not None and isinstance(node.value, str) else None


def _at_reference(problem: Problem, name: str, document: YamlDocument) -> Problem:
    """A rubric that does not exist is a mistake of the case: say it at the case's line."""
    if problem.kode == "R401" and problem.lokasi.path == name:
        place = document.locate(("rubrik",))
        return Problem(problem.kode, place, problem.apa, problem.mengapa, problem.perbaikan)
    return problem


def build_case(file: CaseFile, sha256: str) -> Case:
    """Turn a checked case file into the engine's case."""
    printed, goal = file.tercetak, file.target
    return Case(
        instansi=Instansi(file.instansi.nama, file.instansi.induk, file.instansi.jenis, file.instansi.klaster),
        tahun_kinerja=file.tahun_kinerja,
        tahun_evaluasi=file.tahun_evaluasi,
        rubrik=file.rubrik,
        bukti={b.id: _bukti(b) for b in file.bukti},
        tindak_lanjut=_follow_up(file.tindak_lanjut_sebelumnya),
        penilaian={rater: _penilaian(entry) for rater, entry in file.penilaian.items()},
        tercetak=Tercetak(
            printed.sumber,
            printed.digit,
            _cetak(printed.total),
            {name: _cetak(entry) for name, entry in printed.bagian.items()},
        )
        if printed
        else None,
        catatan=file.catatan,
        paket=file.paket,
        target=Target(goal.nilai, goal.predikat, goal.capaian, goal.catatan, goal.asal) if goal else None,
        sha256=sha256,
    )


def _follow_up(entry: TindakLanjutEntry | None) -> TindakLanjut | None:
    if entry is None:
        return None
    return TindakLanjut(
        entry.ada_rekomendasi,
        entry.bukti,
        entry.keterangan,
        entry.asal,
        RekapTindakLanjut(**dict(entry.rekap)) if entry.rekap else None,
        tuple(RekomendasiTerbuka(t.id, t.teks, t.komponen, t.kriteria) for t in entry.terbuka),
    )


def _bukti(b: BuktiEntry) -> Bukti:
    return Bukti(
        id=b.id,
        jenis=b.jenis,
        judul=b.judul,
        dari=b.rentang.dari if b.rentang else b.tahun,
        sampai=b.rentang.sampai if b.rentang else b.tahun,
        penetapan=b.tanggal.penetapan,
        publikasi=b.tanggal.publikasi,
        penyampaian=b.tanggal.penyampaian,
        tautan=b.tautan,
        berkas=b.berkas.nama if b.berkas else None,
        sha256=b.berkas.sha256 if b.berkas else None,
        asal=b.asal,
    )


def _penilaian(entry: PenilaianEntry) -> Penilaian:
    return Penilaian(
        tanggal=entry.tanggal,
        subkomponen={
            name: JawabanSub(s.jawaban, s.alasan, s.catatan, s.bukti, s.asal) for name, s in entry.subkomponen.items()
        },
        kriteria={
            name: JawabanKriteria(k.status, k.jawaban, k.bukti, k.catatan, k.asal)
            for name, k in entry.kriteria.items()
        },
        komponen={name: k.nilai for name, k in entry.komponen.items() if k.nilai is not None},
        rekomendasi=tuple(RekomendasiTangan(r.komponen, r.teks, r.kriteria, r.asal) for r in entry.rekomendasi),
    )


def _cetak(entry: CetakEntry) -> Cetak:
    return Cetak(entry.bobot, entry.nilai, entry.persen, entry.predikat)
