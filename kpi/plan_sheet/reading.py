"""The tables of a plan → numbers for KPIs, periods and scopes.

Invariant: nothing is guessed: every cell that is not empty becomes a number of the plan, or a problem with its line.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from data.errors import did_you_mean
from data.message import Message, say
from data.schema.names import normalise
from data.store.entries import NewTarget
from data.store.sheet_rows import SheetTable
from kpi.model import Kpi
from kpi.plan_sheet.amounts import Amount, Comma, amount, comma_of
from kpi.plan_sheet.columns import Columns, columns
from kpi.plan_sheet.periods import CalendarPeriod, period_of, year_in
from kpi.plan_sheet.scopes import Members, scope_of

Scope = tuple[str, str] | None


@dataclass(frozen=True)
class PlanCell:
    """One number of a plan."""

    kpi: Kpi
    """The KPI."""
    period: CalendarPeriod
    """The period it is for."""
    scope: Scope
    """For whom; None: the whole business."""
    good: Amount
    """What is good."""
    acceptable: float | None
    """What is still acceptable."""
    sheet: str
    """Sheet, or the file's name."""
    line: int
    """Line in the sheet."""

    def target(self, source: str) -> NewTarget:
        """The target to enter."""
        better = self.kpi.better
        return NewTarget(
            self.kpi.id, "plan", self.scope, self.period.first, self.period.last, self.period.grain,
            good_low=self.good.low if better != "lower" else None,
            good_high=self.good.high if better != "higher" else None,
            ok_low=self.acceptable if better == "higher" else None,
            ok_high=self.acceptable if better == "lower" else None, source=source,
        )  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """Something of the file that is not in the plan."""

    sheet: str
    """Sheet, or the file's name."""
    line: int | None
    """Line in the sheet; None: the whole table."""
    message: Message
    """What, and why."""


@dataclass(frozen=True)
class PlanSheet:
    """What a spreadsheet says about targets."""

    cells: tuple[PlanCell, ...]
    """The numbers, in the order of the file."""
    problems: tuple[Problem, ...]
    """What was not understood."""


@dataclass(frozen=True)
class Known:
    """What names in the file can mean."""

    kpis: Mapping[str, Kpi]
    """Normalised id or title in any language → KPI."""
    titles: Collection[str]
    """Ids and titles as people write them, to suggest."""
    members: Members
    """Dimension → its members, as they are loaded."""
    year: int
    """Year of a month that is named without one."""


def read_plan(tables: Sequence[SheetTable], file: str, known: Known) -> PlanSheet:
    """The plan that these tables hold."""
    cells: list[PlanCell] = []
    problems: list[Problem] = []
    for table in tables:
        year = year_in(table.name) or year_in(file) or known.year
        found = columns(table.header, known.kpis, year)
        if found.layout is None:
            problems.append(Problem(table.name, None, _no_plan(table, known)))
            continue
        reader = _Reader(table, found, known, year)
        for one in reader.read():
            (cells if isinstance(one, PlanCell) else problems).append(one)  # type: ignore[arg-type]
    return _once(cells, problems)


def _no_plan(table: SheetTable, known: Known) -> Message:
    near = next((said for header in table.header if (said := did_you_mean(header, known.titles))), None)
    text = say(
        "This is no plan: it needs a column of KPIs and a column for each period, or the columns KPI, period, value."
    )
    return say("{what} {hint}", what=text, hint=near) if near else text


def _once(cells: Sequence[PlanCell], problems: list[Problem]) -> PlanSheet:
    """Of two numbers for the same the first, and the other as a problem."""
    kept: dict[object, PlanCell] = {}
    for cell in cells:
        first = kept.setdefault((cell.kpi.id, cell.period, cell.scope), cell)
        if first is not cell and (first.good, first.acceptable) != (cell.good, cell.acceptable):
            text = say("This was already planned in line {line}, with another number.", line=first.line)
            problems.append(Problem(cell.sheet, cell.line, text))
    ordered = sorted(problems, key=lambda problem: (problem.sheet, problem.line or 0))
    return PlanSheet(tuple(kept.values()), tuple(ordered))


