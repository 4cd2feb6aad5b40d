"""Charts of one row a member: names left, values right, bars between; a row can be pointed at and picked.

Invariant: rows are counted from the top, one unit each, and are the same height in every such chart.
"""

import altair as alt

from kpi.charts.drawn import FIELDS
from kpi.charts.layers import at, layer, role_colour, tooltip, word
from kpi.charts.palette import Palette
from kpi.language import Language

ROW = 34
"""Pixels of one bar with its air: two lines of a name, and enough for a finger with its neighbours' air."""

HEAD = 120
"""Pixels of titles, target and average labels."""

NAMES = "min(width * 0.37, 150)"
VALUES = 92
"""Width of the column of names (an expression) and of the column of values (pixels)."""


def across() -> alt.X:
    """Values across, between the column of names and the column of values."""
    ends = [alt.expr(NAMES), alt.expr(f"width - {VALUES}")]
    low, high = alt.expr("x_low"), alt.expr("x_high")
    return alt.X(at("x"), axis=None, scale=alt.Scale(domain=[low, high], range=ends, nice=False, zero=False))


def down(below: float) -> alt.Y:
    """Rows from the top, with a line above for the target's label and `below` of a row after the last."""
    ends = [alt.expr("-0.7"), alt.expr(f"lines + {below}")]
    return alt.Y(at("y"), axis=None, scale=alt.Scale(domain=ends, reverse=True, nice=False, zero=False))


def bar(colours: Palette, y: alt.Y) -> alt.Chart:
    """The bars; the one pointed at stands out."""
    pointed = alt.condition(_pointer(), alt.value(colours.accent), role_colour(colours))
    mark = layer("bar").mark_rect(cornerRadius=2)
    drawn: alt.Chart = mark.encode(x=across(), x2=at("x2"), y=y, y2=at("y2"), color=pointed)
    return drawn


def texts(colours: Palette, y: alt.Y) -> list[alt.Chart]:
    """Names, values and the labels of rules."""
    name = layer("name").mark_text(align="left", baseline="middle", limit=alt.expr(f"{NAMES} - 10"), lineBreak="\n")
    value = layer("value").mark_text(align="right", baseline="middle", fontWeight=600)
    label = layer("label").mark_text(baseline="middle", fontSize=12)
    text = {"y": y, "text": word("text"), "color": role_colour(colours)}
    return [
        name.encode(x=alt.value(0), **text),
        value.encode(x=alt.value("width"), **text),
        label.encode(x=across(), **text),
    ]


def hit(colours: Palette, language: Language, y: alt.Y, *tips: str) -> alt.Chart:
    """What of a row answers to a pointer: a tooltip of these fields, and a click as the selection `picked`."""
    area = layer("hit").mark_rect(aria=True, color=colours.muted, opacity=0)
    told = tooltip(language, *tips)
    answers: alt.Chart = area.encode(x=alt.value(0), x2=alt.value("width"), y=y, y2=at("y2"), tooltip=told)
    picked = alt.selection_point(name="picked", on="click", fields=[FIELDS["series"]], toggle=False)
    return answers.add_params(_pointer(), picked)


def _pointer() -> alt.Parameter:
    fields = [FIELDS["series"]]
    return alt.selection_point(name="pointed", on="pointerover", clear="pointerout", fields=fields, empty=False)
