"""What became of the previous recommendations, from what the case says of it.

One function takes the case's `tindak_lanjut`; the ledger of recommendations will say more in the same place.
"""

from __future__ import annotations

from sakip_eval.case.case import Case
from sakip_eval.documents.lhe.bahasa import listed, nama_lengkap, quoted
from sakip_eval.documents.lhe.elements import Runs, text
from sakip_eval.documents.lhe.surat import Surat

LEAD = "Berdasarkan hasil monitoring tindak lanjut atas rekomendasi hasil evaluasi periode sebelumnya, "


def monitoring(case: Case) -> Runs:
    """Say in one or two sentences what became of the previous recommendations; unknown is said to be unknown."""
    follow = case.tindak_lanjut
    if follow is None:
        return text(
            "Keadaan tindak lanjut atas rekomendasi hasil evaluasi periode sebelumnya belum dicatat dalam evaluasi ini."
        )
    if not follow.ada_rekomendasi:
        note = f" Catatan evaluator: {quoted(follow.keterangan)}." if follow.keterangan else ""
        return text(
            f"{LEAD}tidak terdapat rekomendasi yang perlu ditindaklanjuti oleh {nama_lengkap(case.instansi)}.{note}"
        )
    if follow.bukti:
        shown = listed([case.bukti[b].judul if b in case.bukti else b for b in dict.fromkeys(follow.bukti)])
        words = f"{nama_lengkap(case.instansi)} menyajikan bukti tindak lanjut berupa {shown}."
    else:
        words = f"{nama_lengkap(case.instansi)} belum menyajikan dokumen bukti tindak lanjut rekomendasi."
    note = f" Catatan evaluator: {quoted(follow.keterangan)}." if follow.keterangan else ""
    return text(LEAD + words + note)


def request(case: Case, surat: Surat) -> Runs:
    """Ask for the follow-up that is not shown yet, naming the recommendations that the office lists; else empty."""
    follow = case.tindak_lanjut
    if follow is None or not follow.ada_rekomendasi or (follow.bukti and not surat.file.rekomendasi_sebelumnya):
        return ()
    words = (
        "Terhadap hasil monitoring tindak lanjut rekomendasi hasil evaluasi periode sebelumnya, agar tindak lanjutnya "
        "segera dilaksanakan dan dokumen buktinya disampaikan"
    )
    named = [item.rstrip(" .;") for item in surat.file.rekomendasi_sebelumnya]
    return text(f"{words}, yaitu {listed(named)}." if named else f"{words}.")
