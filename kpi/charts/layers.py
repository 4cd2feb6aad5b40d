"""Layers that several charts share, in Altair.

Invariant: every layer shows the marks of one kind and has a fixed encoding; what differs between two charts of a kind
travels as a parameter or as data. The axis of a chart takes its labels from the parameters `*_ticks`, `*_labels`.
"""

import json
from collections.abc import Mapping
from typing import Any

import altair as alt

from kpi.charts.drawn import FIELDS
from kpi.charts.palette import Palette, Theme
from kpi.charts.theme import config
from kpi.charts.worked_out import shortened
from kpi.language import Language

HALF = "M0,-1A1,1,0,0,0,0,1ZM0,-1A1,1,0,0,1,0,1L0,0.72A0.72,0.72,0,0,0,0,-0.72Z"
RING = "M-1,0A1,1,0,1,0,1,0A1,1,0,1,0,-1,0ZM-0.7,0A0.7,0.7,0,1,1,0.7,0A0.7,0.7,0,1,1,-0.7,0Z"
SHAPES = {
    "good": "circle",
    "acceptable": HALF,
    "missed": "triangle-up",
    "too_few": RING,
    "partial": RING,
    "no_target": RING,
}
"""Status → the mark ● ◐ ▲ ○ as Vega draws it, so that it needs no font."""


def layer(kind: str | tuple[str, ...]) -> alt.Chart:
    """A chart of the marks of these kinds only."""
    kinds = (kind,) if isinstance(kind, str) else kind
    test = " || ".join(f"datum.{FIELDS['kind']} === '{name}'" for name in kinds)
    chart: alt.Chart = alt.Chart().transform_filter(test)
    return chart


def at(name: str) -> str:
    """Alias of a numeric field, as Altair's shorthand."""
    return f"{FIELDS[name]}:Q"


def word(name: str) -> str:
    """Alias of a text field, as Altair's shorthand."""
    return f"{FIELDS[name]}:N"


def axis_x(**scale: Any) -> alt.X:
    """Across, labelled by the parameters x_ticks and x_labels."""
    return alt.X(at("x"), title=None, axis=_axis("x", grid=False), scale=_scale("x", **scale))


def axis_y(**scale: Any) -> alt.Y:
    """Up, labelled by the parameters y_ticks and y_labels, with the light grid."""
    return alt.Y(at("y"), title=None, axis=_axis("y", grid=True), scale=_scale("y", **scale))


def tooltip(language: Language, *fields: str, titles: Mapping[str, str] | None = None) -> list[alt.Tooltip]:
    """Value, target, count, change: texts that were written in the language already; `titles` call them otherwise."""
    known = {
        "when": " ",
        "value": language.t("Value"),
        "target": language.t("Target"),
        "count": language.t("Rows behind it"),
        "change": language.t("Change"),
        **(titles or {}),
    }
    return [alt.Tooltip(word(field), title=known[field]) for field in fields]


def status_mark(colours: Palette, size: int = 90) -> alt.Chart:
    """The status mark, by shape and colour, of marks of kind `status`."""
    states = list(SHAPES)
    shape = alt.Shape(word("state"), scale=alt.Scale(domain=states, range=list(SHAPES.values())), legend=None)
    mark: alt.Chart = layer("status").mark_point(filled=True, opacity=1, size=size)
    return mark.encode(shape=shape, color=role_colour(colours))


def role_colour(colours: Palette) -> alt.Color:
    """Colour by role or status. One scale for all layers of a chart: Vega would merge different ones."""
    roles = {
        "text": colours.text,
        "muted": colours.muted,
        "target": colours.target,
        "accent": colours.accent,
        "bar": colours.bar,
        "quiet": colours.quiet,
        **{status: colours.status(status) for status in SHAPES},
    }
    scale = alt.Scale(domain=list(roles), range=list(roles.values()))
    return alt.Color(word("state"), scale=scale, legend=None)


def parameters(**values: Any) -> list[alt.Parameter]:
    """Top-level parameters with placeholders; `fill` puts the real ones in."""
    return [alt.param(name=name, value=value) for name, value in values.items()]


def finished(chart: alt.Chart | alt.LayerChart | alt.FacetChart, height: int, theme: Theme, code: str) -> str:
    """A chart as a template: sized, with places for its titles, configured for theme and language, as JSON."""
    size = alt.AutoSizeParams(type="fit", contains="padding")
    title = alt.Title(text=[""], subtitle=[""])
    spec = chart.properties(width="container", height=height, title=title, autosize=size).to_dict()
    for part in (spec, *spec.get("layer", [])):
        part.pop("data", None)  # Altair writes an empty data set where it was given none
    return json.dumps({"params": [], **shortened(spec), "config": config(theme, code)}, ensure_ascii=False)


def _axis(name: str, grid: bool) -> alt.Axis:
    labels = f"split({name}_labels[indexof({name}_ticks, datum.value)], '\\n')"
    return alt.Axis(values=alt.expr(f"{name}_ticks"), labelExpr=labels, grid=grid, labelOverlap=False, title=None)


def _scale(name: str, **scale: Any) -> alt.Scale:
    ends = [alt.expr(f"{name}_low"), alt.expr(f"{name}_high")]
    return alt.Scale(domain=ends, nice=False, zero=False, **scale)
