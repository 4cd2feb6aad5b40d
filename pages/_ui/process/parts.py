"""Pieces that the parts of the page of processes share: links that stay on the page, and a way as a row of steps."""

from collections.abc import Collection, Sequence

from pages._ui import address, navigation
from pages._ui.address import Part
from pages._ui.markup import Html, tag
from pages._ui.session import View

PAGE = "processes"
MOST_STEPS = 24
"""Steps of a way that are drawn; the rest is counted."""


def here(**parts: Part) -> str:
    """The address of this view with these parts set; None removes one."""
    return navigation.href(PAGE, address.here(**parts))


def chevrons(view: View, path: Sequence[str], needless: Collection[str]) -> Html:
    """A way as steps one after another: superfluous ones and repeats are marked by a sign and an edge."""
    seen: set[str] = set()
    pieces = []
    for name in path[:MOST_STEPS]:
        repeat = name in seen
        seen.add(name)
        mark = "▲ " if name in needless else "↻ " if repeat else ""
        title = view.language.t("superfluous") if name in needless else view.language.t("again") if repeat else ""
        pieces.append(tag("span", mark, name, css="step-chip needless" if mark else "step-chip", title=title))
    if len(path) > MOST_STEPS:
        pieces.append(tag("span", view.language.tn("{n} more", "{n} more", len(path) - MOST_STEPS), css="step-more"))
    return tag("span", *pieces, css="way")
