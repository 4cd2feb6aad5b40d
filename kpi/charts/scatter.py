"""Two KPIs at once: every member a point, with lines at the targets that part good from not good.

Invariant: names are data; a name that finds no free place is left to its tooltip, never laid over another. A member of
which one of the two is not known is not drawn but counted; one of too few rows is pale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

import altair as alt
import pandas as pd

from kpi.charts.drawn import FIELDS, Drawn, Mark, fill, to_frame
from kpi.charts.empty import empty
from kpi.charts.label_places import Box, label_places
from kpi.charts.layers import at, axis_x, axis_y, finished, layer, parameters, role_colour, tooltip, word
from kpi.charts.palette import Palette, Theme, palette
from kpi.charts.scale import Scale, value_scale
from kpi.charts.series import Namer, Point, member_name, points, shared, thresholds
from kpi.charts.titles import LINE
from kpi.charts.trend_marks import value_axis
from kpi.charts.words import wrap
from kpi.language import Language
from kpi.language import language as language_of
from kpi.model import Kpi

HEIGHT = 460
PLOT = HEIGHT - 150.0
"""Pixels of the whole, and of the plot in it at least."""
NARROW, WIDE = 270, 560
"""Pixels across for which names are placed: of a phone, and of anything wider than `TURN`."""
TURN = 620
"""Width of the plot from which the names for wide ones are shown."""
SHORT = 15
"""Letters of a name on a phone."""
MOST = 60
"""Members drawn."""
MEDIANS = ("median(", "survival_median(")
"""Beginnings of definitions whose value for all is no average."""


@dataclass(frozen=True)
class Axis:
    """One KPI of the two."""

    kpi: Kpi
    """The KPI."""
    scale: Scale
    """Its axis."""
    lines: tuple[float, ...]
    """Its target, or the middle where there is none."""
    text: str
    """What a line says: «target 5 %», «average 4 %»."""


@dataclass(frozen=True)
class Dot:
    """One member."""

    name: str
    """As shown."""
    member: str | None
    """The member; None: not filled in."""
    x: Point
    """Its value across."""
    y: Point
    """Its value up."""

    @property
    def thin(self) -> bool:
        """Whether one of the values is of too few rows."""
        return "too_few" in (self.x.status, self.y.status)


def scatter(
    frame: pd.DataFrame,
    up: Kpi,
    across: Kpi,
    dimension_title: str,
    language: Language,
    theme: Theme,
    *,
    period: str = "",
    names: Namer = None,
) -> Drawn:
    """One point a member of `frame`, which holds rows of both KPIs for one period with their totals.

    A click on a point is the selection `picked`, as on a bar of a breakdown.
    """
    rows = {kpi.id: points(frame[frame["kpi"] == kpi.id]) for kpi in (up, across)}
    known = {kpi: {p.member: p for p in own if not p.is_total and p.value is not None} for kpi, own in rows.items()}
    both = [member for member in known[up.id] if member in known[across.id]]
    if not both:
        return empty(up, language, theme, HEIGHT)
    dots = [
        Dot(member_name(member, language, names), member, known[across.id][member], known[up.id][member])
        for member in sorted(both, key=lambda member: -known[up.id][member].rows)[:MOST]
    ]
    axes = tuple(_axis(kpi, rows[kpi.id], [_of(dot, kpi, up) for dot in dots], language) for kpi in (across, up))
    marks = [*_lines(axes), *_dots(dots, axes, language), *_names(dots, axes)]
    spec = fill(
        _template(theme, language.code),
        _params(axes, language),
        *_titles(up, across, dimension_title, period, language),
    )
    missing = len({*known[up.id], *known[across.id]}) - len(dots)
    if missing:
        spec["title"]["subtitle"].append(_left_out(missing, language))
    return Drawn(spec, to_frame(marks), HEIGHT, tuple(dot.member for dot in dots))


def _left_out(missing: int, language: Language) -> str:
    return language.tn(
        "{n} not shown: one of the two is not known", "{n} not shown: one of the two is not known", missing
    )


def _of(dot: Dot, kpi: Kpi, up: Kpi) -> Point:
    return dot.y if kpi is up else dot.x


def _axis(kpi: Kpi, rows: Sequence[Point], shown: Sequence[Point], language: Language) -> Axis:
    """Its line is the target all members share, else the whole's value, or of sums the middle member's."""
    values = [point.value or 0.0 for point in shown]
    bounds = shared(shown)
    edges = tuple(thresholds(bounds))
    target = language.target(bounds.good_low, bounds.good_high, kpi.unit)
    text = language.t("target {target}", target=target)
    total = next((row.value for row in rows if row.is_total and row.value is not None), None)
    if not edges and (kpi.additive or total is None):
        edges = (median(values),)
        text = language.t("half are below {value}", value=language.value(edges[0], kpi.unit))
    elif not edges:
        edges = (float(total or 0.0),)
        text = language.t("average {value}", value=language.value(edges[0], kpi.unit))
        if kpi.definition.startswith(MEDIANS):
            text = language.t("all: {value}", value=language.value(edges[0], kpi.unit))
    scale = value_scale([*values, *edges], False, 100 if kpi.unit == "percent" else None)
    return Axis(kpi, scale, edges, text)


def _titles(up: Kpi, across: Kpi, dimension: str, period: str, language: Language) -> tuple[list[str], list[str]]:
    one, other = language.catalogue(up.title), language.catalogue(across.title)
    by = dimension[:1].lower() + dimension[1:]
    title = language.t("{one} and {other}: {dimension}, {period}", one=one, other=other, dimension=by, period=period)
    below = [
        f"{arrow} {', '.join(filter(None, (name, language.unit(kpi.unit))))}"
        for arrow, name, kpi in (("↑", one, up), ("→", other, across))
    ]
    return wrap(title, LINE, 3), below


def _params(axes: Sequence[Axis], language: Language) -> dict[str, object]:
    across, up = axes
    x = {f"x{name[1:]}": value for name, value in value_axis(across.scale, across.kpi, language).items()}
    return {**x, **value_axis(up.scale, up.kpi, language)}


def _lines(axes: Sequence[Axis]) -> list[Mark]:
    across, up = axes
    marks = [Mark("vertical", x=x, y=up.scale.low, y2=up.scale.high) for x in across.lines]
    marks += [Mark("horizontal", y=y, x=across.scale.low, x2=across.scale.high) for y in up.lines]
    marks.append(Mark("top", x=across.lines[-1], text=across.text))
    marks.append(Mark("end", y=up.lines[-1], text=up.text))
    return marks


def _dots(dots: Sequence[Dot], axes: Sequence[Axis], language: Language) -> list[Mark]:
    across, up = axes

    def told(axis: Axis, point: Point) -> str:
        value = language.value(point.value, axis.kpi.unit, exact=True)
        return f"{language.catalogue(axis.kpi.title)}: {value} · {language.status(point.status)}"

    return [
        Mark(
            "dot",
            x=dot.x.value,
            y=dot.y.value,
            state="quiet" if dot.thin else "accent",
            when=dot.name,
            value=told(up, dot.y),
            target=told(across, dot.x),
            count=f"{language.number(dot.y.rows)} · {language.number(dot.x.rows)}",
            series=f"m{number}",
        )
        for number, dot in enumerate(dots)
    ]


def _names(dots: Sequence[Dot], axes: Sequence[Axis]) -> list[Mark]:
    """The names twice: placed for a narrow plot, and for a wide one; the specification shows those that fit."""
    marks = []
    for kind, width, most in (("narrow", NARROW, SHORT), ("wide", WIDE, 40)):
        spots = [(_share(dot.x, axes[0]) * width, (1 - _share(dot.y, axes[1])) * PLOT) for dot in dots]
        texts = [dot.name if len(dot.name) <= most else dot.name[: most - 1].rstrip() + "…" for dot in dots]
        places = label_places(spots, texts, width, PLOT, _signs(axes[1], width))
        for dot, text, place in zip(dots, texts, places, strict=True):
            if place is not None:
                at_it = {"x": dot.x.value, "y": dot.y.value, "x2": place.dx, "y2": place.dy, "series": place.align}
                marks.append(Mark(kind, text=text, state="muted" if dot.thin else "text", **at_it))  # type: ignore[arg-type]
    return marks


def _share(point: Point, axis: Axis) -> float:
    return ((point.value or 0.0) - axis.scale.low) / (axis.scale.high - axis.scale.low)


def _signs(up: Axis, width: float) -> list[Box]:
    """Where the horizontal line says what it is: at its right end."""
    y = (1 - (up.lines[-1] - up.scale.low) / (up.scale.high - up.scale.low)) * PLOT
    return [(width - len(up.text) * 6.6 - 4, y - 17, width, y)]


@cache
def _template(theme: Theme, code: str) -> str:
    colours, words = palette(theme), language_of(code)
    layers = [*_rules(colours), *_texts(colours), _points(colours, words)]
    chart = alt.layer(*layers).add_params(
        *parameters(x_low=0, x_high=1, x_ticks=[0], x_labels=[""], y_low=0, y_high=1, y_ticks=[0], y_labels=[""])
    )
    return finished(chart, HEIGHT, theme, code)


def _rules(colours: Palette) -> list[alt.Chart]:
    vertical, horizontal = (
        layer(kind).mark_rule(color=colours.target, strokeDash=[5, 4], strokeWidth=1.25)
        for kind in ("vertical", "horizontal")
    )
    return [
        vertical.encode(x=axis_x(), y=axis_y(), y2=at("y2")),
        horizontal.encode(x=axis_x(), x2=at("x2"), y=axis_y()),
    ]


def _texts(colours: Palette) -> list[alt.Chart]:
    top = layer("top").mark_text(align="center", baseline="bottom", fontSize=12, color=colours.target, dy=-4)
    end = layer("end").mark_text(align="right", baseline="bottom", fontSize=12, color=colours.target, dy=-3)
    shown = {"narrow": f"width < {TURN} ? 1 : 0", "wide": f"width < {TURN} ? 0 : 1"}
    found = [
        top.encode(x=axis_x(), y=alt.value(0), text=word("text")),
        end.encode(x=alt.value("width"), y=axis_y(), text=word("text")),
    ]
    for kind, opacity in shown.items():
        placed: dict[str, Any] = {
            "baseline": "middle", "fontSize": 12, "opacity": alt.expr(opacity),
            "align": alt.expr(f"datum.{FIELDS['series']}"), "dx": alt.expr(f"datum.{FIELDS['x2']}"),
            "dy": alt.expr(f"datum.{FIELDS['y2']}"),
        }  # fmt: skip
        page = colours.background  # a rule behind a name ends around it
        halo = layer(kind).mark_text(**placed, stroke=page, strokeWidth=5, strokeJoin="round", color=page, aria=False)
        found.append(halo.encode(x=axis_x(), y=axis_y(), text=word("text")))
        text = layer(kind).mark_text(**placed)
        found.append(text.encode(x=axis_x(), y=axis_y(), text=word("text"), color=role_colour(colours)))
    return found


def _points(colours: Palette, language: Language) -> alt.Chart:
    point = layer("dot").mark_point(filled=True, opacity=1, size=90)
    tips = tooltip(language, "when", "value", "target", "count", titles={"value": "↑", "target": "→"})
    picked = alt.selection_point(name="picked", on="click", fields=[FIELDS["series"]], toggle=False)
    dots: alt.Chart = point.encode(x=axis_x(), y=axis_y(), color=role_colour(colours), tooltip=tips)
    return dots.add_params(picked)
