"""The generated business is whole, plausible, and the same each time."""

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd

from data.demo.business import SEED
from data.demo.chance import Chance
from data.demo.orders import orders
from data.demo.write import UNTIL
from data.schema.loader import NAMES, fact

Facts = Mapping[str, pd.DataFrame]


def test_every_fact_is_there_with_columns_of_its_schema(facts: Facts) -> None:
    assert tuple(facts) == NAMES
    for name, frame in facts.items():
        assert set(frame.columns) <= {column.name for column in fact(name).columns}, name
        assert set(frame.columns) >= set(fact(name).telling) - {"manager_score"}, name


def test_keys_identify_rows(facts: Facts) -> None:
    for name, frame in facts.items():
        if name != "events":
            key = [*fact(name).key, *({"branch", "account"} & set(frame.columns))]
            assert not frame.duplicated(list(dict.fromkeys(key))).any(), name


def test_words_are_the_schemas(facts: Facts) -> None:
    for name, frame in facts.items():
        for column in fact(name).columns:
            if column.type == "word" and column.name in frame:
                assert set(frame[column.name].dropna()) <= set(column.words), (name, column.name)


def test_only_appointments_lie_after_the_last_day(facts: Facts) -> None:
    for name, frame in facts.items():
        for column in set(fact(name).happened) & set(frame.columns):
            last = pd.to_datetime(frame[column]).dropna().max().date()
            assert last <= UNTIL, (name, column)
    upcoming = facts["orders"][facts["orders"]["scheduled_at"].dt.date > UNTIL]
    assert len(upcoming) > 30
    assert set(upcoming["status"]) == {"open"}


def test_the_size_is_what_the_dashboard_is_shown_with(facts: Facts) -> None:
    assert 18_000 < len(facts["orders"]) < 24_000
    assert facts["orders"]["branch"].nunique() == 3
    assert facts["ads"]["account"].nunique() == 2
    assert 14 <= facts["staff"]["employee"].nunique() <= 18
    since = facts["orders"]["scheduled_at"].min().date()
    assert since <= UNTIL - timedelta(days=728)


def test_orders_make_sense(facts: Facts) -> None:
    done = facts["orders"][facts["orders"]["status"] == "done"]
    assert (done["created_at"] <= done["scheduled_at"]).all()
    assert (done["started_at"] >= done["scheduled_at"]).all()
    timed = done.dropna(subset=["finished_at"])
    assert (timed["started_at"] < timed["finished_at"]).all()
    known = done.dropna(subset=["revenue"])
    assert (known["revenue"] == known["gross"] - known["discount"].fillna(0)).all()
    assert facts["orders"].loc[facts["orders"]["status"] != "done", "revenue"].isna().all()


def test_nobody_serves_two_clients_at_once(facts: Facts) -> None:
    done = (
        facts["orders"].dropna(subset=["started_at", "finished_at", "employee"]).sort_values(["employee", "started_at"])
    )
    before = done.groupby("employee")["finished_at"].shift()
    assert not (done["started_at"] < before).any()


def test_staff_answers_name_nobody(facts: Facts) -> None:
    answers = facts["surveys"][facts["surveys"]["audience"] == "staff"]
    assert answers[["employee", "branch"]].isna().all(axis=None)


def test_some_cells_were_left_empty(facts: Facts) -> None:
    done = facts["orders"][facts["orders"]["status"] == "done"]
    for column in ("employee", "client", "revenue", "finished_at"):
        assert 0 < done[column].isna().mean() < 0.05, column


def test_the_same_seed_gives_the_same_business(facts: Facts) -> None:
    pd.testing.assert_frame_equal(orders(SEED, UNTIL), facts["orders"])


def test_any_last_day_will_do() -> None:
    leap = orders(3, date(2024, 2, 29))
    assert leap["finished_at"].max().date() == date(2024, 2, 29)


def test_draws_depend_on_nothing_but_the_seed_and_the_part() -> None:
    chance = Chance(7, "a part")
    drawn = [chance.whole(1, 100), chance.pick("abcdef"), chance.weighted({"x": 1.0, "y": 3.0}), chance.count(3.0)]
    assert drawn == DRAWN
    assert Chance(7, "a part").between(0, 1) == Chance(7, "a part").between(0, 1)
    assert Chance(7, "a part").between(0, 1) != Chance(7, "another").between(0, 1)


DRAWN = [48, "d", "y", 2]
