"""A merge of spellings reaches everything people are named in, and goes without a trace."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.access.reader import Reader
from data.errors import UnknownName, UserError
from data.model import Scope
from data.store.entries import Merge
from data.store.entries.merges import names_of
from data.store.people.suggest import suggestions
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate, rows_behind
from kpi.model import Query
from kpi.target_rows import target_book
from tests.unit.store.files import NOW, load, opened

SHORT, FULL = "Иванов И.", "Иван Иванов"
ORDERS = "order_id,finished_at,started_at,status,revenue,employee,booked_by"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as made:
        load(made, tmp_path, "orders.csv", "orders", [
            ORDERS,
            f"1,2026-10-01 12:00:00,2026-10-01 10:00:00,done,10,{SHORT},Ольга",
            f"2,2026-10-02 12:00:00,2026-10-02 11:00:00,done,20,{FULL},{SHORT}",
            "3,2026-10-02 12:00:00,2026-10-02 11:00:00,done,5,Пётр Орлов,",
        ])  # fmt: skip
        load(made, tmp_path, "staff.csv", "staff", ["employee,hired_on,team", f"{FULL},2026-01-01,Центр"])
        load(made, tmp_path, "shifts.csv", "shifts", ["employee,date,worked_hours", f"{FULL},2026-10-01,8"])
        yield made


def revenue(store: Store, by: str = "employee", **where: str) -> dict[str | None, float]:
    """Asked three times: what is asked again is counted in memory."""
    answers = [_revenue(store, by, where) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    return answers[0]


def _revenue(store: Store, by: str, where: dict[str, str]) -> dict[str | None, float]:
    query = Query(("revenue",), by=by, where=tuple((name, (value,)) for name, value in where.items()))
    frame = evaluate(Reader(store), catalogue(), query, target_book(store)).frame
    parts = frame[~frame["is_total"].astype(bool)]
    return dict(zip(parts["slice"], parts["value"].astype(float), strict=True))


def test_slices_filters_members_and_staff_joins_know_the_name(store: Store) -> None:
    before = revenue(store), revenue(store, by="team"), Reader(store).members("employee")
    assert before[0] == {SHORT: 10, FULL: 20, "Пётр Орлов": 5}
    store.merge_people(FULL, [SHORT])
    assert revenue(store) == {FULL: 30, "Пётр Орлов": 5}
    assert revenue(store, employee=FULL) == {FULL: 30}
    assert revenue(store, employee=SHORT) == {FULL: 30}
    assert revenue(store, by="team") == {"Центр": 30, None: 5}
    assert revenue(store, by="booked_by") == {"Ольга": 10, FULL: 20, None: 5}
    assert Reader(store).members("employee") == (FULL, "Пётр Орлов")
    store.undo_merge(1)
    assert (revenue(store), revenue(store, by="team"), Reader(store).members("employee")) == before


def test_a_scope_to_one_spelling_shows_the_whole_person(store: Store) -> None:
    store.merge_people(FULL, [SHORT])
    for _ in range(3):
        reader = Reader(store, Scope("viewer", None, (("employee", (SHORT,)),)))
        frame = evaluate(reader, catalogue(), Query(("revenue",)), target_book(store)).frame
        assert frame["value"].tolist() == [30]


def test_derived_relations_match_people_by_name(store: Store) -> None:
    def busy() -> list[tuple[object, ...]]:
        return store.cursor().execute("select employee, busy_hours from shift_days").fetchall()

    assert busy() == [(FULL, 0.0)]
    store.merge_people(FULL, [SHORT])
    assert busy() == [(FULL, 2.0)]
    store.undo_merge(1)
    assert busy() == [(FULL, 0.0)]


def test_a_personal_target_follows_the_person(store: Store) -> None:
    store.entries.set_target("revenue", good_low=1, scope=("employee", SHORT), valid_from=date(2026, 1, 1))
    store.merge_people(FULL, [SHORT])
    assert [target.scope for target in target_book(store).targets] == [("employee", FULL)]
    store.undo_merge(1)
    assert [target.scope for target in target_book(store).targets] == [("employee", SHORT)]


def test_later_imports_undo_and_rebuild_keep_to_it(store: Store, tmp_path: Path) -> None:
    store.merge_people(FULL, [SHORT])
    load(store, tmp_path, "orders.csv", "orders", [
        ORDERS, f"1,2026-10-01 12:00:00,2026-10-01 10:00:00,done,10,{SHORT},Ольга",
        f"4,2026-10-03 12:00:00,2026-10-03 10:00:00,done,7,{SHORT},",
    ])  # fmt: skip
    assert store.imports()[0].reports[0].same == 1
    assert revenue(store) == {FULL: 37, "Пётр Орлов": 5}
    store.rebuild()
    assert revenue(store) == {FULL: 37, "Пётр Орлов": 5}
    store.undo(4)
    assert revenue(store) == {FULL: 30, "Пётр Орлов": 5}


def test_a_merge_outlives_the_database(store: Store, tmp_path: Path) -> None:
    store.merge_people(FULL, [SHORT])
    folder = store.workspace
    store.close()
    folder.database.unlink()
    with Store.open(folder.folder, lambda: NOW) as again:
        assert revenue(again) == {FULL: 30, "Пётр Орлов": 5}
        assert again.cursor().execute("select busy_hours from shift_days").fetchone() == (2.0,)


def test_merges_that_touch_are_one_person_in_any_order_of_undoing() -> None:
    made = [
        Merge(1, "B", ("A",), NOW, None), Merge(2, "D", ("C",), NOW, None), Merge(3, "C", ("B",), NOW, None),
    ]  # fmt: skip
    assert names_of(made) == {"A": "C", "B": "C", "D": "C"}
    assert names_of(made[1:]) == {"B": "C", "D": "C"}
    assert names_of([made[0], made[1]]) == {"A": "B", "C": "D"}
    assert names_of([*made, Merge(4, "A", ("B",), NOW, None)]) == {"B": "A", "C": "A", "D": "A"}


def test_what_cannot_be_merged_or_taken_back_is_told(store: Store) -> None:
    with pytest.raises(UserError):
        store.merge_people(FULL, [FULL])
    with pytest.raises(UnknownName):
        store.undo_merge(7)
    store.merge_people(FULL, [SHORT])
    store.undo_merge(1)
    with pytest.raises(UnknownName):
        store.undo_merge(1)


def test_suggestions_come_with_evidence_and_stop_when_decided(store: Store, tmp_path: Path) -> None:
    def suggested() -> list[tuple[str, str, str, int]]:
        found = suggestions(store.cursor(), store.relations(), store.entries.merges.different())
        return [(one.spelling.name, one.person.name, one.reason, one.same_days) for one in found]

    assert suggested() == [(SHORT, FULL, "initials", 0)]
    (one,) = suggestions(store.cursor(), store.relations(), frozenset())
    assert (dict(one.spelling.rows), one.spelling.first, one.spelling.last) == (
        {"orders": 2}, date(2026, 10, 1), date(2026, 10, 2),
    )  # fmt: skip
    lines = ["9,2026-10-01,2026-10-01,done,1,Игорь Иванов,", f"8,2026-10-01,2026-10-01,done,1,{FULL},"]
    load(store, tmp_path, "more.csv", "orders", [ORDERS, *lines])
    (one,) = suggestions(store.cursor(), store.relations(), frozenset())
    assert (one.person.name, one.also, one.same_days) == ("Игорь Иванов", (FULL,), 1)
    store.entries.merges.differ("Игорь Иванов", SHORT)
    assert suggested() == [(SHORT, FULL, "initials", 1)]
    store.merge_people(FULL, [SHORT])
    assert suggested() == []


def test_the_rows_behind_a_person_are_those_of_every_spelling(store: Store) -> None:
    store.merge_people(FULL, [SHORT])
    query = Query(("revenue",), by="employee")
    for member, count in (((FULL,), 2), ((SHORT,), 2), (("Пётр Орлов",), 1)):
        found = rows_behind(Reader(store), catalogue().get("revenue"), query, member)
        assert found.total == len(found.frame) == count
    assert set(rows_behind(Reader(store), catalogue().get("revenue"), query, (FULL,)).frame["employee"]) == {FULL}


def test_members_of_one_fact_alone_are_each_named_once(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        load(store, tmp_path, "o.csv", "orders", ["order_id,finished_at,status,team", *(
            f"{n},2026-10-01 12:00:00,done,{team}" for n, team in enumerate(["А", "Б", "А", "А"])
        )])  # fmt: skip
        assert Reader(store).members("team", limit=2) == ("А", "Б")
