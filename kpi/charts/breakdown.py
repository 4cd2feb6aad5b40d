"""A KPI by member: who or what is above and below, sorted, against target and average.

Invariant: names are data, not axis labels; each row is as high as the next, and nothing but a name that is longer than
its column is shortened — its tooltip has it in full.
"""

from functools import cache

import altair as alt
import pandas as pd

from kpi.charts.breakdown_marks import Beside, Ranks, bars, ranked, value_range
from kpi.charts.drawn import FIELDS, Drawn, fill, to_frame
from kpi.charts.empty import empty
from kpi.charts.layers import at, finished, layer, parameters, role_colour, status_mark, tooltip, word
from kpi.charts.overlay import Compared
from kpi.charts.palette import Palette, Theme, palette
from kpi.charts.series import Namer, has_values, points, shared
from kpi.charts.titles import breakdown_title, subtitle
from kpi.language import Language
from kpi.language import language as language_of
from kpi.model import Kpi

MOST = 20
"""Members shown; a sentence says how many more there are."""

ROW = 34
"""Pixels of one bar with its air: two lines of a name, and enough for a finger with its neighbours' air."""

FEWEST = 6
"""Bars there is room for at least: as high as the trend beside it."""

HEAD = 120
"""Pixels of titles, target and average labels."""

NAMES = "min(width * 0.37, 150)"
VALUES = 92
"""Width of the column of names (an expression) and of the column of values (pixels)."""


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
    total = next((row for row in latest if row.is_total), None)
    average = None if kpi.additive else total
    shown = ranked(members, ordered, MOST)
    below = [*subtitle(kpi, shared(members), language), *_remarks(shown, compared, language)]
    when = period or language.span(members[0].first, members[0].last)
    lines = max(len(shown.rows), min(room, MOST), FEWEST)
    height = HEAD + ROW * lines
    beside = [compared.values[row.member] for row in members if row.member in compared.values] if compared else []
    low, high = value_range(members, average, beside)
    params = {"x_low": low, "x_high": high, "lines": lines}
    title = breakdown_title(kpi, dimension_title, when, language)
    spec = fill(_template(theme, language.code, compared is not None, bool(shown.last)), params, title, below, height)
    marks = to_frame(bars(shown, average, kpi, language, names, Beside(compared, chosen)))
    return Drawn(spec, marks, height, tuple(row.member if row else None for row in shown.rows))


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
    layers = [*_bars(colours), *_rules(colours), *(_dashes(colours) if dashes else ()), *_texts(colours)]
    layers += [*(_rest(colours) if rest else ()), _hit(colours, language_of(code))]
    return finished(alt.layer(*layers).add_params(*parameters(x_low=0, x_high=1, lines=1)), HEAD, theme, code)


def _x() -> alt.X:
    """Values across, between the column of names and the column of values."""
    ends = [alt.expr(NAMES), alt.expr(f"width - {VALUES}")]
    low, high = alt.expr("x_low"), alt.expr("x_high")
    return alt.X(at("x"), axis=None, scale=alt.Scale(domain=[low, high], range=ends, nice=False, zero=False))


def _y() -> alt.Y:
    """Rows from the top, with a line above for the target's label and one below for the average's."""
    ends = [alt.expr("-0.7"), alt.expr("lines + 0.6")]
    return alt.Y(at("y"), axis=None, scale=alt.Scale(domain=ends, reverse=True, nice=False, zero=False))


def _bars(colours: Palette) -> list[alt.Chart]:
    pointed = alt.condition(_pointer(), alt.value(colours.accent), role_colour(colours))
    bar = layer("bar").mark_rect(cornerRadius=2)
    return [bar.encode(x=_x(), x2=at("x2"), y=_y(), y2=at("y2"), color=pointed)]


def _rules(colours: Palette) -> list[alt.Chart]:
    average = layer("average").mark_rule(color=colours.muted, strokeWidth=1)
    target = layer("target").mark_rule(color=colours.target, strokeWidth=1.25, strokeDash=[5, 4])
    zero = layer("zero").mark_rule(color=colours.border, strokeWidth=1)
    return [mark.encode(x=_x(), y=_y(), y2=at("y2")) for mark in (zero, average, target)]


def _dashes(colours: Palette) -> list[alt.Chart]:
    """What each bar stands beside."""
    dash = layer("compared").mark_rule(color=colours.text, strokeWidth=2)
    return [dash.encode(x=_x(), y=_y(), y2=at("y2"))]


def _rest(colours: Palette) -> list[alt.Chart]:
    """The row of those left out: over the columns of names and bars."""
    text = layer("rest").mark_text(align="left", baseline="middle", fontSize=12, limit=alt.expr("width"))
    return [text.encode(x=alt.value(0), y=_y(), text=word("text"), color=role_colour(colours))]


def _texts(colours: Palette) -> list[alt.Chart]:
    name = layer("name").mark_text(align="left", baseline="middle", limit=alt.expr(f"{NAMES} - 10"), lineBreak="\n")
    value = layer("value").mark_text(align="right", baseline="middle", fontWeight=600)
    label = layer("label").mark_text(baseline="middle", fontSize=12)
    text = {"y": _y(), "text": word("text"), "color": role_colour(colours)}
    return [
        name.encode(x=alt.value(0), **text),
        value.encode(x=alt.value("width"), **text),
        label.encode(x=_x(), **text),
        status_mark(colours).encode(x=alt.value(alt.expr(f"width - {VALUES} + 12")), y=_y()),
    ]


def _pointer() -> alt.Parameter:
    fields = [FIELDS["series"]]
    return alt.selection_point(name="pointed", on="pointerover", clear="pointerout", fields=fields, empty=False)


def _hit(colours: Palette, language: Language) -> alt.Chart:
    area = layer("hit").mark_rect(color=colours.muted, opacity=0)
    tips = tooltip(language, "when", "value", "change", "target", "count")
    hit: alt.Chart = area.encode(x=alt.value(0), x2=alt.value("width"), y=_y(), y2=at("y2"), tooltip=tips)
    picked = alt.selection_point(name="picked", on="click", fields=[FIELDS["series"]], toggle=False)
    return hit.add_params(_pointer(), picked)
