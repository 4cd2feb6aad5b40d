"""The table of a person's sheet: a line for each value that pays, from the value to the points, later to the roubles.

Invariant: the columns are those of `HEAD`, in its order; the roubles are written when the fund's cell is known.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from xlsxwriter.utility import xl_rowcol_to_cell

from kpi.bonus import Part, Pay, Scheme, Slip
from kpi.bonus import words as told
from kpi.bonus.inputs import Side
from kpi.bonus.scheme import Measure
from kpi.language import Language
from kpi.report.bonus import formulas

(
    KPI, WHOSE, VALUE, THRESHOLD, TARGET, CAP, BEGIN, END, PAYOUT, QUALITY, FROM, TO, LEAST, LEFT, WEIGHT, POINTS,
    MONEY,
) = range(17)  # fmt: skip


class Styled(Protocol):
    """What a sheet needs of its workbook."""

    words: Language
    """The language."""

    def format(self, name: str) -> object:
        """A cell format."""


class Place(Protocol):
    """Where the lines are written."""

    book: Styled
    """The workbook."""
    page: Any
    """The worksheet."""
    row: int
    """The next free row."""


@dataclass(frozen=True)
class Lines:
    """The written lines."""

    place: Place
    """Where they are."""
    pays: tuple[tuple[int, Pay, bool], ...]
    """Row, what it pays, whether it is one's own."""

    def write_money(self, formula: Callable[[str], str]) -> None:
        """The roubles of each line, by the cell of its points."""
        for row, pay, _ in self.pays:
            cell = formula(xl_rowcol_to_cell(row, POINTS))
            self.place.page.write_formula(row, MONEY, cell, self.place.book.format("money"), float(pay.money))

    @property
    def sum_of_points(self) -> str:
        """The points together."""
        return self._sum(POINTS, None)

    @property
    def sum_of_money(self) -> str:
        """The roubles together."""
        return self._sum(MONEY, None)

    @property
    def own(self) -> str:
        """The roubles of one's own results."""
        return self._sum(MONEY, True)

    @property
    def common(self) -> str:
        """The roubles of the common ones."""
        return self._sum(MONEY, False)

    def _sum(self, column: int, own: bool | None) -> str:
        cells = [xl_rowcol_to_cell(row, column) for row, _, is_own in self.pays if own in (None, is_own)]
        return "+".join(cells) or "0"


def write_lines(place: Place, scheme: Scheme, slip: Slip) -> Lines:
    """The table without its roubles."""
    place.page.set_row(place.row, 34)
    for column, name in enumerate(_head(place.book.words)):
        place.page.write_string(place.row, column, name, place.book.format("head"))
    place.row += 1
    pays: list[tuple[int, Pay, bool]] = []
    digits = 4 if scheme.fund.divides_by_results else 10
    for measure, part in zip(scheme.measures, slip.parts, strict=True):
        whose = place.book.words.render(told.OVER[scheme.team_by])
        sides = ((part.given.personal, part.personal, place.book.words.t("own"), True),
                 (part.given.team, part.team, whose, False))  # fmt: skip
        for side, pay, name, is_own in sides:
            if pay.weight:
                _Line(place, measure, part, side, pay, digits).write(name)
                pays.append((place.row, pay, is_own))
                place.row += 1
    place.row += 1
    return Lines(place, tuple(pays))


def _head(words: Language) -> tuple[str, ...]:
    return (
        words.t("KPI"), words.t("Whose result"), words.t("Value"), words.t("Pays from"), words.t("In full at"),
        words.t("Most at"), words.t("Paid there, %"), words.t("Most paid, %"), words.t("Fulfilled, %"),
        words.t("Quality"), words.t("Brake from"), words.t("Brake to"), words.t("Least left, %"), words.t("Left, %"),
        words.t("Weight, %"), words.t("Points"), words.t("Roubles"),
    )  # fmt: skip


@dataclass(frozen=True)
class _Line:
    place: Place
    measure: Measure
    part: Part
    side: Side
    pay: Pay
    digits: int

    def write(self, whose: str) -> None:
        words = self.place.book.words
        self.place.page.write_string(self.place.row, KPI, words.catalogue(self.part.given.title))
        self.place.page.write_string(self.place.row, WHOSE, whose)
        self._payout()
        self._left()
        weight = self._given(WEIGHT, self.pay.weight)
        formula = f"={weight}*{self._cell(PAYOUT)}/100*{self._cell(LEFT)}/100"
        self._formula(POINTS, f"=ROUND({formula[1:]},{self.digits})", self.pay.points)

    def _payout(self) -> None:
        curve = self.side.curve
        if curve is None or self.side.value is None or not self.side.is_measured:
            self._given(PAYOUT, self.pay.payout)
            return
        value = self._given(VALUE, self.side.value)
        levels = (self._given(THRESHOLD, curve.threshold), self._given(TARGET, curve.target),
                  self._given(CAP, curve.cap))  # fmt: skip
        pays = self._given(BEGIN, curve.pays_threshold), self._given(END, curve.pays_cap)
        self._formula(PAYOUT, formulas.payout(curve, value, *levels, *pays), self.pay.payout)

    def _left(self) -> None:
        brake = self.measure.brake
        if brake is None or self.side.quality is None:
            self._given(LEFT, self.pay.brake)
            return
        value, begins = self._given(QUALITY, self.side.quality), self._given(FROM, brake.begins)
        ends, least = self._given(TO, brake.ends), self._given(LEAST, brake.least)
        self._formula(LEFT, formulas.left(brake, value, begins, ends, least), self.pay.brake)

    def _given(self, column: int, value: Decimal) -> str:
        style = self.place.book.format("given")
        self.place.page.write_number(self.place.row, column, float(value), style)
        return self._cell(column)

    def _formula(self, column: int, formula: str, value: Decimal) -> None:
        self.place.page.write_formula(
            self.place.row, column, formula, self.place.book.format("number"), float(value)
        )  # fmt: skip

    def _cell(self, column: int) -> str:
        return str(xl_rowcol_to_cell(self.place.row, column))
