"""Nothing that is published of staff answers lets a value of fewer than five people be found by adding and subtracting.

People whose answers are in exactly the same published values can never be told apart, whatever is computed of these
values; so each such class must hold five people or more.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.access.crowds import crowd_of
from data.access.reader import Reader
from data.model import FEWEST
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.model import Grain, Query
from kpi.target_rows import target_book
from tests.unit.store.files import load, opened
from tests.unit.surveys.asked import answer, ask, tokens

FIRST = date(2026, 9, 1)
DAYS = 80
HEADER = "response_id,answered_at,survey,audience,question,score,scale_min,scale_max,team,branch"


@dataclass(frozen=True)
class Person:
    """Who answered once."""

    day: date
    team: str
    branch: str
    score: int


WHERE = ((("team", ("A",)),), (("team", ("A", "B")),), (("branch", ("X",)), ("team", ("A",))), (("team", ("",)),))

people = st.lists(
    st.builds(
        Person,
        st.one_of(st.integers(0, DAYS), st.sampled_from([14, 15, 16, 44, 45, 46])).map(lambda n: FIRST + timedelta(n)),
        st.sampled_from(["A", "A", "B", "C", ""]), st.sampled_from(["X", "X", "Y", ""]), st.integers(0, 10),
    ),
    min_size=1, max_size=45,
)  # fmt: skip
windows = st.lists(
    st.tuples(st.integers(0, DAYS), st.integers(0, DAYS)).map(
        lambda two: (FIRST + timedelta(min(two)), FIRST + timedelta(max(two)))
    ),
    max_size=4,
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("subtraction")) as made:
        yield made


def queries(days: list[tuple[date, date]]) -> Iterator[Query]:
    grains: tuple[Grain, ...] = ("total", "month", "week", "day")
    for by in (None, "team", "branch", "weekday"):
        for grain in grains if by in (None, "team") else grains[:2]:
            yield Query(("enps",), grain=grain, by=by, compare=())
    for where in (
        (("team", ("A",)),),
        (("team", ("A", "B")),),
        (("branch", ("X",)), ("team", ("A",))),
        (("team", ("",)),),
    ):
        yield Query(("enps",), by="branch", where=where, compare=())
    for since, until in days:
        for by in (None, "team"):
            yield Query(("enps",), since, until, by=by, compare=())


def published(store: Store, everybody: list[Person], query: Query) -> Iterator[frozenset[int]]:
    """Per shown value the places of the people it is made of."""
    reader = Reader(store)
    frame = evaluate(reader, catalogue(), query, target_book(store)).frame
    until = reader.relations()["surveys"].data_until or date.max
    for row in frame[frame["value"].notna()].to_dict("records"):
        first = max(row["period"].date(), query.since or date.min)
        last = min(row["period_end"].date(), query.until or date.max, until)
        member = None if row["is_total"] else str(row["slice"] or "")
        yield frozenset(
            n
            for n, one in enumerate(everybody)
            if first <= one.day <= last
            and all(getattr(one, name) in allowed for name, allowed in query.where)
            and member in (None, _member(one, query.by))
        )


def _member(one: Person, by: str | None) -> str:
    return str(one.day.isoweekday()) if by == "weekday" else str(getattr(one, by or "team"))


def smallest_class(sets: list[frozenset[int]], count: int) -> int:
    """Fewest people that the published values tell apart from all others."""
    classes = Counter(frozenset(place for place, members in enumerate(sets) if n in members) for n in range(count))
    return min((n for inside, n in classes.items() if inside), default=FEWEST)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(everybody=people, days=windows)
def test_uploaded_answers_cannot_be_subtracted(
    store: Store, tmp_path: Path, everybody: list[Person], days: list[tuple[date, date]]
) -> None:
    cells = [f"{one.day},enps,staff,Recommend?,{one.score},0,10,{one.team},{one.branch}" for one in everybody]
    lines = [f"r{n},{cell}" for n, cell in enumerate(cells)]
    (report,) = load(store, tmp_path, "staff.csv", "surveys", [HEADER, *lines], again=True)
    try:
        sets = [found for query in queries(days) for found in published(store, everybody, query)]
        assert all(len(found) >= FEWEST for found in sets)
        assert smallest_class(sets, len(everybody)) >= FEWEST
    finally:
        if report.import_id is not None:
            store.undo(report.import_id)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(surveys=st.lists(st.lists(st.sampled_from("AAABBC"), max_size=20), min_size=1, max_size=3))
def test_answers_on_phones_cannot_be_subtracted(store: Store, surveys: list[list[str]]) -> None:
    made = []
    for teams in surveys:
        number = ask(store, groups=tuple(("team", name) for name in "ABC"))
        made.append(number)
        ways = dict(zip("ABC", (one[0] for one in tokens(store, number)), strict=True))
        for place, team in enumerate(teams):
            assert answer(store, ways[team], place % 11) == "taken"
        store.entries.surveys.close(number)
    store.read_entries()
    try:
        told = [store.entries.surveys.answers.told(number) for number in made]
        rows = [(one.survey.id, one_answer.group) for one in told for one_answer in one.answers]
        assert all(n >= FEWEST for n in Counter(rows).values())
        counted = "select _source, team, count(distinct response_id) from fact_surveys where _live group by all"
        in_duckdb = {(name, team): n for name, team, n in store.cursor().execute(counted).fetchall()}
        assert sum(in_duckdb.values()) == len(rows)
        assert all(n >= FEWEST for n in in_duckdb.values())
    finally:
        for number in made:
            store.entries.surveys.delete(number)
        store.read_entries()


@settings(max_examples=60, deadline=None)
@given(everybody=people)
def test_everybody_is_in_one_block_of_five_or_more(everybody: list[Person]) -> None:
    frame = pd.DataFrame(
        {
            "person": [f"r{n}" for n in range(len(everybody))],
            "day": pd.to_datetime([one.day for one in everybody]),
            "team": [one.team or None for one in everybody],
            "branch": [one.branch or None for one in everybody],
        }
    )
    crowd = crowd_of(frame)
    sizes = Counter(crowd.block.tolist())
    assert -1 not in sizes
    assert sum(sizes.values()) == len(everybody)
    assert min(sizes.values()) >= min(FEWEST, len(everybody))
