"""Charts for the report: the radar and the points won and lost, where the extra `chart` is installed."""

from __future__ import annotations

from importlib.util import find_spec

from sakip_eval.documents.lhe.elements import Picture
from sakip_eval.engine.result import Evaluation

_WIDTH = 150
"""Width of a chart in millimetres."""


def charts(evaluation: Evaluation) -> tuple[tuple[str, Picture], ...]:
    """Return captions and pictures; empty where matplotlib is not installed or a chart does not apply."""
    if find_spec("matplotlib") is None:
        return ()
    from sakip_eval.documents.grafik.radar import applies, radar
    from sakip_eval.documents.grafik.radar import describe as radar_words
    from sakip_eval.documents.grafik.waterfall import describe as waterfall_words
    from sakip_eval.documents.grafik.waterfall import waterfall

    made: list[tuple[str, Picture]] = []
    if applies(evaluation):
        picture = Picture(radar(evaluation), _WIDTH, radar_words(evaluation))
        made.append(("Nilai setiap subkomponen terhadap bobotnya", picture))
    picture = Picture(waterfall(evaluation), _WIDTH, waterfall_words(evaluation))
    made.append(("Poin yang diperoleh dan yang hilang per komponen", picture))
    return tuple(made)
