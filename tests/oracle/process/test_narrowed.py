"""Whole cases only: of members of a dimension, where numbers repeat between branches."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.access.reader import Reader
from data.store.store import Store
from kpi.process import summary
from kpi.process.narrowed import Narrowed
from tests.unit.store.files import load, opened

HEADER = "case_id,activity,at,employee,branch"
ROWS = [
    "1,call,2026-03-02 09:00,Anna,North", "1,pay,2026-03-02 10:00,Anna,North",
    "2,call,2026-03-02 09:00,Anna,North", "2,pay,2026-03-02 13:00,Boris,North",
    "1,call,2026-03-03 09:00,Anna,South", "1,pay,2026-03-03 11:00,Boris,South",
    "3,call,2026-03-03 09:00,,South", "3,pay,2026-03-03 19:00,Boris,South",
]  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as found:
        load(found, tmp_path, "log.csv", "events", [HEADER, *ROWS])
        yield found


@pytest.mark.parametrize(
    ("whole", "cases", "hours"),
    [
        ((), 4, 3.0),
        ((("employee", ("Anna",)),), 1, 1.0),
        ((("employee", ("Anna", "Boris")),), 3, 2.0),
        ((("employee", ("Boris", "")),), 1, 10.0),
    ],
)
def test_every_event_of_a_case(
    store: Store, whole: tuple[tuple[str, tuple[str, ...]], ...], cases: int, hours: float
) -> None:
    found = summary(Narrowed(Reader(store), whole=whole))
    assert (found.cases, found.median_hours) == (cases, hours)


def test_with_a_branch(store: Store) -> None:
    found = summary(Narrowed(Reader(store), (("branch", ("South",)),), whole=(("employee", ("Boris", "")),)))
    assert (found.cases, found.median_hours) == (1, 10.0)
