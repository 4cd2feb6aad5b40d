"""The parts of the screen, and its first sentence."""

from typing import Literal

import streamlit as st

from pages._ui import address, navigation, session
from pages._ui.markup import link, tag
from pages._ui.session import View

Part = Literal["links", "people", "programs", "log"]
PARTS: tuple[Part, ...] = ("links", "people", "programs", "log")
PAGE = "access"


def chosen() -> Part:
    """The part of the address; the links where it names none."""
    return address.one("tab", PARTS) or PARTS[0]  # type: ignore[return-value]  # one of PARTS


def show(view: View, part: Part) -> None:
    """Links to the parts."""
    t = view.language.t
    names = {
        "links": t("Links"), "people": t("User accounts"), "programs": t("Programs and sites"),
        "log": t("What was done"),
    }  # fmt: skip
    found = [link(where(one), names[one], on=one == part) for one in PARTS]
    st.html(tag("nav", *found, css="lenses tight", aria_label=t("Access")))


def where(part: Part) -> str:
    """The address of a part."""
    return navigation.href(PAGE, address.link(tab=None if part == PARTS[0] else part))


def sentence(view: View) -> str:
    """How many links open, how many people have an account, and how many tokens answer."""
    now, tn, entries = view.store.clock(), view.language.tn, view.store.entries
    links = sum(one.opens(now) for one in entries.links.all())
    people = len(session.people().persons.of_business(session.visitor().business))
    tokens = sum(one.answers(now) for one in entries.api_tokens.all())
    told = [
        tn("{n} link to a part of your figures opens", "{n} links to a part of your figures open", links)
        if links
        else view.language.t("No link to your figures opens"),
        *([tn("{n} person has an account", "{n} people have an account", people)] if people else []),
        *([tn("{n} token for programs and sites answers", "{n} tokens for programs and sites answer", tokens)]
          if tokens else []),
    ]  # fmt: skip
    if not (links or people or tokens):
        return view.language.t("Nobody but you sees these figures.")
    return "; ".join(told) + "."
