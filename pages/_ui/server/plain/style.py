"""The stylesheet of plain pages with the colours of both themes, and the policy that lets nothing else in.

Invariant: the page is one answer: it loads no script, no picture, no font and no other address.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Literal

_NAMES = {
    "page": "background", "card": "card", "ink": "text", "muted": "muted", "line": "border", "edge": "quiet",
    "accent": "accent", "button": "button", "good": "good", "missed": "missed",
}  # fmt: skip


@cache
def sheet() -> str:
    """What stands between <style> and </style>."""
    rules = Path(__file__).with_name("plain.css").read_text(encoding="utf-8")
    return f":root{{{_colours('light')}}}@media (prefers-color-scheme: dark){{:root{{{_colours('dark')}}}}}\n{rules}"


@cache
def policy() -> str:
    """The content security policy of plain pages."""
    digest = base64.b64encode(hashlib.sha256(sheet().encode()).digest()).decode()
    rules = {
        "default-src": "'none'", "img-src": "data:", "style-src": f"'sha256-{digest}'", "form-action": "'self'",
        "base-uri": "'none'", "frame-ancestors": "'none'",
    }  # fmt: skip
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _colours(theme: Literal["light", "dark"]) -> str:
    from kpi.charts.palette import palette  # brings the charts

    used = palette(theme)
    return "".join(f"--{name}:{getattr(used, colour)};" for name, colour in _NAMES.items())
