"""What is compared: the cases before and after a day, or of two members of a dimension.

Invariant: the address holds the choice; what it does not say is the middle of the period, or the two commonest members.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import streamlit as st

from kpi.process.comparing import Compared, compared, members
from kpi.process.narrowed import Narrowed
from pages._ui import address, filters
from pages._ui.process.asked import OWNERS, Asked

DIMENSIONS = ("branch", "team", "employee", "service", "account")
"""What two members can be compared of."""
DAY = "day"

Side = tuple[Narrowed, str]
"""A group of cases with its name."""


@dataclass(frozen=True)
class Beside:
    """Two named groups of cases and what they are."""

    first: str
    """Name of the first."""
    second: str
    """Name of the second."""
    told: Compared
    """The figures."""


def choose(asked: Asked) -> None:
    """The choices."""
    kind = _kind(asked)
    with st.container(key="process_compare", horizontal=True, vertical_alignment="bottom"):
        _kinds(asked, kind)
        if kind != DAY:
            _choose_members(asked, kind)
        elif asked.days[0] < asked.days[1]:
            _choose_day(asked)


def beside(asked: Asked) -> Beside | None:
    """What the address compares; None where there is nothing to compare."""
    kind = _kind(asked)
    sides = _by_day(asked) if kind == DAY else _by_member(asked, kind)
    if sides is None:
        return None
    (one, first), (other, second) = sides
    question = ("compared", *((log.days, log.where, log.whole) for log in (one, other)))
    return Beside(first, second, asked.kept(question, lambda: compared(one, other)))


def _kind(asked: Asked) -> str:
    return address.one("split", _known_kinds(asked)) or DAY


def _known_kinds(asked: Asked) -> list[str]:
    return [DAY, *(name for name in DIMENSIONS if len(_members(asked, name)) > 1)]


def _kinds(asked: Asked, kind: str) -> None:
    t, kinds = asked.view.language.t, _known_kinds(asked)
    st.session_state["w_split"] = kind
    names = {name: filters.dimension_name(asked.view, name) for name in kinds if name != DAY}
    names[DAY] = t("before and after a day")
    st.selectbox(t("Compare"), kinds, key="w_split", on_change=_keep, args=("split",), format_func=names.__getitem__)


def _keep(name: str) -> None:
    held = st.session_state[f"w_{name}"]
    address.write(name, held.isoformat() if isinstance(held, date) else held)


def _by_day(asked: Asked) -> tuple[Side, Side] | None:
    words, (since, until) = asked.view.language, asked.days
    if since >= until:
        return None
    day = _day(since, until)
    ends = day - timedelta(days=1)
    return (
        (replace(asked.log, days=(since, ends)), words.span(since, ends)),
        (replace(asked.log, days=(day, until)), words.span(day, until)),
    )


def _choose_day(asked: Asked) -> None:
    since, until = asked.days
    st.session_state["w_on"] = _day(since, until)
    st.date_input(
        asked.view.language.t("First day after"), key="w_on", min_value=since + timedelta(days=1), max_value=until,
        format="DD.MM.YYYY", on_change=_keep, args=("on",),
    )  # fmt: skip


def _day(since: date, until: date) -> date:
    """The day of the address, else the middle of the period."""
    middle = since + (until - since + timedelta(days=1)) // 2
    try:
        asked = date.fromisoformat(address.one("on") or "")
    except ValueError:
        return middle
    return asked if since < asked <= until else middle


def _by_member(asked: Asked, dimension: str) -> tuple[Side, Side]:
    one, other = ((_of(asked.log, dimension, member), member) for member in _pair(asked, dimension))
    return one, other


def _pair(asked: Asked, dimension: str) -> tuple[str, str]:
    """The two members of the address, else the commonest."""
    known = _members(asked, dimension)
    return address.one("first", known) or known[0], address.one("second", known) or known[1]


def _choose_members(asked: Asked, dimension: str) -> None:
    known, t = _members(asked, dimension), asked.view.language.t
    names = (("first", t("First")), ("second", t("Second")))
    for (name, label), member in zip(names, _pair(asked, dimension), strict=True):
        st.session_state[f"w_{name}"] = member
        st.selectbox(label, known, key=f"w_{name}", on_change=_keep, args=(name,))


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
