"""An experiment over its days: the effect within its confidence sequence, and the two arms themselves.

Invariant: zero and the zone of differences that do not matter are always in sight; where the sequence is still wider
than the chart, it is cut at the chart's edge and never drawn narrower than it is. A and B differ by dash as well as by
colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import altair as alt

from kpi.charts.drawn import Drawn, Mark, fill, to_frame
from kpi.charts.layers import at, axis_x, axis_y, finished, layer, parameters, role_colour, tooltip, word
from kpi.charts.palette import Palette, Theme, palette
from kpi.charts.scale import Scale, spread, value_scale
from kpi.charts.titles import LINE
from kpi.charts.trend_marks import LABEL_GAP, value_axis
from kpi.charts.words import wrap
from kpi.language import Language
from kpi.language import language as language_of
from kpi.model import Kpi

HEIGHT = 320
"""Pixels, titles and axes included."""
IN_SIGHT = 3.0
"""Days are fitted in whose sequence is at most so many times as wide as the last one."""
MARGIN = 84
WHOLE = 100.0
"""Percent."""


@dataclass(frozen=True)
class Day:
    """What was known after a day."""

    day: date
    """The day."""
    effect: float
    """Percent."""
    low: float
    """Lower end of the confidence sequence."""
    high: float
    """Upper end."""


@dataclass(frozen=True)
class Step:
    """Both arms in one week."""

    first: date
    """Its first day."""
    last: date
    """Its last day."""
    a: float | None
    """The KPI in A; None where it has none."""
    b: float | None
    """The KPI in B."""
    is_before: bool
    """It lies before the start."""


def effect_chart(
    days: Sequence[Day], matters: tuple[float, float], kpi: Kpi, language: Language, theme: Theme
) -> Drawn:
    """How the effect was known day by day; `matters`: where differences begin to matter, below and above zero."""
    scale = value_scale([*_in_sight(days), *matters, 0.0], False)
    last = len(days)
    marks = [Mark("band", x=0, x2=last, y=max(matters[0], scale.low), y2=min(matters[1], scale.high))]
    marks += [Mark("zero", x=x, y=0, state="target") for x in (0, last)]
    for place, one in enumerate(days):
        low, high = max(one.low, scale.low), min(one.high, scale.high)
        marks.append(Mark("fan", x=place + 0.5, y=low, y2=high))
        if scale.low <= one.effect <= scale.high:
            marks.append(Mark("b", x=place + 0.5, y=one.effect, state="accent", series="b"))
        marks.append(_hit(place, _written(one, language)))
    end = days[-1].effect
    marks.append(Mark("label", y=end, text=_signed(end, language), state="accent"))
    title = language.t("{kpi}: effect of the change, day by day", kpi=language.catalogue(kpi.title))
    below = language.t("%; pale: what is possible; between the lines no difference that matters")
    axis = _percent_axis(scale, language, from_all=min(one.low for one in days) >= -WHOLE)
    marks += [Mark("edge", x=x, y=edge, series=f"e{side}") for side, edge in enumerate(matters) for x in (0, last)]
    return _drawn(marks, [one.day for one in days], axis, (title, below), language, theme)


def _in_sight(days: Sequence[Day]) -> list[float]:
    widest = IN_SIGHT * (days[-1].high - days[-1].low)
    return [end for one in days if one.high - one.low <= widest for end in (one.low, one.high)]


def _written(one: Day, language: Language) -> dict[str, str]:
    return {
        "when": language.day(one.day, year=True), "value": _signed(one.effect, language),
        "change": f"{_signed(one.low, language)} … {_signed(one.high, language)}",
    }  # fmt: skip


def _signed(value: float, language: Language) -> str:
    return language.delta(1 + value / 100, 1.0, "count")


def _percent_axis(scale: Scale, language: Language, *, from_all: bool) -> dict[str, Any]:
    """The axis of the effect; what cannot lose more than all of it has no label below that."""
    labels = ["" if from_all and tick < -WHOLE else language.value(tick, "percent") for tick in scale.ticks]
    return {"y_low": scale.low, "y_high": scale.high, "y_ticks": list(scale.ticks), "y_labels": labels}


def arms_chart(
    steps: Sequence[Step], names: tuple[str, str], kpi: Kpi, language: Language, theme: Theme, *, a_day: bool = False
) -> Drawn:
    """Both arms week by week, with the start; `names`: what A and B are; `a_day`: values are a day's mean."""
    known = [value for step in steps for value in (step.a, step.b) if value is not None]
    scale = value_scale(known, kpi.additive, 100 if kpi.unit == "percent" else None)
    marks = [Mark("start", x=sum(step.is_before for step in steps))] if any(step.is_before for step in steps) else []
    for place, step in enumerate(steps):
        for kind, value in (("a", step.a), ("b", step.b)):
            if value is not None:
                role = "muted" if kind == "a" else "accent"
                marks.append(Mark(kind, x=place + 0.5, y=value, state=role, series=kind))
        marks.append(_hit(place, _week(step, kpi, language)))
    marks += _ends(steps, scale)
    name = language.catalogue(kpi.title)
    by_week = language.t("{kpi} in both arms, week by week", kpi=name)
    title = language.t("{kpi} in both arms, a day's mean of each week", kpi=name) if a_day else by_week
    below = language.t("dashed: A, {a}; solid: B, {b}; the rule is the start", a=names[0], b=names[1])
    days = [step.first for step in steps]
    return _drawn(marks, days, value_axis(scale, kpi, language), (title, below), language, theme)


