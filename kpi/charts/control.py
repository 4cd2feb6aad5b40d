"""A KPI against what it does by itself: the range, its middle, the signals, the changes of process.

Invariant: periods left out of the limits are still drawn, hollow, so that nothing disappears.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

import altair as alt
import pandas as pd

from kpi.charts.drawn import Drawn, Mark, fill, to_frame
from kpi.charts.empty import empty
from kpi.charts.layers import at, axis_x, axis_y, finished, layer, parameters, role_colour, word
from kpi.charts.natural import Naturals, centre_marks, edges, range_marks, signal_marks
from kpi.charts.palette import Theme, palette
from kpi.charts.scale import value_scale
from kpi.charts.series import Point, grain_of, has_values, points, settled, thresholds
from kpi.charts.time_axis import time_axis
from kpi.charts.titles import subtitle, trend_title
from kpi.charts.trend_marks import target_marks, value_axis
from kpi.charts.words import one_line
from kpi.language import Language
from kpi.language import language as language_of
from kpi.model import Kpi

HEIGHT = 340
"""Pixels, titles and axes included."""
LONGEST = 24
"""Letters of a mark's title in the chart."""


def control(
    frame: pd.DataFrame, kpi: Kpi, language: Language, theme: Theme, naturals: Naturals, marks: Mapping[datetime, str]
) -> Drawn:
    """The total's periods against their limits; `marks`: first day of the period a change begins with → its title."""
    rows = [row for row in points(frame) if row.value is not None]
    if not has_values(rows):
        return empty(kpi, language, theme, HEIGHT)
    periods = sorted({row.first for row in rows})
    places = {first: place for place, first in enumerate(periods)}
    values = {row.first: row.value for row in rows if row.value is not None}
    bounds = [edge for row in rows for edge in thresholds(row.bounds)]
    scale = value_scale([*values.values(), *edges(naturals), *bounds], False, 100 if kpi.unit == "percent" else None)
    drawn = [*range_marks(naturals, places, scale), *centre_marks(naturals, places), *target_marks(rows, places, scale)]
    drawn += _line(rows, places, naturals) + signal_marks(naturals, places, values)
    drawn += [_hit(row, places, naturals, kpi, language) for row in rows]
    drawn += [
        Mark("event", x=places[first], y=scale.high, text=_short(title), series="event")
        for first, title in marks.items()
        if first in places
    ]
    axes = {**value_axis(scale, kpi, language), **time_axis(periods, grain_of(rows), language)}
    title = trend_title(kpi, grain_of(rows), language)
    below = subtitle(kpi, settled(rows), language, language.t("grey: the usual range"))
    spec = fill(_template(theme, language.code), axes, title, below)
    return Drawn(spec, to_frame(drawn), HEIGHT)


def _line(rows: Sequence[Point], places: Mapping[datetime, int], naturals: Naturals) -> list[Mark]:
    """The values, joined; hollow where a period gave no limits: it is running, or holds too few rows."""
    marks = []
    for row in rows:
        x, judged = places[row.first] + 0.5, row.first in naturals
        marks.append(Mark("line", x=x, y=row.value, state="accent", period=row.first))
        marks.append(Mark("dot" if judged else "hollow", x=x, y=row.value, state="accent", period=row.first))
    return marks


def _hit(row: Point, places: Mapping[datetime, int], naturals: Naturals, kpi: Kpi, language: Language) -> Mark:
    natural, t = naturals.get(row.first), language.t
    usual, why = t("not judged"), t("none")
    if natural is not None:
        low, high = (language.value(edge, kpi.unit) for edge in (natural.lower, natural.upper))
        usual, why = t("{low} to {high}", low=low, high=high), natural.why or why
    when = language.period(row.first, grain_of([row]))
    return Mark(
        "hit", x=places[row.first], x2=places[row.first] + 1, y=row.value, series="hit",
        when=t("{period}, still running", period=when) if row.is_partial else when,
        value=language.value(row.value, kpi.unit, exact=True), target=usual, change=why,
        count=language.number(row.rows), period=row.first,
    )  # fmt: skip


def _short(title: str) -> str:
    text = one_line(title)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


@cache
def _template(theme: Theme, code: str) -> str:
    colours, words = palette(theme), language_of(code)
    x, y = axis_x(), axis_y()
    series = word("series")
    tips = {
        "when": " ", "value": words.t("Value"), "target": words.t("Usual range"), "change": words.t("Signal"),
        "count": words.t("Rows behind it"),
    }  # fmt: skip
    hollow = layer("hollow").mark_point(filled=False, fill=colours.background, opacity=1, size=50, strokeWidth=1.5)
    sizes = {"x": x, "x2": at("x2"), "y": alt.value(0), "y2": alt.value("height")}
    layers = [
        layer("range").mark_area(color=colours.quiet, opacity=0.22, interpolate="step-after").encode(
            x=x, y=y, y2=at("y2"), detail=series
        ),
        layer("centre").mark_line(color=colours.muted, strokeWidth=1, interpolate="step-after").encode(
            x=x, y=y, detail=series
        ),
        layer("target").mark_line(
            color=colours.target, strokeDash=[5, 4], strokeWidth=1.25, interpolate="step-after"
        ).encode(x=x, y=y, detail=series),
        layer("event").mark_rule(color=colours.text, strokeWidth=1).encode(x=x),
        layer("event").mark_text(align="left", baseline="top", dx=4, color=colours.text).encode(
            x=x, y=y, text=word("text")
        ),
        layer("line").mark_line(color=colours.accent, strokeWidth=1.5).encode(x=x, y=y),
        layer("dot").mark_point(filled=True, opacity=1, size=24).encode(x=x, y=y, color=role_colour(colours)),
        hollow.encode(x=x, y=y, color=role_colour(colours)),
        layer("signal").mark_point(filled=False, opacity=1, size=150, strokeWidth=2).encode(
            x=x, y=y, color=role_colour(colours)
        ),
        layer("hit").mark_rect(aria=True, opacity=0, color=colours.muted).encode(
            **sizes, tooltip=[alt.Tooltip(word(field), title=title) for field, title in tips.items()]
        ),
    ]  # fmt: skip
    chart = alt.layer(*layers).add_params(
        *parameters(x_low=0, x_high=1, x_ticks=[0], x_labels=[""], y_low=0, y_high=1, y_ticks=[0], y_labels=[""])
    )
    return finished(chart, HEIGHT, theme, code)
