"""A log's variants, and how often one activity follows, begins and ends: all that its paths tell.

Invariant: the counts are those of `activities` and `edges`, taken of the variants instead of every execution: a pair of
a variant counts once for each of its cases. Every case has exactly one variant; shares are of the cases.
"""

from dataclasses import dataclass

from data.access.source import select
from data.errors import UserError
from data.expression import Params
from data.message import say
from data.model import Statement
from data.store.derived.cases import BETWEEN
from kpi.process.log import BASE, MOST_ACTIVITIES, NoLog, ProcessLog


@dataclass(frozen=True)
class Variant:
    """Cases that went the same way."""

    path: tuple[str, ...]
    """Activities in order."""
    cases: int
    """How many went it."""
    share: float
    """Of all cases, 0…1."""
    median_hours: float
    """Median from the first to the last event."""


@dataclass(frozen=True)
class Outline:
    """How often everything is, of a whole log."""

    ways: dict[tuple[str, ...], int]
    """Path → cases that went it, the commonest first."""
    follows: dict[tuple[str, str], int]
    """(activity, the next one) → how often, the commonest first."""
    starts: dict[str, int]
    """Activity → cases that begin with it, the commonest first."""
    ends: dict[str, int]
    """Activity → cases that end with it, the commonest first."""


_COUNTS = f"""
, told as materialized (select steps, string_split(steps, {BETWEEN}) as parts, cases from ways)
select 'way' as what, steps as a, null as b, cases as n from told
union all select 'pair', a, b, sum(cases)::bigint
  from (select unnest(parts[:-2]) as a, unnest(parts[2:]) as b, cases from told) group by a, b
union all select 'start', parts[1], null, sum(cases)::bigint from told group by 2
union all select 'end', parts[-1], null, sum(cases)::bigint from told group by 2
order by n desc, a, b"""
_BETWEEN = chr(31)
_ROW = ("what", "a", "b", "n")


def outline(log: ProcessLog) -> Outline:
    """Everything, in one question. `NoLog` where there is nothing; `UserError` where the activities are too many.

    The paths were counted with the cases when the log was loaded; only a log narrowed to some events of its cases, or
    made of orders, is gone through again.
    """
    source = log.loaded_cases
    if source is not None:
        params = Params()
        rows = select(source, ["steps"], params, where=log.where)
        sql = f"with ways as (select steps, count(*) as cases from ({rows}) group by steps) {_COUNTS}"
        answer, _ = log.reader.columns(Statement(sql, params.used_in(sql), ("cases",), source.scope))
        return _outline(*(answer[name].tolist() for name in _ROW))
    _names(log)
    names = "(select list(activity order by code) as names from codes)"
    named = f"""select array_to_string(list_transform(w.steps, lambda step: c.names[step::integer + 1]), {BETWEEN})
      as steps, cases from ways w, {names} c"""
    frame = log.ask(f"select * from (with ways as ({named}) {_COUNTS})")
    return _outline(*(frame[name].tolist() for name in _ROW))


def _outline(what: list[str], one: list[str], other: list[str], n: list[int]) -> Outline:
    """The counts by what they are of; they come the commonest first."""
    told = Outline({}, {}, {}, {})
    for kind, first, second, count in zip(what, one, other, n, strict=True):
        if kind == "way":
            told.ways[tuple(first.split(_BETWEEN))] = count
        elif kind == "pair":
            told.follows[first, second] = count
        else:
            (told.starts if kind == "start" else told.ends)[first] = count
    if not told.ways:
        raise NoLog
    return told


def variants(log: ProcessLog, most: int = 100) -> tuple[Variant, ...]:
    """The commonest variants, the most frequent first. `UserError` where the activities are too many to be any."""
    names = _names(log)
    rows = log.ask(
        f"""select path, cases, cases / sum(cases) over () as share, hours from ways
        order by cases desc, path limit {int(most)}"""
    )
    return tuple(
        Variant(tuple(names[ord(letter) - BASE] for letter in path), int(cases), float(share), float(hours))
        for path, cases, share, hours in rows.itertuples(index=False)
    )


def _names(log: ProcessLog) -> list[str]:
    """The activities by their code."""
    names: list[str] = log.ask("select activity from codes order by code")["activity"].tolist()
    if len(names) > MOST_ACTIVITIES:
        raise UserError(
            say("The log has {n} different activities: that is no process.", n=len(names)),
            hint=say("Choose the column that names the steps."),
        )
    return names
