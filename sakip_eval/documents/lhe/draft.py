"""The mark of a draft: a line at the head of every page and DRAF across it, in every header that is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sakip_eval.documents.lhe.styles import NS

if TYPE_CHECKING:
    from docx.document import Document

WORDS = "DRAF: belum disegel, bukan surat yang terbit"

_SHAPE = (
    '<w:pict xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="sakipDraf{number}" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;'
    "width:400pt;height:150pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;"
    "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin" fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/>'
    '<v:textpath style="font-family:Arial;font-size:1pt" string="DRAF"/></v:shape></w:pict>'
)


def mark(document: Document, style: str) -> None:
    """Add the mark to every header that some page uses, making the header where there is none."""
    from docx.oxml.parser import parse_xml

    even = document.settings.odd_and_even_pages_header_footer
    number = 0
    for at, section in enumerate(document.sections):
        headers = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if even:
            headers.append(section.even_page_header)
        for header in headers:
            if header.is_linked_to_previous and at > 0:
                continue  # It shows the marked header of the section before.
            fresh = header.is_linked_to_previous
            header.is_linked_to_previous = False
            root: Any = header.part.element
            if fresh:
                for child in list(root):
                    root.remove(child)
            number += 1
            root.append(
                parse_xml(
                    f'<w:p {NS}><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="right"/></w:pPr>'
                    f'<w:r>{_SHAPE.format(number=number)}</w:r><w:r><w:rPr><w:b/><w:color w:val="C00000"/>'
                    f'<w:sz w:val="18"/></w:rPr><w:t>{WORDS}</w:t></w:r></w:p>'
                )
            )
