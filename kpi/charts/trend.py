"""A KPI over time: line or bars, target rule, acceptable band, the running period hollow.

Invariant: the template is built once per shape, theme and language; a call fills in data, titles and axes.
"""

from functools import cache

import altair as alt
import pandas as pd

from kpi.charts.drawn import FIELDS, Drawn, fill, to_frame
from kpi.charts.empty import empty
from kpi.charts.layers import at, axis_x, axis_y, finished, layer, parameters, role_colour, status_mark, tooltip, word
from kpi.charts.overlay import Overlay, above, behind, beside
from kpi.charts.palette import Palette, Theme, palette
from kpi.charts.series import Namer, by_member, grain_of, has_values, member_name, points, settled
from kpi.charts.small_multiples import small_multiples
from kpi.charts.titles import subtitle, trend_title
from kpi.charts.trend_marks import plot
from kpi.language import Language
from kpi.language import language as language_of
from kpi.model import Kpi

HEIGHT = 320
"""Pixels, titles and axes included."""

DIRECT_LABELS = 6
"""More series than this become small multiples."""

NOTHING_MORE = Overlay()

TIPS = ("when", "value", "change", "target", "count")


def trend(
    frame: pd.DataFrame,
    kpi: Kpi,
    language: Language,
    theme: Theme,
    dimension_title: str = "",
    names: Namer = None,
    overlay: Overlay = NOTHING_MORE,
) -> Drawn:
    """The KPI's periods: one series from total rows, with one line a member where there are slices.

    `frame` holds rows of this KPI only, columns RESULT_COLUMNS, one grain. More than six members become
    `small_multiples`. `dimension_title` (in the language) names what it is broken down by, `names` writes
    members for people (weekdays). `overlay` is what is drawn besides. A click on a period of one series is the
    selection `picked`; `Drawn.period` turns it into its first day.
    """
    rows = points(frame)
    members = by_member(rows)
    if not has_values(rows):
        return empty(kpi, language, theme, HEIGHT)
    if len(members) > DIRECT_LABELS:
        return small_multiples(frame, kpi, language, theme, dimension_title, names)
    title = trend_title(kpi, grain_of(rows), language, dimension_title if members else "")
    below = subtitle(kpi, settled(rows), language, language.t("dotted: the usual range") if overlay.naturals else "")
    named = [(member_name(member, language, names), line) for member, line in members.items()]
    drawing = plot(rows, named, kpi, language, HEIGHT - 90 - 20 * len(title), overlay)
    shape = "many" if members else ("bars" if kpi.additive else "line")
    spec = fill(_template(shape, theme, language.code, overlay.parts), drawing.params, title, below)
    return Drawn(spec, to_frame(drawing.marks), HEIGHT, periods=drawing.periods)


@cache
def _template(shape: str, theme: Theme, code: str, parts: frozenset[str]) -> str:
    colours, words = palette(theme), language_of(code)
    values = {"bars": _bars, "line": _line, "many": _many}[shape](colours)
    line = beside(parts, _x(), colours)
    values = [*values, *line] if shape == "bars" else [*line, *values]
    if "natural" in parts and shape != "many":
        values += _natural(colours)
    touch = _touch(words) if shape == "many" else _hit(colours, words)
    layers = [*behind(parts, _x(), colours), *_target(colours), *values, _status(colours, shape), _labels(colours)]
    chart = alt.layer(*layers, touch, *above(parts, _x(), colours, words)).add_params(
        *parameters(x_low=0, x_high=1, x_ticks=[0], x_labels=[""], y_low=0, y_high=1, y_ticks=[0], y_labels=[""]),
        *parameters(margin=80),
    )
    return finished(chart, HEIGHT, theme, code)


def _x() -> alt.X:
    """Periods across, with room at the right end for the labels."""
    return axis_x(range=[0, alt.expr("width - margin")])


def _target(colours: Palette) -> list[alt.Chart]:
    band = layer("band").mark_rect(color=colours.band, clip=True)
    rule = layer("target").mark_line(
        color=colours.target, strokeDash=[5, 4], strokeWidth=1.25, interpolate="step-after"
    )
    return [
        band.encode(x=_x(), x2=at("x2"), y=axis_y(), y2=at("y2")),
        rule.encode(x=_x(), y=axis_y(), detail=word("series")),
    ]


