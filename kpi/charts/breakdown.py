"""A KPI by member: who or what is above and below, sorted, against target and average.

Invariant: names are data, not axis labels; each row is as high as the next, and nothing but a name that is longer than
its column is shortened — its tooltip has it in full.
"""

from functools import cache

import altair as alt
import pandas as pd

from kpi.charts import member_rows
from kpi.charts.breakdown_marks import Beside, Ranks, bars, ranked, value_range
from kpi.charts.drawn import Drawn, fill, to_frame
from kpi.charts.empty import empty
from kpi.charts.layers import at, finished, layer, parameters, role_colour, status_mark, word
from kpi.charts.member_rows import HEAD, ROW, VALUES, across, down
from kpi.charts.overlay import Compared
from kpi.charts.palette import Palette, Theme, palette
from kpi.charts.series import Namer, Point, has_values, points, shared
from kpi.charts.titles import breakdown_title, subtitle
from kpi.language import Language
from kpi.language import language as language_of
from kpi.model import Kpi

MOST = 20
"""Members shown; a sentence says how many more there are."""

FEWEST = 6
"""Bars there is room for at least: as high as the trend beside it."""

BELOW = 0.6
"""Room for the average's label below the last row, in rows."""


def breakdown(
    frame: pd.DataFrame,
    kpi: Kpi,
    dimension_title: str,
    language: Language,
    theme: Theme,
    *,
    period: str = "",
    names: Namer = None,
    ordered: bool = False,
    room: int = 0,
    compared: Compared | None = None,
    chosen: tuple[str, ...] = (),
) -> Drawn:
    """One horizontal bar a member, largest value first.

    `room`: how many bars the chart is high enough for, whatever a filter leaves: the page stays where it is, and a
    browser need not make the chart anew.

    `frame`: rows of this KPI for one period (with several, the last is shown); its total row gives the average.
    `dimension_title` and `period` are in the language («Мастер», «октябрь 2026»; no period: named from the frame).
    `names` writes members for people (weekdays); `ordered` keeps the members' own order, where it has a meaning.
    `compared` are values by member that a dash on each bar stands for; `chosen` members stand out from the others.
    A click on a bar is the selection `picked`; `Drawn.picked` turns it into the member.
    """
    rows = points(frame)
    latest = [row for row in rows if row.first == rows[-1].first] if rows else []
    members = [row for row in latest if not row.is_total and row.value is not None]
    if not has_values(members):
        return empty(kpi, language, theme, HEAD + ROW * max(min(room, MOST), FEWEST))
    average = None if kpi.additive else next((row for row in latest if row.is_total), None)
    shown = ranked(members, ordered, MOST)
    below = [*subtitle(kpi, shared(members), language), *_remarks(shown, compared, language)]
    when = period or language.span(members[0].first, members[0].last)
    lines = max(len(shown.rows), min(room, MOST), FEWEST)
    params = {**_across(members, average, compared), "lines": lines}
    title, height = breakdown_title(kpi, dimension_title, when, language), HEAD + ROW * lines
    spec = fill(_template(theme, language.code, compared is not None, bool(shown.last)), params, title, below, height)
    marks = to_frame(bars(shown, average, kpi, language, names, Beside(compared, chosen)))
    return Drawn(spec, marks, height, tuple(row.member if row else None for row in shown.rows))


def _across(members: list[Point], average: Point | None, compared: Compared | None) -> dict[str, float]:
    """From where to where the bars go, with what they are compared with."""
    beside = compared.values if compared else {}
    low, high = value_range(members, average, [beside[row.member] for row in members if row.member in beside])
    return {"x_low": low, "x_high": high}


def _remarks(shown: Ranks, compared: Compared | None, language: Language) -> list[str]:
    """How many are not shown, and what the dashes are."""
    found = []
    if shown.last:
        n = 2 * len(shown.first) + len(shown.rest)
        found.append(language.t("{end} highest and {end} lowest of {n}", end=len(shown.first), n=n))
    elif shown.rest:
        found.append(language.tn("and {n} more", "and {n} more", len(shown.rest)))
    return [*found, *([language.t("dash: {name}", name=compared.name)] if compared else [])]


@cache
def _template(theme: Theme, code: str, dashes: bool, rest: bool) -> str:
    colours = palette(theme)
    y = down(BELOW)
    layers = [member_rows.bar(colours, y), *_rules(colours), *(_dashes(colours) if dashes else ())]
    layers += [*member_rows.texts(colours, y), _status(colours), *(_rest(colours) if rest else ())]
    layers += [member_rows.hit(colours, language_of(code), y, "when", "value", "change", "target", "count")]
    return finished(alt.layer(*layers).add_params(*parameters(x_low=0, x_high=1, lines=1)), HEAD, theme, code)


def _rules(colours: Palette) -> list[alt.Chart]:
    average = layer("average").mark_rule(color=colours.muted, strokeWidth=1)
    target = layer("target").mark_rule(color=colours.target, strokeWidth=1.25, strokeDash=[5, 4])
    zero = layer("zero").mark_rule(color=colours.border, strokeWidth=1)
    return [mark.encode(x=across(), y=down(BELOW), y2=at("y2")) for mark in (zero, average, target)]


def _dashes(colours: Palette) -> list[alt.Chart]:
    """What each bar stands beside."""
    dash = layer("compared").mark_rule(color=colours.text, strokeWidth=2)
    return [dash.encode(x=across(), y=down(BELOW), y2=at("y2"))]


def _status(colours: Palette) -> alt.Chart:
    mark: alt.Chart = status_mark(colours).encode(x=alt.value(alt.expr(f"width - {VALUES} + 12")), y=down(BELOW))
    return mark


def _rest(colours: Palette) -> list[alt.Chart]:
    """The row of those left out: over the columns of names and bars."""
    text = layer("rest").mark_text(align="left", baseline="middle", fontSize=12, limit=alt.expr("width"))
    return [text.encode(x=alt.value(0), y=down(BELOW), text=word("text"), color=role_colour(colours))]
