"""The data of a breakdown: where its bars are and what they say.

Invariant: rows are counted from the top, one unit each; a member is told apart by its place, never by its name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from kpi.charts.drawn import Mark
from kpi.charts.overlay import Compared
from kpi.charts.series import Namer, Point, member_name, thresholds
from kpi.charts.words import wrap
from kpi.language import Language
from kpi.model import Kpi

NAME_LINE = 17
"""Letters of a line of a name: what the column of names holds."""

HALF_LINE = 0.23
"""Half of a line of a name, in rows: two lines are centred by it."""

DASH = 0.12
"""Free part of a row above and below the dash of a compared value."""

THICK = 0.22
"""Free part of a row above and below its bar."""


@dataclass(frozen=True)
class Ranks:
    """Which members are shown."""

    first: list[Point]
    """From the top."""
    rest: list[Point]
    """Left out between the two ends; told in one row."""
    last: list[Point]
    """The other end; empty where all are shown or the order has a meaning of its own."""

    @property
    def rows(self) -> list[Point | None]:
        """From the top; None is the row that tells the rest."""
        return [*self.first, *([None] if self.last else []), *self.last]


def ranked(members: Sequence[Point], ordered: bool, most: int) -> Ranks:
    """Members from the largest value, of many the two ends; or the first in their own order.

    «Not filled in» stands last and is none of the ends of many.
    """
    if ordered:
        return Ranks(list(members[:most]), list(members[most:]), [])
    found = sorted(members, key=lambda row: (row.member is None, -(row.value or 0.0)))
    if len(found) <= most:
        return Ranks(found, [], [])
    named, end = [row for row in found if row.member is not None], most // 2
    return Ranks(named[:end], named[end:-end], [*named[-end:], *found[len(named) :]])


@dataclass(frozen=True)
class Beside:
    """What bars stand beside."""

    compared: Compared | None
    """Values by member that a dash stands for."""
    chosen: tuple[str, ...]
    """Members that the page is about; the others are pale."""


def bars(shown: Ranks, average: Point | None, kpi: Kpi, language: Language, names: Namer, beside: Beside) -> list[Mark]:
    """Marks of these members, from the top."""
    rows = shown.rows
    marks = [Mark("zero", x=0, y=-0.1, y2=len(rows) + 0.1)]
    for place, row in enumerate(rows):
        marks += (
            _rest(place, shown.rest, kpi, language) if row is None else _row(place, row, kpi, language, names, beside)
        )
    return [*marks, *_targets(rows, kpi, language), *_average(average, len(rows), kpi, language)]


def _rest(place: int, rest: Sequence[Point], kpi: Kpi, language: Language) -> list[Mark]:
    """«34 more: 3–9 %»: the row that stands for those left out."""
    values = [row.value for row in rest if row.value is not None]
    low, high = (language.value(value, kpi.unit) for value in (min(values), max(values)))
    text = language.tn("{n} more: {low} to {high}", "{n} more: {low} to {high}", len(rest), low=low, high=high)
    return [Mark("rest", x=0, y=place + 0.5, text=text, state="muted")]


def value_range(members: Sequence[Point], average: Point | None, compared: Sequence[float] = ()) -> tuple[float, float]:
    """From zero to the largest bar, target or compared value, with a little air; below zero only where a value is."""
    rows = [*members, average] if average else list(members)
    values = [row.value for row in rows if row.value is not None]
    values += [*compared, *(edge for row in rows for edge in thresholds(row.bounds))]
    low, high = min(*values, 0.0), max(*values, 0.0)
    return (low * 1.04, high * 1.04) if low < high else (0.0, 1.0)


def _row(place: int, row: Point, kpi: Kpi, language: Language, names: Namer, beside: Beside) -> list[Mark]:
    name = member_name(row.member, language, names)
    key, middle = f"m{place}", place + 0.5
    unknown = row.member is None
    others = bool(beside.chosen) and (row.member or "") not in beside.chosen
    role = "muted" if unknown or others or row.status == "too_few" else "text"
    lines = wrap(name, NAME_LINE, 2)
    fill = "quiet" if role == "muted" else "bar"
    other = beside.compared.values.get(row.member) if beside.compared else None
    told = beside.compared and beside.compared.told(row.member, row.value, kpi.unit, language)
    return [
        Mark("bar", x=0, x2=row.value, y=place + THICK, y2=place + 1 - THICK, state=fill, series=key),
        Mark("name", y=middle - HALF_LINE * (len(lines) - 1), text="\n".join(lines), state=role),
        Mark("value", y=middle, text=language.value(row.value, kpi.unit), state=role),
        _hit(place, key, name, row, kpi, language, told or language.delta(row.value, row.previous, kpi.unit)),
        *([Mark("compared", x=other, y=place + DASH, y2=place + 1 - DASH)] if other is not None else []),
        *([Mark("status", y=middle, state=row.status)] if row.status != "no_target" else []),
    ]


def _hit(place: int, key: str, name: str, row: Point, kpi: Kpi, language: Language, change: str) -> Mark:
    return Mark(
        "hit",
        y=place,
        y2=place + 1,
        series=key,
        when=name,
        value=f"{language.value(row.value, kpi.unit, exact=True)} · {language.status(row.status)}",
        target=language.target(row.bounds.good_low, row.bounds.good_high, kpi.unit) or language.t("none"),
        count=language.number(row.rows),
        change=change,
        period=row.first,
    )


def _targets(shown: Sequence[Point | None], kpi: Kpi, language: Language) -> list[Mark]:
    """The rule, broken where members have different targets, and its label above the first bar."""
    marks: list[Mark] = []
    for edges, run in groupby(enumerate(shown), key=lambda item: tuple(thresholds(item[1].bounds)) if item[1] else ()):
        places = [place for place, _ in run]
        ends = places[0] - 0.3 * (places[0] == 0), places[-1] + 1 + 0.1 * (places[-1] == len(shown) - 1)
        marks += [Mark("target", x=edge, y=ends[0], y2=ends[1]) for edge in edges]
    for edge in thresholds(shown[0].bounds) if shown[0] else ():
        text = language.t("target {target}", target=language.value(edge, kpi.unit))
        marks.append(Mark("label", x=edge, y=-0.55, text=text, state="target"))
    return marks


def _average(average: Point | None, rows: int, kpi: Kpi, language: Language) -> list[Mark]:
    """The whole business's value; there is none for sums, which lie beyond their parts."""
    if average is None or average.value is None:
        return []
    text = language.t("average {value}", value=language.value(average.value, kpi.unit))
    rule = Mark("average", x=average.value, y=-0.1, y2=rows + 0.15)
    return [rule, Mark("label", x=average.value, y=rows + 0.4, text=text, state="muted")]
