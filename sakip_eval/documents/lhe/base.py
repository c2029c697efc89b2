"""The document that a letter is poured into: made once for a batch from our own pages or the office's template.

python-docx prepares it: adds the styles that are missing, the mark of a draft, page numbers, and the section for the
annex. What remains for each letter is text between three fixed strings.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sakip_eval.documents.lhe import draft
from sakip_eval.documents.lhe.lists import definitions
from sakip_eval.documents.lhe.package import (
    CUSTOM_NS,
    OFFICE,
    REL,
    WORD,
    XML,
    empty_document,
    unzipped,
    zipped,
)
from sakip_eval.documents.lhe.styles import FONT, NS, STYLES, TABLE_STYLE

if TYPE_CHECKING:
    from docx.document import Document

PLACE = "{{isi}}"
"""A paragraph of a template with this text alone is where the letter goes; without it, at the end."""

_BODY, _ANNEX = "sakip-eval:badan", "sakip-eval:lampiran"
_MARGIN = 1134


@dataclass(frozen=True)
class Base:
    """A prepared document: `parts` as they are, and the strings that a letter's own XML goes between.

    `widths` of the text upright and on its side, in twentieths of a point; `letterhead`: the template brings its own.
    """

    parts: Mapping[str, bytes]
    document: str
    head: str
    middle: str
    tail: str
    numbering: str
    numbering_head: str
    numbering_tail: str
    numbers: dict[str, int]
    first_list: int
    relations: str
    widths: tuple[int, int]
    styles: Mapping[str, str]
    letterhead: bool
    custom: str


@lru_cache(maxsize=8)
def prepare(template: bytes | None, kertas: str, is_draft: bool) -> Base:
    """Return the base for letters on `kertas` (F4, A4), or on the pages of a template. Raises `ValueError`, `KeyError`
    and what python-docx raises where the template is broken inside.
    """
    import docx

    document = docx.Document(io.BytesIO(_as_document(template) if template is not None else empty_document(kertas)))
    letterhead = _add_places(document) if template is not None else _add_place(document)
    styles = _add_styles(document, own_font=template is None)
    if is_draft:
        draft.mark(document, styles["Header"])
    _add_page_numbers(document, styles["Footer"])
    widths = _add_annex_section(document)
    stream = io.BytesIO()
    document.save(stream)
    return _cut(unzipped(stream.getvalue()), document, styles, widths, letterhead)


def _as_document(template: bytes) -> bytes:
    """Turn a .dotx into a .docx, and cut its tie to the template that it was once made from."""
    parts = unzipped(template)
    name = "[Content_Types].xml"
    parts[name] = parts[name].replace(b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml")
    for path in parts:
        if path.endswith("settings.xml"):
            parts[path] = re.sub(rb"<w:attachedTemplate\b[^>]*/>", b"", parts[path])
        if path.endswith("settings.xml.rels"):
            parts[path] = re.sub(rb"<Relationship\b[^>]*/attachedTemplate\"[^>]*/>", b"", parts[path])
    return zipped(parts)


def _has_content(element: Any) -> bool:
    from docx.oxml.ns import qn

    if any((t.text or "").strip() for t in element.iter(qn("w:t"))):
        return True
    return any(True for tag in ("w:drawing", "w:pict", "w:object") for _ in element.iter(qn(tag)))


def _headers(document: Document) -> Iterator[Any]:
    """Yield every header that is in use, first pages and even pages too."""
    even = document.settings.odd_and_even_pages_header_footer
    for section in document.sections:
        yield section.header
        if section.different_first_page_header_footer:
            yield section.first_page_header
        if even:
            yield section.even_page_header


def _add_place(document: Document) -> bool:
    document.add_paragraph(_BODY)
    return False


def _add_places(document: Document) -> bool:
    """Put our mark where the letter goes; return whether the template has a letterhead (in a header, or above)."""
    from docx.oxml.ns import qn

    body = document.element.body
    place = next(
        (
            p
            for p in body.iterchildren(qn("w:p"))
            if "".join(t.text or "" for t in p.iter(qn("w:t"))).strip() == PLACE
        ),
        None,
    )
    mark = document.add_paragraph(_BODY)
    above = list(body.iterchildren())
    if place is not None:
        place.addprevious(above[-2])  # the mark stands before the properties of the last section
        above = above[: above.index(place)]
        body.remove(place)
    else:
        above = [e for e in above if e.tag != qn("w:sectPr")][:-1]
        _strip_empty_end(body, above)
    assert mark.text == _BODY
    if any(_has_content(element) for element in above):
        return True
    return any(not h.is_linked_to_previous and _has_content(h.part.element) for h in _headers(document))


def _strip_empty_end(body: Any, above: list[Any]) -> None:
    """Remove the empty paragraphs at the end of a template's body, which would push the letter down."""
    from docx.oxml.ns import qn

    while above and above[-1].tag == qn("w:p") and not _has_content(above[-1]):
        if any(True for _ in above[-1].iter(qn("w:sectPr"))):
            break
        body.remove(above.pop())


