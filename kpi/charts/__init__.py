"""Result → chart: one function a chart."""

from kpi.charts.breakdown import breakdown
from kpi.charts.drawn import Drawn
from kpi.charts.palette import PALETTES, Palette, Theme, palette
from kpi.charts.small_multiples import small_multiples
from kpi.charts.sparkline import sparkline, sparkline_svg
from kpi.charts.trend import trend

__all__ = [
    "PALETTES",
    "Drawn",
    "Palette",
    "Theme",
    "breakdown",
    "palette",
    "small_multiples",
    "sparkline",
    "sparkline_svg",
    "trend",
]
