"""The sheet with the data: one row a KPI and period, and below them the members of what is broken down.

Invariant: a program reads it as one table: the first row is its head, and no cell of it is merged.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from kpi.report import words as said
from kpi.report.forms.office import labels, members, value_format
from kpi.report.forms.xlsx.book import Book, Sheet
from kpi.report.model import Line, Picture
from kpi.why.telling import dimension_title, member_title

WIDTHS = (26, 36, 12, 12, 18, 20, 26, 16, 16, 17, 10, 13)
LABEL, MEMBER, VALUE, TARGET = 4, 6, 7, 8
"""Columns that charts are drawn of."""
NUMBERS = frozenset({7, 8, 10})


@dataclass(frozen=True)
class Range:
    """The rows of one chart."""

    sheet: str
    """Name of the sheet."""
    first: int
    """First row."""
    last: int
    """Last row."""
    partial: bool
    """Whether the last one is of a period that is not over."""
    has_target: bool
    """Whether some row has a target."""


def write(book: Book) -> Mapping[tuple[str, str], Range]:
    """The sheet; (kind of picture, KPI id) → where its rows are."""
    t, report = book.words.t, book.report
    sheet = book.sheet(t("Data"), WIDTHS, head=0)
    sheet.head(
        0,
        (
            "id", t("KPI"), t("First day"), t("Last day"), t("Period"), t("Broken down by"), t("Member"), t("Value"),
            t("Target"), t("Status"), t("Rows"), t("Period is over"),
        ),
        numbers=NUMBERS,
    )  # fmt: skip
    row, found = 1, dict[tuple[str, str], Range]()
    for line in report.lines:
        found["trend", line.kpi.id] = _course(sheet, row, line)
        row = found["trend", line.kpi.id].last + 1
    for picture in report.pictures:
        if picture.kind == "breakdown":
            found["breakdown", picture.kpi.id] = _members(sheet, row, picture)
            row = found["breakdown", picture.kpi.id].last + 1
    sheet.page.autofilter(0, 0, max(row - 1, 1), len(WIDTHS) - 1)
    return found


def _course(sheet: Sheet, row: int, line: Line) -> Range:
    words, grain = sheet.book.words, sheet.book.report.edition.grain
    names = labels([point.first for point in line.course], grain, words)
    for place, (point, name) in enumerate(zip(line.course, names, strict=True), row):
        _begin(sheet, place, line.kpi.id, said.name(line.kpi, words))
        sheet.day(place, 2, point.first)
        sheet.day(place, 3, point.last)
        sheet.text(place, LABEL, name)
        sheet.number(place, VALUE, point.value, value_format(point.value, line.kpi.unit, words))
        sheet.number(place, TARGET, point.target, value_format(point.target, line.kpi.unit, words))
        sheet.text(place, 9, words.status(point.status if point.value is not None else "no_target"))
        sheet.number(place, 10, point.used, "#,##0")
        sheet.text(place, 11, words.t("no") if point.is_partial else words.t("yes"))
    partial = bool(line.course) and line.course[-1].is_partial
    has_target = any(point.target is not None for point in line.course)
    return Range(sheet.name, row, row + len(line.course) - 1, partial, has_target)


def _members(sheet: Sheet, row: int, picture: Picture) -> Range:
    words, kpi, dimension = sheet.book.words, picture.kpi, picture.dimension or ""
    edition = sheet.book.report.edition
    rows = members(picture)
    for place, found in enumerate(rows.to_dict("records"), row):
        _begin(sheet, place, kpi.id, said.name(kpi, words))
        sheet.day(place, 2, edition.first)
        sheet.day(place, 3, edition.last)
        sheet.text(place, LABEL, said.period(sheet.book.report, words))
        sheet.text(place, 5, dimension_title(dimension, words))
        sheet.text(place, MEMBER, member_title(dimension, found["slice"], words))
        value, target = (None if pd.isna(found[name]) else float(found[name]) for name in ("value", "target"))
        sheet.number(place, VALUE, value, value_format(value, kpi.unit, words))
        sheet.number(place, TARGET, target, value_format(target, kpi.unit, words))
        sheet.text(place, 9, words.status(str(found["status"])))
        sheet.number(place, 10, int(found["used"]), "#,##0")
        sheet.text(place, 11, words.t("no") if found["is_partial"] else words.t("yes"))
    return Range(sheet.name, row, row + len(rows) - 1, False, bool(rows["target"].notna().any()))


def _begin(sheet: Sheet, row: int, kpi: str, name: str) -> None:
    sheet.text(row, 0, kpi)
    sheet.text(row, 1, name)
