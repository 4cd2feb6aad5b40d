"""HTML made of parts that are escaped unless they are HTML already.

Invariant: a plain `str` can never become markup: only what this module made is `Html`.
"""

import html as _html
from collections.abc import Iterable


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


def escaped(text: object) -> str:
    """Text inside an HTML element or a quoted attribute."""
    return _html.escape(str(text), quote=True)


def tag(name: str, *children: str, css: str = "", **attributes: str) -> Html:
    """An element; `css` are its classes, attributes are written with - for _."""
    written = {"class": css} if css else {}
    written |= {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    listed = "".join(f' {key}="{escaped(value)}"' for key, value in written.items())
    return Html(f"<{name}{listed}>{joined(children)}</{name}>")


def joined(children: Iterable[str], between: str = "") -> Html:
    """Parts one after the other, each escaped unless it is Html."""
    return Html(escaped(between).join(child if isinstance(child, Html) else escaped(child) for child in children))
