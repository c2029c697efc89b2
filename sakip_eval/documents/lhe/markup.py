"""Content as WordprocessingML. All text passes `escape` here and nowhere else.

The XML is written as text rather than through python-docx: a worksheet has about a thousand cells, and building each
as an object takes ten times as long as the rest of a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sakip_eval.documents.lhe.elements import (
    Align,
    Caption,
    Cell,
    Element,
    Heading,
    Item,
    Paragraph,
    Picture,
    Run,
    Runs,
    Table,
)
from sakip_eval.documents.lhe.lists import STEP, Lists

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_JC: Mapping[Align, str] = {"kiri": "left", "tengah": "center", "kanan": "right", "penuh": "both"}
_EMU_PER_MM = 36000
_SHORT = 10
"""Tables of up to so many rows stay on one page."""


def escape(words: str) -> str:
    """Make text safe inside an element or a quoted attribute; characters that XML cannot hold become a mark."""
    words = _NOT_XML.sub("\ufffd", words)
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def run_xml(run: Run) -> str:
    """Return a run; a blank is highlighted, line breaks and tabs in the text stay."""
    look = "".join(
        (
            "<w:b/><w:bCs/>" if run.bold else "",
            "<w:i/><w:iCs/>" if run.italic else "",
            '<w:highlight w:val="yellow"/>' if run.blank is not None else "",
            '<w:u w:val="single"/>' if run.underline else "",
        )
    )
    safe = escape(run.text.replace("\r\n", "\n").replace("\r", "\n"))
    if "\n" in safe or "\t" in safe:
        safe = safe.replace("\n", "</w:t><w:br/>" + _OPEN).replace("\t", "</w:t><w:tab/>" + _OPEN)
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{_OPEN}{safe}</w:t></w:r>"


_OPEN = '<w:t xml:space="preserve">'


@dataclass
class Writer:
    """Writes one document: knows the ids of the styles, the width of the text, and counts lists, captions, pictures."""

    styles: Mapping[str, str]
    lists: Lists
    width: int
    media: str
    pictures: list[bytes] = field(default_factory=list)
    _captions: dict[str, int] = field(default_factory=dict)

    def body(self, elements: Iterable[Element], width: int) -> str:
        """Return the XML of elements on a page whose text is `width` twentieths of a point wide."""
        self.width = width
        return "".join(self._element(element) for element in elements)

    def _element(self, element: Element) -> str:
        match element:
            case Paragraph():
                return self._paragraph(element)
            case Item():
                return self._item(element)
            case Heading():
                return self._heading(element)
            case Table():
                return self._table(element)
            case Caption():
                return self._caption(element)
            case Picture():
                return self._picture(element)

    def _p(self, style: str, properties: str, inner: str) -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{self.styles[style]}"/>{properties}</w:pPr>{inner}</w:p>'

    def _paragraph(self, paragraph: Paragraph) -> str:
        properties = "<w:keepNext/>" if paragraph.keep else ""
        if paragraph.depth is not None:
            properties += f'<w:ind w:left="{STEP * (paragraph.depth + 1)}"/>'
        if paragraph.align is not None:
            properties += f'<w:jc w:val="{_JC[paragraph.align]}"/>'
        return self._p(paragraph.style, properties, _runs(paragraph.runs))

    def _item(self, item: Item) -> str:
        style = ("List Number", "List Number 2", "List Number 3")[item.depth]
        left = STEP * (item.depth + 1)
        properties = (
            f"{'<w:keepNext/>' if item.keep else ''}"
            f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self.lists.of(item)}"/></w:numPr>'
            f'<w:ind w:left="{left}" w:hanging="{STEP}"/>'
        )
        return self._p(style, properties, _runs(item.runs))

    def _heading(self, heading: Heading) -> str:
        style = "Title" if heading.level == 0 else f"Heading {heading.level}"
        inner = run_xml(Run(heading.text))
        properties = ""
        if heading.numbered:
            number = self.lists.heading()
            properties = f'<w:numPr><w:ilvl w:val="{heading.level - 1}"/><w:numId w:val="{number}"/></w:numPr>' + (
                '<w:ind w:left="0" w:firstLine="0"/>' if heading.level == 1 else ""
            )
            # The number of a chapter stands on a line of its own above its name.
            inner = f"<w:r><w:br/></w:r>{inner}" if heading.level == 1 else inner
        else:
            properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
        return self._p(style, ("<w:pageBreakBefore/>" if heading.new_page else "") + properties, inner)

    def _caption(self, caption: Caption) -> str:
        number = self._captions[caption.label] = self._captions.get(caption.label, 0) + 1
        field_ = (
            f'<w:fldSimple w:instr=" SEQ {caption.label} \\* ARABIC "><w:r><w:t>{number}</w:t></w:r></w:fldSimple>'
        )
        inner = f"<w:r>{_OPEN}{caption.label} </w:t></w:r>{field_}<w:r>{_OPEN}. {escape(caption.text)}</w:t></w:r>"
        figure = caption.label == "Gambar"
        return self._p("Caption", '<w:jc w:val="center"/>' if figure else "<w:keepNext/>", inner)

    def _picture(self, picture: Picture) -> str:
        high, wide = int.from_bytes(picture.png[20:24]), int.from_bytes(picture.png[16:20])
        cx = min(picture.width * _EMU_PER_MM, self.width * 635)
        cy = cx * high // max(wide, 1)
        self.pictures.append(picture.png)
        number = len(self.pictures)
        drawing = _DRAWING.format(cx=cx, cy=cy, number=number, alt=escape(picture.alt), rel=f"{self.media}{number}")
        return self._p("Body Text", '<w:keepNext/><w:jc w:val="center"/>', f"<w:r>{drawing}</w:r>")

    def _table(self, table: Table) -> str:
        shares = sum(table.widths)
        widths = [self.width * share // shares for share in table.widths]
        widths[-1] += self.width - sum(widths)
        style = f'<w:tblStyle w:val="{self.styles["Table Grid"]}"/>' if table.borders else ""
        margin = 70 if table.borders else 0
        cells = _TableWriter(widths, self.styles[table.style], table.borders)
        rows = [cells.row(row, head=True) for row in table.head]
        last = len(table.rows) - 1
        grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
        whole = last < _SHORT
        rows += [cells.row(row, keep=at != last, whole=whole) for at, row in enumerate(table.rows)]
        return (
            f'<w:tbl><w:tblPr>{style}<w:tblW w:w="{self.width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblCellMar><w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
            f"{''.join(rows)}</w:tbl>{self._p('LHE Antara', '', '')}"
        )


class _TableWriter:
    """Writes the rows of one table. Rows never split; a shaded row heads what follows and stays with it."""

    def __init__(self, widths: list[int], style: str, borders: bool) -> None:
        self.widths, self.borders = widths, borders
        self.opening = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>'

    def row(self, cells: tuple[Cell, ...], *, head: bool = False, keep: bool = False, whole: bool = False) -> str:
        properties = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
        held = head or not self.borders or (keep and (whole or cells[0].shade is not None))
        at, written = 0, []
        for cell in cells:
            width = sum(self.widths[at : at + cell.span])
            at += cell.span
            written.append(self._cell(cell, width, keep=held))
        return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(written)}</w:tr>"

    def _cell(self, cell: Cell, width: int, *, keep: bool) -> str:
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.shade}"/>' if cell.shade else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}</w:tcPr>'
            f'{self.opening}{"<w:keepNext/>" if keep else ""}<w:jc w:val="{_JC[cell.align]}"/></w:pPr>'
            f"{_runs(cell.runs)}</w:p></w:tc>"
        )


def _runs(runs: Runs) -> str:
    return "".join(run_xml(run) for run in runs)


_DRAWING = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
    '<wp:docPr id="{number}" name="Gambar {number}" descr="{alt}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="{number}" name="Gambar {number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{rel}"/>'
    "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
    '<a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)
