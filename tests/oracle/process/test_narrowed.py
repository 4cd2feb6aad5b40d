"""Whole cases only: of members of a dimension, where numbers repeat between branches."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.access.reader import Reader
from data.model import SEVERAL
from data.store.store import Store
from kpi.custom.joined import catalogue_of
from kpi.evaluate import evaluate
from kpi.model import Query
from kpi.process import summary
from kpi.process.narrowed import Narrowed
from kpi.target_rows import target_book
from tests.unit.store.files import load, opened

HEADER = "case_id,activity,at,employee,branch"
ROWS = [
    "1,call,2026-03-02 09:00,Anna,North", "1,pay,2026-03-02 10:00,Anna,North",
    "2,call,2026-03-02 09:00,Anna,North", "2,pay,2026-03-02 13:00,Boris,North",
    "1,call,2026-03-03 09:00,Anna,South", "1,pay,2026-03-03 11:00,Boris,South",
    "3,call,2026-03-03 09:00,,South", "3,pay,2026-03-03 19:00,Boris,South",
    "4,call,2026-03-04 09:00,,South", "4,pay,2026-03-04 14:00,,South",
]  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as found:
        load(found, tmp_path, "log.csv", "events", [HEADER, *ROWS])
        yield found


@pytest.mark.parametrize(
    ("members", "cases", "hours"),
    [
        ((), 5, 4.0), (("Anna",), 1, 1.0), (("Anna", "Boris"), 2, 5.5), (("Boris",), 1, 10.0), ((SEVERAL,), 2, 3.0),
        (("",), 1, 5.0), (("", "Anna"), 2, 3.0),
    ],
)  # fmt: skip
def test_a_case_s_member_is_the_one_its_events_name(
    store: Store, members: tuple[str, ...], cases: int, hours: float
) -> None:
    """As the KPI of the same cases is counted, whose relation was made at publish."""
    whole = (("employee", members),) if members else ()
    found = summary(Narrowed(Reader(store), whole=whole))
    assert (found.cases, found.median_hours) == (cases, hours)
    query = Query(("throughput_hours",), date(2026, 3, 1), date(2026, 3, 31), where=whole, compare=())
    told = evaluate(Reader(store), catalogue_of(store), query, target_book(store)).frame
    assert (told["rows"].iloc[0], told["value"].iloc[0]) == (cases, hours)


def test_with_a_branch(store: Store) -> None:
    found = summary(Narrowed(Reader(store), (("branch", ("South",)),), whole=(("employee", ("Boris",)),)))
    assert (found.cases, found.median_hours) == (1, 10.0)
