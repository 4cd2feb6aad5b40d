"""How a map is painted: the layers of its lines, boxes and texts.

Invariant: x is in widths of a box and is drawn in the middle of the plot, no wider than `UNIT` pixels a box; y is in
pixels. Only marks a pointer can touch carry tooltips.
"""

from typing import Any

import altair as alt

from kpi.charts.layers import at, layer, role_colour, tooltip, word
from kpi.charts.palette import Palette
from kpi.charts.process_labels import NARROW, TURN, WIDE, Form
from kpi.language import Language

UNIT = 230.0
"""Most pixels of a box with its air."""
HALF = 0.44
"""Half of a drawn box, in widths of a box."""
DASH = [5, 4]


def map_layers(colours: Palette, language: Language) -> list[alt.Chart]:
    """From the bottom: lines, tips, boxes, texts, what a pointer touches."""
    return [
        *_lines(colours), *_tips(colours), *_boxes(colours), *_ends(colours),
        *(text for form in (NARROW, WIDE) for text in _texts(colours, form)),
        *_touched(colours, language),
    ]  # fmt: skip


def _x() -> alt.X:
    half = f"min(width, map_width * {UNIT}) / 2"
    ends = [alt.expr(f"width / 2 - {half}"), alt.expr(f"width / 2 + {half}")]
    scale = alt.Scale(domain=[alt.expr("0"), alt.expr("map_width")], range=ends, nice=False, zero=False)
    return alt.X(at("x"), axis=None, scale=scale)


def _y() -> alt.Y:
    span = [alt.expr("0"), alt.expr("map_depth")]
    return alt.Y(at("y"), axis=None, scale=alt.Scale(domain=span, range=span, nice=False, zero=False))


def _place() -> dict[str, Any]:
    return {"x": _x(), "y": _y()}


def _lines(colours: Palette) -> list[alt.Chart]:
    width = alt.StrokeWidth(at("x2"), scale=None)
    told = {**_place(), "order": alt.Order(at("y2")), "detail": word("series"), "strokeWidth": width}
    line = layer("line").mark_line(strokeCap="butt", strokeJoin="round")
    back = layer("back").mark_line(strokeCap="butt", strokeJoin="round", strokeDash=DASH)
    return [drawn.encode(color=role_colour(colours), **told) for drawn in (line, back)]


def _tips(colours: Palette) -> list[alt.Chart]:
    shapes = {"tip_down": "triangle-down", "tip_up": "triangle-up", "tip_loop": "triangle-left"}
    size = alt.Size(at("x2"), scale=None)
    points = [layer(kind).mark_point(filled=True, opacity=1, shape=shape) for kind, shape in shapes.items()]
    return [point.encode(color=role_colour(colours), size=size, **_place()) for point in points]


def _boxes(colours: Palette) -> list[alt.Chart]:
    """A filled box, and its edge: a grey line, the accent's where the commonest way goes, dashed where superfluous."""
    edges: dict[str, dict[str, Any]] = {
        "box": {"color": colours.card},
        "box_plain": {"stroke": colours.quiet, "strokeWidth": 1.2, "filled": False},
        "box_path": {"stroke": colours.accent, "strokeWidth": 2, "filled": False},
        "box_needless": {"stroke": colours.missed, "strokeWidth": 2, "strokeDash": DASH, "filled": False},
    }
    return [
        layer(kind).mark_rect(cornerRadius=8, **look).encode(x2=at("x2"), y2=at("y2"), **_place())
        for kind, look in edges.items()
    ]


def _ends(colours: Palette) -> list[alt.Chart]:
    shapes = {"begin": "triangle-right", "end": "square"}
    return [
        layer(kind).mark_point(filled=True, opacity=1, shape=shape, size=190, color=colours.muted).encode(**_place())
        for kind, shape in shapes.items()
    ]


def _texts(colours: Palette, form: Form) -> list[alt.Chart]:
    shown = alt.expr(f"width < {TURN} ? {int(form is NARROW)} : {int(form is WIDE)}")
    small = form.size - 1 if form is WIDE else form.size
    looks: dict[str, dict[str, Any]] = {
        "name": {"fontSize": form.size, "fontWeight": 600, "lineBreak": "\n", "lineHeight": form.line,
                 "dy": alt.expr(f"datum.{at('y2')[:-2]}")},
        "figures": {"fontSize": small},
        "side": {"fontSize": small, "align": "left", "dx": 14},
    }  # fmt: skip
    plain = [
        layer(f"{kind}_{form.name}").mark_text(baseline="middle", opacity=shown, **look)
        .encode(text=word("text"), color=role_colour(colours), **_place())
        for kind, look in looks.items()
    ]  # fmt: skip
    return [
        *plain,
        *(text for kind in ("label", "note") for text in _over(colours, f"{kind}_{form.name}", small, shown)),
    ]


def _over(colours: Palette, kind: str, size: int, shown: Any) -> list[alt.Chart]:
    """A text that lies over lines: below it the same in the colour of the page."""
    halo = layer(kind).mark_text(baseline="middle", fontSize=size, opacity=shown, fontWeight=600,
                                 stroke=colours.background, strokeWidth=5, color=colours.background)  # fmt: skip
    text = layer(kind).mark_text(baseline="middle", fontSize=size, opacity=shown, fontWeight=600)
    return [
        halo.encode(text=word("text"), **_place()),
        text.encode(text=word("text"), color=role_colour(colours), **_place()),
    ]


def _touched(colours: Palette, language: Language) -> list[alt.Chart]:
    t = language.t
    titles = {"value": t("How many times"), "count": t("Cases"), "target": t("Working time, median"), "change": " "}
    waits = {**titles, "change": t("Waiting time, median")}
    line = layer("touch_line").mark_line(aria=True, opacity=0, strokeWidth=16, color=colours.muted)
    box = layer("touch_box").mark_rect(aria=True, opacity=0, color=colours.muted)
    tips = tooltip(language, "when", "value", "count", "change", titles=waits)
    return [
        line.encode(order=alt.Order(at("y2")), detail=word("series"), tooltip=tips, **_place()),
        box.encode(
            x2=at("x2"), y2=at("y2"), **_place(),
            tooltip=tooltip(language, "when", "value", "count", "target", "change", titles=titles),
        ),
    ]  # fmt: skip
