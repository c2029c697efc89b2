"""Does what a case says of the previous recommendations hold together? (K516 to K518)"""

from __future__ import annotations

from collections.abc import Iterable

from sakip_eval.case.case import REKAP_COUNTS
from sakip_eval.case.model import CaseFile, RekapEntry, TindakLanjutEntry
from sakip_eval.problems import Problem
from sakip_eval.yamlfile import Path_, YamlDocument

_AT = ("tindak_lanjut_sebelumnya",)
_REKAP: Path_ = (*_AT, "rekap")
_TERBUKA: Path_ = (*_AT, "terbuka")


def check_follow_up(file: CaseFile, document: YamlDocument) -> Iterable[Problem]:
    """Yield the problems of `tindak_lanjut_sebelumnya`.

    K516: counts that do not add up. K517: recap, list, and `ada_rekomendasi` that say different things. K518: an open
    recommendation listed twice, or not of an earlier year. Nothing is said about entries that were left out as bad.
    """
    follow = file.tindak_lanjut_sebelumnya
    if follow is None or document.lacks(_AT):
        return
    whole = follow.rekap if not document.lacks(_REKAP) else None
    sums = list(_sums(whole, document)) if whole is not None else []
    yield from sums
    # Counts that do not add up say nothing about how many are open.
    yield from _agreement(follow, whole if not sums else None, document)
    yield from _ids(file, follow, document)


def _sums(rekap: RekapEntry, document: YamlDocument) -> Iterable[Problem]:
    counts = {name: getattr(rekap, name) for name in REKAP_COUNTS}
    if sum(counts.values()) != rekap.rekomendasi:
        said = " + ".join(f"{count} {name}" for name, count in counts.items() if count) or "0"
        yield Problem(
            "K516",
            document.locate((*_REKAP, "rekomendasi")),
            f"Rekap tidak berjumlah {rekap.rekomendasi}: {said} = {sum(counts.values())}",
            "Setiap rekomendasi berada pada tepat satu keadaan",
            "Periksa angkanya, atau buat kembali dengan `sakip tl bawa`",
        )


def _agreement(follow: TindakLanjutEntry, whole: RekapEntry | None, document: YamlDocument) -> Iterable[Problem]:
    if not follow.ada_rekomendasi and (follow.rekap is not None or follow.terbuka):
        yield Problem(
            "K517",
            document.locate((*_AT, "ada_rekomendasi")),
            "ada_rekomendasi: tidak, padahal rekomendasi sebelumnya disebut dalam rekap atau terbuka",
            "Keduanya tidak mungkin sama-sama benar",
            "Tulis ada_rekomendasi: ya, atau hapus rekap dan terbuka",
        )
    if whole is None or not follow.terbuka or document.lacks(_TERBUKA):
        return
    still = whole.rekomendasi - whole.sesuai - whole.tidak_dapat_ditindaklanjuti
    if len(follow.terbuka) != still:
        yield Problem(
            "K517",
            document.locate(_TERBUKA, key=True),
            f"{len(follow.terbuka)} rekomendasi terdaftar sebagai terbuka, menurut rekap {still}",
            "Rekomendasi yang tidak terdaftar tidak dibawa ke daftar yang baru",
            "Daftarkan semuanya, atau buat kembali dengan `sakip tl bawa`",
        )


def _ids(file: CaseFile, follow: TindakLanjutEntry, document: YamlDocument) -> Iterable[Problem]:
    seen: set[str] = set()
    for index, item in enumerate(follow.terbuka):
        at: Path_ = (*_TERBUKA, index, "id")
        if item.id in seen:
            yield Problem(
                "K518",
                document.locate(at),
                f"Rekomendasi `{item.id}` terdaftar dua kali",
                "Setiap rekomendasi dibawa satu kali",
                "Hapus salah satunya",
            )
        seen.add(item.id)
        year = int(item.id.split("/")[1])
        if file.tahun_kinerja is not None and year >= file.tahun_kinerja:  # None where it was left out as bad
            yield Problem(
                "K518",
                document.locate(at),
                f"Rekomendasi `{item.id}` bukan dari tahun sebelum {file.tahun_kinerja}",
                "Yang dibawa adalah rekomendasi hasil evaluasi tahun-tahun sebelumnya",
                "Periksa id itu, atau tahun_kinerja",
            )
