"""The Word styles that a letter needs, by name; a template of the office keeps its own where it has them."""

from __future__ import annotations

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = f'xmlns:w="{W}"'
FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
_SIGN = 4880
"""Left edge of the signature block, twentieths of a point from the margin."""


def _style(
    style_id: str,
    name: str,
    paragraph: str = "",
    run: str = "",
    *,
    based: str | None = "Normal",
    following: str | None = None,
    shown: bool = True,
    default: bool = False,
) -> str:
    parts = [
        f'<w:style {NS} w:type="paragraph"{" w:default=" + chr(34) + "1" + chr(34) if default else ""}'
        f'{" w:customStyle=" + chr(34) + "1" + chr(34) if name.startswith("LHE") else ""} w:styleId="{style_id}">',
        f'<w:name w:val="{name}"/>',
        f'<w:basedOn w:val="{based}"/>' if based else "",
        f'<w:next w:val="{following}"/>' if following else "",
        "<w:qFormat/>" if shown else "",
        f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "",
        f"<w:rPr>{run}</w:rPr>" if run else "",
        "</w:style>",
    ]
    return "".join(parts)


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _spacing(before: int, after: int, line: int = 240) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


_KEEP = "<w:keepNext/><w:keepLines/>"
_CENTER, _LEFT, _RIGHT, _BOTH = (f'<w:jc w:val="{v}"/>' for v in ("center", "left", "right", "both"))
_BOLD = "<w:b/><w:bCs/>"
_RULE = '<w:pBdr><w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="4" w:color="000000"/></w:pBdr>'


def _sign(before: int) -> str:
    return f'{_KEEP}{_spacing(before, 0)}<w:ind w:left="{_SIGN}"/>{_LEFT}'


STYLES: dict[str, str] = {
    "Normal": _style("Normal", "Normal", _spacing(0, 0), FONT + _size(11), based=None, default=True),
    "Body Text": _style("BodyText", "Body Text", _spacing(60, 100, 264) + _BOTH),
    "Title": _style("Title", "Title", _KEEP + _spacing(240, 80) + _CENTER, _BOLD + _size(14)),
    "Heading 1": _style(
        "Heading1", "heading 1", _KEEP + _spacing(300, 200) + _CENTER + '<w:outlineLvl w:val="0"/>',
        FONT + _BOLD + _size(12.5), following="BodyText",
    ),
    "Heading 2": _style(
        "Heading2", "heading 2", _KEEP + _spacing(200, 80) + _LEFT + '<w:outlineLvl w:val="1"/>',
        FONT + _BOLD + _size(11.5), following="BodyText",
    ),
    "Heading 3": _style(
        "Heading3", "heading 3", _KEEP + _spacing(180, 80) + _LEFT + '<w:outlineLvl w:val="2"/>',
        FONT + _BOLD + _size(11), following="BodyText",
    ),
    "List Number": _style("ListNumber", "List Number", _spacing(30, 40, 264) + _BOTH),
    "List Number 2": _style("ListNumber2", "List Number 2", _spacing(30, 40, 264) + _BOTH),
    "List Number 3": _style("ListNumber3", "List Number 3", _spacing(30, 40, 264) + _BOTH),
    "Caption": _style("Caption", "caption", "<w:keepLines/>" + _spacing(120, 80) + _LEFT, _BOLD + _size(9.5)),
    "Header": _style("Header", "header", _CENTER, _size(9), shown=False),
    "Footer": _style("Footer", "footer", _CENTER, _size(9), shown=False),
    "LHE Kop Pemerintah": _style("LHEKopPemerintah", "LHE Kop Pemerintah", _KEEP + _CENTER, _BOLD + _size(13.5)),
    "LHE Kop Instansi": _style("LHEKopInstansi", "LHE Kop Instansi", _KEEP + _CENTER, _BOLD + _size(18)),
    "LHE Kop Alamat": _style("LHEKopAlamat", "LHE Kop Alamat", _KEEP + _CENTER, _size(9.5)),
    "LHE Kop Akhir": _style(
        "LHEKopAkhir", "LHE Kop Akhir", "<w:keepLines/>" + _RULE + _spacing(0, 200) + _CENTER, _size(9.5)
    ),
    "LHE Tanggal": _style("LHETanggal", "LHE Tanggal", _spacing(0, 160) + _RIGHT),
    "LHE Alamat": _style("LHEAlamat", "LHE Alamat", _spacing(0, 0, 252) + _LEFT),
    "LHE Pembuka": _style("LHEPembuka", "LHE Pembuka", _spacing(240, 120, 264) + _BOTH),
    "LHE Judul Kecil": _style("LHEJudulKecil", "LHE Judul Kecil", _KEEP + _spacing(0, 80) + _CENTER, _size(12)),
    "LHE Tempat Tanggal": _style("LHETempatTanggal", "LHE Tempat Tanggal", _sign(360)),
    "LHE Jabatan": _style("LHEJabatan", "LHE Jabatan", _sign(280)),
    "LHE Tanda Tangan": _style("LHETandaTangan", "LHE Tanda Tangan", _sign(0)),
    "LHE Nama": _style("LHENama", "LHE Nama", _sign(1150)),
    "LHE Tembusan": _style("LHETembusan", "LHE Tembusan", _KEEP + _spacing(360, 40) + _LEFT),
    "LHE Subjudul": _style("LHESubjudul", "LHE Subjudul", _KEEP + _spacing(140, 60) + _LEFT, _BOLD),
    "LHE Bagian": _style("LHEBagian", "LHE Bagian", _KEEP + _spacing(120, 40) + _LEFT, "<w:i/><w:iCs/>"),
    "LHE Keterangan": _style("LHEKeterangan", "LHE Keterangan", _spacing(0, 40) + _LEFT, _BOLD + _size(10)),
    "LHE Tabel": _style("LHETabel", "LHE Tabel", _spacing(20, 20), _size(9.5)),
    "LHE Tabel Kecil": _style("LHETabelKecil", "LHE Tabel Kecil", _spacing(10, 10), _size(8)),
    "LHE Antara": _style("LHEAntara", "LHE Antara", _spacing(0, 0), _size(6), shown=False),
    "LHE Segel": _style(
        "LHESegel", "LHE Segel", "<w:keepLines/>" + _spacing(120, 0) + _LEFT, '<w:color w:val="595959"/>' + _size(7)
    ),
}  # fmt: skip
"""Name of a style -> its definition. Built-in names are those that Word itself uses, whatever its language."""

TABLE_STYLE = (
    f'<w:style {NS} w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr></w:style>"
)


def styles_part() -> str:
    """Return word/styles.xml of a document that comes from no template."""
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{FONT}{_size(11)}<w:lang w:val="id-ID" w:eastAsia="id-ID"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    return f"<w:styles {NS}>{defaults}{''.join(STYLES.values())}{TABLE_STYLE}</w:styles>"