def _week(step: Step, kpi: Kpi, language: Language) -> dict[str, str]:
    a, b = (language.value(value, kpi.unit) for value in (step.a, step.b))
    return {"when": language.span(step.first, step.last), "value": b, "change": a}


def _ends(steps: Sequence[Step], scale: Scale) -> list[Mark]:
    """The letters at the lines' ends, apart from each other."""
    found = {}
    for side in ("a", "b"):
        values = [value for step in steps if (value := getattr(step, side)) is not None]
        if values:
            found[side] = values[-1]
    gap = LABEL_GAP * (scale.high - scale.low) / (HEIGHT - 130)
    places = spread(list(found.values()), gap, scale.low, scale.high)
    roles = {"a": "muted", "b": "accent"}
    return [
        Mark("label", y=place, text=side.upper(), state=roles[side]) for side, place in zip(found, places, strict=True)
    ]


def _hit(place: int, told: dict[str, str]) -> Mark:
    return Mark("hit", x=place, x2=place + 1, series="hit", **told)  # type: ignore[arg-type]  # texts only


def _drawn(
    marks: list[Mark], days: Sequence[date], axis: dict[str, Any], texts: tuple[str, str], language: Language,
    theme: Theme,
) -> Drawn:  # fmt: skip
    places = sorted({0, (len(days) - 1) // 2, len(days) - 1})
    across = {
        "x_low": 0, "x_high": len(days), "x_ticks": [place + 0.5 for place in places],
        "x_labels": [language.day(days[place]) for place in places],
    }  # fmt: skip
    is_effect = any(mark.kind == "zero" for mark in marks)
    spec = fill(
        _template(theme, language.code, is_effect), {**axis, **across}, wrap(texts[0], LINE, 2),
        wrap(texts[1], LINE - 2, 4),
    )  # fmt: skip
    return Drawn(spec, to_frame(marks), HEIGHT)


@cache
def _template(theme: Theme, code: str, is_effect: bool) -> str:
    colours, words = palette(theme), language_of(code)
    titles = (
        {"value": words.t("Effect of the change"), "change": words.t("Possible")}
        if is_effect
        else {"value": "B", "change": "A"}
    )
    chart = alt.layer(*_ground(colours), *_lines(colours), _labels(colours), _touch(colours, words, titles)).add_params(
        *parameters(x_low=0, x_high=1, x_ticks=[0], x_labels=[""], y_low=0, y_high=1, y_ticks=[0], y_labels=[""])
    )
    return finished(chart, HEIGHT, theme, code)


def _x() -> alt.X:
    return axis_x(range=[0, alt.expr(f"width - {MARGIN}")])


def _ground(colours: Palette) -> list[alt.Chart]:
    """The zone without meaning, the sequence, zero, and the start."""
    x, y = _x(), axis_y()
    return [
        layer("band").mark_rect(color=colours.band, opacity=1).encode(x=x, x2=at("x2"), y=y, y2=at("y2")),
        layer("edge").mark_line(color=colours.muted, strokeDash=[2, 3], strokeWidth=1).encode(
            x=x, y=y, detail=word("series")
        ),
        layer("fan").mark_area(color=colours.accent, opacity=0.2).encode(x=x, y=y, y2=at("y2")),
        layer("zero").mark_line(strokeWidth=1.25).encode(x=x, y=y, color=role_colour(colours)),
        layer("start").mark_rule(color=colours.text, strokeWidth=1).encode(x=x),
    ]  # fmt: skip


def _lines(colours: Palette) -> list[alt.Chart]:
    dashes = {"a": [5, 4], "b": [1, 0]}
    return [
        layer(kind).mark_line(strokeWidth=2, strokeDash=dash).encode(x=_x(), y=axis_y(), color=role_colour(colours))
        for kind, dash in dashes.items()
    ]


def _labels(colours: Palette) -> alt.Chart:
    text = layer("label").mark_text(align="left", baseline="middle", fontWeight="bold", limit=MARGIN - 12)
    place = alt.value(alt.expr(f"width - {MARGIN - 8}"))
    drawn: alt.Chart = text.encode(x=place, y=axis_y(), text=word("text"), color=role_colour(colours))
    return drawn


def _touch(colours: Palette, language: Language, titles: dict[str, str]) -> alt.Chart:
    """A whole day or week answers to the pointer."""
    pointed = alt.selection_point(name="pointed", on="pointerover", clear="pointerout", fields=["c1"], empty=False)
    shown = alt.condition(pointed, alt.value(0.1), alt.value(0))
    rect = layer("hit").mark_rect(aria=True, color=colours.muted)
    drawn: alt.Chart = rect.encode(
        x=_x(), x2=at("x2"), y=alt.value(0), y2=alt.value("height"), opacity=shown,
        tooltip=tooltip(language, "when", "value", "change", titles=titles),
    ).add_params(pointed)  # fmt: skip
    return drawn