def _add_styles(document: Document, *, own_font: bool) -> dict[str, str]:
    """Add the styles that are missing; return the id of each style that we use, by its name."""
    from docx.oxml.parser import parse_xml

    known = {str(s.name).lower(): s.style_id for s in document.styles if s.name}
    taken = {s.style_id for s in document.styles}
    ids: dict[str, str] = {}
    for name, xml in {**STYLES, "Table Grid": TABLE_STYLE}.items():
        if name.lower() in known:
            ids[name] = known[name.lower()]
            continue
        match = re.search(r'w:styleId="([^"]*)"', xml)
        assert match is not None
        style_id = match.group(1)
        if style_id in taken:
            xml = xml.replace(f'w:styleId="{style_id}"', f'w:styleId="Sakip{style_id}"')
            style_id = f"Sakip{style_id}"
        if not own_font:
            xml = xml.replace(FONT, "").replace(' w:default="1"', "")
        for other in ("Normal", "Body Text"):
            if other in ids:
                bare = other.replace(" ", "")
                xml = xml.replace(f'<w:basedOn w:val="{bare}"/>', f'<w:basedOn w:val="{ids[other]}"/>')
                xml = xml.replace(f'<w:next w:val="{bare}"/>', f'<w:next w:val="{ids[other]}"/>')
        document.styles.element.append(parse_xml(xml))
        taken.add(style_id)
        ids[name] = style_id
    return ids


def _add_page_numbers(document: Document, style: str) -> None:
    """Give the first section a footer with page numbers, unless the template has one."""
    from docx.oxml.parser import parse_xml

    section = document.sections[0]
    footers = [section.footer]
    if section.different_first_page_header_footer:
        footers.append(section.first_page_footer)
    if any(not footer.is_linked_to_previous and _has_content(footer.part.element) for footer in footers):
        return
    for footer in footers:
        footer.is_linked_to_previous = False
        root: Any = footer.part.element
        for child in list(root):
            root.remove(child)
        fields = (
            f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>' for name in ("PAGE", "NUMPAGES")
        )
        page, pages = fields
        root.append(
            parse_xml(
                f'<w:p {NS}><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="center"/></w:pPr>'
                f'<w:r><w:t xml:space="preserve">Halaman </w:t></w:r>{page}'
                f'<w:r><w:t xml:space="preserve"> dari </w:t></w:r>{pages}</w:p>'
            )
        )


