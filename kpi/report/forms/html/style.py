"""The stylesheet of the file: both themes, paper, and the app's own letters inside it.

Invariant: no colour is written here or in the sheets; all come from `kpi.charts.palette`, and a chart's colours follow
the theme because they are written as the same variables.
"""

import base64
from functools import cache
from pathlib import Path

from kpi.charts.palette import FONT, Theme, palette

_FONTS = Path(__file__).resolve().parents[4] / "assets" / "fonts"
_ALPHABETS = {
    "inter-latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,"
    "U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    "inter-latin-ext": "U+0100-0130,U+0132-0151,U+0154-02BA,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113",
    "inter-cyrillic": "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
}
"""File → the letters it holds."""
_NAMES = (
    "background", "surface", "card", "border", "grid", "text", "muted", "accent", "bar", "quiet", "target", "band",
    "good", "acceptable", "missed", "none",
)  # fmt: skip
"""Colours of the palette that are variables, the first of equal ones winning."""


@cache
def sheet() -> str:
    """What stands between <style> and </style>."""
    rules = parts() + Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    light, dark = _variables("light"), _variables("dark")
    themes = f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return f"{_faces()}{themes}{rules}"


def parts() -> str:
    """The rules of a report's parts, for a page that shows them and gives the colours."""
    return Path(__file__).with_name("report.css").read_text(encoding="utf-8")


def themed(text: str) -> str:
    """A drawing of the light theme with its colours as variables."""
    for colour, name in _by_colour().items():
        text = text.replace(colour, f"var(--{name})")
    return text


@cache
def _by_colour() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _NAMES:
        found.setdefault(getattr(palette("light"), name), name)
    return found


def _variables(theme: Theme) -> str:
    used = palette(theme)
    return "".join(f"--{name}:{getattr(used, name)};" for name in _NAMES)


def _faces() -> str:
    return "".join(
        f"@font-face{{font-family:{FONT};font-weight:100 900;font-display:block;unicode-range:{letters};"
        f"src:url(data:font/woff2;base64,{_file(name)}) format('woff2')}}"
        for name, letters in _ALPHABETS.items()
    )


def _file(name: str) -> str:
    return base64.b64encode((_FONTS / f"{name}.woff2").read_bytes()).decode()
