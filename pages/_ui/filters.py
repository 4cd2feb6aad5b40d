"""The filters of a view: one slim row that says what is on, the same on every page.

Invariant: the address is the truth; a widget is set from it before it is drawn and writes to it when it is changed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import cast

import streamlit as st

from kpi.model import Grain
from kpi.watch import by_length
from pages._ui import address, frame, navigation, opened, period, session
from pages._ui.compare.choice import Comparison, parsed
from pages._ui.escape import markdown
from pages._ui.markup import Html, joined, link, quiet, tag
from pages._ui.period import Span
from pages._ui.session import View

DIMENSIONS, MORE = address.DIMENSIONS, address.MORE
GRAINS: tuple[Grain, ...] = ("day", "week", "month", "quarter", "year")
NOT_FILLED = ""
WEEKDAYS = tuple("1234567")
"""Members of the dimension weekday; 1 is Monday."""


@dataclass(frozen=True)
class Filters:
    """What the page is about."""

    span: Span
    """The chosen period."""
    grain: Grain
    """Length of the steps of trends."""
    where: tuple[tuple[str, tuple[str, ...]], ...]
    """Dimension → chosen members."""
    compare: Comparison | None = None
    """What the values are compared with."""
    events: tuple[str, ...] = ()
    """Kinds of events that were asked for; none: the usual ones."""
    usual: str = period.DEFAULT
    """The page's own period, which is not in the address."""


def chosen(view: View, usual: str = period.DEFAULT) -> Filters:
    """What the address says; what it does not say is at its default, the period at the page's usual one."""
    now, first = bounds(view)
    preset = address.one("period", period.PRESETS) or usual
    span = period.span(preset, now, first, _day("since"), _day("until"))
    grain = address.one("grain", GRAINS) or fitting(span)
    where = tuple((name, address.many(name)) for name in (*DIMENSIONS, *MORE) if address.many(name))
    compare = parsed(address.one("compare"), DIMENSIONS)
    events = address.many("events")
    return Filters(span, grain, where, compare, events, usual)  # type: ignore[arg-type]  # grain is one of GRAINS


def row(view: View, chosen: Filters, charts: Callable[[], None] | None = None) -> None:
    """Draws the row; `charts` draws the choices that a page's charts have besides."""
    from pages._ui import look

    with st.container(key="filters", horizontal=True, gap="small"):
        with st.popover(period_label(view, chosen), icon=":material/calendar_month:"):
            _period(view, chosen)
        with opened.popover("where_open", where_label(view, chosen), ":material/filter_alt:") as choosing:
            if choosing.open:
                _members(view)
        look.show(view, chosen, charts)
        if address.carried().keys() - {"lang"}:
            st.button(view.language.t("Reset"), key="reset_filters", type="tertiary", on_click=reset)


def bounds(view: View) -> tuple[date, date]:
    """The last day on which something happened, and the first loaded day."""
    return session.kept(view, "bounds", lambda: _bounds(view))


def _bounds(view: View) -> tuple[date, date]:
    relations = view.reader.relations().values()
    until = [r.data_until for r in relations if r.data_until]
    since = [r.first_day for r in relations if r.first_day and r.name != "staff"]
    now = max(until, default=view.today)
    return now, min(since, default=now)


def other_periods(view: View, chosen: Filters) -> tuple[Filters, ...]:
    """The same filters for each of the other periods one click away."""
    now, first = bounds(view)
    spans = (period.span(name, now, first) for name in period.PRESETS if name not in ("custom", chosen.span.preset))
    grain = cast("Grain | None", address.one("grain", GRAINS))
    return tuple(replace(chosen, span=span, grain=grain or fitting(span)) for span in spans)


def fitting(span: Span) -> Grain:
    """Steps that suit a period: its own calendar length, else months, or weeks of a short one."""
    if span.grain in ("month", "quarter", "week"):
        return span.grain
    return by_length(span.since, span.until) if span.preset == "custom" else "month"


def reset() -> None:
    """Takes every filter off; the language stays."""
    address.clear(name for name in address.CARRIED if name != "lang")


def preset_name(view: View, preset: str) -> str:
    """The words of a preset."""
    t = view.language.t
    return {
        "last_month": t("Last complete month"),
        "this_month": t("Running month"),
        "last_3_months": t("Last three months"),
        "quarter": t("Running quarter"),
        "year": t("Running year"),
        "last_12_months": t("Last twelve months"),
        "all": t("All data"),
        "custom": t("From … to …"),
    }[preset]


def grain_name(view: View, grain: str) -> str:
    """The words of a grain."""
    t = view.language.t
    return {
        "day": t("by day"), "week": t("by week"), "month": t("by month"),
        "quarter": t("by quarter"), "year": t("by year"),
    }[grain]  # fmt: skip


