"""A person's text on its way to the screen.

Invariant: every text that a person typed or a file held (names, cells, headers) passes `html` before it enters HTML
and `markdown` before it enters a Streamlit text; so no cell can load a picture, open a link or draw a chart.
"""

import html as _html
import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:=&@^\"'/])")


def html(text: object) -> str:
    """Text inside an HTML element or a quoted attribute."""
    return _html.escape(str(text), quote=True)


def markdown(text: object) -> str:
    """Text inside Streamlit markdown: every sign with a meaning is escaped, line breaks become spaces."""
    return _SPECIAL.sub(r"\\\1", " ".join(str(text).split()))
