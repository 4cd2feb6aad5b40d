"""The data of a breakdown: where its bars are and what they say.

Invariant: rows are counted from the top, one unit each; a member is told apart by its place, never by its name.
"""

from collections.abc import Sequence
from itertools import groupby

from kpi.charts.drawn import Mark
from kpi.charts.series import Namer, Point, member_name, thresholds
from kpi.charts.words import wrap
from kpi.language import Language
from kpi.model import Kpi

NAME_LINE = 17
"""Letters of a line of a name: what the column of names holds."""

HALF_LINE = 0.23
"""Half of a line of a name, in rows: two lines are centred by it."""

THICK = 0.22
"""Free part of a row above and below its bar."""


def ranked(members: Sequence[Point], ordered: bool, most: int) -> list[Point]:
    """The first `most` members, largest value first or in their own order; «not filled in» stands last."""
    if ordered:
        return list(members[:most])
    return sorted(members, key=lambda row: (row.member is None, -(row.value or 0.0)))[:most]


def bars(shown: Sequence[Point], average: Point | None, kpi: Kpi, language: Language, names: Namer) -> list[Mark]:
    """Marks of these members, from the top."""
    marks = [Mark("zero", x=0, y=-0.1, y2=len(shown) + 0.1)]
    for place, row in enumerate(shown):
        marks += _row(place, row, kpi, language, names)
    return [*marks, *_targets(shown, kpi, language), *_average(average, len(shown), kpi, language)]


def value_range(members: Sequence[Point], average: Point | None) -> tuple[float, float]:
    """From zero to the largest bar or target, with a little air; below zero only where a value is."""
    rows = [*members, average] if average else list(members)
    values = [row.value for row in rows if row.value is not None]
    values += [edge for row in rows for edge in thresholds(row.bounds)]
    low, high = min(*values, 0.0), max(*values, 0.0)
    return (low * 1.04, high * 1.04) if low < high else (0.0, 1.0)


def _row(place: int, row: Point, kpi: Kpi, language: Language, names: Namer) -> list[Mark]:
    name = member_name(row.member, language, names)
    key, middle = f"m{place}", place + 0.5
    unknown = row.member is None
    role = "muted" if unknown or row.status == "too_few" else "text"
    lines = wrap(name, NAME_LINE, 2)
    fill = "quiet" if role == "muted" else "bar"
    return [
        Mark("bar", x=0, x2=row.value, y=place + THICK, y2=place + 1 - THICK, state=fill, series=key),
        Mark("name", y=middle - HALF_LINE * (len(lines) - 1), text="\n".join(lines), state=role),
        Mark("value", y=middle, text=language.value(row.value, kpi.unit), state=role),
        _hit(place, key, name, row, kpi, language),
        *([Mark("status", y=middle, state=row.status)] if row.status != "no_target" else []),
    ]


def _hit(place: int, key: str, name: str, row: Point, kpi: Kpi, language: Language) -> Mark:
    return Mark(
        "hit",
        y=place,
        y2=place + 1,
        series=key,
        when=name,
        value=f"{language.value(row.value, kpi.unit, exact=True)} · {language.status(row.status)}",
        target=language.target(row.bounds.good_low, row.bounds.good_high, kpi.unit) or language.t("none"),
        count=language.number(row.rows),
        change=language.delta(row.value, row.previous, kpi.unit),
        period=row.first,
    )


def _targets(shown: Sequence[Point], kpi: Kpi, language: Language) -> list[Mark]:
    """The rule, broken where members have different targets, and its label above the first bar."""
    marks: list[Mark] = []
    for edges, run in groupby(enumerate(shown), key=lambda item: tuple(thresholds(item[1].bounds))):
        places = [place for place, _ in run]
        ends = places[0] - 0.3 * (places[0] == 0), places[-1] + 1 + 0.1 * (places[-1] == len(shown) - 1)
        marks += [Mark("target", x=edge, y=ends[0], y2=ends[1]) for edge in edges]
    for edge in thresholds(shown[0].bounds):
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
