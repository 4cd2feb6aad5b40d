"""Before and after a day, or two members of a dimension: every figure with its difference and how sure that is.

Invariant: a difference is called one only where its interval leaves zero out and both groups are large enough; the
address holds what is compared.
"""

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from kpi.language import NOTHING
from kpi.process.comparing import Compared, Figure, Moved, compared, members
from kpi.process.difference import FEWEST, Difference
from kpi.process.narrowed import Narrowed
from kpi.process.words import change, duration
from pages._ui import address, filters
from pages._ui.markup import Html, joined, quiet, section
from pages._ui.people.parts import block, figures
from pages._ui.process.asked import OWNERS, Asked

DIMENSIONS = ("branch", "team", "employee", "service", "account")
"""What two members can be compared of."""
DAY = "day"
LISTED = 8
"""Moves listed."""
HOURS = ("throughput", "waiting_hours")
"""Figures in hours; all others are shares."""


def show(asked: Asked) -> None:
    """The choices and the figures."""
    kinds = [DAY, *(name for name in DIMENSIONS if len(_members(asked, name)) > 1)]
    kind = address.one("split", kinds) or DAY
    with st.container(key="process_compare", horizontal=True, vertical_alignment="bottom"):
        _kinds(asked, kinds, kind)
        sides = _by_day(asked) if kind == DAY else _by_member(asked, kind)
    if sides is None:
        return
    (one, first), (other, second) = sides
    found = asked.kept(("compared", first, second, one, other), lambda: compared(one, other))
    st.html(joined([_figures(asked, found, first, second), *_moves(asked, found, first, second)]))


def _kinds(asked: Asked, kinds: list[str], kind: str) -> None:
    t = asked.view.language.t
    st.session_state["w_split"] = kind
    names = {name: filters.dimension_name(asked.view, name) for name in kinds if name != DAY}
    names[DAY] = t("before and after a day")
    st.selectbox(t("Compare"), kinds, key="w_split", on_change=_keep, args=("split",), format_func=names.__getitem__)


def _keep(name: str) -> None:
    held = st.session_state[f"w_{name}"]
    address.write(name, held.isoformat() if isinstance(held, date) else held)


Side = tuple[Narrowed, str]
"""A group of cases with its name."""


def _by_day(asked: Asked) -> tuple[Side, Side] | None:
    view, (since, until) = asked.view, asked.days
    if since >= until:
        st.html(quiet(view.language.t("The period is one day: nothing lies before and after.")))
        return None
    day = _day(since, until)
    st.session_state["w_on"] = day
    label = view.language.t("First day after")
    st.date_input(
        label, key="w_on", min_value=since + timedelta(days=1), max_value=until, format="DD.MM.YYYY", on_change=_keep,
        args=("on",),
    )  # fmt: skip
    words, ends = view.language, day - timedelta(days=1)
    return (
        (replace(asked.log, days=(since, ends)), words.span(since, ends)),
        (replace(asked.log, days=(day, until)), words.span(day, until)),
    )


def _day(since: date, until: date) -> date:
    """The day of the address, else the middle of the period."""
    middle = since + (until - since + timedelta(days=1)) // 2
    try:
        asked = date.fromisoformat(address.one("on") or "")
    except ValueError:
        return middle
    return asked if since < asked <= until else middle


def _by_member(asked: Asked, dimension: str) -> tuple[Side, Side]:
    known, t = _members(asked, dimension), asked.view.language.t
    chosen = []
    for n, (name, label) in enumerate((("first", t("First")), ("second", t("Second")))):
        member = address.one(name, known) or known[n]
        st.session_state[f"w_{name}"] = member
        st.selectbox(label, known, key=f"w_{name}", on_change=_keep, args=(name,))
        chosen.append(member)
    one, other = ((_of(asked.log, dimension, member), member) for member in chosen)
    return one, other


def _members(asked: Asked, dimension: str) -> tuple[str, ...]:
    """Members the page's own filter leaves, the commonest first."""
    limits = dict(asked.chosen.where).get(dimension)
    known = asked.kept(("members", dimension), lambda: members(asked.log, dimension, asked.days))
    return tuple(name for name in known if limits is None or name in limits)


def _of(log: Narrowed, dimension: str, member: str) -> Narrowed:
    one = (dimension, (member,))
    if dimension in OWNERS or log.source == "orders":
        return replace(log, where=(*log.where, one))
    return replace(log, whole=(*log.whole, one))


def _figures(asked: Asked, found: Compared, first: str, second: str) -> Html:
    t, words = asked.view.language.t, asked.view.language
    names: dict[Figure, str] = {
        "throughput": t("Median time of a case"), "waiting_hours": t("Median wait of a case"),
        "waiting_share": t("Share of the time that is waiting"), "rework": t("Cases with a repeated step"),
        "superfluous": t("Superfluous steps of all"), "late": t("Later than the term"),
    }  # fmt: skip
    rows = [
        (
            names[name], *(_value(asked, name, n) for n in (one.first, one.second)), _interval(asked, name, one),
            verdict(asked, one),
        )
        for name, one in found.figures.items()
    ]  # fmt: skip
    cases = [words.tn("{n} case", "{n} cases", n) for n in found.cases]
    head = ("", f"{first}: {cases[0]}", f"{second}: {cases[1]}", t("Difference, 95 % interval"), t("What it says"))
    return block(section(t("Side by side")), figures(head, rows, frozenset({4})))


def _value(asked: Asked, name: str, value: float) -> str:
    if value != value:
        return NOTHING
    words = asked.view.language
    return duration(value, words) if name in HOURS else words.value(100 * value, "percent")


def _interval(asked: Asked, name: str, one: Difference) -> str:
    """«−2,1 ч (от −3,4 до −0,9 ч)»; a dash where too few say nothing."""
    if one.verdict == "too_few":
        return NOTHING
    words = asked.view.language

    def told(value: float) -> str:
        return change(value, words) if name in HOURS else words.difference(100 * value, 0.0, "percent")

    moved, low, high = (told(value) for value in (one.second - one.first, one.low, one.high))
    return f"{moved} ({words.t('{low} to {high}', low=low, high=high)})"


def verdict(asked: Asked, one: Difference) -> str:
    """In words with a mark; less is better of every figure here."""
    t = asked.view.language.t
    return {
        "too_few": t("○ too few cases to say (under {n})", n=FEWEST), "none": t("○ no real difference"),
        "less": t("● better, more than chance"), "more": t("▲ worse, more than chance"),
    }[one.verdict]  # fmt: skip


def _moves(asked: Asked, found: Compared, first: str, second: str) -> list[Html]:
    t = asked.view.language.t
    moved = found.moves[:LISTED]
    if not moved:
        return []
    rows = [_moved(asked, move) for move in moved]
    head = (t("Move"), first, second, t("Difference, 95 % interval"), t("What it says"))
    note = t("median wait; what makes most hours first")
    notes = [quiet(t("The waits of one case in {n} are compared.", n=found.every))] if found.every > 1 else []
    return [block(section(t("Which moves got slower or faster"), note), figures(head, rows, frozenset({4})), *notes)]


def _moved(asked: Asked, move: Moved) -> tuple[str, ...]:
    one, t = move.wait, asked.view.language.t
    told = {"less": t("● faster, more than chance"), "more": t("▲ slower, more than chance")}
    return (
        f"{move.before} → {move.after}", *(_value(asked, "throughput", n) for n in (one.first, one.second)),
        _interval(asked, "throughput", one), told.get(one.verdict) or verdict(asked, one),
    )  # fmt: skip
