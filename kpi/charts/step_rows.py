"""Members side by side at every step: bars from zero, or dots with their intervals, a heading above each step's rows.

Invariant: within a step all members share one scale, so that lengths and places can be compared; what is written beside
a row is its own figure, never one read off the scale. Names are data; only a name longer than its column is shortened,
and its tooltip has it in full.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import altair as alt

from kpi.charts import member_rows
from kpi.charts.drawn import Drawn, Mark, fill, to_frame
from kpi.charts.layers import at, finished, layer, parameters, role_colour, word
from kpi.charts.member_rows import ROW, VALUES, across
from kpi.charts.palette import Palette, Theme, palette
from kpi.charts.titles import LINE
from kpi.charts.words import wrap
from kpi.language import Language
from kpi.language import language as language_of

HEAD = 104
"""Pixels of the titles and the air below."""
THICK = 0.24
"""Free part of a row above and below its bar."""
NAME_LINE, HALF_LINE = 17, 0.23
"""Letters of a line of a name; half of a line, in rows."""
LIFT = 0.2
"""How far a value and the note below it stand from the middle of their row, in rows."""
DARK = {"better": "good", "worse": "missed"}
"""Verdict → role of the mark's colour."""


@dataclass(frozen=True)
class Row:
    """One member at one step."""

    name: str
    """As shown."""
    place: float | None
    """Where its bar ends or its dot lies, on the step's scale; None: nothing is known."""
    text: str
    """The figure beside it."""
    note: str = ""
    """What stands below the figure in small type."""
    low: float | None = None
    """Lower end of its interval, on the same scale."""
    high: float | None = None
    """Upper end of it."""
    verdict: str = ""
    """better and worse stand out; anything else does not."""
    told: str = ""
    """Tooltip: what it says beside the others."""


@dataclass(frozen=True)
class Group:
    """One step."""

    title: str
    """Its heading."""
    rows: tuple[Row, ...]
    """Its members, in the same order at every step."""


def step_rows(
    groups: Sequence[Group],
    titles: tuple[str, str],
    language: Language,
    theme: Theme,
    *,
    kind: Literal["bars", "dots"],
    ends: tuple[float, float] = (0.0, 1.0),
    middle: tuple[float, str] | None = None,
    members: tuple[str | None, ...] = (),
) -> Drawn:
    """The chart; its height follows the number of rows.

    `titles`: what is seen, and the line below it. `ends`: of the common scale. `middle`: a place all dots are seen
    from, and what it is called. A click on a row is the selection `picked`, which `Drawn.picked` turns into one of
    `members`, those of the rows of a group.
    """
    marks, place = [], 0
    for group in groups:
        marks.append(Mark("heading", x=ends[0], y=place + 0.62, text=group.title, state="text"))
        place += 1
        for number, row in enumerate(group.rows):
            marks += _row(place, number, row, ends, kind)
            place += 1
    if middle is not None and place:
        marks.append(Mark("middle", x=middle[0], y=0.0, y2=place))
        marks.append(Mark("label", x=middle[0], y=-0.3, text=middle[1], state="target"))
    title, below = wrap(titles[0], LINE, 3), wrap(titles[1], LINE + 4, 4)
    params = {"x_low": ends[0], "x_high": ends[1], "lines": max(place, 1)}
    spec = fill(_template(theme, language.code), params, title, below, HEAD + ROW * max(place, 1))
    return Drawn(spec, to_frame(marks), HEAD + ROW * max(place, 1), members)


def _row(place: int, number: int, row: Row, ends: tuple[float, float], kind: str) -> list[Mark]:
    key, middle, low = f"m{number}", place + 0.5, ends[0]
    lines = wrap(row.name, NAME_LINE, 2)
    role = DARK.get(row.verdict, "bar" if kind == "bars" else "text")
    up = middle - (LIFT if row.note else 0)
    marks = [
        Mark("name", y=middle - HALF_LINE * (len(lines) - 1), text="\n".join(lines), state="text"),
        Mark("value", y=up, text=row.text, state="text" if row.place is not None else "muted"),
        Mark("hit", y=place, y2=place + 1, series=key, when=row.name, value=row.text, change=row.told or row.note),
        *([Mark("note", y=middle + LIFT, text=row.note, state="muted")] if row.note else []),
    ]
    if row.place is None:
        return marks
    if kind == "bars":
        return [Mark("bar", x=low, x2=row.place, y=place + THICK, y2=place + 1 - THICK, state=role, series=key), *marks]
    found = [Mark("dot", x=row.place, y=middle, state=role)]
    if row.low is not None and row.high is not None:
        found.insert(0, Mark("whisker", x=max(row.low, low), x2=min(row.high, ends[1]), y=middle, state=role))
    return [*found, *marks]


@cache
def _template(theme: Theme, code: str) -> str:
    colours = palette(theme)
    y = alt.Y(
        at("y"), axis=None, scale=alt.Scale(domain=[-0.5, alt.expr("lines")], reverse=True, nice=False, zero=False)
    )
    middle = layer("middle").mark_rule(color=colours.target, strokeWidth=1, strokeDash=[5, 4])
    layers = [
        middle.encode(x=across(), y=y, y2=at("y2")), member_rows.bar(colours, y), *_dots(colours, y),
        *member_rows.texts(colours, y), *_words(colours, y),
        member_rows.hit(colours, language_of(code), y, "when", "value", "change"),
    ]  # fmt: skip
    return finished(alt.layer(*layers).add_params(*parameters(x_low=0, x_high=1, lines=1)), HEAD, theme, code)


def _dots(colours: Palette, y: alt.Y) -> list[alt.Chart]:
    whisker = layer("whisker").mark_rule(strokeWidth=2, opacity=0.55)
    dot = layer("dot").mark_point(filled=True, opacity=1, size=90)
    return [
        whisker.encode(x=across(), x2=at("x2"), y=y, color=role_colour(colours)),
        dot.encode(x=across(), y=y, color=role_colour(colours)),
    ]


def _words(colours: Palette, y: alt.Y) -> list[alt.Chart]:
    heading = layer("heading").mark_text(align="left", baseline="middle", fontWeight=600, limit=alt.expr("width"))
    note = layer("note").mark_text(align="right", baseline="middle", fontSize=11, limit=VALUES + 20)
    return [
        heading.encode(x=alt.value(0), y=y, text=word("text"), color=role_colour(colours)),
        note.encode(x=alt.value("width"), y=y, text=word("text"), color=role_colour(colours)),
    ]
