"""One small panel a member, all on one scale: for more series than can be labelled in one chart.

Invariant: panels lie in a grid of one coordinate system, so that the whole fits any width; nothing is cut but names,
whose full text is in the tooltip.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import altair as alt
import pandas as pd

from kpi.charts.drawn import Drawn, Mark, fill, to_frame
from kpi.charts.empty import empty
from kpi.charts.layers import at, finished, layer, parameters, role_colour, tooltip, word
from kpi.charts.palette import Theme, palette
from kpi.charts.scale import Scale, value_scale
from kpi.charts.series import Namer, Point, by_member, grain_of, has_values, member_name, points, shared, thresholds
from kpi.charts.titles import subtitle, trend_title
from kpi.language import Language
from kpi.language import language as language_of
from kpi.model import Bounds, Kpi

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
    places: Mapping[datetime, float]
    """Period → how far it lies from the left of a panel."""
    names: Mapping[datetime, str]
    """Period → its name."""


@dataclass(frozen=True)
class Panel:
    """One member's place in the grid."""

    key: str
    """Key of its series; never a name."""
    column: int
    """From the left."""
    row: int
    """From the top."""
    name: str
    """The member, as shown."""
    points: Sequence[Point]
    """Its values, periods ascending."""


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
    shown = [
        Panel(f"p{n}", n % COLUMNS, n // COLUMNS, member_name(member, language, names), line)
        for n, (member, line) in enumerate(groups[:MOST])
    ]
    marks = [mark for panel in shown for mark in _panel(panel, panels)]
    below = subtitle(kpi, shared([line[-1] for _, line in groups]), language)
    if len(groups) > MOST:
        below.append(language.tn("and {n} more", "and {n} more", len(groups) - MOST))
    lines = -(-min(len(groups), MOST) // COLUMNS)
    height = HEAD + ROW_HEIGHT * lines
    title = trend_title(kpi, grain_of(rows), language, dimension_title)
    spec = fill(_template(theme, language.code), {"lines": lines}, title, below, height)
    return Drawn(spec, to_frame(marks), height)


def _panels(rows: Sequence[Point], kpi: Kpi, language: Language) -> Panels:
    values = [row.value for row in rows if row.value is not None]
    values += [edge for row in rows for edge in thresholds(row.bounds)]
    scale = value_scale(values, kpi.additive, 100 if kpi.unit == "percent" else None)
    periods, grain = sorted({row.first for row in rows}), grain_of(rows)
    places = {first: RIGHT * (i + 0.5) / len(periods) for i, first in enumerate(periods)}
    return Panels(kpi, language, scale, places, {first: language.period(first, grain) for first in periods})


def _panel(panel: Panel, panels: Panels) -> list[Mark]:
    return [*_line(panel, panels), *_target(panel, panels), *_touch(panel, panels), *_head(panel, panels)]


def _head(panel: Panel, panels: Panels) -> list[Mark]:
    name = Mark("name", x=panel.column, y=panel.row + NAME_LINE, text=panel.name, when=panel.name, series=panel.key)
    last = next((p for p in reversed(panel.points) if p.value is not None), None)
    if last is None:
        return [name]
    value = panels.language.value(last.value, panels.kpi.unit)
    right, below = panel.column + RIGHT, panel.row + VALUE_LINE
    return [name, Mark("value", x=right, y=below, text=value, state=_role(last.status))]


def _line(panel: Panel, panels: Panels) -> list[Mark]:
    return [
        Mark(
            "line",
            x=panel.column + panels.places[p.first],
            y=None if p.value is None else panel.row + _down(p.value, panels.scale),
            series=panel.key,
            period=p.first,
        )
        for p in panel.points
    ]


def _target(panel: Panel, panels: Panels) -> list[Mark]:
    return [
        Mark("target", x=panel.column + x, y=panel.row + _down(edge, panels.scale), series=f"{panel.key}t{side}")
        for side, edge in enumerate(thresholds(panel.points[-1].bounds))
        for x in (0.0, RIGHT)
    ]


def _touch(panel: Panel, panels: Panels) -> list[Mark]:
    words, unit = panels.language, panels.kpi.unit
    targets: dict[Bounds, str] = {}
    marks = []
    for p in panel.points:
        if p.bounds not in targets:  # nearly always the same: written once
            targets[p.bounds] = words.target(p.bounds.good_low, p.bounds.good_high, unit) or words.t("none")
        if p.value is not None:
            marks.append(
                Mark(
                    "hit",
                    x=panel.column + panels.places[p.first],
                    y=panel.row + _down(p.value, panels.scale),
                    when=f"{panel.name} · {panels.names[p.first]}",
                    value=words.value(p.value, unit, exact=True),
                    target=targets[p.bounds],
                    count=words.number(p.rows),
                    change=words.delta(p.value, p.previous, unit),
                )
            )
    return marks


def _role(status: str) -> str:
    return status if status in ("good", "acceptable", "missed") else "text"


def _down(value: float, scale: Scale) -> float:
    """How far below its panel's top a value lies."""
    return BOTTOM - (BOTTOM - TOP) * (value - scale.low) / (scale.high - scale.low)


def _last(line: Sequence[Point]) -> float:
    return next((p.value for p in reversed(line) if p.value is not None), float("-inf"))


@cache
def _template(theme: Theme, code: str) -> str:
    colours, words = palette(theme), language_of(code)
    x = alt.X(at("x"), axis=None, scale=alt.Scale(domain=[0, COLUMNS - 1 + RIGHT], nice=False, zero=False))
    down = alt.Scale(domain=[0, alt.expr("lines")], reverse=True, nice=False, zero=False)
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
    return finished(chart, HEAD, theme, code)
