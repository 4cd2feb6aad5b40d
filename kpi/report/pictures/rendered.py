"""A chart as SVG, PNG or PDF.

Invariant: the picture holds its data and fonts; who looks at it needs nothing else.
"""

from typing import Any

from kpi.charts import Drawn, Theme
from kpi.report.pictures.renderer import RENDERER

SCALE = 2.0
"""Dots of a PNG for each pixel of the chart."""


def svg(drawn: Drawn, width: int, theme: Theme, padding: int | None = None) -> str:
    """The chart as SVG, so many pixels wide; `padding`: pixels around it. `PictureFailed` where it cannot be drawn."""
    return RENDERER.ask("svg", _spec(drawn, width, theme, padding)).decode()


def png(drawn: Drawn, width: int, theme: Theme, scale: float = SCALE) -> bytes:
    """The chart as PNG."""
    return RENDERER.ask("png", drawn.standalone(width, theme), scale)


def pdf(drawn: Drawn, width: int, theme: Theme, padding: int | None = None) -> bytes:
    """The chart as a PDF of one page of its own size, a point for each pixel, fonts embedded."""
    return RENDERER.ask("pdf", _spec(drawn, width, theme, padding))


def _spec(drawn: Drawn, width: int, theme: Theme, padding: int | None) -> dict[str, Any]:
    spec = drawn.standalone(width, theme)
    return spec if padding is None else spec | {"padding": padding}


def scripts() -> str:
    """What shows charts in a browser: Vega, Vega-Lite and Vega-Embed as one script."""
    return RENDERER.ask("scripts", {}).decode()
