"""Nothing is entered, imported or taken back past the gate; what the program writes itself is not asked for."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from data.access.visitor import personal_link
from data.errors import NotAllowed
from data.store.entries import NewTarget
from data.store.entries.marks import Mark
from data.store.gate import Duty
from data.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A workspace whose gate lets nobody do what only owners may."""
    with Store.open(tmp_path / "workspace") as opened:
        yield opened


def asked(store: Store, lets: Callable[[Duty], bool]) -> list[tuple[Duty, str]]:
    """What the gate is asked from now on."""
    heard: list[tuple[Duty, str]] = []

    def ask(duty: Duty, what: str) -> bool:
        heard.append((duty, what))
        return lets(duty)

    store.gate.kept_by(ask)
    return heard


MARK = Mark(0, date(2026, 10, 5), "Нас показали по телевизору")
WRITES: dict[str, Callable[[Store], object]] = {
    "targets": lambda store: store.entries.change_targets([NewTarget("rework_rate", good_high=5.0)]),
    "goals": lambda store: store.entries.choose_key_kpis([]),
    "settings": lambda store: store.entries.settings.set("x", 1),
    "links": lambda store: store.entries.links.create(personal_link("Анна")),
    "people": lambda store: store.entries.merges.enter("Анна", ["Аня"]),
    "data": lambda store: store.undo(1),
    "marks": lambda store: store.entries.marks.add(MARK),
    "views": lambda store: store.entries.saved_views.save("Моё", "overview", {}),
}


@pytest.mark.parametrize("what", WRITES)
def test_who_may_not_changes_nothing(store: Store, what: str) -> None:
    before = store.entries.version
    heard = asked(store, lambda _duty: False)
    with pytest.raises(NotAllowed):
        WRITES[what](store)
    assert heard[0][1] == what
    assert store.entries.version == before


@pytest.mark.parametrize("what", ["marks", "views"])
def test_a_lead_may_say_what_happened_and_keep_views(store: Store, what: str) -> None:
    asked(store, lambda duty: duty == "lead")
    WRITES[what](store)


def test_work_for_the_writer_is_asked_for_where_it_is_handed_in(store: Store) -> None:
    asked(store, lambda _duty: False)
    with pytest.raises(NotAllowed):
        store.writer.submit("x", lambda _tell: None)
    with pytest.raises(NotAllowed):
        store.merge_people("Анна", ["Аня"])
    with pytest.raises(NotAllowed):
        store.erase()


def test_what_the_program_writes_itself_is_not_asked_for(store: Store) -> None:
    heard = asked(store, lambda _duty: False)
    with store.gate.itself():
        store.entries.settings.set("x", 1)
        store.writer.submit("x", lambda _tell: None).wait()
    assert store.entries.settings.get("x") == 1
    assert heard == []


def test_whoever_reads_makes_what_was_owed(store: Store) -> None:
    asked(store, lambda _duty: False)
    with store.reading(["visits"]) as cursor:
        assert cursor.execute("select count(*) from visits").fetchone() == (0,)
