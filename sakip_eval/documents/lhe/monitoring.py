"""What became of the previous recommendations, from what the case says of it: counts of the ledger, or words alone."""

from __future__ import annotations

from sakip_eval.case.case import Case, RekapTindakLanjut, TindakLanjut
from sakip_eval.documents.lhe.bahasa import listed, nama_lengkap, quoted, tanggal
from sakip_eval.documents.lhe.elements import Runs, text
from sakip_eval.documents.lhe.surat import Surat
from sakip_eval.engine.lanjutan import recap_words

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
    if follow.rekap is not None:
        return text(_counted(case, follow, follow.rekap))
    if follow.bukti:
        words = f"{nama_lengkap(case.instansi)} menyajikan bukti tindak lanjut berupa {_shown(case, follow)}."
    else:
        words = f"{nama_lengkap(case.instansi)} belum menyajikan dokumen bukti tindak lanjut rekomendasi."
    note = f" Catatan evaluator: {quoted(follow.keterangan)}." if follow.keterangan else ""
    return text(LEAD + words + note)


def _shown(case: Case, follow: TindakLanjut) -> str:
    return listed([case.bukti[b].judul if b in case.bukti else b for b in dict.fromkeys(follow.bukti)])


def _counted(case: Case, follow: TindakLanjut, rekap: RekapTindakLanjut) -> str:
    """Say how many of the recommendations are in which state, and how many are still open."""
    # The previous evaluation is that of the year before; what is older was left open by it, too.
    older = sum(int(item.id.split("/")[1]) < case.tahun_kinerja - 1 for item in follow.terbuka)
    also = f", termasuk {older} rekomendasi tahun-tahun sebelumnya yang masih terbuka" if older else ""
    sentences = [
        f"{LEAD}dari {rekap.rekomendasi} rekomendasi kepada {nama_lengkap(case.instansi)}{also}, sampai dengan "
        f"{tanggal(rekap.per_tanggal)} tercatat {listed(recap_words(rekap))}."
    ]
    if rekap.terbuka:
        onward = " dan dilanjutkan dalam daftar rekomendasi pada laporan ini" if follow.terbuka else ""
        sentences.append(f"Sebanyak {rekap.terbuka} rekomendasi masih terbuka{onward}.")
    else:
        sentences.append("Tidak ada lagi rekomendasi yang masih terbuka.")
    if follow.bukti:
        sentences.append(f"Bukti tindak lanjut yang disajikan berupa {_shown(case, follow)}.")
    if follow.keterangan:
        sentences.append(f"Catatan evaluator: {quoted(follow.keterangan)}.")
    return " ".join(sentences)


def request(case: Case, surat: Surat) -> Runs:
    """Ask for the follow-up that is not shown yet, naming the recommendations that the office lists; else empty."""
    follow = case.tindak_lanjut
    if follow is None or not follow.ada_rekomendasi:
        return ()
    still = follow.rekap.terbuka if follow.rekap is not None else None
    # Counts of the ledger say what is open; without them, missing evidence does.
    if still == 0 or (still is None and follow.bukti and not surat.file.rekomendasi_sebelumnya):
        return ()
    about = f"tindak lanjut atas {still} rekomendasi yang masih terbuka" if still else "tindak lanjutnya"
    words = (
        f"Terhadap hasil monitoring tindak lanjut rekomendasi hasil evaluasi periode sebelumnya, agar {about} segera "
        "dilaksanakan dan dokumen buktinya disampaikan"
    )
    named = [item.rstrip(" .;") for item in surat.file.rekomendasi_sebelumnya]
    which = "terutama" if still else "yaitu"
    return text(f"{words}, {which} {listed(named)}." if named else f"{words}.")
