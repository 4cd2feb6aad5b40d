"""What is connected: how each stands, and what can be done with it."""

import streamlit as st

from data.collect.due import remove
from data.store.entries.collect import Connection, Standing
from pages._ui import frame
from pages._ui.escape import markdown
from pages._ui.markup import Html, quiet, tag
from pages._ui.session import View
from pages._ui.sources import asking, editing, sending
from pages._ui.sources.sentence import course, is_asked, kind_of, moment


def show(view: View) -> None:
    """Every source."""
    found = view.store.entries.connections.all()
    if not found:
        return
    frame.section(view.language.t("Connected"), str(len(found)))
    for one in found:
        with st.container(key=f"source-{one.id}", border=True):
            _one(view, one)
    asking.watch(view)


def _one(view: View, one: Connection) -> None:
    t, standing = view.language.t, view.store.entries.standings.of(one.id)
    st.html(_head(view, one, standing))
    sending.show(view, one)
    with st.container(horizontal=True, key=f"source-deeds-{one.id}"):
        if is_asked(one):
            st.button(
                t("Ask now"), key=f"ask-{one.id}", on_click=asking.ask, args=(view, one),
                disabled=asking.is_running(one), type="tertiary", icon=":material/sync:",
            )  # fmt: skip
        label = t("Go on") if one.is_paused else t("Pause")
        st.button(label, key=f"pause-{one.id}", type="tertiary", on_click=_pause, args=(view, one))
        st.button(t("Change it"), key=f"change-{one.id}", type="tertiary", on_click=editing.begin, args=(one.id,))
        with st.popover(t("Disconnect"), type="tertiary"):
            st.markdown(t("«{name}» is asked no more, and its passwords are forgotten. What it brought stays.",
                          name=markdown(one.name)))  # fmt: skip
            st.button(t("Disconnect it"), key=f"remove-{one.id}", on_click=_remove, args=(view, one))


def _head(view: View, one: Connection, standing: Standing) -> Html:
    """Its name with a mark, its course, and what is in the way."""
    t, failing = view.language.t, standing.failing_since is not None
    mark = tag("span", "▲ ", css="missed") if failing else tag("span", "○ " if one.is_paused else "● ",
                                                               css="" if one.is_paused else "good")  # fmt: skip
    kind = kind_of(view.language, one)
    parts = [tag("p", mark, tag("b", one.name), " ", tag("small", kind), css="finding")]
    parts.append(quiet(course(view.language, one, standing)))
    if failing and standing.trouble is not None:
        said = [standing.trouble.title, standing.trouble.detail, standing.trouble.hint]
        reason = " ".join(view.language.render(part) for part in said if part is not None)
        since = t("Does not work since {since}.", since=moment(view.language, standing.failing_since))
        often = t("It is tried once a day now; change it or ask it by hand.") if standing.is_stopped else ""
        parts.append(tag("p", " ".join(part for part in (since, reason, often) if part), css="finding"))
    latest = view.store.entries.runs.latest_of_each().get(one.id)
    if latest is not None and latest.ended.notes:
        parts += [quiet(view.language.render(note)) for note in latest.ended.notes[:3]]
    return tag("div", *parts)


def _pause(view: View, one: Connection) -> None:
    view.store.entries.connections.pause(one.id, is_paused=not one.is_paused)


def _remove(view: View, one: Connection) -> None:
    remove(view.store, one)
