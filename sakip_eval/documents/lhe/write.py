"""The Word file of an LHE: content poured into the prepared base, always the same bytes for the same input."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sakip_eval.documents.extras import require
from sakip_eval.documents.lhe.base import Base, prepare
from sakip_eval.documents.lhe.elements import Content, Picture
from sakip_eval.documents.lhe.identity import Identity
from sakip_eval.documents.lhe.isi import Bentuk, compose
from sakip_eval.documents.lhe.lists import Lists
from sakip_eval.documents.lhe.markup import Writer
from sakip_eval.documents.lhe.package import core_part, custom_properties, zipped
from sakip_eval.documents.lhe.surat import EMPTY, Surat
from sakip_eval.documents.lhe.template import refusal
from sakip_eval.engine.result import Evaluation
from sakip_eval.problems import SakipError


def letter(
    evaluation: Evaluation,
    surat: Surat = EMPTY,
    bentuk: Bentuk = "surat",
    *,
    before: Evaluation | None = None,
    pictures: Sequence[tuple[str, Picture]] = (),
    seal: Identity | None = None,
    template: tuple[Path, bytes] | None = None,
) -> bytes:
    """Return the .docx of an LHE: a draft, marked on every page, unless a `seal` is given.

    `template` is a .docx of the office, with its path for messages. Raises `SakipError`: D801 without python-docx,
    S805 where the template is broken inside. The other arguments: see `isi.compose`.
    """
    content = compose(evaluation, surat, bentuk, before=before, pictures=pictures, seal=seal)
    return document_bytes(content, surat.file.kertas, document_day(evaluation, surat), seal, template)


def document_day(evaluation: Evaluation, surat: Surat) -> date:
    """Return the day that stands in the document's properties: of the letter, else of the judgement, else of the year."""
    judged = evaluation.case.penilaian.get(evaluation.penilai)
    return surat.file.tanggal or (judged.tanggal if judged else None) or date(evaluation.case.tahun_evaluasi, 1, 1)


def document_bytes(
    content: Content, kertas: str, day: date, seal: Identity | None, template: tuple[Path, bytes] | None
) -> bytes:
    """Write content as a .docx; see `letter`."""
    require("office", "Surat LHE")
    base = _base(kertas, is_draft=seal is None, template=template)
    writer = Writer(base.styles, Lists(base.numbers, base.first_list), base.widths[0], "rIdSakipGambar")
    above = () if base.letterhead else content.letterhead
    body = writer.body((*above, *content.body), base.widths[0])
    annex = writer.body(content.annex, base.widths[1])
    parts = dict(base.parts)
    parts[base.document] = "".join((base.head, body, base.middle, annex, base.tail)).encode()
    parts[base.numbering] = f"{base.numbering_head}{writer.lists.xml()}{base.numbering_tail}".encode()
    parts["docProps/core.xml"] = core_part(
        title=content.title, subject=content.subject, keywords=content.keywords, author=content.author, day=day
    )
    properties = seal.properties() if seal is not None else {"SAKIP Keadaan": "draf"}
    parts["docProps/custom.xml"] = _with_properties(base.custom, properties)
    _add_pictures(parts, base, writer)
    return zipped(parts)


def brings_letterhead(kertas: str, template: tuple[Path, bytes] | None) -> bool:
    """Return whether the template has a letterhead of its own, so that ours is not printed."""
    return template is not None and _base(kertas, is_draft=False, template=template).letterhead


def _base(kertas: str, *, is_draft: bool, template: tuple[Path, bytes] | None) -> Base:
    if template is None:
        return prepare(None, kertas, is_draft)
    path, content = template
    try:
        return prepare(content, kertas, is_draft)
    except SakipError:
        raise
    except Exception as error:
        # python-docx and lxml raise whatever they meet in a broken file.
        raise refusal(path, f"Templat tidak dapat dibuka ({type(error).__name__})") from None


def _with_properties(custom: str, properties: dict[str, str]) -> bytes:
    taken = [int(n) for n in _pids(custom)]
    head, closing = custom.rsplit("</", 1)
    return f"{head}{custom_properties(properties, max(taken, default=1) + 1)}</{closing}".encode()


def _pids(custom: str) -> list[str]:
    return [piece.partition('"')[0] for piece in custom.split('pid="')[1:]]


def _add_pictures(parts: dict[str, bytes], base: Base, writer: Writer) -> None:
    if not writer.pictures:
        return
    folder = base.document.rpartition("/")[0]
    added: list[str] = []
    for number, png in enumerate(writer.pictures, start=1):
        parts[f"{folder}/media/sakip{number}.png"] = png
        added.append(
            f'<Relationship Id="{writer.media}{number}" Target="media/sakip{number}.png" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
        )
    relations = parts[base.relations].decode("utf-8")
    parts[base.relations] = relations.replace("</Relationships>", "".join(added) + "</Relationships>").encode()
