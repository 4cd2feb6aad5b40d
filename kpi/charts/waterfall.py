"""From what a KPI was to what it is, step by step: one floating bar a part of the change.

Invariant: bars are as long as their parts, on one scale, and each begins where the one above it ended. The scale need
not begin at zero, so the two values are marks on it, never bars.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Literal

import altair as alt

from kpi.charts import member_rows
from kpi.charts.drawn import Drawn, Mark, fill, to_frame
from kpi.charts.layers import at, finished, layer, parameters
from kpi.charts.member_rows import HEAD, ROW, across, down
from kpi.charts.palette import Palette, Theme, palette
from kpi.charts.series import thresholds
from kpi.charts.words import one_line, wrap
from kpi.language import Language
from kpi.language import language as language_of
from kpi.model import Bounds, Kpi

TITLE_LINE = 40
"""Letters of a title's line."""
NAME_LINE = 16
"""Letters of a line of a name."""
HALF_LINE = 0.23
"""Half of a line of a name, in rows."""
THICK = 0.22
"""Free part of a row above and below its bar."""
TICK = 0.012
"""Width of the mark of a value, as a part of the range."""
BELOW = 0.3
"""Air below the last row, in rows."""
NEAR = 0.6
"""A target farther from the steps than this part of their range is told in the subtitle only."""

Role = Literal["good", "missed", "bar", "quiet"]


@dataclass(frozen=True)
class Step:
    """One part of a change."""

    name: str
    """Whose part it is, for people."""
    effect: float
    """Its size, signed, in the KPI's unit."""
    shown: str
    """Its size as text."""
    detail: str = ""
    """Tooltip: what it was and is."""
    share: str = ""
    """Tooltip: how it came about."""
    is_chance: bool = False
    """No more than chance makes: drawn grey."""
    member: tuple[str | None] | None = None
    """What a click on it picks; None: nothing."""


@dataclass(frozen=True)
class Ends:
    """What the steps lie between."""

    before: float
    """The value before."""
    after: float
    """The value after."""
    names: tuple[str, str]
    """The two periods, for people."""
    bounds: Bounds
    """The target in force after."""


def waterfall(
    steps: Sequence[Step], ends: Ends, kpi: Kpi, title: str, language: Language, theme: Theme, note: str = ""
) -> Drawn:
    """The value before, a bar a step from the top, the value after; a click on a bar is the selection `picked`."""
    reached = [0.0, *accumulate(step.effect for step in steps)]
    change = ends.after - ends.before
    edges = [edge - ends.before for edge in thresholds(ends.bounds)]
    low, high = min(*reached, change, 0.0), max(*reached, change, 0.0)
    near = [edge for edge in edges if low - NEAR * (high - low) <= edge <= high + NEAR * (high - low)]
    low, high = min([low, *near]), max([high, *near])
    air = (high - low or 1.0) * 0.04
    lines = len(steps) + 2
    params = {"x_low": low - air, "x_high": high + air, "lines": lines}
    marks = [
        *_ends(ends, TICK * (high - low or 1.0), lines, kpi, language),
        *(mark for place, step in enumerate(steps) for mark in _step(place + 1, step, reached[place], kpi)),
        *_target(near, ends.before, lines, kpi, language),
    ]
    height = HEAD + ROW * lines
    below = [line for line in (_target_told(ends.bounds, kpi, language), note) if line]
    spec = fill(
        _template(theme, language.code),
        params,
        wrap(title, TITLE_LINE, 2),
        wrap(" · ".join(below), TITLE_LINE + 4, 3),
        height,
    )
    return Drawn(spec, to_frame(marks), height, tuple(step.member[0] if step.member else None for step in steps))


def _target_told(bounds: Bounds, kpi: Kpi, language: Language) -> str:
    target = language.target(bounds.good_low, bounds.good_high, kpi.unit)
    return language.t("target {target}", target=target) if target else ""


def _ends(ends: Ends, width: float, lines: int, kpi: Kpi, language: Language) -> list[Mark]:
    """The two values: a mark each, as wide as `width`."""
    change = ends.after - ends.before
    marks = [Mark("zero", x=0, y=0.3, y2=lines), Mark("link", x=change, y=lines - 1 - THICK, y2=lines - 1 + THICK)]
    for row, name, value in ((0, ends.names[0], ends.before), (lines - 1, ends.names[1], ends.after)):
        x, middle = value - ends.before, row + 0.5
        top, bottom = row + THICK / 2, row + 1 - THICK / 2
        marks.append(Mark("bar", x=x - width / 2, x2=x + width / 2, y=top, y2=bottom, state="accent", series="end"))
        marks += _labels(middle, name, language.value(value, kpi.unit), "text")
        marks.append(Mark("hit", y=middle - 0.5, y2=middle + 0.5, series="", when=name,
                          value=language.value(value, kpi.unit, exact=True)))  # fmt: skip
    return marks


def _labels(middle: float, name: str, value: str, role: str) -> list[Mark]:
    lines = wrap(one_line(name), NAME_LINE, 2)
    named = Mark("name", y=middle - HALF_LINE * (len(lines) - 1), text="\n".join(lines), state=role)
    return [named, Mark("value", y=middle, text=value, state=role)]


def _step(place: int, step: Step, begins: float, kpi: Kpi) -> list[Mark]:
    key, ends, middle = f"m{place - 1}", begins + step.effect, place + 0.5
    role = "muted" if step.is_chance else "text"
    return [
        Mark("link", x=begins, y=place - THICK, y2=place + THICK),
        Mark("bar", x=begins, x2=ends, y=place + THICK, y2=place + 1 - THICK, state=_role(step, kpi), series=key),
        *_labels(middle, step.name, step.shown, role),
        Mark(
            "hit", y=place, y2=place + 1, series=key if step.member is not None else "", when=one_line(step.name),
            value=step.detail, change=step.share,
        ),
    ]  # fmt: skip


def _role(step: Step, kpi: Kpi) -> Role:
    """Better, worse, neither, or no more than chance."""
    if step.is_chance:
        return "quiet"
    if kpi.better == "band":
        return "bar"
    return "good" if (step.effect > 0) == (kpi.better == "higher") else "missed"


def _target(edges: Sequence[float], before: float, lines: int, kpi: Kpi, language: Language) -> list[Mark]:
    marks: list[Mark] = []
    for edge in edges:
        text = language.t("target {target}", target=language.value(edge + before, kpi.unit))
        marks.append(Mark("target", x=edge, y=-0.1, y2=lines + 0.1))
        marks.append(Mark("label", x=edge, y=-0.5, text=text, state="target"))
    return marks


@cache
def _template(theme: Theme, code: str) -> str:
    colours = palette(theme)
    hit = member_rows.hit(colours, language_of(code), down(BELOW), "when", "value", "change")
    layers = [*_bars(colours), *member_rows.texts(colours, down(BELOW)), hit]
    return finished(alt.layer(*layers).add_params(*parameters(x_low=0, x_high=1, lines=1)), HEAD, theme, code)


def _bars(colours: Palette) -> list[alt.Chart]:
    rules = {
        "zero": layer("zero").mark_rule(color=colours.border, strokeWidth=1),
        "link": layer("link").mark_rule(color=colours.muted, strokeWidth=1, opacity=0.6),
        "target": layer("target").mark_rule(color=colours.target, strokeWidth=1.25, strokeDash=[5, 4]),
    }
    zero, link, target = (rule.encode(x=across(), y=down(BELOW), y2=at("y2")) for rule in rules.values())
    return [zero, link, member_rows.bar(colours, down(BELOW)), target]
