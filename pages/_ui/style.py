"""The stylesheet, with the palette of the theme in use as CSS variables.

Invariant: no colour is written here or in style.css; all come from `kpi.charts.palette`.
"""

from functools import cache
from pathlib import Path

import streamlit as st

from kpi.charts.palette import Theme, palette
from pages._ui import session

SHEET = Path(__file__).with_name("style.css")


def apply() -> None:
    """Sends the stylesheet for this person's theme."""
    st.html(sheet(session.theme()))


@cache
def sheet(theme: Theme) -> str:
    """The <style> element of a theme."""
    colours = palette(theme)
    names = {
        "page": colours.background, "raised": colours.surface, "ink": colours.text, "muted": colours.muted,
        "card": colours.background if theme == "light" else colours.surface,
        "line": colours.border, "line-strong": colours.quiet, "accent": colours.accent,
        "good": colours.good, "acceptable": colours.acceptable, "missed": colours.missed,
    }  # fmt: skip
    variables = "".join(f"--{name}:{value};" for name, value in names.items())
    return f"<style>:root{{{variables}}}\n{SHEET.read_text(encoding='utf-8')}</style>"
