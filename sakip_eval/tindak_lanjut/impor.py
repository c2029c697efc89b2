"""From lines of a table to events of the ledger: issued, planned, claimed. A printed "Selesai" is a claim."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sakip_eval.problems import Location, Problem, sort_problems
from sakip_eval.tindak_lanjut.events import (
    DataDukung,
    Event,
    Isi,
    Lapor,
    LedgerError,
    Peran,
    Rencana,
    Terbit,
    split_id,
)
from sakip_eval.tindak_lanjut.facts import JawabanLepas, shortened
from sakip_eval.tindak_lanjut.impor_baris import Bacaan, Baris, galat, peringatan
from sakip_eval.tindak_lanjut.impor_klaim import claims_nothing, read_progress
from sakip_eval.tindak_lanjut.impor_nomor import numbers_of
from sakip_eval.tindak_lanjut.impor_waktu import ImpossibleDateError, parse_waktu
from sakip_eval.tindak_lanjut.state import State, apply

_KOMPONEN = (
    ("1", r"perencanaan"),
    ("2", r"pengukuran"),
    ("3", r"pelaporan"),
    ("4", r"evaluasi"),
    ("5", r"pencapaian|capaian"),
)


@dataclass(frozen=True, slots=True)
class Tujuan:
    """Where a table goes: agency and tahun kinerja, who issued and who reports (positions or units), and when.

    `peran` limits the import to what that role may write: evaluator (issue), instansi (plan and claim); None takes
    both, as of an old table. `berkas` names the table in every event.
    """

    instansi: str
    tahun: int
    berkas: str
    penerbit: str | None = None
    tanggal_terbit: date | None = None
    pelapor: str | None = None
    tanggal_lapor: date | None = None
    peran: Peran | None = None


@dataclass(frozen=True, slots=True)
class Impor:
    """What an import would write: events in order, one after the other legal; or, with `galat`, nothing.

    `masalah` holds everything found; `jumlah` recommendations of which `dijawab` have a plan or a claim.
    """

    events: tuple[Event, ...]
    masalah: tuple[Problem, ...]
    lepas: tuple[JawabanLepas, ...]
    jumlah: int
    dijawab: int

    @property
    def galat(self) -> tuple[Problem, ...]:
        """Return the problems for which nothing is imported."""
        return tuple(p for p in self.masalah if p.tingkat == "galat")

    @property
    def peringatan(self) -> tuple[Problem, ...]:
        """Return what is to be looked at."""
        return tuple(p for p in self.masalah if p.tingkat == "peringatan")


def plan_import(bacaan: Bacaan, tujuan: Tujuan, known: Mapping[str, State]) -> Impor:
    """Return the events that a table makes of the ledger's state `known`, and all that is wrong with it.

    What the ledger already holds is left out (I957). Nothing is raised: problems are in the result.
    """
    return _Plan(bacaan, tujuan, known).run()


class _Plan:
    """One import."""

    def __init__(self, bacaan: Bacaan, tujuan: Tujuan, known: Mapping[str, State]) -> None:
        self.bacaan, self.tujuan, self.known = bacaan, tujuan, known
        self.states = dict(known)
        self.problems = list(bacaan.masalah)
        self.events: list[Event] = []
        self.skipped = 0
        self.whole = Location(tujuan.berkas)
        self.lacking: set[str] = set()

    def run(self) -> Impor:
        lines = self.bacaan.baris
        ids, problems = numbers_of(lines, self.tujuan.instansi, self.tujuan.tahun, self.known, self.whole)
        self.problems += problems
        answered: list[bool] = []
        for line, name in zip(lines, ids, strict=True):
            answered.append(self.line(line, name))
        self.counts(lines, answered)
        if self.skipped:
            self.problems.append(
                peringatan(
                    "I957",
                    self.whole,
                    f"{self.skipped} peristiwa sudah ada di buku besar dan dilewati",
                    "Satu kejadian dicatat satu kali",
                    "Tidak ada yang perlu diperbaiki bila berkas ini memang pernah diimpor",
                )
            )
        listed = tuple(sort_problems(self.problems))
        bad = any(p.tingkat == "galat" for p in listed)
        return Impor(() if bad else tuple(self.events), listed, self.bacaan.lepas, len(lines), sum(answered))

    def line(self, line: Baris, name: str | None) -> bool:
        """Make the events of one line; return whether the agency answered it."""
        plan, claim = self.plan(line), self.claim(line)
        answered = plan is not None or claim is not None
        if name is None:
            return answered
        peran = self.tujuan.peran
        if name not in self.known:
            if peran == "instansi":
                self.problems.append(
                    galat(
                        "I912",
                        line.tempat,
                        f"Rekomendasi `{name}` belum terbit",
                        "Instansi hanya dapat menjawab rekomendasi yang sudah diterbitkan evaluator",
                        "Terbitkan dahulu, atau impor tanpa --peran beserta --penerbit",
                    )
                )
                return answered
            self.add(line, name, "evaluator", self.issue(line, name))
        if peran != "evaluator":
            self.add(line, name, "instansi", plan)
            self.add(line, name, "instansi", claim)
        return answered

    def add(self, line: Baris, name: str, peran: Peran, isi: Isi | None) -> None:
        """Put one event behind the others, where it is new and legal."""
        state = self.states.get(name)
        if isi is None:
            return
        if state is not None and isi in (state.rencana, state.laporan):
            self.skipped += 1
            return
        evaluator = peran == "evaluator"
        who = self.tujuan.penerbit if evaluator else self.tujuan.pelapor
        day = self.tujuan.tanggal_terbit if evaluator else self.tujuan.tanggal_lapor
        if who is None:
            self.need("penerbit" if evaluator else "pelapor")
        if day is None:
            self.need("tanggal_terbit" if evaluator else "tanggal_lapor")
        if who is None or day is None or (state is None and not isinstance(isi, Terbit)):
            return  # The event before it could not be made, and is reported.
        asal = None if evaluator else line.asal_jawaban
        try:
            event = Event(name, peran, who, day, isi, f"{line.tempat}" + (f" ({asal})" if asal else ""))
            self.states[name] = apply(state, event)
        except LedgerError as error:
            self.problems.append(error.problem(line.tempat))
            return
        self.events.append(event)

    def need(self, key: str) -> None:
        """Say once that something is missing without which no event can be written (I910)."""
        if key in self.lacking:
            return
        self.lacking.add(key)
        option = {
            "penerbit": ("Penerbit rekomendasi", "--penerbit 'Inspektorat ...'"),
            "tanggal_terbit": ("Tanggal terbit rekomendasi", "--tanggal-terbit 2023-06-27"),
            "pelapor": ("Pelapor tindak lanjut", "--pelaku 'Camat ...'"),
            "tanggal_lapor": ("Tanggal laporan tindak lanjut", "--tanggal 2024-01-31"),
        }[key]
        self.problems.append(
            galat(
                "I910",
                self.whole,
                f"{option[0]} belum disebut",
                "Setiap peristiwa mencatat siapa dan kapan",
                f"Pakai {option[1]}, atau kunci `{key}` dalam bentuk YAML",
            )
        )

    def issue(self, line: Baris, name: str) -> Terbit | None:
        komponen = self.komponen(line)
        try:
            _, tahun, _ = split_id(name)
            return Terbit(self.tujuan.instansi, tahun, line.teks, komponen, line.kriteria, asal=line.asal)
        except LedgerError as error:
            self.problems.append(error.problem(line.tempat))
            return None

    def komponen(self, line: Baris) -> str | None:
        if line.komponen is None:
            return None
        words = line.komponen.casefold().strip()
        if re.fullmatch(r"[1-9][0-9]?", words):
            return words
        found = next((number for number, pattern in _KOMPONEN if re.search(pattern, words)), None)
        if found is None:
            self.problems.append(
                peringatan(
                    "I955",
                    line.tempat,
                    f"Komponen `{shortened(line.komponen, 40)}` tidak dikenal",
                    "Rekomendasi ini tidak ikut dalam rekap menurut komponen",
                    "Tulis nama komponen seperti dalam peraturan, atau nomornya",
                )
            )
        return found

    def plan(self, line: Baris) -> Rencana | None:
        rest = (line.target, line.waktu, line.mulai, line.selesai, line.penanggung_jawab)
        action = line.rencana_aksi
        if action is None and any(rest):
            # A table without a column of plans: what it says is done is also what was planned.
            action = line.tindak_lanjut
        if action is None:
            if any(rest):
                self.problems.append(
                    galat(
                        "I909",
                        line.tempat,
                        "Target, waktu, atau penanggung jawab tanpa rencana aksi",
                        "Tidak jelas apa yang direncanakan",
                        "Isi rencana aksinya",
                    )
                )
            return None
        mulai, selesai = self.days(line)
        try:
            return Rencana(action, line.target, mulai, selesai, line.waktu, line.penanggung_jawab)
        except LedgerError as error:
            self.problems.append(error.problem(line.tempat))
            return None

    def days(self, line: Baris) -> tuple[date | None, date | None]:
        if line.mulai is not None or line.selesai is not None or line.waktu is None:
            return line.mulai, line.selesai
        try:
            found = parse_waktu(line.waktu)
        except ImpossibleDateError as error:
            self.problems.append(
                galat(
                    "I908",
                    line.tempat,
                    f"Waktu `{shortened(line.waktu, 60)}` mustahil: {error}",
                    "Lewat tempo dihitung dari tanggal ini",
                    "Perbaiki tanggalnya",
                )
            )
            return None, None
        if found.sebab is not None:
            self.problems.append(
                peringatan(
                    "I953",
                    line.tempat,
                    f"Waktu `{shortened(line.waktu, 60)}` disimpan sebagai teks: {found.sebab}",
                    "Tanpa tanggal yang pasti, lewat tempo tidak dapat dihitung",
                    "Tulis tanggal mulai dan selesai, misalnya 1 Juli 2024 s.d. 30 September 2024",
                )
            )
        return found.mulai, found.selesai

    def claim(self, line: Baris) -> Lapor | None:
        try:
            progress = read_progress(line.status, line.progres)
        except ValueError as error:
            self.problems.append(
                galat(
                    "I907",
                    line.tempat,
                    f"Progres `{shortened(str(error), 40)}` bukan persen bulat 0 sampai 100",
                    "Progres dibandingkan dan direkap sebagai persen",
                    "Tulis misalnya 75%, atau Selesai",
                )
            )
            return None
        words = [bukti.judul for bukti in line.data_dukung if bukti.tautan is None and bukti.berkas is None]
        nothing = claims_nothing(line.status) and not progress
        if line.tindak_lanjut is None and not line.data_dukung and nothing:
            return None
        status = None if claims_nothing(line.status) else line.status
        said = line.tindak_lanjut or status or "Hanya data dukung, tanpa uraian"
        if line.tindak_lanjut and line.status:
            said += f"\nStatus tercetak: {line.status}"
        if words:
            said += f"\nData dukung tercetak, tanpa tautan: {'; '.join(words)}"
        try:
            evidence = tuple(
                DataDukung(b.judul, b.tautan, b.berkas, b.sha256)
                for b in line.data_dukung
                if b.tautan is not None or b.berkas is not None
            )
            return Lapor(said, progress, evidence)
        except LedgerError as error:
            self.problems.append(error.problem(line.tempat))
            return None

    def counts(self, lines: Sequence[Baris], answered: Sequence[bool]) -> None:
        """Say which recommendations have no answer (I951), unless the table is only of recommendations."""
        open_lines = [line for line, said in zip(lines, answered, strict=True) if not said]
        if not open_lines or self.tujuan.peran == "evaluator":
            return
        names = "; ".join(
            f"{line.nomor if line.nomor is not None else lines.index(line) + 1} ({shortened(line.teks, 60)})"
            for line in open_lines[:10]
        )
        more = f"; dan {len(open_lines) - 10} lagi" if len(open_lines) > 10 else ""
        self.problems.append(
            peringatan(
                "I951",
                self.whole,
                f"{len(lines)} rekomendasi, {sum(answered)} dijawab; tanpa jawaban: {names}{more}",
                "Setiap rekomendasi wajib ditindaklanjuti atau ditanggapi dengan alasan",
                "Mintakan jawaban instansi; yang tanpa jawaban tetap terbuka",
            )
        )
