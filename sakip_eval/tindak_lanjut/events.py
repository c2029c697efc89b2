"""What can happen to a recommendation: one event, who did it, when, and what it says; and its form as JSON.

The ids of recommendations are `<instansi>/<tahun>/<nn>`: the agency's slug, the year whose performance was evaluated
(tahun kinerja, as the case file says), and a number of two to four digits. An id is never given to anything else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, get_args

from sakip_eval.tindak_lanjut.texts import (
    MAX_ITEMS,
    EventError,
    check_position,
    check_span,
    check_text,
    check_texts,
)
from sakip_eval.tindak_lanjut.texts import LedgerError as LedgerError

Peran = Literal["evaluator", "instansi"]
Status = Literal["sesuai", "belum_sesuai", "belum_ditindaklanjuti", "tidak_dapat_ditindaklanjuti"]
PERAN: tuple[Peran, ...] = get_args(Peran)
STATUS: tuple[Status, ...] = get_args(Status)
"""What a verification can find, in the order in which follow-up is reported."""

_ID = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)/([0-9]{4})/([0-9]{2,4})")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class DataDukung:
    """One piece of evidence: a link, or a file with its sha256 (64 hex digits); `judul` may repeat the file's name."""

    judul: str
    tautan: str | None = None
    berkas: str | None = None
    sha256: str | None = None

    def __post_init__(self) -> None:
        for name in ("judul", "tautan", "berkas"):
            check_text(name, getattr(self, name), optional=name != "judul")
        if self.tautan is None and self.berkas is None:
            raise EventError(
                f"Data dukung `{self.judul}` tanpa tautan dan tanpa berkas", "Isi `tautan` atau `berkas`"
            )
        if self.sha256 is not None and not _SHA256.fullmatch(self.sha256):
            raise EventError(
                f"sha256 data dukung `{self.judul}` bukan 64 angka heksadesimal", "Salin hasil `sha256sum` berkas itu"
            )
        if self.berkas is not None and self.sha256 is None:
            raise EventError(
                f"Berkas data dukung `{self.berkas}` tanpa sha256", "Sertakan sha256 agar berkas dapat dikenali"
            )


@dataclass(frozen=True, slots=True)
class Terbit:
    """The evaluator issues a recommendation.

    `tahun` is the year whose performance was evaluated. `komponen` and `kriteria` are ids of the rubric, as far as the
    source names them. `dasar` is what it rests on (article, finding), `asal` where it was printed (LHE, file, sealed
    evaluation). `induk` is the entry that this one continues (reopened or carried over: that entry names this one in
    return); `pendahulu` are earlier entries that say much the same, linked by a person's decision.
    """

    instansi: str
    tahun: int
    teks: str
    komponen: str | None = None
    kriteria: tuple[str, ...] = ()
    dasar: str | None = None
    asal: str | None = None
    induk: str | None = None
    topik: str | None = None
    pendahulu: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.instansi, str) or not _SLUG.fullmatch(self.instansi):
            raise EventError(
                f"Instansi `{self.instansi}` bukan nama berkas kasus",
                "Tulis huruf kecil, angka, dan tanda hubung, misalnya kecamatan-pelaihari",
            )
        if not 1990 <= self.tahun <= 2100:
            raise EventError(f"Tahun {self.tahun} tidak masuk akal", "Tulis tahun kinerja yang dievaluasi")
        check_text("teks", self.teks)
        for name in ("komponen", "dasar", "asal", "topik"):
            check_text(name, getattr(self, name), optional=True)
        check_texts("kriteria", self.kriteria)
        for link in (*self.pendahulu, *(() if self.induk is None else (self.induk,))):
            split_id(link)
        check_texts("pendahulu", self.pendahulu)


@dataclass(frozen=True, slots=True)
class Rencana:
    """The agency's plan: the columns of the official table; `mulai`, `selesai` the planned days, where they are days.

    `waktu_tercetak` keeps the planned time as it was written ("Jika Aplikasi Tersedia Tahun Depan ..."), and
    `penanggung_jawab` is a position.
    """

    rencana_aksi: str
    target: str | None = None
    mulai: date | None = None
    selesai: date | None = None
    waktu_tercetak: str | None = None
    penanggung_jawab: str | None = None

    def __post_init__(self) -> None:
        check_text("rencana_aksi", self.rencana_aksi)
        for name in ("target", "waktu_tercetak", "penanggung_jawab"):
            check_text(name, getattr(self, name), optional=True)
        check_position("penanggung_jawab", self.penanggung_jawab)
        check_span(self.mulai, self.selesai)