def period_label(view: View, chosen: Filters) -> str:
    """«октябрь 2026»; the steps of the trend only where a person chose them."""
    name = view.language.span(chosen.span.since, chosen.span.until)
    return f"{name} · {grain_name(view, chosen.grain)}" if address.one("grain", GRAINS) else name


def where_label(view: View, chosen: Filters) -> str:
    """What is filtered, or that everything is shown."""
    if not chosen.where:
        return view.language.t("Whole business")
    parts = [f"{dimension_name(view, name)}: {markdown(_few(view, members))}" for name, members in chosen.where]
    return " · ".join(parts)


def dimension_name(view: View, name: str) -> str:
    """The title of a dimension, or of a fact's own column, as its schema gives it."""
    from pages._ui.titles import column_title

    return column_title(view, name)


def by_name(view: View, name: str) -> str:
    """«by team»: how a breakdown is called."""
    t = view.language.t
    known = {
        "account": t("by account"), "branch": t("by branch"), "team": t("by team"), "role": t("by role"),
        "employee": t("by employee"), "service": t("by service"), "category": t("by category"),
        "source": t("by source"), "client": t("by client"), "weekday": t("by weekday"),
    }  # fmt: skip
    return known.get(name) or t("by {dimension}", dimension=f"«{dimension_name(view, name)}»")


def member_name(view: View, dimension: str, member: str | None) -> str:
    """A member as people read it: weekdays by name, an empty one as «not filled in»."""
    weekday = dimension == "weekday" and member in WEEKDAYS
    return view.language.weekday(str(member)) if weekday else view.language.member(member)


def _few(view: View, members: tuple[str, ...]) -> str:
    names = [view.language.member(member) for member in members]
    more = len(names) - 2
    return ", ".join(names[:2]) + (f" +{more}" if more > 0 else "")


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(address.one(name) or "")
    except ValueError:
        return None


def _period(view: View, chosen: Filters) -> None:
    """Links, for a browser makes one piece of HTML of them faster than a single button."""
    key = (chosen.usual, chosen.span.preset, chosen.grain)
    st.html(frame.written(view, ("presets", *key), lambda: _presets(view, chosen)))
    if chosen.span.preset == "custom":
        _custom(view, chosen)
    st.html(frame.written(view, ("steps", *key), lambda: _steps(view, chosen)))


def _presets(view: View, chosen: Filters) -> Html:
    def to(preset: str) -> Html:
        where = navigation.href(address.page(), address.here(period=None if preset == chosen.usual else preset))
        return link(where, preset_name(view, preset), on=preset == chosen.span.preset)

    return _choice(view.language.t("Period"), [to(preset) for preset in period.PRESETS], "presets")


def _steps(view: View, chosen: Filters) -> Html:
    def to(grain: Grain) -> Html:
        where = navigation.href(address.page(), address.here(grain=grain))
        return link(where, grain_name(view, grain), on=grain == chosen.grain)

    return _choice(view.language.t("Steps of the trend"), [to(grain) for grain in GRAINS], "lenses tight steps")


def _choice(title: str, links: Sequence[Html], css: str) -> Html:
    return joined([quiet(title), tag("nav", *links, css=css, aria_label=title)])


def _custom(view: View, chosen: Filters) -> None:
    now, first = bounds(view)
    for name, label, day in (
        ("since", view.language.t("From"), chosen.span.since),
        ("until", view.language.t("To"), chosen.span.until),
    ):
        st.session_state[f"w_{name}"] = day
        st.date_input(
            label, key=f"w_{name}", format="DD.MM.YYYY", on_change=_keep, args=(name, None),
            min_value=min(first, day), max_value=max(now, day, view.today),
        )  # fmt: skip


def _members(view: View) -> None:
    for name in (*DIMENSIONS, *(more for more in MORE if address.many(more))):
        known = session.members(view, name)
        chosen = address.many(name)
        if not known and not chosen:
            continue
        st.session_state[f"w_{name}"] = list(chosen)
        st.multiselect(
            dimension_name(view, name), [*known, *(m for m in chosen if m not in known)], key=f"w_{name}",
            format_func=partial(member_name, view, name),
            placeholder=view.language.t("all"), on_change=_keep, args=(name, None),
        )  # fmt: skip


def _keep(name: str, default: str | None) -> None:
    """Writes what a widget holds into the address."""
    held = st.session_state[f"w_{name}"]
    if isinstance(held, list):
        address.write(name, held)
    else:
        text = held.isoformat() if isinstance(held, date) else held
        address.write(name, None if text == default else text)