def _add_annex_section(document: Document) -> tuple[int, int]:
    """Add a section on its side for the annex; return the width of the text on both kinds of page."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Twips

    upright = document.sections[-1]
    width, height = upright.page_width, upright.page_height
    left, right = upright.left_margin, upright.right_margin
    if None in (width, height, left, right):
        raise ValueError("halaman tanpa ukuran")
    side = document.add_section(WD_SECTION.NEW_PAGE)
    side.different_first_page_header_footer = False
    side.orientation = WD_ORIENT.LANDSCAPE
    assert width is not None and height is not None and left is not None and right is not None  # noqa: PT018
    side.page_width, side.page_height = max(width, height), min(width, height)
    side.left_margin = side.right_margin = Twips(_MARGIN)
    document.add_paragraph(_ANNEX)
    text_width = (width - left - right) // 635
    side_width = max(width, height) // 635 - 2 * _MARGIN
    if text_width < 3000:
        raise ValueError("halaman terlalu sempit")
    return text_width, side_width


def _cut(
    parts: dict[str, bytes], document: Document, styles: dict[str, str], widths: tuple[int, int], letterhead: bool
) -> Base:
    name = str(document.part.partname).lstrip("/")
    xml = parts.pop(name).decode("utf-8")
    head, rest = _around(xml, _BODY)
    middle, tail = _around(rest, _ANNEX)
    # The paragraph that ends the upright section takes no room of its own.
    middle = middle.replace(
        "<w:pPr><w:sectPr", '<w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:sectPr', 1
    )
    folder, _, file = name.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels"
    numbering = _numbering(parts, folder, relations)
    listed = parts.pop(numbering).decode("utf-8")
    first_definition = 1 + max(map(int, re.findall(r'w:abstractNumId="(\d+)"', listed)), default=0)
    first_list = 1 + max(map(int, re.findall(r'<w:num w:numId="(\d+)"', listed)), default=0)
    made, numbers = definitions(first_definition)
    at = listed.find("<w:num ")
    at = at if at >= 0 else listed.index("</w:numbering>")
    listed = listed[:at] + "".join(made) + listed[at:]
    end = listed.find("<w:numIdMacAtCleanup")
    end = end if end >= 0 else listed.rindex("</w:numbering>")
    custom = _custom(parts)
    parts.pop("docProps/core.xml", None)
    _add_type(parts, "/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
    types = parts["[Content_Types].xml"].decode("utf-8")
    if 'Extension="png"' not in types:
        types = types.replace("<Default ", '<Default Extension="png" ContentType="image/png"/><Default ', 1)
        parts["[Content_Types].xml"] = types.encode()
    return Base(
        parts, name, head, middle, tail, numbering, listed[:end], listed[end:], numbers, first_list,
        relations, widths, styles, letterhead, custom,
    )  # fmt: skip


def _around(xml: str, mark: str) -> tuple[str, str]:
    """Split at the paragraph that holds the mark."""
    at = xml.index(mark)
    start = max(xml.rfind("<w:p>", 0, at), xml.rfind("<w:p ", 0, at))
    return xml[:start], xml[xml.index("</w:p>", at) + len("</w:p>") :]


def _numbering(parts: dict[str, bytes], folder: str, relations: str) -> str:
    """Return the name of the part with the lists, an empty one where the document has none."""
    found = re.search(r'<Relationship [^>]*relationships/numbering"[^>]*>', parts[relations].decode("utf-8"))
    target = re.search(r'Target="([^"]*)"', found.group(0)) if found else None
    if target is not None:
        path = target.group(1)
        return path.lstrip("/") if path.startswith("/") else f"{folder}/{path}"
    name = f"{folder}/numbering.xml"
    parts[name] = f"{XML}<w:numbering {NS}></w:numbering>".encode()
    _add_type(parts, f"/{name}", f"{WORD}.numbering+xml")
    _add_relation(parts, relations, "rIdSakipNumbering", f"{REL}/numbering", "numbering.xml")
    return name


def _custom(parts: dict[str, bytes]) -> str:
    """Take the custom properties out, for each letter to add its own; empty ones where the document has none."""
    name = "docProps/custom.xml"
    if name not in parts:
        _add_type(parts, f"/{name}", f"{OFFICE}.custom-properties+xml")
        _add_relation(parts, "_rels/.rels", "rIdSakipCustom", f"{REL}/custom-properties", name)
        return f'{XML}<Properties xmlns="{CUSTOM_NS}"></Properties>'
    return re.sub(r"(<(?:\w+:)?Properties\b[^>]*)/>\s*$", r"\1></Properties>", parts.pop(name).decode("utf-8"))


def _add_type(parts: dict[str, bytes], part: str, kind: str) -> None:
    types = parts["[Content_Types].xml"].decode("utf-8")
    if f'PartName="{part}"' not in types:
        types = types.replace("</Types>", f'<Override PartName="{part}" ContentType="{kind}"/></Types>')
        parts["[Content_Types].xml"] = types.encode()


def _add_relation(parts: dict[str, bytes], name: str, number: str, kind: str, target: str) -> None:
    text = parts[name].decode("utf-8")
    added = f'<Relationship Id="{number}" Type="{kind}" Target="{target}"/></Relationships>'
    parts[name] = text.replace("</Relationships>", added).encode()
