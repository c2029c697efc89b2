"""Filling an empty database from a backup of either kind; what does not hold is not let in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Date, Table, func, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from sakip_eval.problems import Location, Problem, SakipError
from sakip_eval.store import checking
from sakip_eval.store.address import Address
from sakip_eval.store.backup import FORMAT
from sakip_eval.store.engine import make_engine, reading
from sakip_eval.store.ledger import CHUNK, table_rows
from sakip_eval.store.schema import COPIED, KNOWN, REVISION, VERSION_TABLE, kepala

_MAX_LINE = 16 * 1024 * 1024
_TABLES = {table.name: table for table in COPIED}

TableRow = tuple[str, dict[str, Any]]


def fill(connection: Connection, address: Address, path: Path) -> None:
    """Write everything that is in the backup into an empty database and check it, see `Store.restore`."""
    for table in COPIED:
        if table is not kepala and connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise address.error(
                "P916",
                f"Basis data ini tidak kosong: tabel {table.name} berisi",
                "Cadangan hanya dipulihkan ke basis data kosong; dua buku tidak dapat digabung",
                "Sebut basis data yang baru dengan --db, atau pindahkan yang lama lebih dahulu",
            )
    try:
        _insert(connection, _rows(path))
    except OSError as error:
        raise _no_backup(path, error.strerror or str(error)) from None
    if problems := list(checking.problems(connection, address)):
        raise SakipError(problems)


def _rows(path: Path) -> Iterator[TableRow]:
    with path.open("rb") as stream:
        beginning = stream.read(16)
    return _sqlite_rows(path) if beginning == b"SQLite format 3\0" else _line_rows(path)


def _insert(connection: Connection, rows: Iterator[TableRow]) -> None:
    waiting: list[dict[str, Any]] = []
    current = ""
    while part := list(islice(rows, CHUNK)):
        for name, row in part:
            if name != current and waiting:
                _insert_into(connection, _TABLES[current], waiting)
                waiting = []
            current = name
            waiting.append(row)
        _insert_into(connection, _TABLES[current], waiting)
        waiting = []


def _insert_into(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if table is kepala:
        connection.execute(update(kepala).where(kepala.c.id == 1).values(seq=rows[0]["seq"], hash=rows[0]["hash"]))
    else:
        connection.execute(insert(table), rows)


def _sqlite_rows(path: Path) -> Iterator[TableRow]:
    engine = make_engine(Address("SQLite", str(path), file=path), 1.0, "ro")
    try:
        with reading(engine) as connection:
            version = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
            _check_version(path, version)
            for table in COPIED:
                for row in table_rows(connection, table):
                    yield table.name, row
    except SQLAlchemyError as error:
        raise _no_backup(path, str(getattr(error, "orig", error))) from None
    finally:
        engine.dispose()


def _line_rows(path: Path) -> Iterator[TableRow]:
    total = hashlib.sha256()
    count = 0
    ended = False
    with path.open("rb") as stream:
        for number, raw in enumerate(_lines(path, stream), start=1):
            data = _parsed(path, number, raw)
            if ended:
                raise _no_backup(path, f"baris {number}: ada isi sesudah akhirnya")
            if number == 1:
                if data.get("format") != FORMAT:
                    raise _no_backup(path, "bukan cadangan sakip")
                _check_version(path, data.get("skema"))
            elif "akhir" in data:
                if data["akhir"] != {"baris": count, "sha256": total.hexdigest()}:
                    raise _no_backup(path, "isinya tidak sesuai dengan hash di akhirnya")
                ended = True
                continue
            else:
                count += 1
                yield _table_row(path, number, data)
            total.update(raw)
    if not ended:
        raise _no_backup(path, "terpotong: akhirnya tidak ada")


def _lines(path: Path, stream: Any) -> Iterator[bytes]:
    while raw := stream.readline(_MAX_LINE + 1):
        if len(raw) > _MAX_LINE:
            raise _no_backup(path, "memuat baris yang terlalu panjang")
        yield raw


def _parsed(path: Path, number: int, raw: bytes) -> Mapping[str, Any]:
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise _no_backup(path, f"baris {number} bukan objek JSON")
    return data


def _table_row(path: Path, number: int, data: Mapping[str, Any]) -> TableRow:
    name, row = data.get("tabel"), data.get("baris")
    table = _TABLES.get(name) if isinstance(name, str) else None
    if table is None or not isinstance(row, dict) or row.keys() != set(table.columns.keys()):
        raise _no_backup(path, f"baris {number} bukan baris tabel yang dikenal")
    values = dict(row)
    try:
        for column in table.columns:
            value = values[column.name]
            if value is not None:
                values[column.name] = _value(column.type, value)
    except ValueError:
        raise _no_backup(path, f"baris {number}: isi `{column.name}` keliru") from None
    return table.name, values


def _value(kind: Any, value: Any) -> Any:
    if isinstance(kind, Date):
        if not isinstance(value, str):
            raise ValueError(value)
        return date.fromisoformat(value)
    if type(value) is not kind.python_type:
        raise ValueError(value)
    return value


def _check_version(path: Path, version: object) -> None:
    if version == REVISION:
        return
    older = version in KNOWN
    raise SakipError(
        [
            Problem(
                "P905" if older else "P904",
                Location(str(path)),
                f"Cadangan ini versi {version}, program ini memakai versi {REVISION}",
                "Tabelnya tidak sama; tidak ada yang dipulihkan",
                "Pulihkan dengan program seversi lalu jalankan `sakip db migrasi`"
                if older
                else "Pasang sakip-eval yang lebih baru",
            )
        ]
    )


def _no_backup(path: Path, why: str) -> SakipError:
    return SakipError(
        [
            Problem(
                "P918",
                Location(str(path)),
                f"Bukan cadangan yang utuh ({why})",
                "Buku yang dipulihkan darinya tidak akan lengkap; tidak ada yang dipulihkan",
                "Pakai berkas yang dibuat `sakip db cadang`, yang tidak diubah sesudahnya",
            )
        ]
    )
