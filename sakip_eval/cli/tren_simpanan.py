"""Results that the database holds, as points of a series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sakip_eval.problems import Location, Problem, SakipError, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sakip_eval.rubric.rubric import Rubric
    from sakip_eval.store.results import Hasil as Simpanan
    from sakip_eval.store.results import Terbitan
    from sakip_eval.store.store import Store
    from sakip_eval.tren.hasil import Hasil


def stored_results(store: Store, slug: str, penilai: str | None, folders: Iterable[Path]) -> list[Hasil]:
    """Return the results of an agency: each computed one with what was printed of it, then those only printed.

    `penilai` None takes the evaluator's, of a year that has none the agency's own. Raises `SakipError`: K519 for an
    agency without results, R4xx where a rubric is no longer there.
    """
    results, printed = store.results(slug), store.published(slug)
    if not results and not printed:
        known = store.agencies()
        raise SakipError(
            [
                Problem(
                    "K519",
                    Location(store.place),
                    f"Tidak ada hasil instansi `{slug}` dalam basis data ini",
                    "Tren disusun dari hasil setiap tahun",
                    suggest(slug, known) if known else "Sebut folder atau berkas kasusnya",
                )
            ]
        )
    by_case = {terbitan.kasus_sha256: terbitan for terbitan in printed}
    rubrics: dict[str, Rubric] = {}
    judged = {result.tahun_kinerja for result in results if result.penilai == "evaluator"}
    wanted = [
        result
        for result in results
        if result.penilai == (penilai or ("evaluator" if result.tahun_kinerja in judged else "mandiri"))
    ]
    found = [
        _computed(result, by_case.get(result.kasus_sha256), _rubric(result.rubrik, rubrics, folders), store.place)
        for result in wanted
    ]
    done = {result.kasus_sha256 for result in results}
    names = {result.instansi: result.nama_instansi for result in results}
    found += [
        _printed(terbitan, _rubric(terbitan.rubrik, rubrics, folders), names.get(slug, slug), store.place)
        for terbitan in printed
        if terbitan.kasus_sha256 not in done
    ]
    # The same figures saved twice (a case saved anew with another note) are one result.
    return list(
        {(h.tahun_kinerja, h.tahun_evaluasi, h.skala, h.komponen, h.nilai, h.tercetak): h for h in found}.values()
    )


def _rubric(name: str, rubrics: dict[str, Rubric], folders: Iterable[Path]) -> Rubric:
    from sakip_eval.rubric.load import load_rubric

    if name not in rubrics:
        rubrics[name] = load_rubric(name, folders)
    return rubrics[name]


def _computed(result: Simpanan, terbitan: Terbitan | None, rubric: Rubric, place: str) -> Hasil:
    from sakip_eval.tren.hasil import Bagian, BagianSub, Hasil, scale

    parts = {part.id: part.cetak_nilai for part in terbitan.bagian} if terbitan else {}
    return Hasil(
        instansi=result.nama_instansi,
        induk=None,
        tahun_kinerja=result.tahun_kinerja,
        tahun_evaluasi=result.tahun_evaluasi,
        rubrik=result.rubrik,
        peraturan=rubric.peraturan,
        penilai=result.penilai,
        skala=(tuple((k.id, k.bobot) for k in result.bagian if k.id == k.komponen), scale(rubric)[1]),
        komponen=tuple(
            Bagian(
                k.id,
                k.nama,
                k.bobot,
                k.nilai,
                parts.get(k.id),
                tuple(
                    BagianSub(s.id, s.nama, s.jawaban, s.nilai)
                    for s in result.bagian
                    if s.komponen == k.id and s.id != k.id
                ),
            )
            for k in result.bagian
            if k.id == k.komponen
        ),
        nilai=result.nilai,
        rentang=result.rentang,
        predikat=result.predikat,
        tercetak=terbitan.total.cetak_nilai if terbitan else None,
        predikat_tercetak=terbitan.total.cetak_predikat if terbitan else None,
        sumber_tercetak=terbitan.sumber if terbitan else None,
        digit=terbitan.digit if terbitan else result.rounding.digits,
        target=None,
        sumber=f"{place}, segel {result.segel[:12]}",
        pita=rubric,
    )


def _printed(terbitan: Terbitan, rubric: Rubric, name: str, place: str) -> Hasil:
    from fractions import Fraction

    from sakip_eval.tren.hasil import Bagian, Hasil, scale

    parts = {part.id: part for part in terbitan.bagian}
    total = terbitan.total
    full = sum((k.bobot for k in rubric.komponen), Fraction(0))
    ours = total.hitung_nilai
    return Hasil(
        instansi=name,
        induk=None,
        tahun_kinerja=terbitan.tahun_kinerja,
        tahun_evaluasi=terbitan.tahun_evaluasi,
        rubrik=terbitan.rubrik,
        peraturan=rubric.peraturan,
        penilai="evaluator",
        skala=scale(rubric),
        komponen=tuple(
            Bagian(
                k.id,
                k.nama,
                k.bobot,
                parts[k.id].hitung_nilai if k.id in parts else None,
                parts[k.id].cetak_nilai if k.id in parts else None,
            )
            for k in rubric.komponen
        ),
        nilai=ours,
        rentang=(Fraction(0), full) if ours is None else (ours, ours),
        predikat=total.hitung_predikat,
        tercetak=total.cetak_nilai,
        predikat_tercetak=total.cetak_predikat,
        sumber_tercetak=terbitan.sumber,
        digit=terbitan.digit,
        target=None,
        sumber=f"{place}, segel {terbitan.segel[:12]}",
        pita=rubric,
    )
