"""Thirteen periods at a glance, for a card: a line, the target, the running period hollow.

Invariant: no axes, no words, no data of a person; as SVG it is finished markup of numbers and colours only, so that a
page with nine cards needs no chart engine for them.
"""

import math
from collections.abc import Sequence
from functools import cache

import altair as alt
import pandas as pd

from kpi.charts.drawn import Drawn, Mark, fill, to_frame
from kpi.charts.layers import at, finished, layer, parameters
from kpi.charts.palette import Theme, palette
from kpi.charts.series import points
from kpi.language import Language

PERIODS = 13
"""What is shown: the last so many, the same month a year ago among them."""

HEIGHT = 44
WIDTH = 160
"""Pixels; the SVG stretches to its container's width."""

OPENING = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" height="{HEIGHT}" '
    'preserveAspectRatio="none" aria-hidden="true" fill="none" stroke-linecap="round" stroke-linejoin="round">'
)

EDGE = 5.0
"""Pixels kept free for the dot."""


def sparkline_svg(
    values: Sequence[float | None], target: float | Sequence[float | None] | None, partial: bool, theme: Theme
) -> str:
    """The sparkline as SVG. `partial`: the last value is of a running period. Missing values leave gaps.

    `target` is one threshold, or one a period where it changes. It has no text: give its container a label. The
    hollow dot is filled with the CSS variable `--card`, or the theme's card colour where that is not set.
    """
    values = [_known(v) for v in values][-PERIODS:]
    targets = _per_period(target, len(values))
    known = [v for v in [*values, *targets] if v is not None]
    colours = palette(theme)
    inside = ""
    if known:
        rule = _path(targets, known)
        solid = _path([*values[:-1], None] if partial else values, known)
        tail = _path([*[None] * (len(values) - 2), *values[-2:]], known) if partial and len(values) > 1 else ""
        inside = (
            _stroke(rule, colours.muted, 'stroke-dasharray="3 3" stroke-width="1"')
            + _stroke(solid, colours.accent, 'stroke-width="1.75"')
            + _stroke(_alone(values, known), colours.accent, 'stroke-width="3.5"')
            + _stroke(tail, colours.accent, 'stroke-dasharray="2 2.5" stroke-width="1.5"')
            + _dot(values, known, colours.accent, f"var(--card, {colours.card})" if partial else colours.accent)
        )
    return f"{OPENING}{inside}</svg>"


def sparkline(frame: pd.DataFrame, language: Language, theme: Theme) -> Drawn:
    """The same as a chart, for places that show charts: the last thirteen periods of the total rows."""
    rows = [row for row in points(frame) if row.is_total][-PERIODS:]
    marks = [Mark("target", x=i, y=row.target, period=row.first) for i, row in enumerate(rows)]
    done = [i for i, row in enumerate(rows) if not row.is_partial]
    marks += [Mark("line", x=i, y=rows[i].value, period=rows[i].first) for i in done]
    running = [i for i, row in enumerate(rows) if row.is_partial and row.value is not None]
    if running:
        marks += [Mark("running", x=i, y=rows[i].value) for i in [*done[-1:], *running]]
        marks.append(Mark("hollow", x=running[-1], y=rows[running[-1]].value))
    known = [mark.y for mark in marks if mark.y is not None] or [0.0]
    air = (max(known) - min(known)) * 0.12 or 1.0
    params = {"x_high": max(len(rows) - 0.5, 0.5), "y_low": min(known) - air, "y_high": max(known) + air}
    spec = fill(_template(theme, language.code), params, [], [])
    del spec["title"]
    return Drawn(spec, to_frame(marks), HEIGHT)


@cache
def _template(theme: Theme, code: str) -> str:
    colours = palette(theme)
    across = alt.Scale(domainMin=-0.5, domainMax=alt.expr("x_high"), nice=False, zero=False)
    up = alt.Scale(domainMin=alt.expr("y_low"), domainMax=alt.expr("y_high"), nice=False, zero=False)
    place = {"x": alt.X(at("x"), axis=None, scale=across), "y": alt.Y(at("y"), axis=None, scale=up)}
    hollow = layer("hollow").mark_point(color=colours.accent, filled=False, fill=colours.background, opacity=1, size=36)
    chart = alt.layer(
        layer("target").mark_line(color=colours.muted, strokeDash=[3, 3], strokeWidth=1).encode(**place),
        layer("line").mark_line(color=colours.accent, strokeWidth=1.75).encode(**place),
        layer("running").mark_line(color=colours.accent, strokeWidth=1.5, strokeDash=[2, 2.5]).encode(**place),
        hollow.encode(**place),
    ).add_params(*parameters(x_high=1, y_low=0, y_high=1))
    return finished(chart, HEIGHT, theme, code)


def _per_period(target: float | Sequence[float | None] | None, count: int) -> list[float | None]:
    if target is None or isinstance(target, int | float):
        return [_known(target)] * count
    return [_known(v) for v in target][-count:]


def _points(values: Sequence[float | None], known: Sequence[float]) -> list[tuple[float, float] | None]:
    """Pixels of the values; None where there is none."""
    low, high = min(known), max(known)
    step = (WIDTH - 2 * EDGE) / max(len(values) - 1, 1)
    size = (HEIGHT - 2 * EDGE) / (high - low) if high > low else 0.0
    floor = HEIGHT - EDGE if high > low else HEIGHT / 2
    return [None if v is None else (EDGE + i * step, floor - (v - low) * size) for i, v in enumerate(values)]


def _path(values: Sequence[float | None], known: Sequence[float]) -> str:
    parts, pen = [], "M"
    for point in _points(values, known):
        if point is not None:
            parts.append(f"{pen}{point[0]:.1f},{point[1]:.1f}")
        pen = "M" if point is None else "L"
    return "".join(parts)


def _alone(values: Sequence[float | None], known: Sequence[float]) -> str:
    """Values between gaps, which no line reaches, as dots: lines of no length with round ends."""
    places = [None, *_points(values, known), None]
    lone = (here for before, here, after in zip(places, places[1:], places[2:], strict=False) if not (before or after))
    return "".join(f"M{point[0]:.1f},{point[1]:.1f}h0" for point in lone if point)


def _stroke(path: str, colour: str, style: str) -> str:
    return f'<path d="{path}" stroke="{colour}" {style} vector-effect="non-scaling-stroke"/>' if path else ""


def _dot(values: Sequence[float | None], known: Sequence[float], colour: str, inside: str) -> str:
    """The last value: a line of no length with round ends, which stays round however the picture is stretched."""
    last = next((point for point in reversed(_points(values, known)) if point), None)
    if last is None:
        return ""
    path = f"M{last[0]:.1f},{last[1]:.1f}h0"
    return _stroke(path, colour, 'stroke-width="8"') + _stroke(path, inside, 'stroke-width="4.5"')


def _known(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)
