"""People staff tables disagree about.

Invariant: only says what it saw; `staff_posts` decides (the later row of the table wins a day).
"""

import duckdb

from data.message import Message, say_n
from data.model import Finding

_SAME_DAY = """select employee, string_agg(distinct team, ' / ' order by team)
from fact_staff where _live and employee is not null and team is not null
group by employee, case when $branches then branch end, coalesce(valid_from, hired_on)
having count(distinct team) > 1 order by employee"""

_TWO_BRANCHES = "select distinct employee from staff_posts where match_branch is not null order by employee"

_NO_FIRST_DAY = """select employee from fact_staff where _live and employee is not null
group by employee having bool_and(hired_on is null and valid_from is null) order by employee"""


def conflicts(cursor: duckdb.DuckDBPyConnection) -> tuple[Finding, ...]:
    """Two teams at once, one name in two branches, nobody knows since when; after `staff_posts` was made."""
    told = [_two_teams(cursor), _two_branches(cursor), _no_first_day(cursor)]
    return tuple(finding for finding in told if finding.count)


def _two_teams(cursor: duckdb.DuckDBPyConnection) -> Finding:
    rows = cursor.execute(_SAME_DAY, {"branches": _names(cursor, _TWO_BRANCHES) != []}).fetchall()
    return _finding("two_posts", [f"{employee}: {teams}" for employee, teams in rows], say_n(
        "{n} person is in two teams at once: the later row counts.",
        "{n} people are in two teams at once: the later rows count.", len(rows),
    ))  # fmt: skip


def _two_branches(cursor: duckdb.DuckDBPyConnection) -> Finding:
    names = _names(cursor, _TWO_BRANCHES)
    return _finding("two_branches", names, say_n(
        "{n} name stands in several branches: taken as a person in each, told apart by the branch of the row.",
        "{n} names stand in several branches: taken as a person in each, told apart by the branch of the row.",
        len(names),
    ))  # fmt: skip


def _no_first_day(cursor: duckdb.DuckDBPyConnection) -> Finding:
    names = _names(cursor, _NO_FIRST_DAY)
    return _finding("no_first_day", names, say_n(
        "{n} person has no first day: they count in no headcount.",
        "{n} people have no first day: they count in no headcount.", len(names),
    ))  # fmt: skip


def _names(cursor: duckdb.DuckDBPyConnection, select: str) -> list[str]:
    return [str(row[0]) for row in cursor.execute(select).fetchall()]


def _finding(rule: str, examples: list[str], message: Message) -> Finding:
    return Finding("publish", "warning", "employee", rule, len(examples), tuple(examples[:5]), message)
