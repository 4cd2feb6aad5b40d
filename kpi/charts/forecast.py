"""A running period day by day: what it has come to, the fan of what it will, where it should be, and last year.

Invariant: what is known is a solid line and what is expected a dashed one within its fan; both are told apart without
colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import altair as alt

from kpi.charts.drawn import Drawn, Mark, fill, to_frame
from kpi.charts.layers import at, axis_x, axis_y, finished, layer, parameters, role_colour, word
from kpi.charts.palette import Palette, Theme, palette
from kpi.charts.scale import Scale, spread, value_scale
from kpi.charts.titles import LINE
from kpi.charts.trend_marks import LABEL_GAP, LETTER, value_axis
from kpi.charts.words import wrap
from kpi.language import Language
from kpi.language import language as language_of
from kpi.model import Kpi

HEIGHT = 320
"""Pixels, titles and axes included."""


@dataclass(frozen=True)
class Line:
    """One line of the chart."""

    kind: str
    """fact, expected, plan or last_year: which layer draws it."""
    points: tuple[tuple[date, float], ...]
    """Value by the end of each day, days ascending."""
    label: str
    """What stands at its end; empty: nothing."""


@dataclass(frozen=True)
class Running:
    """What is drawn."""

    since: date
    """First day of the period."""
    until: date
    """Last day of the period."""
    lines: tuple[Line, ...]
    """Fact and expected, and what there is besides."""
    fan: tuple[tuple[date, float, float], ...]
    """Day, lower and upper end of the interval; from the last known day on."""


def forecast_chart(running: Running, kpi: Kpi, language: Language, theme: Theme) -> Drawn:
    """The running period of a KPI."""
    days = [running.since + timedelta(days=n) for n in range((running.until - running.since).days + 1)]
    ends = [value for _, low, high in running.fan for value in (low, high)]
    values = [value for line in running.lines for _, value in line.points] + ends
    scale = value_scale(values, kpi.additive, 100 if kpi.unit == "percent" else None)
    title = wrap(_title(running, kpi, language), LINE, 2)
    below = wrap(", ".join(filter(None, (language.unit(kpi.unit), language.t("dashed: expected")))), LINE + 8, 2)
    labels = _labels(running.lines, scale, HEIGHT - 90 - 20 * len(title))
    marks = [*_fan(running), *(mark for line in running.lines for mark in _line(running, line)), *labels]
    marks += [_hit(running, day, kpi, language) for day in days]
    margin = min(max((int(len(label.text) * LETTER) + 16 for label in labels), default=52), 140)
    spec = fill(
        _template(theme, language.code),
        {**value_axis(scale, kpi, language), **_days(days, language), "margin": margin},
        title,
        below,
    )
    return Drawn(spec, to_frame(marks), HEIGHT)


def _title(running: Running, kpi: Kpi, language: Language) -> str:
    period = language.span(running.since, running.until)
    return language.t("{kpi} to the end of the period, {period}", kpi=language.catalogue(kpi.title), period=period)


def _days(days: Sequence[date], language: Language) -> dict[str, Any]:
    """The axis: the first, middle and last day, which fit a phone; the year is in the title."""
    places = sorted({0, (len(days) - 1) // 2, len(days) - 1})
    return {
        "x_low": 0,
        "x_high": len(days),
        "x_ticks": [place + 0.5 for place in places],
        "x_labels": [language.day(days[place]) for place in places],
    }


def _place(running: Running, day: date) -> float:
    return (day - running.since).days + 0.5


def _line(running: Running, line: Line) -> list[Mark]:
    roles = {"fact": "accent", "expected": "accent", "plan": "target", "last_year": "quiet"}
    role = roles[line.kind]
    return [
        Mark(line.kind, x=_place(running, day), y=value, state=role, series=line.kind) for day, value in line.points
    ]


def _fan(running: Running) -> list[Mark]:
    return [Mark("fan", x=_place(running, day), y=low, y2=high) for day, low, high in running.fan]


def _labels(lines: Sequence[Line], scale: Scale, plot_height: int) -> list[Mark]:
    roles = {"fact": "accent", "expected": "accent", "plan": "target", "last_year": "muted"}
    named = [line for line in lines if line.label and line.points]
    gap = LABEL_GAP * (scale.high - scale.low) / plot_height
    places = spread([line.points[-1][1] for line in named], gap, scale.low, scale.high)
    marks = [Mark("label", text=line.label, state=roles[line.kind]) for line in named]
    return [replace(mark, y=place) for mark, place in zip(marks, places, strict=True)]


def _hit(running: Running, day: date, kpi: Kpi, language: Language) -> Mark:
    found = {line.kind: dict(line.points).get(day) for line in running.lines}
    ends = next(((low, high) for when, low, high in running.fan if when == day), None)
    known = found.get("fact")
    value = known if known is not None else found.get("expected")
    place, when = (day - running.since).days, language.day(day, year=True)
    return Mark(
        "hit",
        x=place,
        x2=place + 1,
        when=when if known is not None else language.t("{day}, expected", day=when),
        value=language.value(value, kpi.unit),
        target=language.value(found.get("plan"), kpi.unit),
        change=language.value(found.get("last_year"), kpi.unit),
        count=f"{language.value(ends[0], kpi.unit)} – {language.value(ends[1], kpi.unit)}" if ends else "—",
    )


@cache
def _template(theme: Theme, code: str) -> str:
    colours = palette(theme)
    chart = alt.layer(_area(colours), *_lines(colours), _ends(colours), _touch(colours, language_of(code))).add_params(
        *parameters(x_low=0, x_high=1, x_ticks=[0], x_labels=[""], y_low=0, y_high=1, y_ticks=[0], y_labels=[""]),
        *parameters(margin=80),
    )
    return finished(chart, HEIGHT, theme, code)


def _x() -> alt.X:
    return axis_x(range=[0, alt.expr("width - margin")])


def _area(colours: Palette) -> alt.Chart:
    area = layer("fan").mark_area(color=colours.accent, opacity=0.16)
    drawn: alt.Chart = area.encode(x=_x(), y=axis_y(), y2=at("y2"))
    return drawn


def _lines(colours: Palette) -> list[alt.Chart]:
    dashes = {"last_year": [1, 0], "plan": [5, 4], "fact": [1, 0], "expected": [2, 3]}
    widths = {"last_year": 1.25, "plan": 1.25, "fact": 2.5, "expected": 2.0}
    return [
        layer(kind)
        .mark_line(strokeWidth=widths[kind], strokeDash=dash)
        .encode(x=_x(), y=axis_y(), color=role_colour(colours))
        for kind, dash in dashes.items()
    ]


def _ends(colours: Palette) -> alt.Chart:
    text = layer("label").mark_text(align="left", baseline="middle", limit=alt.expr("margin - 10"))
    place = alt.value(alt.expr("width - margin + 10"))
    drawn: alt.Chart = text.encode(x=place, y=axis_y(), text=word("text"), color=role_colour(colours))
    return drawn


def _touch(colours: Palette, language: Language) -> alt.Chart:
    """A whole day answers to the pointer."""
    pointed = alt.selection_point(name="pointed", on="pointerover", clear="pointerout", fields=["c1"], empty=False)
    shown = alt.condition(pointed, alt.value(0.1), alt.value(0))
    titles = {
        "when": " ", "value": language.t("By then"), "count": language.t("Within"),
        "target": language.t("Where it should be"), "change": language.t("A year before"),
    }  # fmt: skip
    tips = [alt.Tooltip(word(name), title=title) for name, title in titles.items()]
    area = layer("hit").mark_rect(aria=True, color=colours.muted)
    drawn: alt.Chart = area.encode(
        x=_x(), x2=at("x2"), y=alt.value(0), y2=alt.value("height"), opacity=shown, tooltip=tips
    ).add_params(pointed)
    return drawn
