"""The palette of the theme in use as CSS variables, for the stylesheet that the frame page loads (server/routes.py).

Invariant: no colour is written here or in style.css; all come from `kpi.charts.palette`. The sheet itself is no part of
a page: an element that a browser must read anew at every rerun would cost it more than a chart.
"""

from functools import cache

from kpi.charts.palette import Theme, palette
from pages._ui.markup import Html


@cache
def colours(theme: Theme) -> Html:
    """The <style> element of a theme."""
    used = palette(theme)
    names = {
        "page": used.background, "raised": used.surface, "ink": used.text, "muted": used.muted,
        "card": used.background if theme == "light" else used.surface,
        "line": used.border, "line-strong": used.quiet, "accent": used.accent,
        "good": used.good, "acceptable": used.acceptable, "missed": used.missed,
    }  # fmt: skip
    variables = "".join(f"--{name}:{value};" for name, value in names.items())
    return Html(f"<style>:root{{{variables}}}</style>")
