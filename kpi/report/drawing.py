"""A report's pictures as charts, in a language and a theme.

Invariant: they are the charts of the screens, drawn of the report's rows.
"""

from functools import partial

from kpi import charts
from kpi.charts import Drawn, Overlay, Theme
from kpi.language import Language
from kpi.report.model import Picture, Report
from kpi.watch import naturals
from kpi.why.telling import dimension_title, member_title


def draw(report: Report, picture: Picture, words: Language, theme: Theme) -> Drawn:
    """One chart."""
    if picture.kind == "trend":
        limits = naturals(picture.usual, words) if picture.usual is not None else {}
        return charts.trend(picture.rows, picture.kpi, words, theme, overlay=Overlay(naturals=limits))
    assert picture.dimension is not None
    return charts.breakdown(
        picture.rows, picture.kpi, dimension_title(picture.dimension, words), words, theme,
        period=words.span(report.edition.first, report.edition.last),
        names=partial(member_title, picture.dimension, language=words), ordered=picture.dimension == "weekday",
    )  # fmt: skip
