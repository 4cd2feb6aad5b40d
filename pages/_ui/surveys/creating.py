"""A new survey: everything is filled in, so that one click makes it.

Invariant: nothing is kept before the click; what cannot be asked so is said where it is.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from data.errors import UnknownName, UserError
from data.store.entries.surveys import GROUPS, NewSurvey
from data.store.entries.surveys.model import LONGEST_TITLE, MOST_INVITATIONS, MOST_LINKS
from kpi.surveys import Template, questions_of, template
from pages._ui import address, errors, filters, frame, session
from pages._ui.escape import markdown
from pages._ui.markup import joined, quiet, tag
from pages._ui.session import View
from pages._ui.surveys.links import to_list

DAYS = 7
"""How long staff can answer where nobody says otherwise."""
_WRONG = "survey_wrong"


def show(view: View, code: str) -> None:
    """The form of one kind (`enps.staff`)."""
    kind, _, audience = code.partition(".")
    try:
        of = template(kind, audience)
    except UnknownName as error:
        errors.show(view.language, error)
        return
    t, said = view.language.t, view.language.render
    st.html(joined([to_list(view), tag("p", said(of.title), css="headline"), tag("p", said(of.about), css="lead")]))
    asked = _what(view, of)
    groups, invitations = _whom(view, of)
    wrong: UserError | None = st.session_state.pop(_WRONG, None)
    if wrong is not None:
        errors.show(view.language, wrong)
    questions = questions_of(of, said, asked.own)
    made = NewSurvey(
        of.kind, of.audience, asked.title, questions, asked.until, asked.comment, groups, invitations
    )  # fmt: skip
    st.button(t("Make the survey"), key="survey_make", type="primary", on_click=_make, args=(view, made))
    if of.audience == "staff":
        frame.quiet(
            t(
                "Staff are asked anonymously: results appear when the survey is over, "
                "and never of fewer than five people."
            )
        )


def _make(view: View, new: NewSurvey) -> None:
    """Keep it and open it."""
    try:
        number = view.store.entries.surveys.add(new)
    except UserError as error:
        st.session_state[_WRONG] = error
        return
    address.change({"new": None, "survey": str(number)})


@dataclass(frozen=True)
class _Asked:
    """What was filled in about the survey itself."""

    title: str
    """Its name."""
    own: tuple[str, ...]
    """The owner's questions, a line each."""
    until: date | None
    """The last day."""
    comment: bool
    """Whether a few words may be added."""


def _what(view: View, of: Template) -> _Asked:
    t, said = view.language.t, view.language.render
    left, right = st.columns([3, 1])
    title = left.text_input(
        t("Name for yourself"), said(of.title), key=f"survey_title_{of.kind}", max_chars=LONGEST_TITLE
    )
    day = view.today + timedelta(days=DAYS) if of.audience == "staff" else None
    until = right.date_input(
        t("Last day"), day, min_value=view.today, format="DD.MM.YYYY", key=f"survey_until_{of.audience}",
        help=None if day else t("Empty: until you close it."),
    )  # fmt: skip
    own: tuple[str, ...] = ()
    if of.is_open:
        text = st.text_area(
            t("Statements, one a line; people say from 1 to 5 how far it is so"),
            "\n".join(said(item.text) for item in of.items), key="survey_questions", height=160,
        )  # fmt: skip
        own = tuple((text or "").splitlines())
    else:
        listed = [tag("li", said(item.text)) for item in of.items]
        lead = [tag("p", said(of.lead))] if of.lead else []
        st.html(tag("div", quiet(t("What is asked")), *lead, tag("ul", *listed), css="asked"))
    comment = st.checkbox(
        t("Ask for a few words too: «{question}»", question=said(of.comment)), value=True, key="survey_words"
    )
    return _Asked(title or "", own, until if isinstance(until, date) else None, comment)


def _whom(view: View, of: Template) -> tuple[tuple[tuple[str, str], ...], int]:
    """Groups with links of their own, and one-time invitations for each."""
    t = view.language.t
    known = {name: members for name in GROUPS[of.audience] if len(members := session.members(view, name)) > 1}
    left, right = st.columns(2)
    dimension: str | None = left.selectbox(
        t("Links"), [None, *known], key=f"survey_by_{of.audience}",
        format_func=lambda name: filters.dimension_name(view, name) if name else t("one for all"),
    )  # fmt: skip
    ways = {False: t("open: whoever has it can answer"), True: t("one-time invitations")}
    invited = right.selectbox(t("Who can answer"), list(ways), key="survey_invited", format_func=ways.__getitem__)
    groups: tuple[tuple[str, str], ...] = ()
    if dimension is not None:
        chosen = st.multiselect(
            t("For each of"), known[dimension], known[dimension][:MOST_LINKS], key=f"survey_members_{dimension}",
            format_func=markdown, max_selections=MOST_LINKS,
        )  # fmt: skip
        groups = tuple((dimension, member) for member in chosen)
    if not invited:
        return groups, 0
    number = st.number_input(t("How many invitations for each link"), 1, MOST_INVITATIONS, 10, key="survey_invitations")
    return groups, int(number)
