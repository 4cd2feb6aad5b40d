"""Files that came and wait for a decision: said once what they hold, then the same holds for all that follow.

Invariant: what is decided here is loaded with what its source gives (account, days, label), so that it is the same
import as one that needed no decision.
"""

import shutil

import streamlit as st

from data.collect import contents
from data.collect.loading import Shrunk, load, options_of
from data.store.entries.collect import Arrival, Connection
from pages._ui import deeds, errors, frame, navigation
from pages._ui.markup import quiet, tag
from pages._ui.session import View
from pages._ui.sources.sentence import moment
from pages._ui.upload import reading
from pages._ui.upload.inbox import Arrival as Dropped

MOST = 20
"""That are listed at once."""
_SHRUNK = Shrunk("", 0, 0).title.text


def show(view: View) -> None:
    """Every one, the first first."""
    found = view.store.entries.arrivals.standing(None, "waiting", "refused")
    if not found:
        return
    t, names = view.language.t, {one.id: one for one in view.store.entries.connections.all()}
    frame.section(t("Waits for you"), str(len(found)))
    for one in found[:MOST]:
        _one(view, one, names[one.connection])
    if len(found) > MOST:
        frame.quiet(view.language.tn("and {n} more", "and {n} more", len(found) - MOST))


def _one(view: View, one: Arrival, source: Connection) -> None:
    t = view.language.t
    with st.container(key=f"waits-{one.id}", border=True):
        head = tag("p", tag("span", "◐ ", css="acceptable"), tag("b", one.name), css="finding")
        when = t("from «{source}», {at}", source=source.name, at=moment(view.language, one.at))
        reason = errors.words(view.language, one.trouble) if one.trouble is not None else ""
        st.html(tag("div", head, quiet(when)))
        if reason:
            st.markdown(reason)
        with st.container(horizontal=True):
            if one.trouble is not None and one.trouble.title.text == _SHRUNK:
                st.button(t("Load it all the same"), key=f"meant-{one.id}", on_click=_load, args=(view, one, source))
            elif one.outcome == "waiting":
                st.button(t("Say what it holds"), key=f"say-{one.id}", type="primary", on_click=_open,
                          args=(view, one, source))  # fmt: skip
            st.button(t("Put away"), key=f"put-{one.id}", type="tertiary", on_click=_put_away, args=(view, one))


def _open(view: View, one: Arrival, source: Connection) -> None:
    """To the screen where files are read, with this one on it."""
    path = contents.place_of(view.store.workspace, one)
    folder = view.store.workspace.folder / "inbox" / f"collected{one.id}"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy = folder / path.name
    shutil.copyfile(path, copy)
    item = reading.read(view, Dropped(f"collected{one.id}", copy))
    given = options_of(source, one)
    item.account, item.branch, item.source = given.account, given.branch, given.source
    item.replace_period, item.collected = given.replace_period, (one.id, given)
    st.session_state[GOING] = True


GOING = "_to_data"
"""In the session: the next run of the page leads to the data."""


def lead_on() -> None:
    """Opens the page of the data where somebody wants to say what a file holds."""
    if st.session_state.pop(GOING, False):
        navigation.go("data")


def _load(view: View, one: Arrival, source: Connection) -> None:
    view.store.gate.require("owner", "collection")
    load(view.store, source, one, is_meant=True)


def _put_away(view: View, one: Arrival) -> None:
    view.store.gate.require("owner", "collection")
    view.store.entries.arrivals.decide(one.id, "put_away", trouble=one.trouble)
    contents.put_away(view.store.workspace, one)
    deeds.noting("changed", "collection")()
