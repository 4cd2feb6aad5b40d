"""The pieces of HTML that pages are made of.

Invariant: a plain `str` can never become markup: only what `kpi.markup` made is `Html`.
"""

from collections.abc import Sequence

from kpi.markup import Html, joined, tag

__all__ = ["Html", "folded", "joined", "link", "quiet", "section", "table", "tag"]


def quiet(*children: str) -> Html:
    """A note in small grey type."""
    return tag("p", *children, css="quiet")


def section(title: str, note: str = "") -> Html:
    """A heading inside a page, with a quiet note beside it."""
    return tag("h2", title, *([tag("small", note)] if note else []), css="section")


def link(where: str, *children: str, css: str = "", on: bool = False, **attributes: str) -> Html:
    """A link that server/links.js opens inside the session; `on`: to what is open now."""
    names = " ".join(name for name in ("go", css, "on" if on else "") if name)
    return tag("a", *children, css=names, href=where, **({"aria_current": "true"} if on else {}), **attributes)


def folded(title: str, *children: str) -> Html:
    """Something shown when its title is clicked."""
    return tag("details", tag("summary", title), *children, css="folded")


def table(rows: Sequence[Sequence[str]], head: Sequence[str] = ()) -> Html:
    """A table in a frame that scrolls by itself; the first cell of a row is its heading, the others wrap."""
    heading = tag("thead", tag("tr", *(tag("th", cell, css="text") for cell in head))) if head else Html()
    lines = [tag("tr", tag("th", row[0]), *(tag("td", cell, css="wrap") for cell in row[1:])) for row in rows]
    return tag("div", tag("table", heading, tag("tbody", *lines), css="grid"), css="scroll")
