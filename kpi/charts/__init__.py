"""Result → chart: one function a chart."""

from kpi.charts.breakdown import breakdown
from kpi.charts.control import control
from kpi.charts.drawn import Drawn
from kpi.charts.natural import Natural, Naturals
from kpi.charts.overlay import Compared, Flag, Overlay
from kpi.charts.palette import PALETTES, Palette, Theme, palette
from kpi.charts.scatter import scatter
from kpi.charts.small_multiples import small_multiples
from kpi.charts.sparkline import sparkline, sparkline_svg
from kpi.charts.step_rows import Group, Row, step_rows
from kpi.charts.trend import trend
from kpi.charts.waterfall import Ends, Step, waterfall

__all__ = [
    "PALETTES",
    "Compared",
    "Drawn",
    "Ends",
    "Flag",
    "Group",
    "Natural",
    "Naturals",
    "Overlay",
    "Palette",
    "Row",
    "Step",
    "Theme",
    "breakdown",
    "control",
    "palette",
    "scatter",
    "small_multiples",
    "sparkline",
    "sparkline_svg",
    "step_rows",
    "trend",
    "waterfall",
]
