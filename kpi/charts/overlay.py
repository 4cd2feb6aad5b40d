"""What can be drawn over a trend besides its values: what it is compared with, the chosen period, events.

Invariant: what is not asked for is in neither the data nor the specification, and costs nothing.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

import altair as alt

from kpi.charts.drawn import Mark
from kpi.charts.layers import at, axis_y, layer, tooltip, word
from kpi.charts.natural import Naturals
from kpi.charts.palette import Palette
from kpi.language import Language
from kpi.model import Unit

FLAG = "M0,0L0,-2.4L1.8,-1.8L0.2,-1.2L0.2,0Z"
"""A small flag as Vega draws it: a mast with its cloth, standing on its place."""

FLAG_SIZE = 110
AIR = 0.1
"""Free part of a period at each side of a compared value that stands alone."""


@dataclass(frozen=True)
class Compared:
    """Values that stand beside a chart's own."""

    name: str
    """What they are, in the language: «a year ago», a member's name."""
    values: Mapping[Hashable, float]
    """By first day of the period (trend) or by member (breakdown)."""

    def told(self, key: Hashable, value: float | None, unit: Unit, language: Language) -> str | None:
        """«−1.1 pp (a year ago: 5.1 %)», or None where there is nothing beside."""
        other = self.values.get(key)
        if other is None:
            return None
        return f"{language.delta(value, other, unit)} ({self.name}: {language.value(other, unit)})"


@dataclass(frozen=True)
class Flag:
    """What happened in one period."""

    first: datetime
    """First day of the period."""
    kinds: tuple[str, ...]
    """Which kinds of events."""
    text: str
    """What happened, in the language."""


@dataclass(frozen=True)
class Overlay:
    """All that is drawn over one trend."""

    compared: Compared | None = None
    """Values beside its own."""
    chosen: tuple[datetime, datetime] | None = None
    """First and last day of the period that the page is about; None: the last of the trend, or all of it."""
    flags: tuple[Flag, ...] = ()
    """Events."""
    naturals: Naturals = field(default_factory=dict)
    """Natural limits and signals of its periods."""

    @property
    def parts(self) -> frozenset[str]:
        """Which of them there are: they choose the specification."""
        found = {"compared": self.compared, "chosen": self.chosen, "flags": self.flags, "natural": self.naturals}
        return frozenset(name for name, part in found.items() if part)


def overlay_marks(overlay: Overlay, places: Mapping[datetime, int], names: Mapping[datetime, str]) -> list[Mark]:
    """Their data; `places` are the periods from the left, `names` what they are called."""
    marks = _compared(overlay.compared, places) if overlay.compared else []
    if overlay.chosen is not None:
        inside = [place for first, place in places.items() if overlay.chosen[0] <= first <= overlay.chosen[1]]
        marks += [Mark("chosen", x=min(inside), x2=max(inside) + 1)] if inside else []
    marks += [
        Mark("flag", x=places[flag.first] + 0.5, when=names[flag.first], value=flag.text)
        for flag in overlay.flags
        if flag.first in places
    ]
    return marks


def _compared(compared: Compared, places: Mapping[datetime, int]) -> list[Mark]:
    """A line through neighbours; a value that stands alone is a dash as long as its period."""
    known = [(float(place), compared.values[first]) for first, place in places.items() if first in compared.values]
    marks = []
    for number, (_, run) in enumerate(groupby(enumerate(known), key=lambda item: item[1][0] - item[0])):
        points = [point for _, point in run]
        if len(points) == 1:
            points = [(points[0][0] - 0.5 + AIR, points[0][1]), (points[0][0] + 0.5 - AIR, points[0][1])]
        marks += [Mark("compared", x=x + 0.5, y=y, series=f"c{number}") for x, y in points]
    return marks


def behind(parts: frozenset[str], x: alt.X, colours: Palette) -> list[alt.Chart]:
    """Layers below the values."""
    shade = layer("chosen").mark_rect(color=colours.accent, opacity=0.09)
    full = {"y": alt.value(0), "y2": alt.value("height")}
    return [shade.encode(x=x, x2=at("x2"), **full)] if "chosen" in parts else []


def beside(parts: frozenset[str], x: alt.X, colours: Palette) -> list[alt.Chart]:
    """The compared values: a faint line."""
    line = layer("compared").mark_line(color=colours.quiet, strokeWidth=2, strokeCap="round")
    return [line.encode(x=x, y=axis_y(), detail=word("series"))] if "compared" in parts else []


def above(parts: frozenset[str], x: alt.X, colours: Palette, language: Language) -> list[alt.Chart]:
    """The flags, over all else, for they answer to the pointer; their place is the axis."""
    flag = layer("flag").mark_point(shape=FLAG, filled=True, opacity=1, size=FLAG_SIZE, color=colours.text)
    tips = tooltip(language, "when", "value", titles={"value": language.t("Events")})
    return [flag.encode(x=x, y=alt.value("height"), tooltip=tips)] if "flags" in parts else []


def extent(overlay: Overlay, periods: Sequence[datetime]) -> list[float]:
    """The values that the axis must hold."""
    return (
        [overlay.compared.values[first] for first in periods if first in overlay.compared.values]
        if overlay.compared
        else []
    )
