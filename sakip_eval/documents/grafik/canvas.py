"""The sheet that charts are drawn on: its size, its greys, its font, and its way to bytes.

Nothing of the machine gets into a picture: settings are matplotlib's own and not those of the user, the font
(DejaVu Sans) ships with matplotlib, and neither date nor software is written into the file.
"""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from sakip_eval.documents.extras import require

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Format = Literal["png", "svg"]

WIDTH = 16.0
"""Width of a chart on paper, in centimetres: the text width of an A4 or F4 letter."""
PRINTED = 15.3
"""Width in centimetres between the margins of a sheet."""
DPI = 150
INK, MUTED, RULE = "#1a1a1a", "#595959", "#9a9a9a"
SOLID, LOST = "#1f4e79", "#f4dcc3"
"""Points won, and points lost. In grey they are dark and nearly white; lost points are hatched as well."""
BAND_FILLS = ("#ffffff", "#ededed")
TINY, SMALL, NORMAL, LARGE = 5.5, 7.0, 8.0, 10.0
"""Sizes of type in points, at the printed width."""

_CM = 1 / 2.54
_SETTINGS: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": NORMAL,
    "svg.hashsalt": "sakip-eval",
    "svg.fonttype": "path",
    "hatch.linewidth": 0.6,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "text.parse_math": False,
    # Without hinting, text is as wide in a PNG as it is measured here.
    "text.hinting": "none",
}
# Settings of matplotlib belong to the whole process; two charts at once would see each other's.
_LOCK = threading.Lock()


def render(build: Callable[[Figure], None], height: float, format: Format, title: str, description: str) -> bytes:
    """Draw on a sheet of `WIDTH` x `height` centimetres and return the file.

    `title` and `description` (the chart in words) go into the metadata, for readers who do not see the picture.
    Raises `SakipError` (D801) where matplotlib is not installed.
    """
    require("chart", "Grafik")
    import matplotlib
    from matplotlib.figure import Figure

    metadata: dict[str, Any] = {"Title": title, "Description": description}
    metadata |= {"Software": None} if format == "png" else {"Date": None, "Creator": None}
    stream = io.BytesIO()
    with _LOCK, matplotlib.rc_context(), warnings.catch_warnings():
        # A letter that the font lacks is drawn as an empty box; that is no reason to write to standard error.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_SETTINGS)
        figure = Figure(figsize=(WIDTH * _CM, height * _CM), facecolor="white")
        build(figure)
        figure.savefig(stream, format=format, dpi=DPI, metadata=metadata)
    return stream.getvalue()


def plain_axes(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Add axes without a frame; place and size in centimetres from the lower left of the sheet."""
    sheet = figure.get_figheight() / _CM
    axes = figure.add_axes((left / WIDTH, bottom / sheet, width / WIDTH, height / sheet))
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0, colors=INK, labelsize=NORMAL)
    return axes


def subtitle(name: str, rest: str) -> list[str]:
    """Return the line below the title, a name and what belongs to it; two lines where the name is long."""
    whole = name + rest
    return [whole] if _width(whole, NORMAL) <= PRINTED else [fit(name, PRINTED, NORMAL), rest.lstrip(", ")]


def headline_height(lines: list[str]) -> float:
    """Height in centimetres that the title and the lines below it need."""
    return 0.75 + 0.45 * len(lines)


def headline(figure: Figure, title: str, lines: list[str]) -> None:
    """Write the title and the lines below it at the top left of the sheet."""
    top = figure.get_figheight() / _CM
    figure.text(0.02, 1 - 0.25 / top, title, fontsize=LARGE, fontweight="bold", va="top")
    figure.text(0.02, 1 - 0.80 / top, "\n".join(lines), fontsize=NORMAL, color=MUTED, va="top", linespacing=1.3)


def footnotes(figure: Figure, lines: list[str]) -> None:
    """Write lines at the bottom left of the sheet, the last one lowest."""
    figure.text(0.02, 0.015, "\n".join(lines), fontsize=SMALL, color=INK, va="bottom", linespacing=1.35)


def footnote_height(lines: list[str]) -> float:
    """Height in centimetres that footnotes need."""
    return 0.2 + 0.36 * len(lines)


def wrap(text: str, width: float = PRINTED, size: float = SMALL, lines: int = 8) -> list[str]:
    """Break text into lines of at most `width` centimetres, words that are longer cut; at most `lines` of them."""
    found: list[str] = []
    for word in text.split():
        first, *others = _pieces(word, width, size)
        longer = f"{found[-1]} {first}" if found else first
        if found and _width(longer, size) <= width:
            found[-1] = longer
        else:
            found.append(first)
        found += others
    if len(found) > lines:
        found = [*found[: lines - 1], fit(f"{found[lines - 1]} \u2026", width, size)]
    return found


def _pieces(word: str, width: float, size: float) -> list[str]:
    """Break a word that is too long after its slashes, and cut what is still too long."""
    head, slash, tail = word.partition("/")
    if tail and _width(word, size) > width:
        return [fit(head + slash, width, size), *_pieces(tail, width, size)]
    return [fit(word, width, size)]


def fit(text: str, width: float, size: float) -> str:
    """Cut text to `width` centimetres, with an ellipsis where something is missing."""
    if _width(text, size) <= width:
        return text
    while text and _width(f"{text}\u2026", size) > width:
        text = text[:-1].rstrip()
    return f"{text}\u2026"


@lru_cache(maxsize=4096)
def _width(text: str, size: float) -> float:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        font = FontProperties(family="DejaVu Sans", size=size)
        width, _, _ = text_to_path.get_text_width_height_descent(text, font, False)
    return float(width) / 72 / _CM
