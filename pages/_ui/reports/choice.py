"""Whose report and of which period: what the address asks, and the choices.

Invariant: only whom the scope shows can be chosen; whoever sees one part alone begins with that part.
"""

from collections.abc import Callable
from functools import partial

import streamlit as st

from kpi.compile.windows import step
from kpi.report.composing import Asked, asking, compose, edition_of, latest, subjects
from kpi.report.model import WHOLE, Edition, Length, Report, Subject
from kpi.why.telling import dimension_title
from pages._ui import address, session
from pages._ui.session import View

LENGTHS: tuple[Length, ...] = ("month", "week")
BACK = 13
"""Periods that are offered."""
ABOUT, LENGTH, PERIOD = "about", "edition", "of"
"""Parts of the address."""
_BETWEEN = "="


def asked(view: View) -> Asked:
    """What the reports of whoever is asking are composed from."""
    return asking(view.store, view.reader.scope, business=session.visitor().business)


def known(view: View) -> tuple[Subject, ...]:
    """Whom a report can be about."""
    return session.kept(view, "subjects of reports", lambda: subjects(view.reader))


def subject(view: View) -> Subject:
    """The subject of the address, else the first."""
    wanted = address.one(ABOUT)
    return next((one for one in known(view) if code(one) == wanted), known(view)[0])


def length() -> Length:
    """Week or month."""
    return address.one(LENGTH, LENGTHS) or LENGTHS[0]  # type: ignore[return-value]  # one of LENGTHS


def newest(view: View) -> Edition | None:
    """The latest period that is over; None: nothing is loaded."""
    grain = length()
    return session.kept(view, ("newest edition", grain), lambda: latest(view.reader, grain))


def editions(last: Edition) -> tuple[Edition, ...]:
    """The periods that can be chosen, the running one first, then the latest that is over."""
    firsts = [step(last.first, last.grain, 1 - n) for n in range(BACK + 1)]
    return tuple(edition_of(first, last.grain, last.last) for first in firsts)


def edition(last: Edition) -> Edition:
    """The period of the address, else the latest that is over."""
    wanted = address.one(PERIOD)
    return next((one for one in editions(last) if one.first.isoformat() == wanted), last)


def row(view: View, last: Edition) -> None:
    """The choices."""
    t = view.language.t
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if len(known(view)) > 1:
            whom = [code(one) for one in known(view)]
            _choose(ABOUT, t("About whom"), whom, code(subject(view)), partial(named, view))
        lengths = {"month": t("Month"), "week": t("Week")}
        _choose(LENGTH, t("Report for"), list(LENGTHS), length(), lengths.__getitem__)
        offered = {one.first.isoformat(): _period(view, one) for one in editions(last)}
        _choose(PERIOD, t("Period"), list(offered), edition(last).first.isoformat(), offered.__getitem__)


def _choose(part: str, label: str, options: list[str], chosen: str, written: Callable[[str], str]) -> None:
    st.session_state[f"w_report_{part}"] = chosen
    st.selectbox(
        label, options, key=f"w_report_{part}", on_change=_keep, args=(part,), format_func=written, width=250
    )  # fmt: skip


def _keep(part: str) -> None:
    """What was chosen goes into the address; another length has other periods."""
    chosen = st.session_state[f"w_report_{part}"]
    address.change({part: chosen, **({PERIOD: None} if part == LENGTH else {})})


def code(one: Subject) -> str:
    """A subject in the address."""
    return f"{one.dimension}{_BETWEEN}{one.member}" if one.dimension else "all"


def named(view: View, wanted: str) -> str:
    """A subject as people read it."""
    one = next(each for each in known(view) if code(each) == wanted)
    if one == WHOLE:
        return view.language.t("Whole business") if not view.reader.scope.where else view.language.t("All I see")
    return f"{dimension_title(one.dimension or '', view.language)}: {one.member}"


def _period(view: View, one: Edition) -> str:
    if one.grain == "week":
        return view.language.span(one.first, one.last)
    return view.language.period(one.first, "month").capitalize()


def made(view: View, about: Subject, period: Edition) -> Report:
    """The report, remembered."""
    entries = view.store.entries.version
    return session.kept(view, ("report", about, period, entries), lambda: compose(asked(view), about, period))
