"""Tables that go on on the next slide where they are long; their rows are as high as their texts need.

Invariant: no row reaches below the slide's end: what is longer than a row may be is cut with «…».
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from kpi.report.forms.legal import legal, one_line
from kpi.report.forms.measure import cut, height
from kpi.report.forms.pptx.deck import ACROSS, BOTTOM, COLOURS, LEFT, TOP, colour
from kpi.report.forms.pptx.template import points

SIZE, HEAD_SIZE = 13.0, 11.0
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_SIDE, _UP = 5.0, 4.0
"""Points of air in a cell: at its sides, above and below."""
_MOST_LINES = 3


@dataclass(frozen=True)
class Cell:
    """One cell."""

    text: str
    """What it says."""
    colour: str = COLOURS.text
    """Its colour."""
    bold: bool = False
    """Whether it is bold."""


@dataclass(frozen=True)
class Column:
    """One column."""

    title: str
    """What its head says."""
    share: float
    """Of the table's width."""
    right: bool = False
    """Whether it is set to the right."""


Row = Sequence[Cell]


def write(new_slide: Callable[[], Slide], columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """The table, on as many slides as it needs; each is made by `new_slide`."""
    for some in _pages(columns, rows):
        _table(new_slide(), columns, some)


def _pages(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[list[Row]]:
    room = BOTTOM - TOP - _head_height(columns)
    page: list[Row] = []
    for row in rows:
        if page and sum(_height(columns, one) for one in page) + _height(columns, row) > room:
            yield page
            page = []
        page.append(row)
    if page:
        yield page


def _room(column: Column) -> float:
    return column.share * ACROSS - 2 * _SIDE


def _height(columns: Sequence[Column], row: Row) -> float:
    tallest = max(
        height(_shown(cell, column), _room(column), SIZE, bold=cell.bold)
        for cell, column in zip(row, columns, strict=True)
    )
    return tallest + 2 * _UP


def _head_height(columns: Sequence[Column]) -> float:
    return max(height(column.title, _room(column), HEAD_SIZE, bold=True) for column in columns) + 2 * _UP


def _shown(cell: Cell, column: Column) -> str:
    return cut(one_line(cell.text), _room(column), _MOST_LINES, SIZE, bold=cell.bold)


def _table(slide: Slide, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    heights = [_head_height(columns), *(_height(columns, row) for row in rows)]
    place = (LEFT, TOP, ACROSS, sum(heights))
    frame = slide.shapes.add_table(len(rows) + 1, len(columns), *map(points, place))
    table = frame.table
    properties = table._tbl.tblPr
    properties.find(qn("a:tableStyleId")).text = _NO_STYLE
    table.first_row, table.horz_banding = True, False
    for place_, column in enumerate(columns):
        table.columns[place_].width = points(column.share * ACROSS)
    for number, size in enumerate(heights):
        table.rows[number].height = points(size)
    for number, column in enumerate(columns):
        _cell(table.cell(0, number), Cell(column.title, COLOURS.muted, bold=True), column, HEAD_SIZE)
    for down, row in enumerate(rows, 1):
        for number, (cell, column) in enumerate(zip(row, columns, strict=True)):
            _cell(table.cell(down, number), Cell(_shown(cell, column), cell.colour, cell.bold), column, SIZE)


def _cell(place: Any, cell: Cell, column: Column, size: float) -> None:
    place.margin_left = place.margin_right = points(_SIDE)
    place.margin_top = place.margin_bottom = points(_UP)
    place.vertical_anchor = MSO_ANCHOR.TOP
    frame = place.text_frame
    frame.word_wrap = True
    frame.text = legal(cell.text)
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if column.right else PP_ALIGN.LEFT
    for run in paragraph.runs:
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), cell.bold, colour(cell.colour)
    _underline(place._tc)


def _underline(cell: Any) -> None:
    """A thin line under the cell."""
    properties = cell.get_or_add_tcPr()
    line = properties.makeelement(qn("a:lnB"), {"w": "6350", "cap": "flat"})
    fill = line.makeelement(qn("a:solidFill"), {})
    code = fill.makeelement(qn("a:srgbClr"), {"val": COLOURS.border.removeprefix("#")})
    fill.append(code)
    line.append(fill)
    properties.insert(0, line)
