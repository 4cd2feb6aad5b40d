"""One call brings the demo, one takes it away, and what a person has stays untouched."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from data.demo import load as demo
from data.demo import wishes
from data.schema.loader import NAMES
from data.store.entries import Goal, KeyKpi
from data.store.store import Store
from kpi.catalogue.loader import catalogue
from kpi.command.experiment import asking_of
from kpi.experiment import studied

NOW = datetime(2026, 11, 23, 12)
OWN = "Order ID,Created at,Amount,Status\n1,2026-11-01 10:00,100,done\n2,2026-11-02 10:00,200,done\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("demo")
    (folder / "own.csv").write_text(OWN, encoding="utf-8")
    with Store.open(folder / "workspace", lambda: NOW) as opened:
        opened.publish(folder / "own.csv")
        yield opened


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    return store.cursor().execute(sql).fetchall()


def test_it_comes_and_goes(store: Store) -> None:
    own = rows(store, "select * from fact_orders order by _line")
    reports = demo.load(store)
    assert demo.is_loaded(store)
    assert all(r.rows_in == r.rows_out and not r.rejected for r in reports)
    relations = store.relations()
    assert all(relations[name].rows > 5 for name in NAMES)
    assert relations["orders"].data_until == date(2026, 11, 22)
    assert relations["orders"].upcoming > 30
    assert relations["visits"].rows > 10_000
    assert {entry.options.source for entry in store.imports()} == {None, "demo"}
    assert demo.load(store) == ()
    running, decided = (studied(asking_of(store), one) for one in store.entries.experiments.all())
    assert (decided.verdict, decided.experiment.decided, running.verdict) == ("b", "b", "not_yet")
    assert decided.money is not None
    assert decided.money.low > 0
    assert {guarded.state for guarded in decided.guards} == {"held"}
    assert not [check for study in (running, decided) for check in study.checks if check.severity == "bad"]
    demo.remove(store)
    assert store.entries.experiments.all() == ()
    assert not demo.is_loaded(store)
    assert store.relations()["orders"].rows == 2
    assert rows(store, "select * exclude (_live) from fact_orders where _live") != []
    assert len(own) == 2
    assert (store.entries.targets(), store.entries.goals(), store.entries.key_kpis()) == ((), (), ())


def test_wishes_name_kpis_of_the_catalogue() -> None:
    known = {kpi.id for kpi in catalogue().visible()}
    assert {wish.kpi for wish in wishes.TARGETS} | {kpi for kpi, _ in wishes.KEY_KPIS} <= known
    assert 3 <= len(wishes.KEY_KPIS) <= 9


def test_wishes_are_entered_only_where_there_are_none(store: Store) -> None:
    entries = store.entries
    number = entries.add_goal("Open a fourth branch")
    entries.choose_key_kpis([KeyKpi("rating", number)])
    wishes.enter(entries, date(2026, 11, 22))
    assert [goal.sentence for goal in entries.goals()] == ["Open a fourth branch"]
    assert entries.key_kpis() == (KeyKpi("rating", number),)
    assert len(entries.targets()) == len(wishes.TARGETS)
    wishes.withdraw(entries)
    assert entries.targets() == ()
    assert entries.key_kpis() == (KeyKpi("rating", number),)
    entries.choose_key_kpis([])
    entries.delete_goal(number)


def test_what_a_person_changed_since_is_theirs(store: Store) -> None:
    entries = store.entries
    wishes.enter(entries, date(2026, 11, 22))
    entries.set_target("rating", good_low=4.8, source="me")
    first = entries.goals()[0]
    entries.change_goal(Goal(first.id, "My own words", first.measure, first.deadline, first.owner))
    entries.choose_key_kpis([*entries.key_kpis(), KeyKpi("csat", None)])
    wishes.withdraw(entries)
    assert [(row.kpi, row.good_low, row.source) for row in entries.targets()] == [("rating", 4.8, "me")]
    assert [goal.sentence for goal in entries.goals()] == ["My own words"]
    assert entries.key_kpis()[-1] == KeyKpi("csat", None)
    assert len(entries.key_kpis()) == len(wishes.KEY_KPIS) + 1


def test_a_load_that_fails_leaves_nothing(store: Store) -> None:
    entries = len([entry for entry in store.imports() if not entry.undone])

    def interrupt(_stage: object, share: float) -> None:
        if share > 0.3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo.load(store, interrupt)
    assert not demo.is_loaded(store)
    assert len([entry for entry in store.imports() if not entry.undone]) == entries
