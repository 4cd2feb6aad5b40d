"""PowerPoint's own charts: values over time with the target as a dashed line, and bars of members.

Invariant: a chart holds its figures in full precision in a sheet that whoever edits it sees; no text of a person can
become a formula there. Bars begin at zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.chart.series import LineSeries
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from kpi.report.forms.legal import literal
from kpi.report.forms.pptx.deck import COLOURS, Place, colour
from kpi.report.forms.pptx.template import points

SIZE = 11.0


@dataclass(frozen=True)
class Series:
    """What a chart shows."""

    labels: Sequence[str]
    """Names of the periods or members."""
    values: Sequence[float | None]
    """Their values."""
    code: str
    """Number format of the values."""
    axis: str
    """Number format of the axis."""
    name: str
    """What the values are called."""
    targets: Sequence[float | None] = ()
    """The target in each period."""
    target: str = ""
    """What the targets are called."""
    running: bool = False
    """Whether the last period is not over."""


def trend(slide: Slide, place: Place, shown: Series, *, adds_up: bool) -> None:
    """Values over time: a line, or columns of what adds up."""
    has_target = any(one is not None for one in shown.targets)
    data = _data(shown)
    if has_target:
        data.add_series(literal(shown.target), shown.targets)
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED if adds_up else XL_CHART_TYPE.LINE_MARKERS
    chart = slide.shapes.add_chart(kind, *map(points, place), data).chart
    plot = chart.plots[0]
    if adds_up:
        plot.gap_width = 60
        plot.series[0].format.fill.solid()
        plot.series[0].format.fill.fore_color.rgb = colour(COLOURS.bar)
    else:
        _line(plot.series[0])
    if has_target:
        _dashed(_as_line(plot, plot.series[1]) if adds_up else plot.series[1])
    if shown.running:
        _hollow(plot.series[0].points[len(shown.values) - 1], adds_up=adds_up)
    last = max((n for n, value in enumerate(shown.values) if value is not None), default=None)
    if last is not None:
        _label(plot.series[0], last, shown.code, bold=True)
    _dress(chart, shown, from_zero=adds_up and min([v for v in shown.values if v is not None], default=0) >= 0)
    chart.has_legend = has_target
    if has_target:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.legend.font.size, chart.legend.font.color.rgb = Pt(SIZE), colour(COLOURS.muted)


def bars(slide: Slide, place: Place, shown: Series, codes: Sequence[str]) -> None:
    """Members, the first on top. `codes`: number format of each value."""
    chart = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *map(points, place), _data(shown)).chart
    plot = chart.plots[0]
    plot.gap_width = 40
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = colour(COLOURS.bar)
    for number, code in enumerate(codes):
        _label(plot.series[0], number, code, bold=False)
    _dress(chart, shown, from_zero=min([v for v in shown.values if v is not None], default=0) >= 0)
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_labels.font.color.rgb = colour(COLOURS.text)
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.has_legend = False


def _data(shown: Series) -> CategoryChartData:
    data = CategoryChartData(number_format=shown.code)
    data.categories = [literal(label) for label in shown.labels]
    data.add_series(literal(shown.name), shown.values)
    return data


def _dress(chart: Any, shown: Series, *, from_zero: bool) -> None:
    chart.has_title = False
    chart.font.size = Pt(SIZE)
    across, up = chart.category_axis, chart.value_axis
    across.format.line.color.rgb = colour(COLOURS.border)
    across.tick_labels.font.size, across.tick_labels.font.color.rgb = Pt(SIZE), colour(COLOURS.muted)
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    up.has_major_gridlines = True
    up.major_gridlines.format.line.color.rgb = colour(COLOURS.grid)
    up.format.line.fill.background()
    up.tick_labels.font.size, up.tick_labels.font.color.rgb = Pt(SIZE), colour(COLOURS.muted)
    up.tick_labels.number_format, up.tick_labels.number_format_is_linked = shown.axis, False
    if from_zero:
        up.minimum_scale = 0


def _line(series: Any) -> None:
    series.smooth = False
    series.format.line.width, series.format.line.color.rgb = Pt(2.25), colour(COLOURS.accent)
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 6
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour(COLOURS.accent)
    series.marker.format.line.color.rgb = colour(COLOURS.accent)


def _dashed(series: Any) -> None:
    series.smooth = False
    line = series.format.line
    line.width, line.color.rgb, line.dash_style = Pt(1.25), colour(COLOURS.target), MSO_LINE.DASH
    series.marker.style = XL_MARKER_STYLE.NONE


def _hollow(point: Any, *, adds_up: bool) -> None:
    """The running period."""
    shape = point.format if adds_up else point.marker.format
    if not adds_up:
        point.format.line.width, point.format.line.color.rgb = Pt(2.25), colour(COLOURS.accent)
        point.format.line.dash_style = MSO_LINE.ROUND_DOT
        point.marker.style, point.marker.size = XL_MARKER_STYLE.CIRCLE, 8
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor(255, 255, 255)
    shape.line.color.rgb, shape.line.width = colour(COLOURS.accent), Pt(1.5)
    if adds_up:
        shape.line.dash_style = MSO_LINE.DASH


def _label(series: Any, number: int, code: str, *, bold: bool) -> None:
    """A value beside its point, read from the figures, so that it stays true when somebody edits them."""
    label = series.points[number].data_label
    is_bar = series._element.getparent().tag == qn("c:barChart")
    label.position = XL_LABEL_POSITION.OUTSIDE_END if is_bar else XL_LABEL_POSITION.ABOVE
    label.font.size, label.font.bold, label.font.color.rgb = Pt(SIZE + bold), bold, colour(COLOURS.text)
    written = label._dLbl.makeelement(qn("c:numFmt"), {"formatCode": code, "sourceLinked": "0"})
    label._dLbl.find(qn("c:idx")).addnext(written)


def _as_line(plot: Any, series: Any) -> LineSeries:
    """A series of columns becomes a line over them: python-pptx makes charts of one kind only."""
    columns, element = plot._element, series._element
    lines = columns.makeelement(qn("c:lineChart"), {})
    for name, value in (("grouping", "standard"), ("varyColors", "0")):
        lines.append(lines.makeelement(qn(f"c:{name}"), {"val": value}))
    for part in element.findall(qn("c:invertIfNegative")):
        element.remove(part)
    lines.append(element)
    lines.append(lines.makeelement(qn("c:marker"), {"val": "1"}))
    for axis in columns.findall(qn("c:axId")):
        lines.append(lines.makeelement(qn("c:axId"), {"val": axis.get("val")}))
    columns.addnext(lines)
    return LineSeries(element)
