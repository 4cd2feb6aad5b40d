"""One small panel a member, all on one scale: for more series than can be labelled in one chart.

Invariant: panels lie in a grid of one coordinate system, so that the whole fits any width; nothing is cut but names,
whose full text is in the tooltip.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

import altair as alt
import pandas as pd

from kpi.charts.drawn import Drawn, Mark, fill, to_frame
from kpi.charts.empty import empty
from kpi.charts.layers import at, finished, layer, parameters, role_colour, tooltip, word
from kpi.charts.palette import Theme, palette
from kpi.charts.scale import Scale, value_scale
from kpi.charts.series import Namer, Point, by_member, grain_of, has_values, member_name, points, settled, thresholds
from kpi.charts.titles import subtitle, trend_title
from kpi.language import Language
from kpi.language import language as language_of
from kpi.model import Kpi

COLUMNS = 3
ROW_HEIGHT = 104
HEAD = 96
"""Pixels of the titles and the air below."""

NAME_LINE, VALUE_LINE, TOP, BOTTOM, RIGHT = 0.0, 0.17, 0.38, 0.92, 0.9
"""Within a panel of 1 × 1: the name and the last value above, the lines below, air at the right."""

MOST = 24
"""Panels shown; a sentence says how many more there are."""


@dataclass(frozen=True)
class Panels:
    """What all panels of a chart have in common."""

    kpi: Kpi
    """The KPI."""
    language: Language
    """Whose words they speak."""
    scale: Scale
    """The one value scale."""
    places: Mapping[datetime, int]
    """Period → its place from the left."""


def small_multiples(
    frame: pd.DataFrame, kpi: Kpi, language: Language, theme: Theme, dimension_title: str = "", names: Namer = None
) -> Drawn:
    """One panel a member, those with the largest last value first; the height follows the number of rows of panels.

    `dimension_title` (in the language) names what the members are; `names` writes them for people (weekdays).
    """
    rows = points(frame)
    groups = sorted(by_member(rows).items(), key=lambda group: -_last(group[1]))
    if not has_values(rows) or not groups:
        return empty(kpi, language, theme, HEAD + 2 * ROW_HEIGHT)
    panels = _panels(rows, kpi, language)
    shown = [(member_name(member, language, names), line) for member, line in groups[:MOST]]
    marks = [mark for n, (name, line) in enumerate(shown) for mark in _panel(n, name, line, panels)]
    below = subtitle(kpi, settled(rows), language)
    if len(groups) > MOST:
        below.append(language.tn("and {n} more", "and {n} more", len(groups) - MOST))
    lines = -(-min(len(groups), MOST) // COLUMNS)
    height = HEAD + ROW_HEIGHT * lines
    title = trend_title(kpi, grain_of(rows), language, dimension_title)
    spec = fill(_template(theme, language.code, height), {"lines": lines}, title, below)
    return Drawn(spec, to_frame(marks), height)


def _panels(rows: Sequence[Point], kpi: Kpi, language: Language) -> Panels:
    values = [row.value for row in rows if row.value is not None]
    values += [edge for row in rows for edge in thresholds(row.bounds)]
    scale = value_scale(values, kpi.additive, 100 if kpi.unit == "percent" else None)
    return Panels(kpi, language, scale, {first: i for i, first in enumerate(sorted({row.first for row in rows}))})


def _panel(n: int, name: str, line: Sequence[Point], panels: Panels) -> list[Mark]:
    column, row = n % COLUMNS, n // COLUMNS
    last = next((p for p in reversed(line) if p.value is not None), None)
    marks = [
        replace(mark, x=column + (mark.x or 0), y=None if mark.y is None else row + mark.y, series=f"{n}:{mark.series}")
        for mark in (*_line(line, panels), *_target(line, panels), *_touch(name, line, panels))
    ]
    if last is not None:
        value = panels.language.value(last.value, panels.kpi.unit)
        marks.append(Mark("value", x=column + RIGHT, y=row + VALUE_LINE, text=value, state=_role(last.status)))
    return [*marks, Mark("name", x=column, y=row + NAME_LINE, text=name, when=name, series=f"{n}:")]


def _line(line: Sequence[Point], panels: Panels) -> list[Mark]:
    return [
        Mark("line", x=_across(p, panels), y=None if p.value is None else _up(p.value, panels), period=p.first)
        for p in line
    ]


def _target(line: Sequence[Point], panels: Panels) -> list[Mark]:
    return [
        Mark("target", x=x, y=_up(edge, panels), series=f"t{side}")
        for side, edge in enumerate(thresholds(line[-1].bounds))
        for x in (0.0, RIGHT)
    ]


def _touch(name: str, line: Sequence[Point], panels: Panels) -> list[Mark]:
    words, unit = panels.language, panels.kpi.unit
    return [
        Mark(
            "hit",
            x=_across(p, panels),
            y=_up(p.value, panels),
            when=f"{name} · {words.period(p.first, grain_of([p]))}",
            value=words.value(p.value, unit, exact=True),
            target=words.target(p.bounds.good_low, p.bounds.good_high, unit) or words.t("none"),
            count=words.number(p.rows),
            change=words.delta(p.value, p.previous, unit),
        )
        for p in line
        if p.value is not None
    ]


def _role(status: str) -> str:
    return status if status in ("good", "acceptable", "missed") else "text"


def _across(point: Point, panels: Panels) -> float:
    return RIGHT * (panels.places[point.first] + 0.5) / len(panels.places)


def _up(value: float, panels: Panels) -> float:
    share = (value - panels.scale.low) / (panels.scale.high - panels.scale.low)
    return BOTTOM - (BOTTOM - TOP) * share


def _last(line: Sequence[Point]) -> float:
    return next((p.value for p in reversed(line) if p.value is not None), float("-inf"))


@cache
def _template(theme: Theme, code: str, height: int) -> str:
    colours, words = palette(theme), language_of(code)
    x = alt.X(at("x"), axis=None, scale=alt.Scale(domain=[0, COLUMNS - 1 + RIGHT], nice=False, zero=False))
    down = alt.Scale(domainMin=0, domainMax=alt.expr("lines"), reverse=True, nice=False, zero=False)
    y = alt.Y(at("y"), axis=None, scale=down)
    line = layer("line").mark_line(color=colours.accent, strokeWidth=1.75).encode(x=x, y=y, detail=word("series"))
    rule = layer("target").mark_line(color=colours.target, strokeDash=[4, 3], strokeWidth=1)
    name = layer("name").mark_text(align="left", baseline="top", limit=alt.expr(f"width / {COLUMNS} * {RIGHT}"))
    value = layer("value").mark_text(align="right", baseline="top", fontWeight=600)
    touch = layer("hit").mark_point(filled=True, opacity=0, size=300)
    chart = alt.layer(
        rule.encode(x=x, y=y, detail=word("series")),
        line,
        name.encode(x=x, y=y, text=word("text"), tooltip=[alt.Tooltip(word("when"), title=" ")]),
        value.encode(x=x, y=y, text=word("text"), color=role_colour(colours)),
        touch.encode(x=x, y=y, tooltip=tooltip(words, "when", "value", "change", "target", "count")),
    ).add_params(*parameters(lines=1))
    return finished(chart, height, theme, code)
