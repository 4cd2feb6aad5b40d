"""One small panel a member: for more series than can be labelled in one chart.

Invariant: panels lie in a grid of one coordinate system, so that the whole fits any width; they share one scale unless
each is asked to have its own, and then each says from where to where it goes. Names take two lines.
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
from kpi.charts.overlay import Flag
from kpi.charts.palette import Theme, palette
from kpi.charts.scale import Scale, value_scale
from kpi.charts.series import Namer, Point, by_member, grain_of, has_values, member_name, points, shared, thresholds
from kpi.charts.titles import subtitle, trend_title
from kpi.charts.words import wrap
from kpi.language import Language
from kpi.language import language as language_of
from kpi.model import Bounds, Kpi

COLUMNS = 3
ROW_HEIGHT = 104
HEAD = 96
"""Pixels of the titles and the air below."""

TALL_ROW = 118
"""Pixels of a row of panels; of one in which some name takes two lines."""

NAME_LINE, BOTTOM, RIGHT = 0.0, 0.87, 0.9
VALUE_LINES, TOPS = {1: 0.17, 2: 0.27}, {1: 0.38, 2: 0.46}
"""Within a panel of 1 × 1: the name and the last value above, the lines below, air at the right; by lines of names."""

NAME_LETTERS = 13
"""Letters of a line of a name: what a third of a phone holds."""

MOST = 24
"""Panels shown; a sentence says how many more there are."""


@dataclass(frozen=True)
class Panels:
    """What all panels of a chart have in common."""

    kpi: Kpi
    """The KPI."""
    language: Language
    """Whose words they speak."""
    scale: Scale | None
    """The one value scale; None: each panel has its own."""
    top: float
    """Where the lines begin, within a panel."""
    value_line: float
    """Where the last value stands, within a panel."""
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
    scale: Scale
    """Its value scale."""
    points: Sequence[Point]
    """Its values, periods ascending."""


def small_multiples(
    frame: pd.DataFrame,
    kpi: Kpi,
    language: Language,
    theme: Theme,
    dimension_title: str = "",
    names: Namer = None,
    *,
    own_scales: bool = False,
    flags: Sequence[Flag] = (),
) -> Drawn:
    """One panel a member, those with the largest last value first; the height follows the number of rows of panels.

    `dimension_title` (in the language) names what the members are; `names` writes them for people (weekdays).
    `own_scales`: each panel from its own least to its own greatest value. `flags` are events, a hairline each.
    """
    groups = _named(sorted(by_member(points(frame)).items(), key=lambda group: -_last(group[1])))
    rows = [row for _, line in groups for row in line]
    if not has_values(rows) or not groups:
        return empty(kpi, language, theme, HEAD + 2 * ROW_HEIGHT)
    shown = [(member_name(member, language, names), line) for member, line in groups[:MOST]]
    panels = _panels(rows, kpi, language, own_scales, max(len(_lines_of(name)) for name, _ in shown))
    marks = [
        mark for n, (name, line) in enumerate(shown) for mark in _panel(_placed(n, name, line, panels), panels, flags)
    ]
    below = subtitle(kpi, shared([line[-1] for _, line in groups]), language)
    below += [language.t("each on its own scale")] if own_scales else []
    if len(groups) > MOST:
        below.append(language.tn("and {n} more", "and {n} more", len(groups) - MOST))
    lines = -(-len(shown) // COLUMNS)
    height = HEAD + (ROW_HEIGHT if panels.top == TOPS[1] else TALL_ROW) * lines
    title = trend_title(kpi, grain_of(rows), language, dimension_title)
    spec = fill(_template(theme, language.code, bool(flags)), {"lines": lines}, title, below, height)
    return Drawn(spec, to_frame(marks), height)


def _named(groups: list[tuple[str | None, list[Point]]]) -> list[tuple[str | None, list[Point]]]:
    """Without the rows where no member is filled in, if there are members to compare.

    They are few, jump from 0 to 100 % and would press everybody's line flat; the bars beside the panels tell them.
    """
    known = [group for group in groups if group[0] is not None]
    return known if len(known) > 1 else groups


def _placed(n: int, name: str, line: Sequence[Point], panels: Panels) -> Panel:
    return Panel(f"p{n}", n % COLUMNS, n // COLUMNS, name, panels.scale or _scale(line, panels.kpi), line)


def _lines_of(name: str) -> list[str]:
    return wrap(name, NAME_LETTERS, 2)


def _scale(rows: Sequence[Point], kpi: Kpi) -> Scale:
    values = [row.value for row in rows if row.value is not None]
    values += [edge for row in rows for edge in thresholds(row.bounds)]
    return value_scale(values, kpi.additive, 100 if kpi.unit == "percent" else None)


def _panels(rows: Sequence[Point], kpi: Kpi, language: Language, own_scales: bool, lines: int) -> Panels:
    periods, grain = sorted({row.first for row in rows}), grain_of(rows)
    places = {first: RIGHT * (i + 0.5) / len(periods) for i, first in enumerate(periods)}
    names = {first: language.period(first, grain) for first in periods}
    scale = None if own_scales else _scale(rows, kpi)
    return Panels(kpi, language, scale, TOPS[lines], VALUE_LINES[lines], places, names)


def _panel(panel: Panel, panels: Panels, flags: Sequence[Flag]) -> list[Mark]:
    marks = [*_events(panel, panels, flags), *_line(panel, panels), *_target(panel, panels)]
    tells_its_scale = panels.scale is None or panel.key == "p0"
    return [*marks, *_head(panel, panels), *(_ends(panel, panels) if tells_its_scale else ())]


def _head(panel: Panel, panels: Panels) -> list[Mark]:
    text = "\n".join(_lines_of(panel.name))
    name = Mark("name", x=panel.column, y=panel.row + NAME_LINE, text=text, when=panel.name, series=panel.key)
    last = next((p for p in reversed(panel.points) if p.value is not None), None)
    if last is None:
        return [name]
    value = panels.language.value(last.value, panels.kpi.unit)
    right, below = panel.column + RIGHT, panel.row + panels.value_line
    return [name, Mark("value", x=right, y=below, text=value, state=_role(last.status))]


def _ends(panel: Panel, panels: Panels) -> list[Mark]:
    """From where to where the scale goes, at the left of the panel."""
    return [
        Mark(kind, x=panel.column, y=panel.row + _down(edge, panel.scale, panels.top), text=text)
        for kind, edge in (("low", panel.scale.low), ("high", panel.scale.high))
        if (text := panels.language.value(edge, panels.kpi.unit))
    ]


def _events(panel: Panel, panels: Panels, flags: Sequence[Flag]) -> list[Mark]:
    return [
        Mark("event", x=panel.column + panels.places[flag.first], y=panel.row + panels.top, y2=panel.row + BOTTOM)
        for flag in flags
        if flag.first in panels.places
    ]


def _line(panel: Panel, panels: Panels) -> list[Mark]:
    """The points of its line, each with what it tells a pointer."""
    words, unit = panels.language, panels.kpi.unit
    targets: dict[Bounds, str] = {}
    marks = []
    for p in panel.points:
        if p.bounds not in targets:  # nearly always the same: written once
            targets[p.bounds] = words.target(p.bounds.good_low, p.bounds.good_high, unit) or words.t("none")
        marks.append(
            Mark(
                "line",
                x=panel.column + panels.places[p.first],
                y=None if p.value is None else panel.row + _down(p.value, panel.scale, panels.top),
                series=panel.key,
                period=p.first,
                when=f"{panel.name} · {panels.names[p.first]}",
                value=words.value(p.value, unit, exact=True),
                target=targets[p.bounds],
                count=words.number(p.rows),
                change=words.delta(p.value, p.previous, unit),
            )
        )
    return marks


def _target(panel: Panel, panels: Panels) -> list[Mark]:
    return [
        Mark(
            "target",
            x=panel.column + x,
            y=panel.row + _down(edge, panel.scale, panels.top),
            series=f"{panel.key}t{side}",
        )
        for side, edge in enumerate(thresholds(panel.points[-1].bounds))
        for x in (0.0, RIGHT)
    ]


def _role(status: str) -> str:
    return status if status in ("good", "acceptable", "missed") else "text"


def _down(value: float, scale: Scale, top: float) -> float:
    """How far below its panel's top a value lies."""
    return BOTTOM - (BOTTOM - top) * (value - scale.low) / (scale.high - scale.low)


