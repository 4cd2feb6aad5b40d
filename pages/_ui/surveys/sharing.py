"""Links and QR codes of a survey, to be copied, printed and sent.

Invariant: where other devices do not reach this computer, that is said beside the links, with what to do.
"""

import streamlit as st

from data.store.entries.surveys import Link, Survey
from kpi.command.workspace import survey_address
from kpi.surveys.qr import svg
from pages._ui import frame
from pages._ui.escape import markdown
from pages._ui.markup import tag
from pages._ui.qr import picture
from pages._ui.session import View


def show(view: View, survey: Survey) -> None:
    """All links of a survey."""
    t, surveys = view.language.t, view.store.entries.surveys
    base, is_public = survey_address(view.store.workspace.folder)
    frame.section(t("Links for phones"))
    if not is_public:
        note = t(
            "These links open on this computer only. For phones in the same Wi-Fi start the program with "
            "«python3 run.py --phones»; the README says how to reach it from anywhere."
        )
        st.html(tag("p", tag("span", "▲ ", css="acceptable"), note, css="finding"))
    for link in surveys.links(survey.id):
        addresses = [f"{base}/s/{token}" for token in surveys.tokens(link)]
        if not addresses:
            frame.quiet(
                t("The key of the links is gone: those that are out go on working, but they cannot be shown again.")
            )
        elif link.invitations:
            _invitations(view, survey, link, addresses)
        else:
            _open(view, survey, link, addresses[0])


def _open(view: View, survey: Survey, link: Link, address: str) -> None:
    """A QR code and the link beside it."""
    t, code = view.language.t, svg(address)
    with st.container(key=f"survey-link-{link.id}", horizontal=True, vertical_alignment="center"):
        st.html(picture(address, t("QR code of the survey")), width="content")
        with st.container():
            if link.group:
                st.html(tag("h3", link.group[1], css="section"))
            st.code(address, language=None, wrap_lines=True)
            name = f"survey-{survey.id}-{link.id}.svg"
            st.download_button(
                t("QR code for printing"), code, name, "image/svg+xml", on_click="ignore", key=f"qr-{link.id}"
            )


def _invitations(view: View, survey: Survey, link: Link, addresses: list[str]) -> None:
    """One-time links, a line each."""
    t, tn = view.language.t, view.language.tn
    title = tn("{n} one-time link", "{n} one-time links", len(addresses))
    with st.expander(f"{markdown(link.group[1])} · {title}" if link.group else title):
        frame.quiet(t("Send each person another one. Who used theirs is not shown."))
        text = "\n".join(addresses)
        st.code(text, language=None, height=220 if len(addresses) > 8 else "content")
        name = f"survey-{survey.id}-{link.id}.txt"
        st.download_button(t("Download the list"), text, name, "text/plain", on_click="ignore", key=f"list-{link.id}")
