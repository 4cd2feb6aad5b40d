"""The section on data health: one sentence, what needs attention, and quiet when all is well."""

import streamlit as st

from pages._ui import frame
from pages._ui.health import findings, people, usable
from pages._ui.health.findings import Found
from pages._ui.markup import tag
from pages._ui.session import View

MOST = 8
"""Findings listed at once; the others are folded away."""


def show(view: View) -> None:
    """The whole section."""
    if not findings.facts(view):
        return
    found, pairs = findings.found(view), people.suggested(view)
    frame.section(view.language.t("Can the data be relied on?"), _sentence(view, len(found) + len(pairs)))
    with st.container(key="health"):
        for place, one in enumerate(found[:MOST]):
            _finding(view, place, one)
        if found[MOST:]:
            with st.expander(view.language.tn("{n} more", "{n} more", len(found) - MOST)):
                for place, one in enumerate(found[MOST:], MOST):
                    _finding(view, place, one)
        people.show(view)
        usable.show(view)


def _sentence(view: View, count: int) -> str:
    if count:
        return view.language.tn("{n} thing needs a look.", "{n} things need a look.", count)
    return view.language.t("Yes: fresh, without gaps, columns filled, volumes as usual.")


def _finding(view: View, place: int, one: Found) -> None:
    mark = tag("span", "▲" if one.serious else "◐", css="missed" if one.serious else "acceptable")
    with st.container(key=f"finding-{place}", horizontal=True, vertical_alignment="center"):
        st.html(tag("p", mark, " ", one.sentence, css="finding"), width="stretch")
        if one.closed is not None:
            args = (view, *one.closed)
            label = view.language.t("We were closed")
            st.button(label, key=f"closed-{place}", type="tertiary", on_click=findings.say_closed, args=args)
        else:
            label = view.language.t("That is right")
            st.button(label, key=f"right-{place}", type="tertiary", on_click=findings.say_right, args=(view, one.name))