def _last(line: Sequence[Point]) -> float:
    return next((p.value for p in reversed(line) if p.value is not None), float("-inf"))


@cache
def _template(theme: Theme, code: str, events: bool) -> str:
    colours, words = palette(theme), language_of(code)
    x = alt.X(at("x"), axis=None, scale=alt.Scale(domain=[0, COLUMNS - 1 + RIGHT], nice=False, zero=False))
    down = alt.Scale(domain=[0, alt.expr("lines")], reverse=True, nice=False, zero=False)
    y = alt.Y(at("y"), axis=None, scale=down)
    line = layer("line").mark_line(color=colours.accent, strokeWidth=1.75).encode(x=x, y=y, detail=word("series"))
    rule = layer("target").mark_line(color=colours.target, strokeDash=[4, 3], strokeWidth=1)
    room = alt.expr(f"width / {COLUMNS} * {RIGHT}")
    name = layer("name").mark_text(align="left", baseline="top", limit=room, lineBreak="\n", lineHeight=15)
    low = layer("low").mark_text(align="left", baseline="top", dy=2, fontSize=10, color=colours.muted)
    high = layer("high").mark_text(align="left", baseline="bottom", fontSize=10, color=colours.muted)
    hair = layer("event").mark_rule(color=colours.quiet, strokeWidth=1)
    value = layer("value").mark_text(align="right", baseline="top", fontWeight=600)
    touch = layer("line").mark_point(filled=True, opacity=0, size=300)
    chart = alt.layer(
        *((hair.encode(x=x, y=y, y2=at("y2")),) if events else ()),
        rule.encode(x=x, y=y, detail=word("series")),
        line,
        name.encode(x=x, y=y, text=word("text"), tooltip=[alt.Tooltip(word("when"), title=" ")]),
        value.encode(x=x, y=y, text=word("text"), color=role_colour(colours)),
        low.encode(x=x, y=y, text=word("text")),
        high.encode(x=x, y=y, text=word("text")),
        touch.encode(x=x, y=y, tooltip=tooltip(words, "when", "value", "change", "target", "count")),
    ).add_params(*parameters(lines=1))
    return finished(chart, HEAD, theme, code)
