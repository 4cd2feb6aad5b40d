"""Somebody's bonus explained, in the words of a language: what page, PDF and command line show alike.

Invariant: every number here is one of the slip's; nothing is computed but the step more, by the same rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpi.bonus import words as told
from kpi.bonus.asking import Answer
from kpi.bonus.inputs import KpiInput, Result, Side
from kpi.bonus.money import HUNDRED
from kpi.bonus.reckoning import claim_of
from kpi.bonus.slip import Part, Pay, Slip
from kpi.bonus.steps import Ahead, ahead
from kpi.language import Language


@dataclass(frozen=True)
class Line:
    """What one value paid."""

    kpi: str
    """Name of the KPI."""
    whose: str
    """Own, or the team's."""
    value: str
    """The value."""
    levels: str
    """Threshold, target and cap."""
    weight: str
    """Per cent of the bonus."""
    payout: str
    """Per cent paid for the value, with what the brake left."""
    money: str
    """Roubles."""
    sum: str
    """How the roubles came about, for a pocket calculator."""
    more: str
    """What one step more would have paid; empty: nothing to say."""


@dataclass(frozen=True)
class Explained:
    """One person's sheet."""

    name: str
    """Who."""
    month: date
    """First day of the month."""
    scheme: str
    """Title of the scheme."""
    status: str
    """Preview, or approved when."""
    headline: str
    """One sentence with the result."""
    basis: tuple[tuple[str, str], ...]
    """Fund, time, gates: name and text."""
    lines: tuple[Line, ...]
    """KPI by KPI."""
    totals: tuple[tuple[str, str], ...]
    """Own, team, rounding, corrections, what is paid: name and text."""
    notes: tuple[str, ...]
    """What the reader must know."""


def explain(answer: Answer, slip: Slip, words: Language) -> Explained:
    """The sheet of one person."""
    return _Explaining(answer, slip, words).sheet()


def status(answer: Answer, words: Language) -> str:
    """«Approved on 3 Oct. 2026», «Preview: …»."""
    if answer.approved is not None:
        return words.t("Approved on {day}", day=answer.approved.at.date())
    if answer.sheet.given.is_running:
        return words.t(
            "Preview: sums are taken to the end of the month by the forecast. Data until {day}.", day=_until(answer)
        )
    return words.t("Preview, not approved yet. Data until {day}.", day=_until(answer))


def _until(answer: Answer) -> date:
    return answer.sheet.given.until


