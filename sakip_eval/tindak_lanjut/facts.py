"""Facts about claims, for the rules that check their quality: flat, text and whole numbers only.

What a fact says, `rubric.facts_tindak_lanjut` declares. Words are judged here, limits in the rules: that 90 percent
of the words of an action are the recommendation's own is a fact; that this is too much is a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sakip_eval.engine.matching import Fact
from sakip_eval.tindak_lanjut.events import DataDukung
from sakip_eval.tindak_lanjut.kata import stems
from sakip_eval.tindak_lanjut.state import State

_INTENT = re.compile(
    r"\b(?:akan|hendak|segera|direncanakan|dijadwalkan|diupayakan|diusahakan|untuk dapat|agar dapat)\b", re.IGNORECASE
)
_CONDITION = re.compile(
    r"\b(?:jika|apabila|bilamana|seandainya|andaikan|sepanjang|menunggu|tergantung|bila"
    r"|begitu\b[^.;]{1,60}\b(?:tersedia|terbit|siap|selesai|ada|ditetapkan)"
    r"|(?:setelah|sesudah)\b[^.;]{1,60}\b(?:tersedia|terbit|siap|selesai|ada|ditetapkan|disediakan))\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\W*(?:sudah |telah |100 ?(?:%|persen) ?)?(?:selesai|tuntas|ditindaklanjuti|dilaksanakan|terlaksana|proses|ok)?\W*",
    re.IGNORECASE,
)
"""A claim that says a status and nothing else: what was done is then what the plan says."""
_DONE = re.compile(r"\b(?:selesai|tuntas|rampung)\b", re.IGNORECASE)
_NOT_DONE = re.compile(r"\b(?:belum|tidak|hampir|setengah)\s+(?:\w+\s+)?(?:selesai|tuntas|rampung)\b", re.IGNORECASE)
_TASK = re.compile(r"\W*me[a-z]{3,}", re.IGNORECASE)
"""A sentence that begins with an active verb in its plain form: what to do, not what was done."""
_SAID_DONE = re.compile(r"\b(?:telah|sudah|selesai|tuntas|rampung|terlaksana)\b", re.IGNORECASE)
_SHOWN = 90


@dataclass(frozen=True, slots=True)
class JawabanLepas:
    """An answer of the agency that answers no recommendation: its number and place in the table it was read from."""

    nomor: str
    teks: str
    sumber: str


def facts_of(states: Iterable[State], per_tanggal: date, lepas: Iterable[JawabanLepas] = ()) -> list[Fact]:
    """Return all facts about these recommendations as they stand, on the day `per_tanggal`, in the order given.

    What was reopened or carried over is judged where it goes on, not here. Raises ImportError without snowballstemmer.
    """
    facts: list[Fact] = []
    uses: dict[tuple[str, str], tuple[DataDukung, list[str]]] = {}
    for state in states:
        if state.ke is not None:
            continue
        facts.append(_recommendation(state, per_tanggal))
        claim = _claim(state)
        if claim is not None:
            facts.append(claim)
        for item in state.data_dukung:
            used = uses.setdefault((state.instansi, evidence_key(item)), (item, []))[1]
            if state.id not in used:
                used.append(state.id)
    for (instansi, key), (item, ids) in uses.items():
        values: dict[str, str | int] = {
            "bukti": key,
            "instansi": instansi,
            "keluaran": len(ids),
            "judul": shortened(item.judul),
            "rekomendasi": ", ".join(ids),
        }
        facts.append(Fact("bukti_klaim", values))
    facts += [
        Fact("jawaban_lepas", {"nomor": item.nomor, "sumber": item.sumber, "teks": shortened(item.teks)})
        for item in lepas
    ]
    return facts


def evidence_key(item: DataDukung) -> str:
    """Return what tells one piece of evidence from another: the file's hash, else the link as it leads somewhere."""
    if item.sha256 is not None:
        return item.sha256
    # How a link was shared (`?usp=sharing`) changes nothing of what it leads to.
    return re.sub(r"[?#&](?:usp|utm_[a-z]+)=[^&#]*", "", (item.tautan or "").strip()).rstrip("/")


def shortened(text: str, width: int = _SHOWN) -> str:
    """Return a text on one line, cut at a word where it is longer than `width`."""
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    return line[: width - 4].rsplit(" ", 1)[0] + " ..."


def _yes(value: bool) -> str:
    return "ya" if value else "tidak"


def _recommendation(state: State, day: date) -> Fact:
    answered = state.rencana is not None or state.laporan is not None or state.tanggapan is not None
    return Fact(
        "rekomendasi",
        {
            "rekomendasi": state.id,
            "instansi": state.instansi,
            "tahun": state.tahun,
            "tahap": state.tahap,
            "status": state.status or "belum",
            "terbuka": _yes(state.terbuka),
            "dijawab": _yes(answered),
            "rencana": _yes(state.rencana is not None),
            "lewat_tempo": _yes(state.lewat_tempo(day)),
            "hari_lewat": state.hari_lewat(day),
            "teks": shortened(state.terbit.teks),
        },
    )


def _claim(state: State) -> Fact | None:
    claim, made = state.laporan, state.tanggal_laporan
    if claim is None or made is None:
        return None
    plan = state.rencana
    bare = bool(_BARE.fullmatch(claim.uraian))
    result = plan.rencana_aksi if bare and plan is not None else claim.uraian
    done = claim.progres == 100 or (
        claim.progres is None and bool(_DONE.search(claim.uraian)) and not _NOT_DONE.search(claim.uraian)
    )
    # A plan may well hang on a condition or lie ahead; only a claim that it is done may not. To be done before the
    # planned end is no contradiction, to be done before the planned beginning is one.
    when = plan.waktu_tercetak if plan is not None and done else None
    begin = plan.mulai if plan is not None and done and claim.selesai is None else None
    ahead = (claim.mulai, claim.selesai, begin)
    later = sorted({day for day in ahead if day is not None and day > made})
    intent, condition = _INTENT.search(result), _CONDITION.search(f"{result} ; {when or ''}")
    own = set(stems(result))
    given = set(stems(state.terbit.teks))
    return Fact(
        "klaim",
        {
            "rekomendasi": state.id,
            "instansi": state.instansi,
            "status": state.status or "belum",
            "selesai": _yes(done),
            "bukti": len(state.data_dukung),
            "bentuk": "rencana" if _TASK.match(result) and not (done or _SAID_DONE.search(result)) else "hasil",
            "akan": _yes(intent is not None),
            "bersyarat": _yes(condition is not None),
            "mendatang": _yes(bool(later)),
            "pengulangan": 100 * len(own & given) // len(own) if own else 0,
            "kata_pokok": len(own),
            "kata_akan": intent[0].lower() if intent else "",
            "kata_syarat": shortened(condition[0], 40) if condition else "",
            "tanggal_mendatang": later[-1].isoformat() if later else "",
            "tanggal_laporan": made.isoformat(),
            "hasil": shortened(result),
        },
    )
