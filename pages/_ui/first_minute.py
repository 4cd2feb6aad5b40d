"""The first minute: one sentence, two choices, a picture of what comes.

Invariant: the demo business comes with one click and goes with one click, and never mixes with a person's own data
unseen: while it is loaded, every page says so.
"""

import streamlit as st

from pages._ui import cards, demo, navigation
from pages._ui.markup import Html, quiet, tag
from pages._ui.session import View

EXAMPLE_COURSE = [6.0, 6.4, 5.9, 6.8, 7.3, 7.0, 7.9, 7.4, 8.1, 8.6, 8.2, 8.8, 9.1]
"""The course drawn on the examples."""

EXAMPLE_TARGET = 8.0


def show(view: View) -> None:
    """The empty workspace."""
    t = view.language.t
    title = t("See whether your business reaches its targets")
    text = t(
        "Upload the spreadsheets you already have: appointments, reviews, shifts, advertising. "
        "The dashboard computes quality, operations, finance and team KPIs and shows each against its target."
    )
    st.html(tag("div", tag("h1", title), tag("p", text), css="welcome"))
    with st.container(key="choices", horizontal=True, gap="small"):
        if st.button(t("Upload your spreadsheet"), type="primary", icon=":material/upload_file:", key="first_upload"):
            navigation.go("data")
        label = t("Look at an example business")
        st.button(label, icon=":material/storefront:", key="first_demo", on_click=demo.start, args=(view,))
    demo.watch(view)
    st.html(_picture(view))


def _picture(view: View) -> Html:
    """Three cards as they will look, with figures that are plainly an example."""
    t, value = view.language.t, view.language.value
    examples = (
        (t("No-shows"), value(6.4, "percent"), "good", t("at most {value}", value=value(10, "percent"))),
        (t("Revenue"), value(1_240_000, "money"), "acceptable", t("at least {value}", value=value(1_300_000, "money"))),
        (t("Right first time"), value(81, "percent"), "missed", t("at least {value}", value=value(85, "percent"))),
    )
    return tag("div", *(_example(view, *example) for example in examples), css="preview", aria_hidden="true")


def _example(view: View, name: str, number: str, status: str, target: str) -> Html:
    goal = tag("span", view.language.t("target {target}", target=target), css="goal")
    word = f"{view.language.mark(status)} {view.language.status(status)}"
    return tag(
        "article",
        tag("p", name, css="name"),
        tag("p", number, css="value"),
        tag("p", word, goal, css=f"status {status}"),
        cards.picture(view, EXAMPLE_COURSE, [EXAMPLE_TARGET] * len(EXAMPLE_COURSE), running=False),
        quiet(view.language.t("example")),
        css="card",
    )
