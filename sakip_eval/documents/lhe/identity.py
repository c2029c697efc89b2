"""What a sealed document says of its inputs: the hashes of case and rubric, the engine, and an override's reason."""

from __future__ import annotations

from dataclasses import dataclass

from sakip_eval import __version__
from sakip_eval.engine.result import Evaluation

ENGINE = "sakip-eval"


@dataclass(frozen=True, slots=True)
class Identity:
    """Inputs of a sealed document. `alasan` is why it was issued with open contradictions (`kontradiksi`, codes).

    `buku` is the hash of the last entry of the ledger that the case's recap was read from, None without one.
    """

    kasus_sha256: str
    rubrik: str
    rubrik_versi: str
    rubrik_sha256: str
    mesin: str = ENGINE
    mesin_versi: str = __version__
    alasan: str | None = None
    kontradiksi: tuple[str, ...] = ()
    buku: str | None = None

    @property
    def line(self) -> str:
        """Return the small line at the end of a sealed document."""
        return (
            f"Disegel {self.mesin} {self.mesin_versi}. Kasus sha256 {self.kasus_sha256}; "
            f"rubrik {self.rubrik} versi {self.rubrik_versi} sha256 {self.rubrik_sha256}"
            + (f"; buku tindak lanjut sha256 {self.buku}." if self.buku else ".")
        )

    def properties(self) -> dict[str, str]:
        """Return the custom properties of a sealed document, by name."""
        named = {
            "SAKIP Kasus SHA-256": self.kasus_sha256,
            "SAKIP Rubrik": f"{self.rubrik} versi {self.rubrik_versi}",
            "SAKIP Rubrik SHA-256": self.rubrik_sha256,
            "SAKIP Mesin": f"{self.mesin} {self.mesin_versi}",
        }
        if self.kontradiksi:
            named["SAKIP Kontradiksi"] = ", ".join(self.kontradiksi)
        if self.alasan:
            named["SAKIP Alasan"] = self.alasan
        if self.buku:
            named["SAKIP Buku SHA-256"] = self.buku
        return named


def open_contradictions(evaluation: Evaluation) -> tuple[str, ...]:
    """Return the codes of the findings of the gravest kind, each once, in order."""
    return tuple(dict.fromkeys(t.kode for t in evaluation.temuan if t.tingkat == "kontradiksi"))


def identity(evaluation: Evaluation, alasan: str | None = None) -> Identity:
    """Return the identity of a document that is made from this evaluation."""
    rubric, follow = evaluation.rubric, evaluation.case.tindak_lanjut
    return Identity(
        evaluation.case.sha256,
        rubric.id,
        rubric.versi,
        rubric.sha256,
        alasan=alasan,
        kontradiksi=open_contradictions(evaluation),
        buku=follow.rekap.buku if follow is not None and follow.rekap is not None else None,
    )
