"""The scorecard on paper: a table whose rows stay whole and whose head stands on each page.

Invariant: a row is as high as its highest cell; nothing is cut, a long name takes more lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.charts.palette import palette
from kpi.language import Language
from kpi.report import words as said
from kpi.report.forms.pdf.marks import SIZE, course, mark
from kpi.report.forms.pdf.paper import MARGIN, MUTED, WIDTH, Paper, Text
from kpi.report.model import Line, Report

WIDTHS = (49.0, 25.0, 25.0, 28.0, 19.0, 19.0, 15.0)
"""Millimetres of the columns: together those of a page."""
GAP, AIR = 2.5, 1.6
"""Millimetres between columns, and above and below a row."""
HIGHEST = 6.0
"""Millimetres of a small course."""
_COLOURS = palette("light")


@dataclass(frozen=True)
class Cell:
    """What stands in one cell: texts one below the other."""

    texts: tuple[Text, ...]
    """The texts."""
    align: str = "L"
    """L or R."""
    inset: float = 0.0
    """Millimetres kept free at the left, for a mark."""


def scorecard(paper: Paper, report: Report, words: Language) -> None:
    """A row for each KPI."""
    heads = said.heads(report, words)
    names = (heads.kpi, heads.value, heads.status, heads.target, heads.previous, heads.year, heads.course)
    head = [
        Cell((Text(name, 7, colour=MUTED),), "R" if place in (1, 4, 5) else "L") for place, name in enumerate(names)
    ]
    rows = [(line, _cells(line, words)) for line in report.lines]
    for number, (line, cells) in enumerate(rows):
        broken = [_broken(paper, cell, width) for cell, width in zip(cells, WIDTHS, strict=False)]
        height = max(_height(lines) for lines in broken) + 2 * AIR
        if number == 0 or paper.left < height:
            if number or paper.left < height + 12:
                paper.add_page()
            _row(paper, head, [_broken(paper, cell, width) for cell, width in zip(head, WIDTHS, strict=True)])
        top = paper.y
        _row(paper, cells, broken)
        mark(paper, line.status if line.value is not None else "no_target", _left(2), top + AIR + 1.2)
        course(paper, line, _left(6), top + AIR, WIDTHS[6], min(HIGHEST, height - 2 * AIR))


def _cells(line: Line, words: Language) -> Sequence[Cell]:
    quiet = MUTED if line.moved is False or line.is_partial else _COLOURS.text
    aim, status = said.aim(line, words), line.status if line.value is not None else "no_target"
    return (
        Cell((Text(said.name(line.kpi, words), 9, bold=True), Text(said.behind(line, words), 7, colour=MUTED))),
        Cell((Text(said.value(line, words), 10, bold=True),), "R"),
        Cell((Text(said.status_word(line, words), 8.5, True, _COLOURS.status(status)),), inset=SIZE + 1.2),
        Cell((Text(said.target(line, words), 8.5), *([Text(aim, 7, colour=MUTED)] if aim else []))),
        Cell((Text(said.delta(line, words), 8.5, colour=quiet),), "R"),
        Cell((Text(said.yearly(line, words), 8.5, colour=quiet),), "R"),
    )


def _broken(paper: Paper, cell: Cell, width: float) -> list[Text]:
    """The lines of a cell."""
    room = width - GAP - cell.inset
    return [Text(line, text.size, text.bold, text.colour) for text in cell.texts for line in paper.lines(text, room)]


def _height(lines: Sequence[Text]) -> float:
    return sum(line.leading for line in lines)


def _left(column: int) -> float:
    return MARGIN + sum(WIDTHS[:column])


def _row(paper: Paper, cells: Sequence[Cell], broken: Sequence[Sequence[Text]]) -> None:
    top = paper.y
    height = max(_height(lines) for lines in broken) + 2 * AIR
    for column, (cell, lines) in enumerate(zip(cells, broken, strict=True)):
        y = top + AIR
        for line in lines:
            x, room = _left(column) + cell.inset, WIDTHS[column] - GAP - cell.inset
            paper.write_at(x, y, room, line, align=cell.align)
            y += line.leading
    paper.set_draw_color(_COLOURS.border)
    paper.set_line_width(0.15)
    paper.line(MARGIN, top + height, MARGIN + WIDTH, top + height)
    paper.set_xy(MARGIN, top + height)