def _natural(colours: Palette) -> list[alt.Chart]:
    """The edges of the usual range, faint, and a ring around each signal."""
    edge = layer("natural").mark_line(
        color=colours.muted, opacity=0.6, strokeDash=[1, 3], strokeWidth=1.25, interpolate="step-after"
    )
    ring = layer("signal").mark_point(filled=False, opacity=1, size=130, strokeWidth=1.75)
    return [
        edge.encode(x=_x(), y=axis_y(), detail=word("series")),
        ring.encode(x=_x(), y=axis_y(), color=role_colour(colours)),
    ]


def _line(colours: Palette) -> list[alt.Chart]:
    solid = layer("line").mark_line(color=colours.accent, strokeWidth=2.25)
    running = layer("running").mark_line(color=colours.accent, strokeWidth=2, strokeDash=[2, 3])
    dots = layer("dot").mark_point(filled=True, opacity=1, size=22)
    hollow = layer("hollow").mark_point(
        color=colours.accent, fill=colours.background, filled=False, opacity=1, size=60, strokeWidth=2
    )
    return [
        solid.encode(x=_x(), y=axis_y()),
        running.encode(x=_x(), y=axis_y()),
        dots.encode(x=_x(), y=axis_y(), color=role_colour(colours)),
        hollow.encode(x=_x(), y=axis_y()),
    ]


def _bars(colours: Palette) -> list[alt.Chart]:
    full = layer("bar").mark_rect(color=colours.bar, cornerRadius=1)
    hollow = layer("hollow").mark_rect(
        filled=False, stroke=colours.accent, strokeWidth=1.5, strokeDash=[3, 3], cornerRadius=1
    )
    sizes = {"x": _x(), "x2": at("x2"), "y": axis_y(), "y2": at("y2")}
    return [full.encode(**sizes), hollow.encode(**sizes)]


def _many(colours: Palette) -> list[alt.Chart]:
    solid = layer("line").mark_line(strokeWidth=1.75)
    running = layer("running").mark_line(strokeWidth=1.5, strokeDash=[2, 3])
    colour = alt.condition(_pointer("series"), alt.value(colours.text), role_colour(colours))
    parts = {"x": _x(), "y": axis_y(), "detail": word("series"), "color": colour}
    return [solid.encode(**parts), running.encode(**parts)]


def _status(colours: Palette, shape: str) -> alt.Chart:
    """The mark of the last judged period: on its point, or above its bar."""
    lift = alt.YOffset(value=-10) if shape == "bars" else alt.Undefined
    mark: alt.Chart = status_mark(colours).encode(x=_x(), y=axis_y(), yOffset=lift)
    return mark


def _labels(colours: Palette) -> alt.Chart:
    text = layer("label").mark_text(align="left", baseline="middle", limit=alt.expr("margin - 10"))
    place = alt.value(alt.expr("width - margin + 10"))
    labels: alt.Chart = text.encode(x=place, y=axis_y(), text=word("text"), color=role_colour(colours))
    return labels


def _pointer(field: str) -> alt.Parameter:
    """What the mouse or finger is on."""
    fields = [FIELDS[field]]
    return alt.selection_point(name="pointed", on="pointerover", clear="pointerout", fields=fields, empty=False)


def _hit(colours: Palette, language: Language) -> alt.Chart:
    """A whole period answers to the pointer, from bottom to top."""
    shown = alt.condition(_pointer("x"), alt.value(0.1), alt.value(0))
    area = layer("hit").mark_rect(aria=True, color=colours.muted)
    sizes = {"x": _x(), "x2": at("x2"), "y": alt.value(0), "y2": alt.value("height")}
    picked = alt.selection_point(name="picked", on="click", fields=[FIELDS["x"]], toggle=False)
    hit: alt.Chart = area.encode(**sizes, opacity=shown, tooltip=tooltip(language, *TIPS))
    return hit.add_params(_pointer("x"), picked)


def _touch(language: Language) -> alt.Chart:
    """Each point answers to the pointer and shows its series."""
    area = layer("hit").mark_point(aria=True, filled=True, opacity=0, size=500)
    touch: alt.Chart = area.encode(x=_x(), y=axis_y(), tooltip=tooltip(language, *TIPS))
    return touch.add_params(_pointer("series"))