@dataclass(frozen=True, slots=True)
class Lapor:
    """The agency claims what it did: `progres` in whole percent, `mulai` and `selesai` the actual days.

    A claim without evidence, or about a day to come, is kept as it was made; the checks (`mutu`) speak about it.
    """

    uraian: str
    progres: int | None = None
    data_dukung: tuple[DataDukung, ...] = ()
    mulai: date | None = None
    selesai: date | None = None

    def __post_init__(self) -> None:
        check_text("uraian", self.uraian)
        if self.progres is not None and not 0 <= self.progres <= 100:
            raise EventError(f"Progres {self.progres} di luar 0 sampai 100", "Tulis persen bulat, misalnya 75")
        if len(self.data_dukung) > MAX_ITEMS:
            raise EventError(f"Data dukung lebih dari {MAX_ITEMS}", "Pisahkan menjadi beberapa laporan")
        check_span(self.mulai, self.selesai)


@dataclass(frozen=True, slots=True)
class Verifikasi:
    """The evaluator's finding about the claim; `alasan` is needed for tidak_dapat_ditindaklanjuti."""

    status: Status
    alasan: str | None = None

    def __post_init__(self) -> None:
        if self.status not in STATUS:
            raise EventError(f"Status `{self.status}` tidak dikenal", "Yang dikenal: " + ", ".join(STATUS))
        check_text("alasan", self.alasan, optional=True)


@dataclass(frozen=True, slots=True)
class Tanggapan:
    """The agency objects, to the recommendation or to what the verification found."""

    alasan: str

    def __post_init__(self) -> None:
        check_text("alasan", self.alasan)


@dataclass(frozen=True, slots=True)
class Putusan:
    """The evaluator accepts or rejects the objection."""

    diterima: bool
    alasan: str

    def __post_init__(self) -> None:
        check_text("alasan", self.alasan)


@dataclass(frozen=True, slots=True)
class BukaKembali:
    """The evaluator reopens a closed recommendation as the new entry `ke`."""

    ke: str
    alasan: str

    def __post_init__(self) -> None:
        split_id(self.ke)
        check_text("alasan", self.alasan)


@dataclass(frozen=True, slots=True)
class Lanjutkan:
    """The evaluator carries an open recommendation over to year `tahun`, as the new entry `ke`."""

    ke: str
    tahun: int

    def __post_init__(self) -> None:
        if split_id(self.ke)[1] != self.tahun:
            raise EventError(f"`{self.ke}` bukan rekomendasi tahun {self.tahun}", "Samakan `ke` dan `tahun`")


Isi: TypeAlias = Terbit | Rencana | Lapor | Verifikasi | Tanggapan | Putusan | BukaKembali | Lanjutkan
JENIS: Mapping[str, type[Isi]] = MappingProxyType(
    {
        "terbit": Terbit,
        "rencana": Rencana,
        "lapor": Lapor,
        "verifikasi": Verifikasi,
        "tanggapan": Tanggapan,
        "putusan": Putusan,
        "buka_kembali": BukaKembali,
        "lanjutkan": Lanjutkan,
    }
)
"""Kind of event -> its content."""
_NAMES: Mapping[type, str] = MappingProxyType({kind: name for name, kind in JENIS.items()})


@dataclass(frozen=True, slots=True)
class Event:
    """One event: what happened (`isi`) to `rekomendasi`, who did it and when.

    `pelaku` is a position or a unit, never a person; `sumber` is where the event was read (a file and its line).
    """

    rekomendasi: str
    peran: Peran
    pelaku: str
    tanggal: date
    isi: Isi
    sumber: str | None = None

    def __post_init__(self) -> None:
        split_id(self.rekomendasi)
        if self.peran not in PERAN:
            raise EventError(f"Peran `{self.peran}` tidak dikenal", "Yang dikenal: " + ", ".join(PERAN))
        check_text("pelaku", self.pelaku)
        check_position("pelaku", self.pelaku)
        check_text("sumber", self.sumber, optional=True)
        if isinstance(self.isi, Terbit) and split_id(self.rekomendasi)[:2] != (self.isi.instansi, self.isi.tahun):
            raise EventError(
                f"Id `{self.rekomendasi}` tidak sesuai dengan instansi {self.isi.instansi} tahun {self.isi.tahun}",
                f"Tulis id {self.isi.instansi}/{self.isi.tahun}/nn",
            )

    @property
    def jenis(self) -> str:
        """Return the kind of event: a key of `JENIS`."""
        return _NAMES[type(self.isi)]


