"""One person's sheet of the workbook.

Invariant: cells on a blue ground are inputs; whoever changes one sees what it would have paid.
"""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from kpi.bonus import Answer, Slip
from kpi.bonus.explained import Explained
from kpi.bonus.inputs import Result
from kpi.bonus.money import HUNDRED, rounded
from kpi.bonus.reckoning import claim_of
from kpi.language import Language
from kpi.report.bonus import formulas
from kpi.report.bonus.lines import Lines, Styled, write_lines


def write_person(book: Styled, page: Any, answer: Answer, slip: Slip, explained: Explained) -> str:
    """Write the sheet; the cell that holds what is paid."""
    return _Sheet(book, page, answer, slip).write(explained)


@dataclass
class _Sheet:
    book: Styled
    page: Any
    answer: Answer
    slip: Slip
    row: int = 0

    def write(self, explained: Explained) -> str:
        self.page.set_column(0, 0, 40)
        self.page.set_column(1, 1, 18)
        self.page.set_column(2, 16, 11)
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self._line(explained.headline, "title")
        self._line(f"{explained.scheme}, {self.words.period(explained.month, 'month')}. {explained.status}", "quiet")
        self._line(self.words.t("Blue cells are what was measured or agreed; all others are computed."), "quiet")
        self.row += 1
        time, gate = self._time(), self._gates()
        self.row += 1
        lines = write_lines(self, self.answer.scheme, self.slip)
        paid = self._money(time, gate, lines)
        self.row += 1
        for note in explained.notes:
            self._line(note, "quiet")
        return paid

    @property
    def words(self) -> Language:
        """The language."""
        return self.book.words

    def _line(self, text: str, style: str) -> None:
        self.page.write_string(self.row, 0, text, self.book.format(style))
        self.row += 1

    def _given(self, name: str, value: Decimal | int) -> str:
        """An input with its name; its cell."""
        self.page.write_string(self.row, 0, name)
        self.page.write_number(self.row, 1, float(value), self.book.format("given"))
        self.row += 1
        return f"$B${self.row}"

    def _computed(self, name: str, formula: str, value: Decimal, style: str = "number") -> str:
        """A formula with its name; its cell."""
        self.page.write_string(self.row, 0, name)
        self.page.write_formula(self.row, 1, formula, self.book.format(style), float(value))
        self.row += 1
        return f"$B${self.row}"

    def _time(self) -> str:
        words, time, rule = self.words, self.slip.person.time, self.answer.scheme.pro_rata
        if rule == "none":
            return self._given(words.t("Time worked, %"), self.slip.person.share)
        days, of = self._given(words.t("Days in the post"), time.days), self._given(words.t("of"), time.month_days)
        worked = planned = ""
        if rule == "hours" and time.worked is not None and time.planned:
            worked = self._given(words.t("Hours worked"), time.worked)
            planned = self._given(words.t("Hours planned"), time.planned)
        formula = formulas.time(days, of, worked, planned, hours=bool(planned))
        return self._computed(words.t("Time worked, %"), formula, self.slip.person.share)

    def _gates(self) -> str:
        words, product = self.words, "100"
        for gate, seen in zip(self.answer.scheme.gates, self.slip.person.gates, strict=True):
            if seen.reached is None or seen.value is None or seen.target is None:
                continue
            name = words.catalogue(seen.title)
            value = self._given(name, seen.value)
            target = self._given(words.t("{name}: target", name=name), seen.target)
            formula = formulas.reached(value, target, lower=seen.lower)
            reached = self._computed(words.t("{name}: reached, %", name=name), formula, seen.reached)
            least = self._given(words.t("{name}: needed, %", name=name), gate.at_least)
            closed = self._given(words.t("{name}: paid if not, %", name=name), gate.otherwise)
            product += f"*IF({reached}<{least},{closed},100)/100"
        return self._computed(words.t("Gate, %"), f"=ROUND({product},2)", self.slip.gate)

    def _money(self, time: str, gate: str, lines: Lines) -> str:
        """The fund, the roubles of each line, and what they come to; the cell of what is paid."""
        words, slip, step = self.words, self.slip, self.answer.scheme.round_to
        score = self._computed(words.t("Earned, % of the bonus"), f"={lines.sum_of_points}", slip.score)
        fund = self._fund(time, score)
        if self.answer.scheme.fund.divides_by_results:
            total = self._computed(
                words.t("Bonus"), f"={formulas.unit(f'{fund}*{gate}/100', step)}", slip.total, "total"
            )
            lines.write_money(lambda points: f"=IF({score}=0,0,ROUND({total}*{points}/{score},2))")
            self._computed(words.t("Together"), f"={lines.sum_of_money}", slip.exact, "money")
        else:
            shrunk = time if slip.time == slip.person.share else "100"
            lines.write_money(lambda points: f"=ROUND({fund}*{points}/100*{shrunk}/100*{gate}/100,2)")
            exact = self._computed(words.t("Together"), f"={lines.sum_of_money}", slip.exact, "money")
            total = self._computed(words.t("Bonus"), f"={formulas.unit(exact, step)}", slip.total, "total")
        own = f"=IF({lines.own}=0,0,MAX(0,{total}-({lines.common})))"
        cell = self._computed(words.t("for own results"), own, slip.personal, "money")
        self._computed(words.t("for the common ones"), f"={total}-{cell}", slip.team, "money")
        return self._paid(total)

    def _paid(self, total: str) -> str:
        words, approved = self.words, self.answer.approved
        mine = [one for one in (approved.corrections if approved else ()) if one.employee == self.slip.person.name]
        names = [words.t("Correction of {day}", day=one.at.date()) for one in mine]
        cells = [
            self._given(f"{name}: {one.reason}", Decimal(one.kopecks) / 100)
            for name, one in zip(names, mine, strict=True)
        ]
        paid = self.answer.payable(self.slip.person.name)
        return self._computed(words.t("To be paid"), "=" + "+".join([total, *cells]), paid, "total")

    def _fund(self, time: str, score: str) -> str:
        words, scheme, given, slip = self.words, self.answer.scheme, self.answer.sheet.given, self.slip
        claims = self.answer.sheet.claims
        if not scheme.fund.is_pool or given.pool is None or claims <= 0:
            return self._amount(words.t("Fund"), slip.fund, slip.person.base)
        place = self._given(words.t("Place in the pool"), HUNDRED if slip.person.fund is None else slip.person.fund)
        points = score if scheme.fund.divides_by_results else "100"
        claim = self._computed(
            words.t("Claim on the pool"), f"=ROUND({place}*{time}/100*{points}/100,4)", claim_of(scheme, slip)
        )
        pool = self._amount(words.t("Pool"), given.pool, given.result)
        all_ = self._given(words.t("All claims"), claims)
        step, exact = scheme.round_to, rounded(given.pool, scheme.round_to) * claim_of(scheme, slip) / claims
        whole = (exact / step).to_integral_value(rounding=ROUND_FLOOR) * step
        extra = self._given(words.t("What dividing the pool left over"), slip.fund - whole)
        shared = f"{formulas.unit(pool, step)}*{claim}/{all_}"
        return self._computed(
            words.t("Part of the pool"), f"={formulas.whole_units(shared, step)}+{extra}", slip.fund, "money"
        )

    def _amount(self, name: str, amount: Decimal, result: Result | None) -> str:
        """An amount that was agreed, or a share of a result."""
        if result is None or result.value is None:
            return self._given(name, amount)
        value = self._given(self.words.catalogue(result.title), result.value)
        percent = self._given(self.words.t("Share, %"), self.answer.scheme.fund.percent)
        return self._computed(name, f"=MAX(0,ROUND({value}*{percent}/100,2))", amount, "money")
