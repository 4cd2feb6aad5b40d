"""People who appear under two spellings: the evidence, and the decision.

Invariant: nothing is merged but by a person; every merge that stands can be taken back here.
"""

from collections.abc import Sequence

import streamlit as st

from data.message import Message, say
from data.store.entries import Merge
from data.store.people.names import Reason
from data.store.people.suggest import Spelling, Suggestion, suggestions
from pages._ui import session, work
from pages._ui.escape import markdown
from pages._ui.markup import quiet, tag
from pages._ui.session import View
from pages._ui.titles import fact_title

REASONS: dict[Reason, Message] = {
    "spelling": say("the same words, written a little differently"),
    "order": say("the same words in another order"),
    "initials": say("the initials fit"),
    "part": say("one name is longer"),
}
"""What speaks for it."""
WRITING = "_people"
"""Session key: the merge, or the undo of one, that runs."""
MOST = 8
"""Suggestions shown at once."""


def suggested(view: View) -> tuple[Suggestion, ...]:
    """Likely pairs, computed once for a state of the data and of what people said."""
    return session.kept(
        view,
        ("people", view.store.entries.version),
        lambda: suggestions(view.store.cursor(), view.reader.relations(), view.store.entries.merges.different()),
    )


def show(view: View) -> None:
    """The pairs, each with its buttons; below, the merges that stand."""
    if work.watch(view, WRITING) == "running":
        return
    found = suggested(view)
    for place, pair in enumerate(found[:MOST]):
        _pair(view, place, pair)
    standing = [merge for merge in view.store.entries.merges.all() if merge.undone_at is None]
    names = session.members(view, "employee")
    if standing or len(names) > 1:
        label = view.language.t("Merge names by hand")
        with st.expander(view.language.tn("{n} merged name", "{n} merged names", len(standing)) if standing else label):
            for merge in standing:
                _merge(view, merge)
            _by_hand(view, names)


def _by_hand(view: View, names: Sequence[str]) -> None:
    """Any two names: nicknames are suggested by no rule."""
    t = view.language.t
    with st.container(horizontal=True, vertical_alignment="bottom"):
        spelling: str | None = st.selectbox(t("This name"), names, index=None, key="merge_spelling")
        name: str | None = st.selectbox(t("is the person known as"), names, index=None, key="merge_name")
        ready = spelling is not None and name is not None and spelling != name
        args = (view, name, spelling)
        st.button(t("Merge"), key="merge_by_hand", disabled=not ready, on_click=_do_merge, args=args)


def _pair(view: View, place: int, pair: Suggestion) -> None:
    t, one, other = view.language.t, pair.spelling, pair.person
    with st.container(key=f"pair-{place}", horizontal=True, vertical_alignment="center"):
        sentence = t("Is «{spelling}» the same person as «{name}»?", spelling=one.name, name=other.name)
        question = tag("p", tag("span", "◐", css="acceptable"), " ", sentence, css="finding")
        st.html(tag("div", question, quiet(_evidence(view, pair))), width="stretch")
        label = t("One person: {name}", name=markdown(other.name))
        st.button(label, key=f"merge-{place}", on_click=_do_merge, args=(view, other.name, one.name))
        args = (view, one.name, other.name)
        st.button(t("Two people"), key=f"differ-{place}", type="tertiary", on_click=_differ, args=args)


def _evidence(view: View, pair: Suggestion) -> str:
    t, tn = view.language.t, view.language.tn
    told = [view.language.render(REASONS[pair.reason]), *(_where(view, one) for one in (pair.spelling, pair.person))]
    if pair.same_days:
        told.append(tn("both on {n} same day", "both on {n} same days", pair.same_days))
    else:
        told.append(t("never both on one day"))
    if pair.also:
        told.append(t("could also be {names}", names=view.language.list(pair.also)))
    return " · ".join(told)


def _where(view: View, one: Spelling) -> str:
    """«Иванов И.: 12 in orders, 3 in shifts, 3–9 Oct»."""
    number = view.language.number
    rows = [f"{fact_title(view, fact).lower()} {number(count)}" for fact, count in one.rows.items()]
    days = [view.language.span(one.first, one.last)] if one.first and one.last else []
    return f"{one.name}: {', '.join([*rows, *days])}"


def _merge(view: View, merge: Merge) -> None:
    t = view.language.t
    with st.container(key=f"merged-{merge.id}", horizontal=True, vertical_alignment="center"):
        names = view.language.list(merge.spellings)
        st.html(quiet(t("{spellings} → {name}", spellings=names, name=merge.name)), width="stretch")
        label = t("Take apart")
        st.button(label, key=f"apart-{merge.id}", type="tertiary", on_click=_take_apart, args=(view, merge.id))


def _do_merge(view: View, name: str, spelling: str) -> None:
    work.begin(view, WRITING, view.language.t("Merging names"), lambda _tell: view.store.merge_people(name, [spelling]))


def _take_apart(view: View, number: int) -> None:
    work.begin(view, WRITING, view.language.t("Taking names apart"), lambda _tell: view.store.undo_merge(number))


def _differ(view: View, one: str, other: str) -> None:
    view.store.entries.merges.differ(one, other)