_FIELDS: Mapping[type, tuple[str, ...]] = MappingProxyType(
    {kind: tuple([field.name for field in fields(kind)]) for kind in (*JENIS.values(), DataDukung, Event)}
)


def rekomendasi_id(instansi: str, tahun: int, nomor: int) -> str:
    """Return the id of recommendation `nomor` (from 1) of an agency and year."""
    return f"{instansi}/{tahun}/{nomor:02d}"


def split_id(name: str) -> tuple[str, int, int]:
    """Return agency, year and number of an id. Raises `EventError` (T910) where it is none."""
    match = _ID.fullmatch(name) if isinstance(name, str) else None
    if match is None:
        raise EventError(
            f"`{name}` bukan id rekomendasi",
            "Id berbentuk <instansi>/<tahun>/<nomor>, misalnya kecamatan-pelaihari/2022/03",
        )
    return match[1], int(match[2]), int(match[3])


def event_data(event: Event) -> dict[str, Any]:
    """Return an event as JSON data: text, whole numbers, booleans, lists, objects. What is not said is left out."""
    data: dict[str, Any] = {
        "rekomendasi": event.rekomendasi,
        "jenis": event.jenis,
        "peran": event.peran,
        "pelaku": event.pelaku,
        "tanggal": event.tanggal.isoformat(),
        "isi": _plain(event.isi),
    }
    if event.sumber is not None:
        data["sumber"] = event.sumber
    return data


def event_of(data: object) -> Event:
    """Return the event that `event_data` wrote. Raises `EventError` (T910) for anything else, unknown keys included."""
    given = _object("peristiwa", data)
    kind = JENIS.get(str(given.pop("jenis", None)))
    if kind is None:
        raise EventError("Jenis peristiwa tidak dikenal", "Yang dikenal: " + ", ".join(JENIS))
    isi = _read(kind, _object("isi", given.pop("isi", None)))
    event = _read(Event, {**given, "isi": isi})
    assert isinstance(event, Event)
    return event


def _plain(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in _FIELDS[type(value)]:
        item = getattr(value, name)
        if item is None or item == ():
            continue
        if isinstance(item, date):
            item = item.isoformat()
        elif isinstance(item, tuple):
            item = [_plain(part) if isinstance(part, DataDukung) else part for part in item]
        found[name] = item
    return found


_DATES = ("tanggal", "mulai", "selesai")
_LISTS = ("kriteria", "pendahulu", "data_dukung")
_NUMBERS = ("tahun", "progres")


def _read(kind: type, data: dict[str, Any]) -> Any:
    known = _FIELDS[kind]
    if extra := sorted(name for name in data if name not in known):
        raise EventError(f"Kunci `{extra[0]}` tidak dikenal", "Yang dikenal: " + ", ".join(sorted(known)))
    values: dict[str, Any] = {}
    for name, item in data.items():
        if name in _DATES:
            values[name] = _day(name, item)
        elif name in _LISTS:
            if not isinstance(item, list) or not item:
                raise EventError(f"`{name}` bukan daftar yang berisi", "Tulis daftar, atau hapus kuncinya")
            values[name] = tuple([_read(DataDukung, _object(name, p)) if name == "data_dukung" else p for p in item])
        elif name in _NUMBERS:
            if type(item) is not int:
                raise EventError(f"`{name}` bukan bilangan bulat", "Tulis bilangan bulat")
            values[name] = item
        elif name == "diterima":
            if type(item) is not bool:
                raise EventError("`diterima` bukan ya atau tidak", "Tulis true atau false")
            values[name] = item
        else:
            if name != "isi" and not isinstance(item, str):
                raise EventError(f"`{name}` bukan teks", "Tulis teks")
            values[name] = item
    try:
        return kind(**values)
    except TypeError:
        missing = sorted(_required(kind) - set(values))
        raise EventError(f"Kunci `{missing[0] if missing else '?'}` tidak ada", "Lengkapi peristiwa itu") from None


def _required(kind: type) -> set[str]:
    from dataclasses import MISSING

    return {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}


def _object(name: str, data: object) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise EventError(f"`{name}` bukan objek", "Tulis kunci dan isinya")
    return dict(data)


def _day(name: str, item: object) -> date:
    if isinstance(item, str) and _DATE.fullmatch(item):
        try:
            return date.fromisoformat(item)
        except ValueError:
            pass
    raise EventError(f"`{name}` bukan tanggal: {item!s:.40}", "Tulis misalnya 2023-06-27")
