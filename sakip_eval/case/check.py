"""Does a case hold together, and does it fit its rubric? (K5xx)"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import pairwise

from sakip_eval.case.check_tindak_lanjut import check_follow_up
from sakip_eval.case.model import BuktiEntry, CaseFile, PenilaianEntry
from sakip_eval.numbers import format_plain
from sakip_eval.problems import Problem, suggest
from sakip_eval.rubric.rubric import Rubric
from sakip_eval.yamlfile import Path_, YamlDocument


def check_alone(file: CaseFile, document: YamlDocument) -> list[Problem]:
    """Return the problems that need no rubric: years and dates in order, ids used once, follow-up that adds up.

    K501 to K504 and K516 to K518. The file may lack keys that it needs, as `boundary.validate` leaves it.
    """
    problems: list[Problem] = []
    years = (file.tahun_kinerja, file.tahun_evaluasi)
    if None not in years and file.tahun_evaluasi < file.tahun_kinerja:  # None where it was left out as bad
        problems.append(
            Problem(
                "K501",
                document.locate(("tahun_evaluasi",)),
                f"tahun_evaluasi {file.tahun_evaluasi} mendahului tahun_kinerja {file.tahun_kinerja}",
                "Kinerja dievaluasi pada tahun yang sama atau sesudahnya",
                "Periksa apakah keduanya tertukar",
            )
        )
    first: dict[str, int] = {}
    for index, bukti in enumerate(file.bukti):
        problems += _dates(bukti, index, document)
        if bukti.id in first:
            line = document.locate(("bukti", first[bukti.id], "id")).line
            problems.append(
                Problem(
                    "K503",
                    document.locate(("bukti", index, "id")),
                    f"Id bukti `{bukti.id}` dipakai dua kali (pertama di baris {line})",
                    "Rujukan ke bukti itu menjadi tidak pasti",
                    "Beri id yang berbeda",
                )
            )
        first.setdefault(bukti.id, index)
    problems += check_follow_up(file, document)
    return problems


def _dates(bukti: BuktiEntry, index: int, document: YamlDocument) -> Iterable[Problem]:
    dated = [(name, value) for name, value in bukti.tanggal if value is not None]
    for (before, early), (after, late) in pairwise(dated):
        if late < early:
            yield Problem(
                "K502",
                document.locate(("bukti", index, "tanggal", after)),
                f"Bukti `{bukti.id}`: tanggal {after} {late} mendahului tanggal {before} {early}",
                "Dokumen ditetapkan, lalu dipublikasikan, lalu disampaikan",
                "Periksa kedua tanggal",
            )
    if bukti.tahun is not None and bukti.rentang is not None:
        yield Problem(
            "K504",
            document.locate(("bukti", index, "rentang"), key=True),
            f"Bukti `{bukti.id}` memuat tahun sekaligus rentang",
            "Tahun yang diceritakan bukti menjadi tidak pasti",
            "Pakai salah satu",
        )
    if bukti.rentang is not None and bukti.rentang.sampai < bukti.rentang.dari:
        yield Problem(
            "K502",
            document.locate(("bukti", index, "rentang", "sampai")),
            f"Bukti `{bukti.id}`: rentang {bukti.rentang.dari} sampai {bukti.rentang.sampai} terbalik",
            "Tahun akhir tidak mendahului tahun awal",
            "Tukar kedua tahun",
        )


def check_against(file: CaseFile, document: YamlDocument, full: YamlDocument, rubric: Rubric) -> list[Problem]:
    """Return every name in the case that its rubric does not know, and every value out of range (K505 to K511).

    `full` is the file before bad entries were left out: an evidence entry that was left out still counts as known.
    """
    return _Against(file, document, full, rubric).run()


class _Against:
    """One check of a case against a rubric."""

    def __init__(self, file: CaseFile, document: YamlDocument, full: YamlDocument, rubric: Rubric) -> None:
        self.file, self.document, self.rubric = file, document, rubric
        # Without a list, and with a key of the file left out: the list may stand under that key.
        self.bukti = None if full.root.child("bukti") is None and document.lacks(()) else _bukti_ids(full)
        self.problems: list[Problem] = []

    def run(self) -> list[Problem]:
        for index, bukti in enumerate(self.file.bukti if self.rubric.jenis_bukti else ()):
            self.known(
                "K507",
                ("bukti", index, "jenis"),
                "Jenis bukti",
                bukti.jenis,
                self.rubric.jenis_bukti,
                "Bukti berjenis itu tidak dapat dihubungkan dengan kriteria",
            )
        for index, name in enumerate(self.file.paket):
            why = "Aturan yang diminta tidak akan dijalankan"
            self.known("K514", ("paket", index), "Paket aturan", name, self.rubric.packs, why)
        if self.file.tindak_lanjut_sebelumnya is not None:
            self.references(("tindak_lanjut_sebelumnya",), self.file.tindak_lanjut_sebelumnya.bukti)
            for index, open_ in enumerate(self.file.tindak_lanjut_sebelumnya.terbuka):
                self.recommended(("tindak_lanjut_sebelumnya", "terbuka", index), open_.komponen, open_.kriteria)
        for rater, entry in self.file.penilaian.items():
            self.rater(("penilaian", rater), entry)
        if self.file.tercetak is not None:
            parts = {**self.rubric.komponen_by_id, **self.rubric.subkomponen_by_id}
            for name in self.file.tercetak.bagian:
                self.known(
                    "K505",
                    ("tercetak", "bagian", name),
                    "Bagian",
                    name,
                    parts,
                    "Angka tercetaknya tidak dapat dibandingkan",
                    key=True,
                )
        return self.problems

    def rater(self, path: tuple[str | int, ...], entry: PenilaianEntry) -> None:
        rubric = self.rubric
        unscored = f"Penilaiannya tidak akan ikut dihitung menurut rubrik {rubric.id}"
        for name, sub in entry.subkomponen.items():
            at = (*path, "subkomponen", name)
            known = self.known("K505", at, "Subkomponen", name, rubric.subkomponen_by_id, unscored, key=True)
            self.answer((*at, "jawaban"), sub.jawaban)
            self.references(at, sub.bukti)
            if known and sub.jawaban is not None and rubric.pada != "subkomponen":
                self.misplaced((*at, "jawaban"), "jawaban subkomponen")
        for name, kriteria in entry.kriteria.items():
            at = (*path, "kriteria", name)
            known = self.known("K506", at, "Kriteria", name, rubric.kriteria_by_id, unscored, key=True)
            self.answer((*at, "jawaban"), kriteria.jawaban)
            self.references(at, kriteria.bukti)
            if known and kriteria.jawaban is not None and (rubric.pada, rubric.dengan) != ("kriteria", "jawaban"):
                self.misplaced((*at, "jawaban"), "jawaban kriteria")
        for name, komponen in entry.komponen.items():
            at = (*path, "komponen", name)
            if self.known("K505", at, "Komponen", name, rubric.komponen_by_id, unscored, key=True):
                self.points(at, name, komponen.nilai)
        for index, item in enumerate(entry.rekomendasi):
            self.recommended((*path, "rekomendasi", index), item.komponen, item.kriteria)

    def recommended(self, at: tuple[str | int, ...], komponen: str, kriteria: tuple[str, ...]) -> None:
        why = "Rekomendasi berdiri di bawah satu komponen"
        self.known("K505", (*at, "komponen"), "Komponen", komponen, self.rubric.komponen_by_id, why)
        for place, name in enumerate(kriteria):
            why = "Rekomendasi itu tidak akan menjawab kriteria apa pun"
            self.known("K506", (*at, "kriteria", place), "Kriteria", name, self.rubric.kriteria_by_id, why)

    def known(
        self,
        kode: str,
        path: Path_,
        what: str,
        name: str,
        names: Collection[str],
        why: str,
        *,
        key: bool = False,
    ) -> bool:
        if name in names:
            return True
        self.problems.append(
            Problem(
                kode,
                self.document.locate(path, key=key),
                f"{what} `{name}` tidak ada dalam rubrik {self.rubric.id}",
                why,
                suggest(name, names) if names else "Rubrik ini tidak mengenal bagian itu",
            )
        )
        return False

    def answer(self, path: Path_, jawaban: str | None) -> None:
        answers = self.rubric.step_by_jawaban
        if jawaban is not None and answers and jawaban not in answers:
            self.problems.append(
                Problem(
                    "K508",
                    self.document.locate(path),
                    f"Jawaban `{jawaban}` tidak ada pada skala rubrik",
                    "Jawaban di luar skala tidak punya poin",
                    "Pilih salah satu: " + ", ".join(answers) + "; kosongkan bila belum dinilai",
                )
            )

    def misplaced(self, path: Path_, what: str) -> None:
        rubric = self.rubric
        self.problems.append(
            Problem(
                "K510",
                self.document.locate(path),
                f"Rubrik {rubric.id} dinilai pada {rubric.pada} dengan {rubric.dengan}, bukan dengan {what}",
                "Isian ini tidak akan ikut dihitung",
                "Hapus, atau pilih rubrik yang sesuai",
            )
        )

    def points(self, path: tuple[str | int, ...], name: str, nilai: object) -> None:
        bobot = self.rubric.komponen_by_id[name].bobot
        if self.rubric.pada != "komponen":
            self.misplaced((*path, "nilai"), "nilai komponen")
        elif nilai is not None and not 0 <= nilai <= bobot:  # type: ignore[operator]
            self.problems.append(
                Problem(
                    "K509",
                    self.document.locate((*path, "nilai")),
                    f"Nilai komponen {name} di luar 0 sampai {format_plain(bobot)}",
                    "Nilai sebuah komponen tidak melebihi bobotnya",
                    "Periksa angka itu pada sumbernya",
                )
            )

    def references(self, path: tuple[str | int, ...], names: tuple[str, ...]) -> None:
        for index, name in enumerate(names):
            if self.bukti is not None and name not in self.bukti:
                self.problems.append(
                    Problem(
                        "K511",
                        self.document.locate((*path, "bukti", index)),
                        f"Bukti `{name}` tidak ada dalam daftar bukti",
                        "Nilai yang bersandar pada bukti yang tidak ada tidak dapat dipertahankan",
                        suggest(name, self.bukti) if self.bukti else "Daftarkan bukti itu di bawah `bukti:`",
                    )
                )


def _bukti_ids(document: YamlDocument) -> list[str] | None:
    """Return the ids of all evidence as the file lists it; None where an entry has none that can be read."""
    node = document.root.child("bukti")
    ids: list[str] = []
    for item in node.value if node is not None and isinstance(node.value, list) else ():
        name = item.child("id")
        if name is None or not isinstance(name.value, str):
            return None
        ids.append(name.value)
    return ids
