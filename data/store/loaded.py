"""What is loaded now: every relation with its columns and days.

Invariant: the answer is a function of the ledger, the states counted at publish and the clock's day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import duckdb

from data.model import PEOPLE, STAFF_DIMENSIONS, Fact, Relation
from data.schema.loader import facts
from data.store.derived import DERIVED, Derived
from data.store.derived.hires import SCALED
from data.store.derived.people import read_names
from data.store.fact_tables import columns_of, table_of
from data.store.form_rows import FACT as ASKED
from data.store.form_rows import filled
from data.store.states import EMPTY, State, count_derived, count_fact, read_states

_OF_STAFF = frozenset({"staff", "staff_posts", "staff_days", "cases"})
"""Relations that come from staff itself, or were made with it: nothing is looked up for them."""

_OF_NAMES = frozenset({"staff_posts", "staff_days", "shift_days", "cases"})
"""Relations made of people's names after they were merged."""


def relations(cursor: duckdb.DuckDBPyConnection, today: date) -> Mapping[str, Relation]:
    """Every fact and derived relation, loaded or not."""
    states = read_states(cursor)
    filled = filled_columns(cursor)
    made = {fact.name: _fact(cursor, fact, states, filled, today) for fact in facts().values()}
    made["staff"] = _staff_until(made, today)
    for derived in DERIVED.values():
        made[derived.name] = _derived(cursor, derived, states, made, today)
    names = read_names(cursor)
    return {
        name: replace(
            _with_staff(relation, made["staff"], made["staff_posts"]),
            names={} if name in _OF_NAMES or relation.own.isdisjoint(PEOPLE) else names,
        )
        for name, relation in made.items()
    }


def filled_columns(cursor: duckdb.DuckDBPyConnection) -> dict[str, tuple[frozenset[str], dict[str, str]]]:
    """Fact → the columns that imports that count, and answers to our forms, fill, and the extras (header → column)."""
    rows = cursor.execute(
        """select fact, columns::varchar[], extras::map(varchar, varchar) from import_parts p
        join imports i using (import) where i.undone_at is null order by import, part"""
    ).fetchall()
    found: dict[str, tuple[frozenset[str], dict[str, str]]] = {}
    for fact, columns, extras in rows:
        before, kept = found.get(fact, (frozenset[str](), {}))
        others = {header: name for header, name in kept.items() if name not in set(extras.values())}
        found[fact] = (before | set(columns), others | extras)
    if answered := filled(cursor):
        before, kept = found.get(ASKED, (frozenset[str](), {}))
        found[ASKED] = (before | answered, kept)
    return found


def last_days(cursor: duckdb.DuckDBPyConnection, today: date) -> dict[str, date | None]:
    """Relation → its data_until."""
    return {name: relation.data_until for name, relation in relations(cursor, today).items()}


def _fact(
    cursor: duckdb.DuckDBPyConnection,
    fact: Fact,
    states: Mapping[str, State],
    filled: Mapping[str, tuple[frozenset[str], dict[str, str]]],
    today: date,
) -> Relation:
    columns, extras = filled.get(fact.name, (frozenset(), {}))
    state = states.get(fact.name, EMPTY)
    if state.later and state.as_of != today:
        state = count_fact(cursor, fact, today, columns)
    return Relation(
        fact.name, table_of(fact), columns, columns, extras, state.first_day, state.last_day, state.rows,
        state.upcoming, state.has_lines, True, columns & set(state.complete),
    )  # fmt: skip


def _staff_until(made: Mapping[str, Relation], today: date) -> Relation:
    """Staff is known for as long as anything happened; alone, until today."""
    staff = made["staff"]
    if staff.rows + staff.upcoming == 0:
        return staff
    others = [relation.data_until for name, relation in made.items() if name != "staff" and relation.data_until]
    if not others:
        return replace(staff, data_until=today)
    return replace(staff, data_until=max([*others, *([staff.data_until] if staff.data_until else [])]))


def _derived(
    cursor: duckdb.DuckDBPyConnection,
    derived: Derived,
    states: Mapping[str, State],
    made: Mapping[str, Relation],
    today: date,
) -> Relation:
    last = until(derived, made)
    state = states.get(derived.name, EMPTY)
    if derived.name not in states:
        return Relation(derived.name, derived.name, frozenset(), frozenset(), {}, None, None, 0, 0, False, False)
    if state.last_day != last or (state.later and state.as_of != today):
        state = counted(cursor, derived, today, made)
    own = _own(columns_of(cursor, derived.name), derived, made) if state.rows + state.upcoming else frozenset[str]()
    return Relation(
        derived.name, derived.name, own, own, {}, state.first_day, state.last_day, state.rows, state.upcoming,
        False, False, own & set(state.complete),
    )  # fmt: skip


def counted(cursor: duckdb.DuckDBPyConnection, derived: Derived, today: date, made: Mapping[str, Relation]) -> State:
    """Its rows, or those it will have once it is made; `made`: the facts it is made of."""
    rows = derived.later.rows(cursor) if derived.later is not None else derived.name
    columns = _own(columns_of(cursor, derived.name), derived, made)
    filled = made[derived.facts[0]].complete if derived.later is not None else frozenset[str]()
    return count_derived(
        cursor, rows, today, until(derived, made), never_upcoming=derived.ahead, columns=columns, filled=filled
    )


def until(derived: Derived, made: Mapping[str, Relation]) -> date | None:
    """How far a derived relation goes: as its first fact does, or as the latest of them."""
    sources = derived.facts if derived.until_latest else derived.facts[:1]
    days = [day for name in sources if (day := made[name].data_until)]
    return max(days, default=None)


def _own(columns: Iterable[str], derived: Derived, made: Mapping[str, Relation]) -> frozenset[str]:
    """Columns of a derived relation that its facts fill."""
    known = derived.computed.union(*(made[name].own for name in derived.facts))
    if derived.name == "shift_days":
        known = derived.computed | made["shifts"].own | _busy(made["orders"])
    if derived.name == "places":
        known = derived.computed | made["vacancies"].own | (made["applicants"].own & {"accepted_at"})
    if derived.name == "hires":
        known -= _unrated(made["applicants"])
    return frozenset(columns) & known


def _busy(orders: Relation) -> frozenset[str]:
    """Orders that tell when a job began and ended tell how long somebody was busy."""
    return frozenset({"busy_hours"}) if orders.own >= {"started_at", "finished_at", "employee"} else frozenset()


def _unrated(applicants: Relation) -> frozenset[str]:
    """A hire's quality is made of at least two things that applicants tell."""
    scores = sum({score, f"{score}_min", f"{score}_max"} <= applicants.own for score in SCALED)
    stays = {"hired_on", "left_on"} <= applicants.own
    return frozenset() if scores + stays >= 2 else frozenset({"quality"})


def _with_staff(relation: Relation, staff: Relation, posts: Relation) -> Relation:
    """Team, branch and role may be looked up for a relation that names the employee."""
    if relation.name in _OF_STAFF or "employee" not in relation.own or not posts.rows + posts.upcoming:
        return relation
    looked_up = staff.own & set(STAFF_DIMENSIONS)
    return replace(relation, columns=relation.columns | looked_up, staffed=bool(looked_up))
