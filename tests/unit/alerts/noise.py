"""A business in which nothing happens, looked at for a year: how many messages its owner gets for nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

from data.store.entries.alerts import AlertRule, Noted, Told
from kpi.alerts import Alert, Key, Place
from kpi.alerts.due import due
from kpi.alerts.record import as_found, key_of
from kpi.alerts.standing import change
from kpi.catalogue import catalogue
from kpi.compile.windows import floor, step
from kpi.model import Grain, Kpi
from kpi.watch import Signal, Watched, stories, watched
from kpi.watch.scan import PERIODS
from kpi.watch.series import Seen

KPIS, MEMBERS = 8, {"branch": 2, "team": 4, "employee": 14}
"""Key KPIs, half of them shares; members of each dimension."""
FIRST = date(2027, 1, 5)
"""The day of the first look."""
Chance = np.random.Generator
Series = dict[tuple[str, tuple[str, str] | None], list[Seen]]


@dataclass(frozen=True)
class Year:
    """What came of a year of looks, one a week."""

    messages: int
    """Messages an owner got."""
    alerts: int
    """Alerts that were opened."""


def kpis() -> list[Kpi]:
    """Eight of them: shares of which less is better, and means of which more is."""
    share, mean = catalogue().get("rework_rate"), catalogue().get("average_ticket")
    return [replace(share if n % 2 else mean, id=f"kpi{n}") for n in range(KPIS)]


def year(chance: Chance, grain: Grain, members: Mapping[str, int] = MEMBERS) -> Year:
    """A year of weekly looks at stationary noise, by the usual rule."""
    every, last = series(chance, grain, members), FIRST + timedelta(weeks=52)
    standing: dict[int, Noted] = {}
    told: dict[Key, Told] = {}
    rule, day, messages, opened = AlertRule(), FIRST, 0, 0
    seen: tuple[date, tuple[Alert, ...]] = (date.min, ())
    while day < last:
        begun = floor(day, grain)
        if begun != seen[0]:  # nothing else is complete than last week
            seen = (begun, tuple(_alerts(every, grain, begun)))
        now, changed = datetime.combine(day, datetime.min.time()), change(list(standing.values()), seen[1])
        for number in changed.over:
            del standing[number]
        for number, alert in changed.kept:
            standing[number] = replace(standing[number], size=alert.size)
        for alert in changed.new:
            opened += 1
            standing[opened] = _noted(opened, alert, now)
            told.update({alert.key: replace(known, times=0)} if (known := told.get(alert.key)) else {})
        news = [one for one in standing.values() if due(one, told.get(_key(one)), rule, now)]
        messages += bool(news)
        for one in news:
            known = told.get(_key(one))
            told[_key(one)] = Told(now, one.size, known.times + 1 if known else 1)
        day += timedelta(weeks=1)
    return Year(messages, opened)


def series(chance: Chance, grain: Grain, members: Mapping[str, int]) -> Series:
    """Every KPI of the whole and of each member: enough of the past, and a year to come."""
    scopes = [None, *((name, f"{name}{n}") for name, count in members.items() for n in range(count))]
    starts = [step(floor(FIRST, grain), grain, n) for n in range(1 - PERIODS[grain], 53 if grain == "week" else 13)]
    return {(kpi.id, scope): list(_rows(chance, kpi, scope, starts, grain)) for kpi in kpis() for scope in scopes}


def _rows(
    chance: Chance, kpi: Kpi, scope: tuple[str, str] | None, starts: Sequence[date], grain: Grain
) -> Iterator[Seen]:
    share = kpi.unit == "percent"
    for start in starts:
        used = int(chance.integers(200, 400) // (1 if scope is None else 5))
        value = 100 * chance.binomial(used, 0.08) / used if share else chance.normal(1500, 90)
        first = datetime.combine(start, datetime.min.time())
        last = datetime.combine(step(start, grain, 1) - timedelta(days=1), datetime.min.time())
        low, nan = (0.0 if share else float("nan")), float("nan")
        member = scope[1] if scope else None
        yield Seen(kpi.id, member, scope is None, first, last, False, value, used, used, "no_target", low, nan, nan)


def _alerts(every: Series, grain: Grain, before: date) -> Iterator[Alert]:
    """What would be told on a day on which the periods before are complete."""
    found: dict[bool, list[Watched]] = {True: [], False: []}
    known = {kpi.id: kpi for kpi in kpis()}
    for (id_, scope), rows in every.items():
        complete = [row for row in rows if row.last.date() < before][-PERIODS[grain] + 1 :]
        found[scope is None].append(watched(complete, known[id_], grain, scope=scope))
    for signal in stories(found[True], found[False]):
        if signal.kind == "change" and signal.lasts and signal.good is False:
            yield _alert(signal)


def _alert(signal: Signal) -> Alert:
    away = abs(signal.value - signal.usual) / (abs(signal.usual) or 1.0)
    others = tuple(_place(scope) for scope in (None, *signal.also))
    return Alert(Key("signal", signal.kpi.id, _place(signal.scope)), signal.since, signal.until, away, others=others)


def _place(scope: tuple[str, str] | None) -> Place:
    return ((scope[0], (scope[1],)),) if scope else ()


def _noted(number: int, alert: Alert, now: datetime) -> Noted:
    cells = as_found(alert)
    return Noted(
        number, 1, "", cells.kind, cells.subject, cells.place, cells.period, cells.content, cells.size, now, now, None,
        "", None, None,
    )  # fmt: skip


def _key(one: Noted) -> Key:
    return key_of(one)