@dataclass(frozen=True)
class _Reader:
    """One table."""

    table: SheetTable
    columns: Columns
    known: Known
    year: int

    def read(self) -> Iterator[PlanCell | Problem]:
        """Numbers and problems in the order of the lines."""
        for place in self.columns.unknown:
            text = say("The column «{name}» is not known; it was left out.", name=self.table.header[place])
            yield Problem(self.table.name, None, text)
        comma = comma_of(cell for _, cells in self.table.rows for cell in cells if cell)
        for line, cells in self.table.rows:
            yield from self._line(line, cells, comma)

    def _line(self, line: int, cells: Sequence[str | None], comma: Comma | None) -> Iterator[PlanCell | Problem]:
        scope = scope_of(cells, self.columns, self.known.members)
        if isinstance(scope, Message):
            yield Problem(self.table.name, line, scope)
            return
        for kpi, period, text, acceptable in self._numbers(cells):
            problem = next((part for part in (kpi, period) if isinstance(part, Message)), None)
            if isinstance(kpi, Kpi) and isinstance(period, CalendarPeriod):
                good = _good(text, kpi, comma)
                limit = amount(acceptable, comma) if acceptable else None
                problem = good if isinstance(good, Message) else None
                if acceptable and (limit is None or limit.single is None):
                    problem = say("«{written}» is no number.", written=acceptable)
                if isinstance(good, Amount) and problem is None:
                    single = limit.single if limit else None
                    yield PlanCell(kpi, period, scope, good, single, self.table.name, line)
            if problem is not None:
                yield Problem(self.table.name, line, problem)

    def _numbers(
        self, cells: Sequence[str | None]
    ) -> Iterator[tuple[Kpi | Message, CalendarPeriod | Message, str, str | None]]:
        """KPI, period, good and acceptable of every number in a row; empty cells plan nothing."""
        found, layout = self.columns, self.columns.layout
        kpi = self._kpi(_cell(cells, found.kpi)) if found.kpi is not None else None
        if layout == "wide" and kpi is not None:
            filled = [(period, text) for place, period in found.periods.items() if (text := _cell(cells, place))]
            if isinstance(kpi, Message):
                filled = filled[:1]  # one problem a row
            yield from ((kpi, period, text, None) for period, text in filled)
            return
        period = self._period(_cell(cells, found.period))
        if layout == "across":
            yield from ((kpi, period, text, None) for place, kpi in found.kpis.items() if (text := _cell(cells, place)))
        elif kpi is not None and (text := _cell(cells, found.value)):
            yield kpi, period, text, _cell(cells, found.acceptable) or None

    def _kpi(self, text: str) -> Kpi | Message:
        found = self.known.kpis.get(normalise(text))
        if found is not None:
            return found
        near = did_you_mean(text, self.known.titles)
        unknown = say("There is no KPI «{name}».", name=text)
        return say("{what} {hint}", what=unknown, hint=near) if near else unknown

    def _period(self, text: str) -> CalendarPeriod | Message:
        return period_of(text, self.year) or say("«{written}» is no month, quarter or year.", written=text)


def _good(text: str, kpi: Kpi, comma: Comma | None) -> Amount | Message:
    """What is good, on the sides the KPI has."""
    found = amount(text, comma)
    if found is None:
        return say("«{written}» is no number, or could be two.", written=text)
    if kpi.better == "band" and (found.low is None or found.high is None or found.low == found.high):
        return say("This KPI is good between two numbers: write «75–85», not «{written}».", written=text)
    if kpi.better == "higher" and found.low is None:
        return say("Here more is better: «{written}» is no target.", written=text)
    if kpi.better == "lower" and found.high is None:
        return say("Here less is better: «{written}» is no target.", written=text)
    if kpi.better != "band" and found.low is not None and found.high is not None and found.single is None:
        return say("This KPI is good on one side: write one number, not «{written}».", written=text)
    return found


def _cell(cells: Sequence[str | None], place: int | None) -> str:
    """The text; a dash says as little as an empty cell."""
    text = (cells[place] or "") if place is not None else ""
    return "" if text.strip() in ("-", "–", "—") else text
