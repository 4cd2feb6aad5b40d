"""The sheet with the charts: the spreadsheet's own, drawn of the cells with the data."""

from collections.abc import Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from kpi.report import words as said
from kpi.report.forms.legal import legal, literal
from kpi.report.forms.office import axis_format
from kpi.report.forms.xlsx.book import COLOURS, Book
from kpi.report.forms.xlsx.data import LABEL, MEMBER, TARGET, VALUE, Range
from kpi.report.model import Picture
from kpi.why.telling import dimension_title

ACROSS = 2
"""Charts side by side."""
WIDTH, HEIGHT = 560, 300
"""Pixels of a chart."""
SCALE, PAGE = 80, 2
"""Per cent on paper, and rows of charts on a sheet of it."""
ROWS, COLUMNS = 16, 8
"""Cells a chart covers, with the air around it."""
MOST_MEMBERS = 25
_FONT = {"name": "Arial", "size": 9, "color": COLOURS.muted}


def sheet(book: Book) -> Worksheet | None:
    """An empty sheet for them, in its place among the others; None: there are no charts."""
    if not book.report.pictures:
        return None
    page = book.out.add_worksheet(book.words.t("Charts")[:31])
    page.set_landscape()
    page.set_paper(9)
    page.set_print_scale(SCALE)
    page.set_margins(0.5, 0.5, 0.6, 0.6)
    charts = len(book.report.pictures)
    page.set_h_pagebreaks(list(range(ROWS * PAGE, ROWS * -(-charts // ACROSS), ROWS * PAGE)))
    page.hide_gridlines(2)
    return page


def write(book: Book, page: Worksheet, ranges: Mapping[tuple[str, str], Range]) -> None:
    """The charts."""
    shown = [one for one in book.report.pictures if (one.kind, one.kpi.id) in ranges]
    for number, picture in enumerate(shown):
        chart = (_trend if picture.kind == "trend" else _breakdown)(book, picture, ranges[picture.kind, picture.kpi.id])
        row, column = number // ACROSS * ROWS, number % ACROSS * COLUMNS + number % ACROSS
        description = legal(said.name(picture.kpi, book.words))
        page.insert_chart(row, column, chart, {"object_position": 2, "description": description})


def _trend(book: Book, picture: Picture, place: Range) -> Any:
    """A line, or columns of what adds up, with the target as a dashed line."""
    name = book.words.t("Value")
    chart = book.out.add_chart({"type": "column" if picture.kpi.additive else "line"})
    colour = COLOURS.bar if picture.kpi.additive else COLOURS.accent
    shape = {"fill": {"color": colour}, "gap": 60} if picture.kpi.additive else {
        "line": {"color": colour, "width": 2.25},
        "marker": {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}},
    }  # fmt: skip
    chart.add_series({"name": name, **_cells(place, LABEL, VALUE), **shape, **_running(picture, place)})
    if place.has_target:
        rule = book.out.add_chart({"type": "line"}) if picture.kpi.additive else chart
        line = {"color": COLOURS.target, "width": 1.25, "dash_type": "dash"}
        rule.add_series({"name": book.words.t("Target"), **_cells(place, LABEL, TARGET), "line": line})
        if picture.kpi.additive:
            chart.combine(rule)
    _dress(book, chart, picture, place, "")
    return chart


def _running(picture: Picture, place: Range) -> dict[str, Any]:
    """The last period hollow or dashed, where it is not over."""
    if not place.partial:
        return {}
    edge = {"color": COLOURS.accent, "width": 1.5, "dash_type": "dash"}
    last = {"fill": {"color": COLOURS.card}, "border": edge} if picture.kpi.additive else {"line": edge}
    return {"points": [None] * (place.last - place.first) + [last]}


def _breakdown(book: Book, picture: Picture, place: Range) -> Any:
    """Bars, the largest on top."""
    chart = book.out.add_chart({"type": "bar"})
    last = min(place.last, place.first + MOST_MEMBERS - 1)
    cells = _cells(Range(place.sheet, place.first, last, False, False), MEMBER, VALUE)
    chart.add_series({"name": book.words.t("Value"), **cells, "fill": {"color": COLOURS.bar}, "gap": 40})
    _dress(book, chart, picture, place, dimension_title(picture.dimension or "", book.words))
    chart.set_y_axis(
        {"reverse": True, "num_font": _FONT, "line": {"none": True}, "major_gridlines": {"visible": False}}
    )
    chart.set_x_axis(_values(book, picture))
    chart.set_legend({"none": True})
    return chart


def _cells(place: Range, labels: int, values: int) -> dict[str, Any]:
    return {
        "categories": [place.sheet, place.first, labels, place.last, labels],
        "values": [place.sheet, place.first, values, place.last, values],
    }  # fmt: skip


def _dress(book: Book, chart: Any, picture: Picture, place: Range, by: str) -> None:
    title = said.name(picture.kpi, book.words) + (f" · {by}" if by else "")
    chart.set_title({"name": literal(title), "overlay": False, "name_font": {
        "name": "Arial", "size": 12, "bold": True, "color": COLOURS.text,
    }})  # fmt: skip
    chart.set_size({"width": WIDTH, "height": HEIGHT})
    chart.set_x_axis({"num_font": _FONT, "line": {"color": COLOURS.border}})
    chart.set_y_axis(_values(book, picture))
    chart.set_chartarea({"border": {"color": COLOURS.border}})
    chart.show_blanks_as("gap")
    if place.has_target:
        chart.set_legend({"position": "bottom", "font": _FONT})
    else:
        chart.set_legend({"none": True})


def _values(book: Book, picture: Picture) -> dict[str, Any]:
    largest, least = float(picture.rows["value"].max()), float(picture.rows["value"].min())
    is_bars = picture.kpi.additive or picture.kind == "breakdown"
    return {
        "num_font": _FONT,
        "num_format": axis_format(0.0 if is_bars else least, largest, picture.kpi.unit, book.words),
        "line": {"none": True}, "major_gridlines": {"visible": True, "line": {"color": COLOURS.grid}},
        **({"min": 0} if is_bars and least >= 0 else {}),
    }  # fmt: skip
