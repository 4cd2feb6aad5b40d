"""Targets from data: what each rule comes to in the periods it judges, stored when a period begins to be judged.

Invariant: a period that has its number keeps it, whatever becomes of the data or the rule; a number comes only from
periods that were over before it, and only once the data reach their end.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.access.reader import Reader
from data.store.entries import Number, TargetRow
from data.store.entries.merges import as_read
from data.store.store import Store
from kpi.catalogue import Catalogue
from kpi.compile.windows import floor, step
from kpi.evaluate import evaluate
from kpi.model import Kpi, Query
from kpi.planning import Rule, rule_from_json
from kpi.targets import TargetBook

DAY = timedelta(days=1)
MOST_PAST = 36
"""Past periods a new rule gives numbers for."""


@dataclass(frozen=True)
class Base:
    """What a rule starts from in one period."""

    first: date
    """First day of the period it is for."""
    last: date
    """Last day of it."""
    value: float
    """The value of the data, in the KPI's unit."""


def resolve_due(store: Store, catalogue: Catalogue) -> int:
    """Store what every rule that stands comes to in the periods up to today that have no number yet; how many."""
    now = store.clock()
    names = store.entries.merges.names()
    found: dict[int, list[Number]] = {}
    for row in store.entries.targets():
        if row.rule is not None and row.kpi in catalogue and (periods := _due(row, now.date())):
            kpi, rule = catalogue.get(row.kpi), rule_from_json(row.rule)
            bases = bases_of(Reader(store), catalogue, kpi, _scope(row, names), rule, periods)
            numbers = [_number(rule, kpi, base, now) for base in bases]
            if numbers:
                found[row.id] = numbers
    if found:
        with store.gate.itself():
            store.entries.keep_numbers(found)
    return sum(map(len, found.values()))


def _scope(row: TargetRow, names: Mapping[str, str]) -> tuple[str, str] | None:
    """Whom the target is for, a person under the name they are known by."""
    if row.scope is None or row.scope[0] != "employee":
        return row.scope
    return "employee", as_read(names, row.scope[1])


def _due(row: TargetRow, today: date) -> list[date]:
    """First days of the periods the rule has begun to judge without a number."""
    rule = rule_from_json(row.rule or "")
    known = {number.first for number in row.numbers}
    last = min(row.valid_to or today, today)
    start = max(floor(row.valid_from, rule.grain), step(floor(today, rule.grain), rule.grain, 1 - MOST_PAST))
    return [first for first in _periods(start, last, rule) if first not in known]


def _periods(start: date, last: date, rule: Rule) -> Iterator[date]:
    while start <= last:
        yield start
        start = step(start, rule.grain, 1)


def bases_of(
    reader: Reader, catalogue: Catalogue, kpi: Kpi, scope: tuple[str, str] | None, rule: Rule, firsts: Sequence[date]
) -> list[Base]:
    """What the rule starts from in the periods that begin on these days; those too little is known for are left out."""
    since = step(min(firsts), rule.grain, -rule.looks_back)
    until = step(max(firsts), rule.grain, 1) - DAY
    where = ((scope[0], (scope[1],)),) if scope else ()
    query = Query((kpi.id,), since, until, rule.grain, None, where, ())
    answer = evaluate(reader, catalogue, query, TargetBook())
    if answer.unavailable or kpi.id not in answer.now:
        return []
    frame = answer.frame[answer.frame["is_total"].astype(bool)]
    enough = (frame["used"] >= kpi.min_rows) & ~frame["is_partial"].astype(bool)
    values = dict(zip(frame["period"].dt.date, frame["value"].where(enough).astype(float), strict=True))
    return list(_bases(kpi, rule, values, firsts, answer.now[kpi.id]))


def _bases(kpi: Kpi, rule: Rule, values: dict[date, float], firsts: Sequence[date], now: date) -> Iterator[Base]:
    for first in firsts:
        before = [step(first, rule.grain, n) for n in range(-rule.looks_back, 0)]
        needed = before[0] if rule.base == "last_year" else before[-1]
        if step(needed, rule.grain, 1) - DAY > now:
            continue  # the data do not reach the end of what it looks at
        base = rule.base_of([values.get(day, float("nan")) for day in before], kpi.better)
        if base is not None:
            yield Base(first, step(first, rule.grain, 1) - DAY, base)


def _number(rule: Rule, kpi: Kpi, base: Base, now: datetime) -> Number:
    bounds = rule.bounds(base.value, kpi.better)
    sides = (bounds.good_low, bounds.good_high, bounds.ok_low, bounds.ok_high)
    return Number(base.first, base.last, sides, base.value, now.replace(microsecond=0))