class _Explaining:
    def __init__(self, answer: Answer, slip: Slip, words: Language) -> None:
        self.answer, self.scheme, self.slip, self.words = answer, answer.scheme, slip, words
        self.ahead = {one.kpi: one for one in ahead(answer.scheme, answer.sheet, slip)}

    def sheet(self) -> Explained:
        slip, words = self.slip, self.words
        paid = self.answer.payable(slip.person.name)
        return Explained(
            slip.person.name, self.answer.sheet.month, self.scheme.title, status(self.answer, words),
            words.t(
                "{name}: {total} for {month} — {own} for own results, {team} for the common ones.",
                name=slip.person.name, total=told.money(words, paid),
                month=words.period(self.answer.sheet.month, "month"),
                own=told.money(words, slip.personal), team=told.money(words, slip.team),
            ),
            tuple(self._basis()), tuple(self._lines()), tuple(self._totals(paid)), tuple(self._notes()),
        )  # fmt: skip

    def _basis(self) -> Iterator[tuple[str, str]]:
        words, slip = self.words, self.slip
        yield words.t("Fund"), self._fund()
        time = slip.person.time
        text = words.t("{days} of {all} days", days=time.days, all=time.month_days)
        if self.scheme.pro_rata == "hours" and time.worked is not None and time.planned is not None:
            hours = words.t("{worked} of {planned} hours", worked=float(time.worked), planned=float(time.planned))
            text = f"{text}, {hours}"
        if self.scheme.pro_rata != "none":
            yield words.t("Time worked"), f"{told.percent(words, slip.person.share)} · {text}"
        for gate, seen in zip(self.scheme.gates, slip.person.gates, strict=True):
            name = words.t("Gate: {kpi}", kpi=words.catalogue(seen.title))
            yield name, self._gate(seen.reached, seen.target, seen.unit, gate.at_least, gate.otherwise)

    def _fund(self) -> str:
        words, slip, given = self.words, self.slip, self.answer.sheet.given
        own = told.money(words, slip.fund)
        if not self.scheme.fund.is_pool:
            if slip.person.fund is None:
                return words.t("nobody said how much: set it in the staff list")
            return self._from(own, slip.person.base)
        if given.pool is None:
            return words.t("{own} of the common fund", own=own)
        pool = self._from(told.money(words, given.pool), given.result)
        return words.t(
            "{own} of the common fund of {pool}, for {claim} of all {claims} parts", own=own, pool=pool,
            claim=words.number(float(claim_of(self.scheme, slip)), 4),
            claims=words.number(float(self.answer.sheet.claims), 4),
        )  # fmt: skip

    def _from(self, money: str, result: Result | None) -> str:
        """An amount, with the result it is a share of."""
        words = self.words
        if result is None or result.value is None:
            return money
        return words.t(
            "{money} ({percent} of {kpi} {value})", money=money, percent=told.percent(words, self.scheme.fund.percent),
            kpi=words.catalogue(result.title), value=told.money(words, result.value),
        )  # fmt: skip

    def _gate(
        self, reached: Decimal | None, target: Decimal | None, unit: str, least: Decimal, otherwise: Decimal
    ) -> str:
        words = self.words
        if reached is None:
            return words.t("not known, so it is open")
        what = words.t(
            "{reached} of {target} reached, {least} needed", reached=told.percent(words, reached),
            target=words.value(None if target is None else float(target), unit, exact=True),
            least=told.percent(words, least),
        )  # fmt: skip
        if reached >= least:
            return words.t("open: {what}", what=what)
        return words.t("closed, {left} paid: {what}", left=told.percent(words, otherwise), what=what)

    def _lines(self) -> Iterator[Line]:
        for part in self.slip.parts:
            more = self.ahead.get(part.given.kpi)
            yield self._line(part, part.given.personal, part.personal, self.words.t("own"), more)
            if part.team.weight:
                whose = self.words.render(told.OVER[self.scheme.team_by])
                yield self._line(part, part.given.team, part.team, whose, None)

    def _line(self, part: Part, side: Side, pay: Pay, whose: str, more: Ahead | None) -> Line:
        words, given = self.words, part.given
        payout = told.percent(words, pay.payout)
        if pay.brake != HUNDRED:
            payout = f"{payout} × {told.percent(words, pay.brake)}"
        return Line(
            words.catalogue(given.title), whose, told.counted(words, side.value, given.unit),
            told.levels(words, side.curve, given.unit), told.percent(words, pay.weight),
            payout if pay.weight else told.why(words, side) or "—", told.money(words, pay.money) if pay.weight else "—",
            self._sum(pay), told.step(words, more, given.unit) if more else "",
        )  # fmt: skip

    def _sum(self, pay: Pay) -> str:
        """«25 000 × 28 % × 138,63 %»."""
        if not pay.weight:
            return ""
        words, slip = self.words, self.slip
        percents = [pay.weight, pay.payout, *(x for x in (pay.brake, slip.time, slip.gate) if x != HUNDRED)]
        if self.scheme.fund.divides_by_results:
            total, points = words.number(float(slip.total)), words.number(float(pay.points), 4)
            return f"{total} × {points} ÷ {words.number(float(slip.score), 4)}"
        return " × ".join([words.number(float(slip.fund), 2), *(told.percent(words, x) for x in percents)])

    def _totals(self, paid: Decimal) -> Iterator[tuple[str, str]]:
        words, slip = self.words, self.slip
        yield words.t("Together"), told.money(words, slip.exact)
        if slip.rounding:
            yield words.t("Rounding"), told.signed(words, slip.rounding)
        yield words.t("Bonus"), told.money(words, slip.total)
        corrections = self.answer.approved.corrections if self.answer.approved else ()
        mine = [one for one in corrections if one.employee == slip.person.name]
        for one in mine:
            amount = told.signed(words, Decimal(one.kopecks) / 100)
            yield words.t("Correction of {day}", day=one.at.date()), f"{amount} · {one.reason}"
        if mine:
            yield words.t("To be paid"), told.money(words, paid)

    def _notes(self) -> Iterator[str]:
        words = self.words
        for part in self.slip.parts:
            if not part.given.personal.is_measured and not part.given.team.is_measured:
                yield self._unmeasured(part.given)
            elif part.given.personal.why and self.scheme.share_of_kpi(part.given.kpi) < HUNDRED:
                yield words.t(
                    "{kpi}: own result — {why}. The common result counts for all of it.",
                    kpi=words.catalogue(part.given.title), why=told.why(words, part.given.personal),
                )  # fmt: skip
        if self.answer.approved is not None:
            kept = self.answer.approved
            yield words.t(
                "Approval {number}, data version {data}, scheme version {scheme}, {hash}", number=kept.id,
                data=kept.data_version, scheme=kept.version, hash=kept.sha256[:12],
            )  # fmt: skip
            if not kept.is_intact:
                yield words.t("The approved numbers were changed from outside: do not trust them.")

    def _unmeasured(self, given: KpiInput) -> str:
        words = self.words
        kpi, why = words.catalogue(given.title), told.why(words, given.personal)
        if self.scheme.unmeasured == "zero":
            return words.t("{kpi}: {why}, so it pays nothing.", kpi=kpi, why=why)
        if self.scheme.unmeasured == "full":
            return words.t("{kpi}: {why}, so it pays as if on target.", kpi=kpi, why=why)
        return words.t("{kpi}: {why}, so its weight goes to the other KPIs.", kpi=kpi, why=why)
