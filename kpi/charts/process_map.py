"""The map of a process: steps from the top, moves between them, as wide as they are frequent or as long as they wait.

Invariant: the commonest way and a superfluous step are told by line and word, not by colour alone; a label that finds
no free place is left to its tooltip. Where things stand is `kpi.charts.flow`'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import altair as alt

from kpi.charts.drawn import Drawn, Mark, fill, to_frame
from kpi.charts.flow import Graph, Layout, Route, layout
from kpi.charts.layers import finished, parameters
from kpi.charts.palette import Theme, palette
from kpi.charts.process_labels import NARROW, WIDE, Form, fitted, labels
from kpi.charts.process_layers import HALF, UNIT, map_layers
from kpi.charts.titles import LINE
from kpi.charts.words import one_line, wrap
from kpi.language import Language
from kpi.language import language as language_of

HEAD = 34
"""Pixels above the map, without the lines of the titles."""
THIN, THICK = 1.3, 7.0
"""Pixels of the rarest and the commonest move."""

Emphasis = Literal["", "path", "slow", "fast"]
ROLES = {"path": "accent", "slow": "missed", "fast": "good"}
"""Emphasis → colour."""


@dataclass(frozen=True)
class MapStep:
    """One box."""

    name: str
    """The activity, or what an end is called."""
    figures: str
    """What stands below the name."""
    order: float
    """How early it comes, for the layers."""
    is_end: bool = False
    """Beginning or end, not an activity."""
    on_path: bool = False
    """On the commonest way."""
    note: str = ""
    """Why it is marked («superfluous»); empty: it is not."""
    told: tuple[str, str, str] = ("", "", "")
    """Tooltip: times, cases, working time."""


@dataclass(frozen=True)
class MapMove:
    """One arrow."""

    before: int
    """Place of the step it begins at."""
    after: int
    """Place of the step it ends at."""
    often: float
    """How frequent it is, 0…1: where it stands depends on that alone."""
    weight: float
    """0…1, which makes it wide."""
    label: str
    """What stands at it."""
    short: str
    """The same on a phone."""
    emphasis: Emphasis = ""
    """Why it stands out."""
    told: tuple[str, str, str] = ("", "", "")
    """Tooltip: times, cases, waiting time."""


def process_map(
    steps: Sequence[MapStep], moves: Sequence[MapMove], title: str, note: str, language: Language, theme: Theme
) -> Drawn:
    """The chart; the first step is the beginning, the last the end."""
    pulls = {(move.before, move.after): move.often + (move.emphasis == "path") for move in moves}
    graph = Graph(tuple(step.order for step in steps), pulls)
    found = layout(graph)
    ways = [found.routes[move.before, move.after] for move in moves]
    marks = [
        *(mark for n, move in enumerate(moves) for mark in _move(n, move, ways[n], steps)),
        *(mark for n, step in enumerate(steps) for mark in _step(n, step, found)),
        *(mark for form in (NARROW, WIDE) for mark in _labels(form, steps, moves, ways, found)),
    ]
    titles, below = wrap(title, LINE, 2), wrap(note, LINE + 6, 3)
    height = round(HEAD + 20 * len(titles) + 18 * len(below) + found.depth)
    spec = fill(
        _template(theme, language.code), {"map_width": found.width, "map_depth": found.depth}, titles, below, height
    )
    return Drawn(spec, to_frame(marks), height)


def _move(n: int, move: MapMove, way: Route, steps: Sequence[MapStep]) -> list[Mark]:
    role = ROLES.get(move.emphasis, "quiet")
    thick, key, kind = THIN + (THICK - THIN) * move.weight, f"e{n}", "back" if way.kind == "up" else "line"
    (tip_x, tip_y), names = way.points[-1], f"{_name(steps[move.before])} → {_name(steps[move.after])}"
    told = Mark("touch_line", when=names, value=move.told[0], count=move.told[1], change=move.told[2], series=key)
    points = list(enumerate(way.points))
    return [
        *(Mark(kind, x=x, y=y, x2=thick, y2=place, state=role, series=key) for place, (x, y) in points),
        Mark(f"tip_{way.kind}", x=tip_x, y=tip_y, x2=70 + 16 * thick, state=role),
        *(replace(told, x=x, y=y, y2=place) for place, (x, y) in points),
    ]


def _name(step: MapStep) -> str:
    return one_line(step.name)


def _step(n: int, step: MapStep, found: Layout) -> list[Mark]:
    x, top, height = found.x[n], found.top[n], found.height[n]
    if step.is_end:
        return [Mark("begin" if n == 0 else "end", x=x, y=top + height / 2)]
    role = "needless" if step.note else "path" if step.on_path else "plain"
    box = Mark("box", x=x - HALF, x2=x + HALF, y=top, y2=top + height)
    touched = replace(box, kind="touch_box", when=_name(step), value=step.told[0], count=step.told[1])
    return [box, replace(box, kind=f"box_{role}"), replace(touched, target=step.told[2], change=step.note)]


def _labels(
    form: Form, steps: Sequence[MapStep], moves: Sequence[MapMove], ways: Sequence[Route], found: Layout
) -> list[Mark]:
    """All texts of one form: for narrow plots, or for wide ones."""
    unit = form.unit(found.width, UNIT)
    marks: list[Mark] = []
    for n, step in enumerate(steps):
        x, middle = found.x[n], found.top[n] + found.height[n] / 2
        if step.is_end:
            marks.append(Mark(f"side_{form.name}", x=x, y=middle, text=_name(step), state="muted"))
            continue
        lines = fitted(_name(step), form.letters(2 * HALF * unit), form.lines)
        marks.append(Mark(f"name_{form.name}", x=x, y=middle - 8, text="\n".join(lines), state="text",
                          y2=-form.line * (len(lines) - 1) / 2))  # fmt: skip
        below = middle - 8 + form.line * len(lines) / 2 + 9
        marks.append(Mark(f"figures_{form.name}", x=x, y=below, text=step.figures, state="muted"))
        if step.note:
            marks.append(Mark(f"note_{form.name}", x=x, y=found.top[n], text=f"▲ {step.note}", state="missed"))
    texts = [move.short if form is NARROW else move.label for move in moves]
    weights = [move.weight + (move.emphasis != "") for move in moves]
    for n, place in labels(texts, weights, ways, found, unit):
        role = ROLES.get(moves[n].emphasis, "muted")
        marks.append(Mark(f"label_{form.name}", x=place[0], y=place[1], text=texts[n], state=role))
    return marks


@cache
def _template(theme: Theme, code: str) -> str:
    chart = alt.layer(*map_layers(palette(theme), language_of(code)))
    chart = chart.add_params(*parameters(map_width=1, map_depth=1))
    return finished(chart, HEAD, theme, code)
