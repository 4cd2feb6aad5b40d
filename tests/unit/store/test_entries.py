"""What people enter is kept, with its history, and changes the version."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest

from data.errors import UnknownName, UserError
from data.ingest.column_map import ColumnMap, Mapping, Unpivot
from data.store.codec import mapping_from_json, mapping_to_json, same_mapping
from data.store.entries import Entries, Goal, KeyKpi
from data.store.entries.database.migrate import FOLDER
from data.store.entries.marks import Mark

NOW = datetime(2026, 11, 23, 12)


@pytest.fixture
def entries(tmp_path: Path) -> Iterator[Entries]:
    made = Entries(tmp_path / "app.sqlite", lambda: NOW)
    yield made
    made.close()


def days(entries: Entries, kpi: str) -> list[tuple[float | None, date, date | None]]:
    return [(row.good_high, row.valid_from, row.valid_to) for row in entries.targets() if row.kpi == kpi]


def test_a_new_target_closes_the_former_from_its_day_on(entries: Entries) -> None:
    entries.set_target("no_show_rate", good_high=10, valid_from=date(2026, 1, 1))
    entries.set_target("no_show_rate", good_high=8, valid_from=date(2026, 7, 1))
    assert days(entries, "no_show_rate") == [
        (10, date(2026, 1, 1), date(2026, 6, 30)), (8, date(2026, 7, 1), None),
    ]  # fmt: skip


def test_an_earlier_target_replaces_all_that_would_follow(entries: Entries) -> None:
    entries.set_target("no_show_rate", good_high=10, valid_from=date(2026, 1, 1))
    entries.set_target("no_show_rate", good_high=8, valid_from=date(2026, 7, 1))
    entries.set_target("no_show_rate", good_high=5, valid_from=date(2026, 3, 1))
    assert days(entries, "no_show_rate") == [
        (10, date(2026, 1, 1), date(2026, 2, 28)), (5, date(2026, 3, 1), None),
    ]  # fmt: skip


def test_a_target_set_twice_on_a_day_stands_once(entries: Entries) -> None:
    entries.set_target("rating", good_low=4.5)
    entries.set_target("rating", good_low=4.7, source="the owner")
    (row,) = entries.targets()
    assert (row.good_low, row.valid_from, row.source, row.is_set) == (4.7, NOW.date(), "the owner", True)


def test_targets_of_a_team_stand_beside_the_business_ones(entries: Entries) -> None:
    entries.set_target("rating", good_low=4.5)
    entries.set_target("rating", good_low=4.8, scope=("team", "A"))
    entries.remove_target("rating", scope=("team", "A"))
    assert [(row.scope, row.good_low) for row in entries.targets()] == [(None, 4.5)]


def test_a_removed_target_judges_the_days_before(entries: Entries) -> None:
    entries.set_target("rating", good_low=4.5, valid_from=date(2026, 1, 1))
    entries.remove_target("rating", valid_from=date(2026, 2, 1))
    (row,) = entries.targets()
    assert (row.valid_from, row.valid_to) == (date(2026, 1, 1), date(2026, 1, 31))


def test_goals_and_the_key_kpis_that_serve_them(entries: Entries) -> None:
    first = entries.add_goal("Fewer no-shows", "no-show rate", date(2027, 1, 1), "Ann")
    second = entries.add_goal("Grow")
    entries.choose_key_kpis([KeyKpi("revenue", second), KeyKpi("no_show_rate", first), KeyKpi("revenue", None)])
    assert entries.key_kpis() == (KeyKpi("revenue", second), KeyKpi("no_show_rate", first))
    entries.change_goal(Goal(second, "Grow by a third", "revenue", None, "Bob"))
    entries.delete_goal(first)
    assert entries.goals() == (Goal(second, "Grow by a third", "revenue", None, "Bob"),)
    assert entries.key_kpis() == (KeyKpi("revenue", second), KeyKpi("no_show_rate", None))
    with pytest.raises(UnknownName):
        entries.change_goal(Goal(99, "", "", None, ""))


def test_mappings_and_settings_are_found_again(tmp_path: Path) -> None:
    mapping = Mapping(
        "surveys",
        (ColumnMap("answered_at", "Дата", format="D/M/YYYY"), ColumnMap("branch", constant="North")),
        key=("response_id",), unpivot=Unpivot(("Q1", "Q2"), "question", "score", {"scale_max": "5"}), sheet="Лист1",
    )  # fmt: skip
    entries = Entries(tmp_path / "app.sqlite", lambda: NOW)
    entries.mappings.remember("abc", (mapping,))
    entries.settings.set("no_show_norm", {"days": [1, 2]})
    entries.close()
    entries = Entries(tmp_path / "app.sqlite", lambda: NOW)
    assert entries.mappings.recall("abc") == (mapping,)
    assert entries.mappings.recall("other") is None
    assert entries.settings.get("no_show_norm") == {"days": [1, 2]}
    entries.settings.set("no_show_norm", None)
    entries.mappings.forget("abc")
    assert entries.settings.get("no_show_norm", 3) == 3
    assert entries.mappings.recall("abc") is None
    entries.close()


def test_sameness_of_mappings_leaves_out_how_sure_they_were() -> None:
    one = Mapping("orders", (ColumnMap("order_id", "No", confidence=0.4), ColumnMap("status", "State")))
    other = Mapping("orders", (ColumnMap("status", "State"), ColumnMap("order_id", "No")))
    assert same_mapping(one, other)
    assert not same_mapping(one, Mapping("orders", (ColumnMap("order_id", "No"),)))
    assert mapping_from_json(mapping_to_json(one)) == one


def test_every_change_changes_the_version_and_threads_do_not_mind(entries: Entries) -> None:
    before = entries.version
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: entries.set_target(f"kpi_{n}", good_low=n), range(20)))
        assert list(pool.map(lambda _: len(entries.targets()), range(4))) == [20] * 4
    assert entries.version == before + 20


def test_a_change_that_fails_leaves_nothing(entries: Entries) -> None:
    entries.choose_key_kpis([KeyKpi("revenue", None)])
    version = entries.version
    with pytest.raises(sqlite3.IntegrityError, match=r"(?i)foreign key"):
        entries.choose_key_kpis([KeyKpi("rating", 77)])
    assert entries.key_kpis() == (KeyKpi("revenue", None),)
    assert entries.version == version


def test_marks_stand_by_day_until_they_are_taken_away(tmp_path: Path) -> None:
    entries = Entries(tmp_path / "app.sqlite", lambda: NOW)
    cut = Mark(0, date(2026, 3, 1), "Prices cut", "promotion", until=date(2026, 3, 31))
    moved = Mark(0, date(2026, 2, 1), " New booking rule ", "process_change", "no_show_rate", ("branch", "North"))
    numbers = [entries.marks.add(mark) for mark in (cut, moved)]
    entries.close()
    entries = Entries(tmp_path / "app.sqlite", lambda: NOW)
    assert [(m.id, m.title, m.day, m.until) for m in entries.marks.all()] == [
        (numbers[1], "New booking rule", date(2026, 2, 1), None),
        (numbers[0], "Prices cut", date(2026, 3, 1), date(2026, 3, 31)),
    ]
    (standing,) = entries.marks.all(("process_change",))
    assert (standing.kpi, standing.scope) == ("no_show_rate", ("branch", "North"))
    entries.marks.change(Mark(standing.id, date(2026, 2, 2), "Deposit asked", "process_change"))
    assert entries.marks.all()[0] == Mark(standing.id, date(2026, 2, 2), "Deposit asked", "process_change")
    entries.marks.remove(standing.id)
    assert [mark.id for mark in entries.marks.all()] == [numbers[0]]
    assert len(entries.table("marks")) == 2
    with pytest.raises(UnknownName):
        entries.marks.remove(standing.id)
    with pytest.raises(UnknownName):
        entries.marks.change(standing)
    entries.close()


@pytest.mark.parametrize(
    "mark",
    [
        Mark(0, date(2026, 1, 1), " \n"),
        Mark(0, date(2026, 1, 2), "x", until=date(2026, 1, 1)),
        Mark(0, date(2026, 1, 1), "x", "party"),  # type: ignore[arg-type]
    ],
)
def test_a_mark_that_says_nothing_is_refused(entries: Entries, mark: Mark) -> None:
    with pytest.raises(UserError):
        entries.marks.add(mark)
    assert entries.marks.all() == ()


def test_every_migration_has_a_number_of_its_own() -> None:
    numbers = [path.name.split("_")[0] for path in FOLDER.glob("[0-9]*.sql")]
    assert len(numbers) == len(set(numbers))
