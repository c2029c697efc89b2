"""What the office fills in, read from surat.yaml and kept with the place of each key in that file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sakip_eval.boundary import validate
from sakip_eval.case.case import Case
from sakip_eval.documents.lhe.model import SuratFile
from sakip_eval.problems import Location, Problem, SakipError
from sakip_eval.yamlfile import YamlDocument, load_yaml


@dataclass(frozen=True)
class Surat:
    """The filled keys; `document` is the file that they were read from, None where there is none."""

    file: SuratFile
    document: YamlDocument | None = None

    def locate(self, key: str) -> Location:
        """Return the place of a key such as `kepada.jabatan` or `tim.0.nama`, or of the nearest one above it that exists."""
        if self.document is None:
            return Location("surat.yaml")
        return self.document.locate([int(s) if s.isdigit() else s for s in key.split(".")], key=True)


EMPTY = Surat(SuratFile())
"""A letter for which the office has filled in nothing yet."""


def load_surat(path: Path) -> Surat:
    """Load surat.yaml. Raises `SakipError` with every problem: B1xx file, Y2xx YAML, M3xx shape."""
    document = load_yaml(path, shown=str(path))
    file, document, problems = validate(SuratFile, document)
    if problems or file is None:
        raise SakipError(problems)
    return Surat(file, document)


def check_surat(surat: Surat, case: Case) -> list[Problem]:
    """Return what in surat.yaml cannot belong to this case (S807): dates before the evaluation they report."""
    file = surat.file
    problems: list[Problem] = []
    if file.tanggal is not None and file.tanggal.year < case.tahun_evaluasi:
        problems.append(
            Problem(
                "S807",
                surat.locate("tanggal"),
                f"Surat bertanggal {file.tanggal}, sebelum tahun evaluasi {case.tahun_evaluasi}",
                "Hasil evaluasi tidak mungkin disampaikan sebelum evaluasinya dilakukan",
                "Periksa tanggal surat, atau apakah berkas surat ini untuk kasus lain",
            )
        )
    ordered = file.surat_tugas.tanggal
    if ordered is not None and file.tanggal is not None and file.tanggal < ordered:
        problems.append(
            Problem(
                "S807",
                surat.locate("surat_tugas.tanggal"),
                f"Surat tugas bertanggal {ordered}, sesudah tanggal surat {file.tanggal}",
                "Evaluasi dilakukan berdasarkan surat tugas, lalu dilaporkan",
                "Periksa kedua tanggal",
            )
        )
    return problems
