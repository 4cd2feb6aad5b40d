"""A person's text on its way to the screen.

Invariant: every text that a person typed or a file held (names, cells, headers) passes `html` before it enters HTML
and `markdown` before it enters a Streamlit text; so no cell can load a picture, open a link or draw a chart.
"""

import re

from kpi.markup import escaped as html

__all__ = ["html", "markdown"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:=&@^\"'/])")


def markdown(text: object) -> str:
    """Text inside Streamlit markdown: every sign with a meaning is escaped, line breaks become spaces."""
    return _SPECIAL.sub(r"\\\1", " ".join(str(text).split()))
