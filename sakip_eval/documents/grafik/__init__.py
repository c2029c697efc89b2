"""Charts of evaluations as PNG or SVG bytes: the same evaluation gives the same bytes, readable in grey print."""

from sakip_eval.documents.grafik.canvas import Format
from sakip_eval.documents.grafik.radar import radar
from sakip_eval.documents.grafik.trend import trend
from sakip_eval.documents.grafik.waterfall import waterfall

__all__ = ["Format", "radar", "trend", "waterfall"]
