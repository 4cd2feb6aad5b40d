"""The answers that are figures or names: catalogue, values, targets, members, freshness.

Invariant: a value's row is that of `python -m kpi value --format json`, made by the same function.
"""

from datetime import date, timedelta
from typing import Any

from data.errors import UnknownName, UserError, did_you_mean
from data.message import say
from data.model import DIMENSIONS
from data.store.entries import TargetRow
from kpi.api.model import CSV, JSON, Answer, Asking, Told
from kpi.command.answer import as_csv, as_json
from kpi.command.catalogue import entry
from kpi.command.period import in_order
from kpi.command.targets import as_cells
from kpi.command.value import COLUMNS, records, where_of
from kpi.compile.windows import Window, floor
from kpi.evaluate import availability, evaluate
from kpi.model import Query

MOST_ROWS = 20_000
"""Rows of one answer."""
SHORTEST: dict[str, int] = {"day": 1, "week": 7, "month": 28, "quarter": 90, "year": 365}
"""Days of a period at least."""


def catalogue(asking: Asking, told: Told) -> Answer:
    """Every KPI the token answers for."""
    found = availability(asking.reader.relations(), asking.kpis)
    only = set(told["kpi"])
    for name in only:
        asking.kpi(name)
    entries = [entry(kpi, found[id_], asking.words) for id_, kpi in asking.known.items() if not only or id_ in only]
    return _json({"kpis": entries})


def values(asking: Asking, told: Told) -> Answer:
    """Figures of KPIs."""
    query = question(asking, told)
    result = evaluate(asking.reader, asking.kpis, query, asking.book)
    rows = records(result, asking.kpis)
    if len(rows) > MOST_ROWS:
        raise too_many()
    if told["format"] == "csv":
        return Answer((as_csv(COLUMNS, rows) + "\n").encode(), CSV)
    say_it = asking.words.render
    return _json({
        "rows": rows, "until": dict(result.now),
        "unavailable": {kpi: say_it(why) for kpi, why in result.unavailable.items()},
        "notes": {kpi: [say_it(note) for note in notes] for kpi, notes in result.notes.items()},
    })  # fmt: skip


def question(asking: Asking, told: Told) -> Query:
    """The Query of a request. `UserError` where its answer would be too large."""
    kpis = tuple(asking.kpi(name).id for name in told["kpi"])
    since, until, grain, by = told["since"], told["until"], told["grain"], told["by"]
    if since is not None and until is not None:
        in_order(since, until)
    query = Query(kpis, since, until, grain, by, where_of(list(told["where"])))
    if len(kpis) * _periods(asking, query) * (_slices(asking, by) + 1) > MOST_ROWS:
        raise too_many()
    return query


def too_many() -> UserError:
    """An answer would have too many rows."""
    return UserError(
        say("The answer would have more than {n} rows.", n=MOST_ROWS),
        hint=say("Ask for fewer KPIs, fewer days, longer periods, or without a dimension."),
    )


def _periods(asking: Asking, query: Query) -> int:
    """How many periods a query has at most."""
    if query.grain == "total":
        return 1
    days = loaded(asking)
    since, until = query.since or (days.since if days else None), query.until or (days.until if days else None)
    if since is None or until is None or until < since:
        return 1
    return ((until - floor(since, query.grain)) // timedelta(days=SHORTEST[query.grain])) + 1


def loaded(asking: Asking) -> Window | None:
    """The first loaded day and the last on which something happened; None: nothing is loaded."""
    relations = asking.reader.relations().values()
    since = [one.first_day for one in relations if one.first_day is not None]
    until = [one.data_until for one in relations if one.data_until is not None]
    return Window(min(since), max(until)) if since and until else None


def _slices(asking: Asking, by: str | None) -> int:
    return len(asking.reader.members(by, MOST_ROWS)) if by in DIMENSIONS else 7 if by is not None else 0


def targets(asking: Asking, told: Told) -> Answer:
    """Targets that stand, of what the token shows."""
    only = {asking.kpi(name).id for name in told["kpi"]}
    rows = [row for row in asking.store.entries.targets() if _shows(asking, row) and (not only or row.kpi in only)]
    return _json({"targets": [as_cells(row) for row in rows]})


def _shows(asking: Asking, row: TargetRow) -> bool:
    """Whether a target says nothing that the token does not show: not of others, not of the whole where it shows a
    part, and no sum of money where those are not shown to the kopeck."""
    kpi, scope = asking.known.get(row.kpi), asking.reader.scope
    if kpi is None or (kpi.unit == "money" and scope.money != "shown"):
        return False
    if row.scope is None:
        return not scope.where or (row.kind == "fixed" and not kpi.additive)
    return row.scope[1] in asking.reader.members(row.scope[0], MOST_ROWS)


def members(asking: Asking, told: Told) -> Answer:
    """Members of a dimension."""
    name, most = told["dimension"], told["limit"]
    if name not in DIMENSIONS:
        raise UnknownName(say("There is no dimension «{name}».", name=name), hint=did_you_mean(name, DIMENSIONS))
    found = asking.reader.members(name, most + 1)
    return _json({"dimension": name, "members": found[:most], "more": len(found) > most})


def freshness(asking: Asking, _told: Told) -> Answer:
    """Until when the data go, by fact."""
    facts = {one.name: one.data_until for one in asking.reader.relations().values() if one.live_filter}
    known: dict[str, date] = {name: day for name, day in facts.items() if day is not None}
    return _json({"data_until": dict(sorted(known.items())), "latest": max(known.values(), default=None)})


def _json(value: Any) -> Answer:
    return Answer(as_json(value).encode(), JSON)
