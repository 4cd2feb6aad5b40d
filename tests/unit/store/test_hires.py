"""Applications joined to vacancies, and the places of these, against figures worked out by hand."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from data.store.derived import DERIVED
from data.store.store import Store
from tests.unit.store import files
from tests.unit.store.derived import database, derived, fill
from tests.unit.store.files import load


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = files.opened(tmp_path)
    yield opened
    opened.close()


SCORED = {"performance_min": 0, "performance_max": 10, "manager_score_min": 1, "manager_score_max": 5}


def at(n: int, month: int = 10, hour: int = 0) -> datetime:
    return datetime(2026, month, n, hour)


def vacancy(name: str, opened: datetime, **cells: object) -> dict[str, object]:
    return {"vacancy_id": name, "opened_at": opened, **cells}


def applicant(name: str, of: str | None, applied: datetime, **cells: object) -> dict[str, object]:
    return {"applicant_id": name, "vacancy_id": of, "applied_at": applied, **cells}


def test_numbers_collide_between_branches_and_nobody_is_counted_twice() -> None:
    cursor = database()
    fill(
        cursor, "vacancies",
        [
            vacancy("1", at(1), branch="North", title="Barber", employee="Ann"),
            vacancy("1", at(2), branch="South", title="Cleaner", employee="Bob"),
            vacancy("7", at(3), title="Any"), vacancy("7", at(4), title="Other"),
        ],
    )  # fmt: skip
    fill(
        cursor, "applicants",
        [
            applicant("a", "1", at(5), branch="North"), applicant("b", "1", at(5), branch="South", employee="Eve"),
            applicant("c", "1", at(5)), applicant("d", "7", at(5)), applicant("e", None, at(5)),
            applicant("f", " 1 ", at(5), branch="East"),
        ],
    )  # fmt: skip
    assert derived(cursor, "hires", "applicant_id, title, employee, branch") == [
        ("a", "Barber", "Ann", "North"), ("b", "Cleaner", "Eve", "South"), ("c", None, None, None),
        ("d", None, None, None), ("e", None, None, None), ("f", None, None, "East"),
    ]  # fmt: skip


def test_a_vacancy_may_be_named_by_its_title() -> None:
    cursor = database()
    fill(
        cursor, "vacancies",
        [
            vacancy("1", at(1, 8), title="Barber", closed_at=at(1, 9)), vacancy("2", at(5, 9), title="barber"),
            vacancy("3", at(5, 9), title="Cleaner"),
        ],
    )  # fmt: skip
    fill(
        cursor, "applicants",
        [
            applicant("a", "Barber", at(9, 8)), applicant("b", "Barber", at(9, 9)), applicant("c", "Barber", at(9, 7)),
            applicant("d", "cleaner", at(9, 7)),
        ],
    )  # fmt: skip
    assert derived(cursor, "hires", "applicant_id, vacancy_no") == [("a", 1), ("b", 2), ("c", None), ("d", 3)]


def test_quality_is_the_mean_of_at_least_two_known_parts() -> None:
    cursor = database()
    long_ago = {"hired_on": date(2026, 8, 1), "accepted_at": at(20, 7)}
    fill(
        cursor, "applicants",
        [
            applicant("all", None, at(1, 7), **long_ago, **SCORED, performance=8, manager_score=4),
            applicant("gone", None, at(1, 7), **long_ago, **SCORED, performance=8, left_on=date(2026, 10, 29)),
            applicant("stayed", None, at(1, 7), **long_ago, **SCORED, manager_score=5, left_on=date(2026, 10, 30)),
            applicant("one part", None, at(1, 7), **long_ago),
            applicant("no scale", None, at(1, 7), **long_ago, performance=8, manager_score=4),
            applicant("off the scale", None, at(1, 7), **long_ago, **SCORED, performance=11, manager_score=4),
            applicant("89 days", None, at(1, 7), hired_on=date(2026, 8, 3), **SCORED, performance=8, manager_score=2),
            applicant("90 days", None, at(1, 7), hired_on=date(2026, 8, 2), **SCORED, manager_score=3),
            applicant("latest", None, at(31)),
        ],
    )  # fmt: skip
    found = {str(name): quality for name, quality in derived(cursor, "hires", "applicant_id, round(quality, 6)")}
    assert found == {
        "all": round((80 + 75 + 100) / 3, 6), "gone": 40.0, "stayed": 100.0, "one part": None, "no scale": None,
        "off the scale": 87.5, "89 days": 52.5, "90 days": 75.0, "latest": None,
    }  # fmt: skip


def test_places_are_taken_in_the_order_of_acceptance() -> None:
    cursor = database()
    fill(
        cursor, "vacancies",
        [
            vacancy("two", at(1), planned_hires=2, status="open"), vacancy("plan unknown", at(2), status="on_hold"),
            vacancy("off", at(3), planned_hires=1, status="cancelled", closed_at=at(9)),
            vacancy("off, when?", at(4), status="cancelled"), vacancy("none", at(5), planned_hires=0),
            vacancy("hired before", at(20), status="filled"), vacancy("will close", at(6), closed_at=at(30, 12)),
        ],
    )  # fmt: skip
    fill(
        cursor, "applicants",
        [
            applicant("late", "two", at(2), accepted_at=at(12)), applicant("soon", "two", at(2), accepted_at=at(8)),
            applicant("beyond", "two", at(2), accepted_at=at(15)), applicant("no", "two", at(2)),
            applicant("early", "hired before", at(2), accepted_at=at(19)),
        ],
    )  # fmt: skip
    derived(cursor, "hires", "1")
    assert derived(cursor, "places", "vacancy_id, place_no, accepted_at, ended_at, place", "_day, place_no") == [
        ("two", 1, at(8), at(8), "filled"), ("two", 2, at(12), at(12), "filled"),
        ("plan unknown", 1, None, None, "on_hold"), ("off", 1, None, at(9), "cancelled"),
        ("off, when?", 1, None, None, None), ("will close", 1, None, None, "open"),
        ("hired before", 1, at(19), at(19), None),
    ]  # fmt: skip
    beyond = cursor.execute("select applicant_id from hires where hire_no > 2").fetchall()
    assert beyond == [("beyond",)]


def test_lines_of_one_key_are_one_application_and_one_vacancy() -> None:
    cursor = database()
    fill(cursor, "vacancies", [vacancy("1", at(1), key=5), vacancy("1", at(1), key=5, title="Again")])
    fill(cursor, "applicants", [applicant("a", "1", at(2), key=6), applicant("a", "1", at(3), key=6)])
    assert derived(cursor, "hires", "applicant_id, _day, vacancy_no") == [("a", date(2026, 10, 2), 1)]
    assert derived(cursor, "places", "count(*)") == [(1,)]


def test_what_is_loaded_tells_what_can_be_said(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "v.csv", "vacancies", ["vacancy_id,opened_at,title", "1,2026-10-01,Barber"])
    assert "accepted_at" not in store.relations()["places"].own
    assert store.relations()["hires"].rows == 0
    head = "applicant_id,vacancy_id,applied_at,accepted_at,hired_on"
    load(store, tmp_path, "a.csv", "applicants", [head, "x,1,2026-10-03,2026-10-09,2026-11-20"])
    found = store.relations()
    assert {"accepted_at", "place", "title"} <= found["places"].own
    assert "quality" not in found["hires"].own
    assert found["hires"].columns >= {"title", "accepted_at"}
    assert found["places"].data_until == found["hires"].data_until
    assert store.cursor().execute("select place, title from places").fetchall() == [("filled", "Barber")]
    store.undo(2)
    assert store.cursor().execute("select place from places").fetchall() == [("open",)]
    assert store.cursor().execute("select count(*) from hires").fetchall() == [(0,)]


def test_another_day_tells_otherwise(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    with Store.open(folder, lambda: files.NOW) as store:
        lines = ["vacancy_id,opened_at,closed_at", "1,2026-11-01,2026-12-30"]
        load(store, tmp_path, "v.csv", "vacancies", lines)
        assert store.cursor().execute("select place from places").fetchall() == [("open",)]
    with Store.open(folder, lambda: datetime(2027, 1, 2)) as store:
        assert store.cursor().execute("select place from places").fetchall() == [("closed",)]


def test_a_database_made_before_there_were_hires_gets_them(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    with Store.open(folder, lambda: files.NOW) as store:
        load(store, tmp_path, "v.csv", "vacancies", ["vacancy_id,opened_at", "1,2026-11-01"])
        for name in ("hires", "places"):
            store.cursor().execute(f"drop table {name}")
            store.cursor().execute(f"delete from relation_states where relation = '{name}'")
    with Store.open(folder, lambda: files.NOW) as store:
        assert store.relations()["places"].rows == 1


def test_nothing_loaded_gives_nothing() -> None:
    cursor = database()
    for name in ("hires", "places"):
        assert derived(cursor, name, "*") == []
        assert DERIVED[name].later is None
