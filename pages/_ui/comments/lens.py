"""What is said about one KPI, beside its charts: the comments, and the form for another."""

import streamlit as st

from data.errors import UserError
from data.store.entries import Comment
from data.store.entries.comments import LONGEST
from pages._ui import errors, filters, frame, session
from pages._ui.board import Figure
from pages._ui.comments import asking
from pages._ui.filters import Filters
from pages._ui.markup import Html, quiet, tag
from pages._ui.session import View

_TEXT = "comment_text"
_WRONG = "comment_wrong"


def title(view: View) -> str:
    """The name on the button."""
    return view.language.t("Comments")


def show(view: View, figure: Figure, chosen: Filters, _dimension: str | None) -> None:
    """The form where one may speak, then what is said."""
    visitor, comments = session.visitor(), view.store.entries.comments
    if visitor.person is not None:
        comments.see(visitor.person, figure.kpi.id)
    if view.may("lead"):
        _form(view, figure, chosen)
    said = asking.seen(view, comments.of(figure.kpi.id))
    if not said:
        frame.quiet(view.language.t("Nobody has said anything about it yet."))
    for one in said:
        _shown(view, one)
    if view.may("owner"):
        _switch(view)


def _form(view: View, figure: Figure, chosen: Filters) -> None:
    t = view.language.t
    period = view.language.span(chosen.span.since, chosen.span.until)
    wrong: UserError | None = st.session_state.pop(_WRONG, None)
    if wrong is not None:
        errors.show(view.language, wrong)
    with st.form("comment", border=False, clear_on_submit=True):
        st.text_area(
            t("What happened in {period}, and what is being done?", period=period), key=_TEXT, max_chars=LONGEST,
            placeholder=t("@Name calls somebody who has an account."),
        )  # fmt: skip
        st.form_submit_button(t("Say it"), on_click=_keep, args=(view, figure, chosen))


def _keep(view: View, figure: Figure, chosen: Filters) -> None:
    visitor, text = session.visitor(), st.session_state[_TEXT] or ""
    comment = Comment(
        0, figure.kpi.id, chosen.span.since, chosen.span.until, asking.scope_of(view, chosen), visitor.name,
        visitor.person, text,
    )  # fmt: skip
    called = [one.id for one in asking.mentioned(text, asking.colleagues()) if one.id != visitor.person]
    try:
        view.store.entries.comments.add(comment, called)
    except UserError as error:
        st.session_state[_WRONG] = error


def _shown(view: View, one: Comment) -> None:
    with st.container(key=f"comment-{one.id}", horizontal=True, vertical_alignment="center"):
        st.html(_told(view, one), width="stretch")
        mine = one.person is not None and one.person == session.visitor().person
        if view.may("owner") or mine:
            remove = view.store.entries.comments.remove
            label = view.language.t("Remove")
            st.button(label, key=f"uncomment-{one.id}", type="tertiary", on_click=remove, args=(one.id,))


def _told(view: View, one: Comment) -> Html:
    t, words = view.language.t, view.language
    about = [words.span(one.since, one.until)]
    if one.scope is not None:
        about.append(f"{filters.dimension_name(view, one.scope[0])}: {one.scope[1]}")
    when = words.day(one.at.date(), year=True) if one.at is not None else ""
    who = one.author or t("at this computer")
    lines = [tag("p", line) for line in one.text.splitlines() if line.strip()]
    return tag("div", *lines, quiet(" · ".join([who, when, *about])), css="comment")


def _switch(view: View) -> None:
    def changed() -> None:
        view.store.entries.settings.set(asking.REQUIRED, bool(st.session_state["notes_required"]) or None)

    st.toggle(
        view.language.t("Ask for a comment wherever a key KPI misses its target"), value=asking.is_required(view),
        key="notes_required", on_change=changed,
    )  # fmt: skip
