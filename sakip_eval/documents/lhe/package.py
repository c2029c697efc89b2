"""A .docx as parts in a zip file: the empty document that we start from, safe reading of a template, same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date

from sakip_eval.documents.lhe.markup import escape
from sakip_eval.documents.lhe.styles import NS, styles_part

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "application/vnd.openxmlformats-officedocument"
CORE = "application/vnd.openxmlformats-package.core-properties+xml"
CORE_REL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"

_PAPER = {"F4": (12189, 18709), "A4": (11906, 16838)}
"""Width and height in twentieths of a point: F4 215 x 330 mm, A4 210 x 297 mm."""


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Write parts into a zip file whose bytes depend on nothing else: fixed times, the order given."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            package.writestr(info, content)
    return stream.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """Return the parts of a zip file by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def core_part(*, title: str, subject: str, keywords: str, author: str, day: date) -> bytes:
    """Return docProps/core.xml; `day` stands for creation and last change, since the clock is no input."""
    stamp = f"{day.isoformat()}T00:00:00Z"
    return (
        f'{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:subject>{escape(subject)}</dc:subject>"
        f"<dc:creator>{escape(author)}</dc:creator><cp:keywords>{escape(keywords)}</cp:keywords>"
        f"<cp:lastModifiedBy>{escape(author)}</cp:lastModifiedBy><dc:language>id-ID</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>'
    ).encode()


CUSTOM_NS = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def custom_properties(properties: Mapping[str, str], first: int = 2) -> str:
    """Return custom properties as elements that carry their own namespaces; ids from `first` on."""
    return "".join(
        f'<property xmlns="{CUSTOM_NS}" fmtid="{_FMTID}" pid="{pid}" name="{escape(name)}">'
        f'<vt:lpwstr xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{escape(value)}'
        "</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(properties.items(), start=first)
    )


def empty_document(kertas: str) -> bytes:
    """Return a .docx without content, on F4 or A4 upright, with all our styles."""
    width, height = _PAPER[kertas]
    section = (
        f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" '
        'w:left="1417" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    parts = {
        "[Content_Types].xml": (
            f'{XML}<Types xmlns="{CONTENT}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{WORD}.styles+xml"/>'
            f'<Override PartName="/word/settings.xml" ContentType="{WORD}.settings+xml"/>'
            f'<Override PartName="/docProps/core.xml" ContentType="{CORE}"/></Types>'
        ),
        "_rels/.rels": (
            f'{XML}<Relationships xmlns="{PACKAGE_REL}">'
            f'<Relationship Id="rId1" Type="{REL}/officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="rId2" Type="{CORE_REL}" Target="docProps/core.xml"/></Relationships>'
        ),
        "word/document.xml": f'{XML}<w:document {NS} xmlns:r="{REL}"><w:body>{section}</w:body></w:document>',
        "word/_rels/document.xml.rels": (
            f'{XML}<Relationships xmlns="{PACKAGE_REL}">'
            f'<Relationship Id="rId1" Type="{REL}/styles" Target="styles.xml"/>'
            f'<Relationship Id="rId2" Type="{REL}/settings" Target="settings.xml"/></Relationships>'
        ),
        "word/styles.xml": XML + styles_part(),
        "word/settings.xml": (
            f'{XML}<w:settings {NS}><w:defaultTabStop w:val="709"/><w:compat>'
            '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
            "</w:compat></w:settings>"
        ),
        "docProps/core.xml": core_part(title="", subject="", keywords="", author="", day=date(2000, 1, 1)).decode(),
    }
    return zipped({name: part.encode() for name, part in parts.items()})
