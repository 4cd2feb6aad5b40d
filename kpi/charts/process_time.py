"""Times of a process as pictures: how long cases take, week by week, and every event as a dot.

Invariant: bars begin at zero; what was before stands left of what would be; a rule is told in words at its upper end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Literal

import altair as alt

from kpi.charts.drawn import FIELDS, Drawn, Mark, fill, to_frame
from kpi.charts.layers import at, axis_x, axis_y, finished, layer, parameters, role_colour, tooltip, word
from kpi.charts.palette import Theme, palette
from kpi.charts.scale import Scale, value_scale
from kpi.charts.time_axis import time_axis
from kpi.charts.titles import LINE
from kpi.charts.words import wrap
from kpi.language import Language
from kpi.language import language as language_of

HEIGHT = 320
"""Pixels of a chart, whatever the data."""
DOTS_HEIGHT = 460
"""Pixels of the chart of dots."""
WORDS = 0.07
"""Room above the bars for the words of a rule, as a part of their height."""

Role = Literal["accent", "bar", "missed", "quiet"]


@dataclass(frozen=True)
class Rule:
    """A line across a chart of times."""

    hours: float
    """Where."""
    text: str
    """What it says."""
    is_target: bool = False
    """Dashed, as targets are."""


@dataclass(frozen=True)
class Named:
    """What stands above a chart."""

    title: str
    """What is seen."""
    note: str
    """How to read it."""


@dataclass(frozen=True)
class Week:
    """Cases that ended in one week."""

    first: datetime
    """Its Monday."""
    hours: float
    """Median time of a case."""
    cases: int
    """Cases."""
    is_whole: bool = True
    """All of its days lie in the period and are over."""


@dataclass(frozen=True)
class Dot:
    """One event."""

    at: datetime
    """When."""
    row: int
    """Place of its case from the top."""
    role: Role
    """What it is: accent the end of a case, missed a step that adds nothing, bar any other."""
    name: str
    """Tooltip: case and step."""


def histogram(
    edges: Sequence[float], counts: Sequence[Sequence[int]], rules: Sequence[Rule], named: Named, language: Language,
    theme: Theme,
) -> Drawn:  # fmt: skip
    """Cases by time: one row of bars, or two that are compared, each with a bar a class."""
    tall = value_scale([float(n) for row in counts for n in row], True)
    tall = replace(tall, high=tall.high * (1 + WORDS * len(rules)))
    wide = value_scale([edges[0], edges[-1]], True)
    marks = []
    for place, row in enumerate(counts):
        for (low, high), n in zip(pairwise(edges), row, strict=True):
            part = (high - low) / len(counts)
            left, right = low + part * place + 0.06 * part, low + part * (place + 1) - 0.06 * part
            role = "bar" if len(counts) == 1 else ("quiet", "accent")[place]
            span = language.t("{low}–{high} h", low=round(low, 1), high=round(high, 1))
            told = language.tn("{n} case", "{n} cases", int(n))
            marks.append(Mark("bar", x=left, x2=right, y=0.0, y2=float(n), state=role, when=span, value=told))
    marks += _rules(rules, edges[-1])
    params = {**_axis("x", Scale(edges[0], edges[-1], wide.ticks), language), **_axis("y", tall, language)}
    return _filled(params, marks, named, theme, language)


def weeks(found: Sequence[Week], rules: Sequence[Rule], named: Named, language: Language, theme: Theme) -> Drawn:
    """The median time of the cases that ended in each week."""
    known = [week.hours for week in found if week.hours == week.hours]
    scale = value_scale([*known, *(rule.hours for rule in rules)], True)
    marks = []
    for place, week in enumerate(found):
        x, told = place + 0.5, language.tn("{n} case", "{n} cases", week.cases)
        if week.hours == week.hours:
            value, name = language.value(week.hours, "hours"), language.period(week.first, "week")
            point = Mark("point" if week.is_whole else "hollow", x=x, y=week.hours, state="accent", when=name)
            marks += [replace(point, kind="line", when=""), replace(point, value=value, count=told)]
    marks += [Mark("across", y=rule.hours, state="target", text=rule.text) for rule in rules]
    params = {**time_axis([week.first for week in found], "week", language), **_axis("y", scale, language)}
    return _filled(params, marks, named, theme, language)


def dots(found: Sequence[Dot], rows: int, named: Named, language: Language, theme: Theme) -> Drawn:
    """Every event a dot: time across, a case a row from the top."""
    first, last = min(dot.at for dot in found), max(dot.at for dot in found)
    days = [(dot.at - first).total_seconds() / 86400 for dot in found]
    top = max(days) or 1.0
    marks = [
        Mark("dot", x=day, y=-float(dot.row), state=dot.role, when=dot.name, value=_moment(dot.at, language))
        for day, dot in zip(days, found, strict=True)
    ]
    ticks = [top * n / 4 for n in range(5)]
    labels = [language.day((first + (last - first) * n / 4).date()) for n in range(5)]
    params = {"x_low": 0, "x_high": top * 1.02, "x_ticks": ticks, "x_labels": labels, "y_low": -rows, "y_high": 1.0,
              "y_ticks": [9.0], "y_labels": [""]}  # fmt: skip
    return _filled(params, marks, named, theme, language, DOTS_HEIGHT)


def _moment(at: datetime, language: Language) -> str:
    return f"{language.day(at, year=True)} {at:%H:%M}"


def _rules(rules: Sequence[Rule], top: float) -> list[Mark]:
    """Rules upright, their words to the side where there is room."""
    marks = []
    for n, rule in enumerate(sorted((rule for rule in rules if rule.hours <= top), key=lambda rule: rule.hours)):
        role = "target" if rule.is_target else "text"
        marks.append(Mark("upright_dashed" if rule.is_target else "upright", x=rule.hours, state=role))
        side = "words_left" if rule.hours > top / 2 else "words_right"
        marks.append(Mark(side, x=rule.hours, y2=6 + 16.0 * n, text=rule.text, state=role))
    return marks


def _axis(name: str, scale: Scale, language: Language) -> dict[str, object]:
    ticks = [tick for tick in scale.ticks if tick <= scale.high]
    labels = [language.value(tick, "count") for tick in ticks]
    return {f"{name}_low": scale.low, f"{name}_high": scale.high, f"{name}_ticks": ticks, f"{name}_labels": labels}


def _filled(
    params: dict[str, object], marks: Sequence[Mark], named: Named, theme: Theme, language: Language,
    height: int = HEIGHT,
) -> Drawn:  # fmt: skip
    titles, below = wrap(named.title, LINE, 2), wrap(named.note, LINE + 6, 3)
    spec = fill(_template(theme, language.code), params, titles, below, height)
    return Drawn(spec, to_frame(marks), height)


@cache
def _template(theme: Theme, code: str) -> str:
    """One template for all three: each shows the marks of its kinds."""
    colours, language = palette(theme), language_of(code)
    colour = role_colour(colours)
    tips = tooltip(language, "when", "value", "count", titles={"value": " ", "count": " "})
    bar = layer("bar").mark_rect(aria=True)
    line = layer("line").mark_line(strokeWidth=2).encode(x=axis_x(), y=axis_y(), color=colour)
    points = [
        layer("point").mark_point(filled=True, opacity=1, size=60, aria=True),
        layer("hollow").mark_point(filled=False, opacity=1, size=60, aria=True, fill=colours.background, strokeWidth=2),
    ]
    shape = alt.Shape(word("state"), legend=None, scale=alt.Scale(
        domain=["bar", "missed", "accent"], range=["circle", "triangle-up", "square"]))  # fmt: skip
    dot = layer("dot").mark_point(filled=True, opacity=0.85, size=34)
    across = layer("across").mark_rule(strokeWidth=1.25, strokeDash=[5, 4])
    named = layer("across").mark_text(align="right", baseline="bottom", fontSize=12, dy=-3)
    layers = [
        bar.encode(x=axis_x(), x2=at("x2"), y=axis_y(), y2=at("y2"), color=colour, tooltip=tips),
        line, *(point.encode(x=axis_x(), y=axis_y(), color=colour, tooltip=tips) for point in points),
        dot.encode(x=axis_x(), y=axis_y(), color=colour, shape=shape, tooltip=tips),
        across.encode(y=axis_y(), color=colour),
        named.encode(x=alt.value("width"), y=axis_y(), text=word("text"), color=colour),
        *_upright(colour),
    ]  # fmt: skip
    chart = alt.layer(*layers).add_params(
        *parameters(x_low=0, x_high=1, x_ticks=[0], x_labels=[""], y_low=0, y_high=1, y_ticks=[0], y_labels=[""])
    )
    return finished(chart, HEIGHT, theme, code)


def _upright(colour: alt.Color) -> list[alt.Chart]:
    solid = layer("upright").mark_rule(strokeWidth=1.5)
    dashed = layer("upright_dashed").mark_rule(strokeWidth=1.25, strokeDash=[5, 4])
    down = alt.expr(f"datum.{FIELDS['y2']}")
    right = layer("words_right").mark_text(align="left", dx=5, dy=down, fontSize=12, baseline="middle")
    left = layer("words_left").mark_text(align="right", dx=-5, dy=down, fontSize=12, baseline="middle")
    return [
        *(rule.encode(x=axis_x(), color=colour) for rule in (solid, dashed)),
        *(text.encode(x=axis_x(), y=alt.value(0), text=word("text"), color=colour) for text in (right, left)),
    ]
