"""A relation already filtered by a scope, as SQL.

Invariant: every SELECT made here contains the scope's filter, leaves out rows later than the relation's data, and adds
team, branch and role from staff without ever multiplying a row.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from data.errors import NotAllowed
from data.expression import Params
from data.message import say
from data.model import PEOPLE, STAFF_DIMENSIONS, Relation, Source

Where = Sequence[tuple[str, Sequence[str]]]
"""Dimension → allowed members; the empty string means «not filled in»."""

POSTS = "staff_posts"
"""The relation of who was in which post when."""
_POSTS = """left join staff_posts s on s.employee = {employee}
 and (s.valid_from is null or s.valid_from <= t._day) and (s.valid_to is null or t._day < s.valid_to)
 and {branch}"""


def quoted(identifier: str) -> str:
    """An identifier of the schema as SQL."""
    return '"' + identifier.replace('"', '""') + '"'


def dimension(relation: Relation, name: str) -> str | None:
    """The relation's own spelling of a dimension, or None if it does not carry it.

    `name` is a column, `weekday`, or the header of an unmapped column kept with the rows.
    """
    if name in relation.columns or name == "weekday":
        return name
    wanted = name.casefold().strip()
    return next((header for header in relation.extras if header.casefold().strip() == wanted), None)


def select(
    source: Source,
    columns: Iterable[str],
    params: Params,
    *,
    where: Where = (),
    time: str | None = None,
    days: tuple[date, date] | None = None,
    row: bool = False,
    undated: bool = False,
) -> str:
    """SELECT of `day` (by `time`, else the business date) and the columns, named as asked.

    `days`: first and last day, inclusive. Rows later than the relation's data are left out always. `row`: with the
    row's place in the table as `_row`, the same in every SELECT of one version of the data. `undated`: rows without a
    day as well.
    """
    wanted = list(dict.fromkeys(columns))
    day = f"cast(t.{quoted(time)} as date)" if time else "t._day"
    conditions = [_members(source.relation, name, members, params) for name, members in (*source.scope.where, *where)]
    limits = _day_limits(source.relation, day, days, params)
    conditions += [f"({limit} or {day} is null)" for limit in limits] if undated else limits
    conditions += _scope_days(source, day, params)
    if source.relation.live_filter:
        conditions.append("t._live")
    used = {*wanted, *(name for name, _ in (*source.scope.where, *where))}
    listed = ", ".join([f"{day} as day", *(f"{column(source.relation, c)} as {quoted(c)}" for c in wanted)])
    listed += ", t.rowid as _row" if row else ""
    joined = _people(source.relation, used) + _staff(source.relation, used)
    return f"select {listed} from {source.relation.table} t{joined}{_where(conditions)}"


def column(relation: Relation, name: str) -> str:
    """SQL of one column of the relation's SELECT. `NotAllowed` for one that whoever asks may not see."""
    if name in relation.hidden:
        raise NotAllowed(say("This figure is not open to you."))
    if name in relation.rounded:
        cell = f"cast(t.{quoted(name)} as double)"
        return f"case when {cell} = 0 then 0.0 else round({cell}, cast(1 - floor(log10(abs({cell}))) as integer)) end"
    if name == "weekday":
        return "cast(isodow(t._day) as varchar)"
    if name in relation.extras:
        return f"t.{quoted(relation.extras[name])}"
    if _from_staff(relation, name):
        return f"coalesce(t.{quoted(name)}, s.{quoted(name)})" if name in relation.own else f"s.{quoted(name)}"
    return _person(relation, name) if name in PEOPLE else f"t.{quoted(name)}"


def _person(relation: Relation, name: str) -> str:
    """SQL of a person's name: where spellings were merged, the one they are known by."""
    return f"coalesce(m_{name}.name, t.{name})" if _is_respelled(relation, name) else f"t.{quoted(name)}"


def _is_respelled(relation: Relation, name: str) -> bool:
    return bool(relation.names) and name in relation.own and name in PEOPLE


def _people(relation: Relation, used: Iterable[str]) -> str:
    """The joins that give people their names; a spelling stands once in `merged_people`."""
    names = {*used, *(["employee"] if _needs_staff(relation, used) else [])}
    return "".join(
        f" left join merged_people m_{name} on m_{name}.spelling = t.{name}"
        for name in PEOPLE
        if name in names and _is_respelled(relation, name)
    )


def _from_staff(relation: Relation, name: str) -> bool:
    return name in STAFF_DIMENSIONS and relation.staffed


def _staff(relation: Relation, used: Iterable[str]) -> str:
    if not _needs_staff(relation, used):
        return ""
    branch = "(s.match_branch is null or s.match_branch = t.branch)"
    return " " + _POSTS.format(branch=branch, employee=_person(relation, "employee"))


def _needs_staff(relation: Relation, used: Iterable[str]) -> bool:
    return any(_from_staff(relation, name) for name in used)


def _members(relation: Relation, name: str, members: Sequence[str], params: Params) -> str:
    known = dimension(relation, name)
    if known is None:
        return "false"
    cell = f"cast({column(relation, known)} as varchar)"
    listed = [params.place(member) for member in relation.known_as(known, members) if member != ""]
    choices = [f"{cell} in ({', '.join(listed)})"] if listed else []
    choices += [f"{cell} is null"] if "" in members else []
    return f"({' or '.join(choices) or 'false'})"


def _day_limits(relation: Relation, day: str, days: tuple[date, date] | None, params: Params) -> list[str]:
    until = relation.data_until
    if days is not None:
        last = min(days[1], until) if until else days[1]
        return [f"{day} between {params.place(days[0])} and {params.place(last)}"]
    return [f"{day} <= {params.place(until)}"] if until else []


def _scope_days(source: Source, day: str, params: Params) -> list[str]:
    """The days a scope is limited to; a row without a day is of none of them. Who works here has no days."""
    since, until = source.scope.since, source.scope.until
    limits = [f"{day} >= {params.place(since)}"] if since is not None and source.relation.name != POSTS else []
    return limits + ([f"{day} <= {params.place(until)}"] if until is not None else [])


def _where(conditions: Sequence[str]) -> str:
    return f" where {' and '.join(conditions)}" if conditions else ""
