"""Names of a rubric: topics and evidence kinds that nothing uses, printed numbers used twice, ids that skip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sakip_eval.problems import Location, Problem
from sakip_eval.rubric.lint_places import FieldPlaces, field_places, gone_places
from sakip_eval.rubric.model import KriteriaEntry, RubricFile, SubkomponenEntry
from sakip_eval.rubric.source import ReadRubric
from sakip_eval.yamlfile import Node


def lint_names(read: ReadRubric) -> Iterator[Problem]:
    """Yield unused topics (L706) and evidence kinds (L707), repeated no_cetak (L713), ids out of sequence (L714)."""
    if read.file is None:
        return
    yield from _unused(read, read.file)
    places, gone = field_places(read), gone_places(read)
    own = {source.written.path for source in read.own_files}
    for komponen in read.file.komponen:
        for sub in komponen.subkomponen:
            yield from _repeated(sub, places, own)
            if whole(read):
                yield from _sequence(sub, places, gone)


def whole(read: ReadRubric) -> bool:
    """Tell whether no entry of the rubric files was left out for its shape, so that what is missing is missing."""
    return all(source.document.complete for source in (read.root, read.variant) if source is not None)


def criteria_of(file: RubricFile) -> list[KriteriaEntry]:
    """Return all criteria of a resolved rubric, in order."""
    return [entry for komponen in file.komponen for sub in komponen.subkomponen for entry in sub.kriteria]


def _unused(read: ReadRubric, file: RubricFile) -> Iterator[Problem]:
    own = read.own
    if own is None or own.model is None:
        return
    criteria = criteria_of(file)
    mentioned = {text for source in read.rule_files for text in _texts(source.file.written.root)}
    if not whole(read):
        mentioned |= {text for source in (read.root, read.variant) if source for text in _texts(source.written.root)}
    topics = {entry.topik for entry in criteria} | mentioned
    kinds = {jenis for entry in criteria for jenis in entry.bukti} | mentioned
    for name in own.model.topik:
        if name not in topics:
            yield Problem(
                "L706",
                own.document.locate(("topik", name), key=True),
                f"Topik `{name}` tidak dipakai kriteria mana pun",
                "Kalimatnya tidak akan pernah tampil dalam LHE",
                "Pakai pada kriteria yang dimaksud, atau hapus topiknya",
                "peringatan",
            )
    for name in own.model.jenis_bukti:
        if name not in kinds:
            yield Problem(
                "L707",
                own.document.locate(("jenis_bukti", name), key=True),
                f"Jenis bukti `{name}` tidak dipakai kriteria atau aturan mana pun",
                "Bukti berjenis itu dapat didaftarkan, tetapi tidak menunjukkan apa pun",
                "Sebutkan pada `bukti` kriteria yang ditunjukkannya, atau hapus jenisnya",
                "peringatan",
            )


def _texts(node: Node) -> Iterator[str]:
    if isinstance(node.value, str):
        yield node.value
    elif node.value is not None:
        for child in node.value.values() if isinstance(node.value, dict) else node.value:
            yield from _texts(child)


def _repeated(sub: SubkomponenEntry, places: FieldPlaces, own: set[str]) -> Iterator[Problem]:
    by_number: dict[str, list[KriteriaEntry]] = {}
    for entry in sub.kriteria:
        by_number.setdefault(entry.no_cetak, []).append(entry)
    for number, entries in by_number.items():
        silent = [entry for entry in entries if entry.catatan is None]
        if len(entries) < 2:
            continue
        # One may bear the number without a note: the first, or rather one that this rubric's own file did not number.
        rightful = entries[0].catatan is None
        silent.sort(key=lambda entry: _place(places, entry.id, "no_cetak").path in own)
        for entry in silent[1:] if rightful else silent:
            others = ", ".join(other.id for other in entries if other is not entry)
            yield Problem(
                "L713",
                _place(places, entry.id, "no_cetak"),
                f"Kriteria {entry.id} bernomor cetak {number}, sama dengan {others}, tanpa catatan",
                "Pembaca tidak dapat membedakan salah cetak pada sumber dari salah salin",
                "Perbaiki `no_cetak`, atau tulis pada `catatan` bahwa sumbernya memang mencetak demikian",
                "peringatan",
            )


def _sequence(sub: SubkomponenEntry, places: FieldPlaces, gone: dict[str, Location]) -> Iterator[Problem]:
    ids: Sequence[str] = [entry.id for entry in sub.kriteria]
    if len(set(ids)) != len(ids):
        return
    for number, name in enumerate(ids, start=1):
        wanted = f"{sub.id}.{number}"
        if name != wanted:
            yield Problem(
                "L714",
                gone.get(wanted) or _place(places, name, "id"),
                f"Kriteria {name} berada di urutan ke-{number} dalam {sub.id}; {wanted} tidak ada di tempatnya",
                "Id adalah nomor urut; nomor yang terlewat tampak seperti kriteria yang hilang",
                f"Beri nomor berurutan mulai {sub.id}.1, pada rubrik turunan dengan `pindah`",
                "peringatan",
            )
            return


def _place(places: FieldPlaces, name: str, field: str) -> Location:
    return places.get(name, {}).get(field, Location(""))
