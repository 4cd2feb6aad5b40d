"""The data of a trend: where its marks are and what they say.

Invariant: periods lie side by side, one unit each, whether or not they hold a value; a mark's text is finished here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from kpi.charts.drawn import Mark
from kpi.charts.natural import edge_marks, edges, signal_marks
from kpi.charts.overlay import Overlay, extent, overlay_marks
from kpi.charts.scale import Scale, spread, value_scale
from kpi.charts.series import Point, acceptable_zones, grain_of, thresholds
from kpi.charts.time_axis import time_axis
from kpi.language import Language
from kpi.model import Kpi

LABEL_GAP = 17
"""Pixels between two labels at the right end."""

LETTER = 7.2
"""Width of an average letter of a label, in pixels."""

BAR = 0.14
"""Free part of a period at each side of a bar."""

Places = Mapping[datetime, int]


@dataclass(frozen=True)
class Plot:
    """What fills a template."""

    marks: list[Mark]
    """Its data."""
    params: Mapping[str, Any]
    """Its parameters."""
    periods: tuple[datetime, ...]
    """First days of its periods, from the left."""


@dataclass(frozen=True)
class Line:
    """One series of a trend."""

    key: str
    """Key of the series; never a name."""
    name: str
    """Name of the member; empty where there is only one series."""
    role: str
    """accent for the series that matters, quiet for the others."""
    rows: Sequence[Point]
    """Its points, periods ascending."""


def plot(
    rows: Sequence[Point],
    members: Sequence[tuple[str, Sequence[Point]]],
    kpi: Kpi,
    language: Language,
    plot_height: int,
    overlay: Overlay,
) -> Plot:
    """Marks and parameters of a trend of these rows."""
    periods = sorted({row.first for row in rows})
    places = {first: i for i, first in enumerate(periods)}
    lines = [Line(f"s{n}", name, "quiet", line) for n, (name, line) in enumerate(members)]
    if totals := [row for row in rows if row.is_total]:
        lines.append(Line("all", language.t("all") if members else "", "accent", totals))
    lead, bars = lines[-1], kpi.additive and not members
    held = [*_extent(lines), *extent(overlay, periods), *edges(overlay.naturals)]
    scale = value_scale(held, bars, 100 if kpi.unit == "percent" else None)
    labels = [*_target_labels(lead.rows, kpi, language), *(_end(line, kpi, language) for line in lines)]
    labels.append(_compared_end(overlay, periods))
    grain = grain_of(list(rows))
    names = {first: language.period(first, grain) for first in periods} if overlay.flags else {}
    marks = [*target_marks(lead.rows, places, scale), *overlay_marks(overlay, places, names)]
    for line in lines:
        marks += (bar_marks if bars else line_marks)(line, places)
        marks += [_hit(line, row, places, kpi, language, None if members else overlay) for row in line.rows]
    if not members:
        marks += _status(lead, places)
        marks += edge_marks(overlay.naturals, places, scale)
        values = {row.first: row.value for row in lead.rows if row.value is not None}
        marks += signal_marks(overlay.naturals, places, values)
    marks += _apart([label for label in labels if label], scale, plot_height)
    axes = {**value_axis(scale, kpi, language), **time_axis(periods, grain, language)}
    return Plot(marks, {**axes, "margin": _margin(labels)}, tuple(periods))


def value_axis(scale: Scale, kpi: Kpi, language: Language) -> dict[str, Any]:
    """The parameters y_low … y_labels."""
    unit = kpi.unit if kpi.unit in ("percent", "money") else "count"
    labels = [language.value(tick, "percent" if unit == "percent" else "count") for tick in scale.ticks]
    return {"y_low": scale.low, "y_high": scale.high, "y_ticks": list(scale.ticks), "y_labels": labels}


def target_marks(rows: Sequence[Point], places: Places, scale: Scale) -> list[Mark]:
    """The acceptable band and the target rule; one piece as long as the target stays the same."""
    marks: list[Mark] = []
    for bounds, run in groupby(rows, key=lambda row: row.bounds):
        group = list(run)
        start, end = places[group[0].first], places[group[-1].first] + 1
        for low, high in acceptable_zones(bounds):
            edges = max(low, scale.low), min(high, scale.high)
            marks.append(Mark("band", x=start, x2=end, y=edges[0], y2=max(edges)))
        for side, edge in enumerate(thresholds(bounds)):
            marks += [Mark("target", x=x, y=edge, series=f"t{side}") for x in (start, end)]
    return marks


def line_marks(line: Line, places: Places) -> list[Mark]:
    """A line through the complete periods, dashed on to a running one."""
    done = [row for row in line.rows if not row.is_partial]
    running = [row for row in line.rows if row.is_partial and row.value is not None]
    marks = [_at("line", line, row, places) for row in done]
    marks += [_at("dot", line, row, places) for row in done if row.value is not None]
    if running:
        marks += [_at("running", line, row, places) for row in [*done[-1:], *running]]
        marks += [_at("hollow", line, row, places) for row in running]
    return marks


def bar_marks(line: Line, places: Places) -> list[Mark]:
    """A bar a period, hollow while it runs."""
    bars = []
    for row in line.rows:
        if row.value is not None:
            x, kind = places[row.first], "hollow" if row.is_partial else "bar"
            bars.append(Mark(kind, x=x + BAR, x2=x + 1 - BAR, y=row.value, y2=0, period=row.first))
    return bars


def _at(kind: str, line: Line, row: Point, places: Places) -> Mark:
    role = "too_few" if kind == "dot" and row.status == "too_few" else line.role
    return Mark(kind, x=places[row.first] + 0.5, y=row.value, state=role, series=line.key, period=row.first)


def _status(line: Line, places: Places) -> list[Mark]:
    last = next((row for row in reversed(line.rows) if row.status in ("good", "acceptable", "missed")), None)
    return [replace(_at("status", line, last, places), state=last.status)] if last and last.value is not None else []


def _hit(line: Line, row: Point, places: Places, kpi: Kpi, language: Language, single: Overlay | None) -> Mark:
    """What a period tells; of a single series over its whole width, with what stands beside it."""
    place = places[row.first]
    other = single and single.compared and single.compared.told(row.first, row.value, kpi.unit, language)
    when = language.period(row.first, grain_of([row]))
    when = language.t("{period}, still running", period=when) if row.is_partial else when
    return Mark(
        "hit",
        x=place + 0.5 if single is None else place,
        x2=place + 1,
        y=row.value,
        series=line.key,
        when=f"{line.name} · {when}" if line.name else when,
        value=language.value(row.value, kpi.unit, exact=True),
        target=language.target(row.bounds.good_low, row.bounds.good_high, kpi.unit) or language.t("none"),
        count=language.number(row.rows),
        change=other or language.delta(row.value, row.previous, kpi.unit),
        period=row.first,
    )


def _compared_end(overlay: Overlay, periods: Sequence[datetime]) -> Mark | None:
    """The name of what stands beside, at its last value."""
    values = overlay.compared.values if overlay.compared else {}
    last = next((values[first] for first in reversed(periods) if first in values), None)
    return (
        Mark("label", y=last, text=overlay.compared.name, state="muted")
        if overlay.compared and last is not None
        else None
    )


def _end(line: Line, kpi: Kpi, language: Language) -> Mark | None:
    last = next((row for row in reversed(line.rows) if row.value is not None), None)
    if last is None:
        return None
    role = "accent" if line.role == "accent" else "muted"
    return Mark("label", y=last.value, text=line.name or language.value(last.value, kpi.unit), state=role)


def _target_labels(rows: Sequence[Point], kpi: Kpi, language: Language) -> list[Mark | None]:
    return [
        Mark("label", y=edge, text=language.t("target {target}", target=language.value(edge, kpi.unit)), state="target")
        for edge in thresholds(rows[-1].bounds)
    ]


def _apart(labels: Sequence[Mark], scale: Scale, plot_height: int) -> list[Mark]:
    gap = LABEL_GAP * (scale.high - scale.low) / plot_height
    places = spread([label.y or 0.0 for label in labels], gap, scale.low, scale.high)
    return [replace(label, y=place) for label, place in zip(labels, places, strict=True)]


def _margin(labels: Sequence[Mark | None]) -> int:
    longest = max((len(label.text) for label in labels if label), default=0)
    return min(max(int(longest * LETTER) + 16, 52), 128)


def _extent(lines: Sequence[Line]) -> list[float]:
    values = [row.value for line in lines for row in line.rows if row.value is not None]
    return values + [edge for row in lines[-1].rows for edge in thresholds(row.bounds)]
