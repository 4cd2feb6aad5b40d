"""The marks of a status and the small course of a line, drawn: our letters have no such signs.

Invariant: the four shapes differ without colour, and are those of the screens.
"""

from collections.abc import Sequence

from kpi.charts.palette import palette
from kpi.report.forms.pdf.paper import Paper
from kpi.report.model import Line

SIZE = 2.0
"""Millimetres of a mark."""
_COLOURS = palette("light")


def mark(paper: Paper, status: str, x: float, y: float) -> None:
    """The mark of a status, its upper left corner at a place."""
    paper.set_draw_color(_COLOURS.status(status))
    paper.set_fill_color(_COLOURS.status(status))
    paper.set_line_width(0.25)
    if status == "missed":
        paper.polygon([(x, y + SIZE), (x + SIZE / 2, y), (x + SIZE, y + SIZE)], style="DF")
    elif status == "good":
        paper.circle(x + SIZE / 2, y + SIZE / 2, SIZE / 2, style="DF")
    else:
        paper.circle(x + SIZE / 2, y + SIZE / 2, SIZE / 2, style="D")
        if status == "acceptable":
            paper.solid_arc(x, y, SIZE, start_angle=90, end_angle=270, style="F")


def course(paper: Paper, line: Line, x: float, y: float, width: float, height: float) -> None:
    """The last periods with the target, the running one hollow; nothing where there are no two values."""
    values = [point.value for point in line.course]
    targets = [point.target for point in line.course]
    known = [value for value in [*values, *targets] if value is not None]
    if sum(value is not None for value in values) < 2:
        return
    low, high = min(known), max(known)
    places = [x + width * n / max(len(values) - 1, 1) for n in range(len(values))]

    def level(value: float) -> float:
        return y + height / 2 if high == low else y + height * (1 - (value - low) / (high - low))

    _stroke(paper, places, [None if v is None else level(v) for v in targets], _COLOURS.muted, 0.15, dashed=True)
    _stroke(paper, places, [None if v is None else level(v) for v in values], _COLOURS.accent, 0.35)
    last = next(n for n in reversed(range(len(values))) if values[n] is not None)
    paper.set_fill_color(_COLOURS.background if line.course[last].is_partial else _COLOURS.accent)
    paper.set_draw_color(_COLOURS.accent)
    paper.set_line_width(0.3)
    paper.circle(places[last], level(values[last] or 0.0), 0.6, style="DF")


def _stroke(
    paper: Paper, places: Sequence[float], levels: Sequence[float | None], colour: str, width: float, *,
    dashed: bool = False,
) -> None:  # fmt: skip
    """A line through neighbours; what is missing leaves a gap."""
    paper.set_draw_color(colour)
    paper.set_line_width(width)
    if dashed:
        paper.set_dash_pattern(0.8, 0.8)
    for n in range(1, len(places)):
        before, now = levels[n - 1], levels[n]
        if before is not None and now is not None:
            paper.line(places[n - 1], before, places[n], now)
    paper.set_dash_pattern()
