"""Whatever unit a column is written in, the same values come back; what fits two units is asked, never guessed."""

from collections.abc import Sequence
from decimal import Decimal

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.ingest.clean.cells import cells_of
from data.ingest.clean.measured import settle_measured
from data.ingest.clean.reading import Reading, Session
from data.model import Column
from data.schema.loader import fact
from tests.unit.ingest.staged_rows import column

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CON = duckdb.connect()

PRICE = fact("calls").column("price")
TALK = fact("calls").column("talk_seconds")
WORKED = fact("shifts").column("worked_hours")
SCORE = fact("training").column("score")

kopecks = st.integers(min_value=0, max_value=10**11)
seconds = st.integers(min_value=0, max_value=20_000)
minutes = st.integers(min_value=0, max_value=1440)


def settled(target: Column, header: str, cells: Sequence[str], format_: str | None = None) -> Reading:
    raw = column(CON, list(cells), header)
    session = Session(CON)
    return settle_measured(session, cells_of(session, raw.table, raw.header, [0])[0], target, format_)


def values(target: Column, header: str, cells: Sequence[str], format_: str | None = None) -> list[float | Decimal]:
    """The typed values of a column that leaves no question."""
    raw = column(CON, list(cells), header)
    session = Session(CON)
    reading = settle_measured(session, cells_of(session, raw.table, raw.header, [0])[0], target, format_)
    assert (reading.question, reading.unreadable) == (None, 0)
    found = [value for (value,) in session.rows(f"select {reading.sql} from {raw.table} order by line")]
    CON.execute(f"drop table {raw.table}")
    return found


def comma(number: Decimal) -> str:
    return f"{number:.2f}".replace(".", ",")


@QUICK
@given(st.lists(kopecks, min_size=1, max_size=8), st.booleans())
def test_an_amount_is_the_same_in_roubles_and_kopecks(amounts: list[int], said: bool) -> None:
    roubles = [Decimal(amount) / 100 for amount in amounts]
    header, format_ = ("Цена", "kopecks") if said else ("Цена, коп.", None)
    assert values(PRICE, header, [str(amount) for amount in amounts], format_) == roubles
    assert values(PRICE, "Цена", [comma(rouble) for rouble in roubles]) == roubles


@QUICK
@given(st.lists(seconds, min_size=1, max_size=8), st.sampled_from(("header", "format", "clock", "words", "long clock")))
def test_a_duration_is_the_same_in_every_unit(durations: list[int], way: str) -> None:
    in_minutes = [f"{duration / 60:.6f}" for duration in durations]
    match way:
        case "header":
            found = values(TALK, "Разговор, мин", in_minutes)
        case "format":
            found = values(TALK, "Разговор", in_minutes, "minutes")
        case "clock":
            found = values(TALK, "Разговор", [f"{d // 60}:{d % 60:02}" for d in durations])
        case "words":
            found = values(TALK, "Разговор", [f"{d // 60} мин {d % 60} сек" for d in durations])
        case _:
            found = values(TALK, "Разговор", [f"{d // 3600}:{d // 60 % 60:02}:{d % 60:02}" for d in durations])
    assert found == pytest.approx(durations, abs=0.001)


@QUICK
@given(st.lists(minutes, min_size=1, max_size=8))
def test_hours_of_a_day_come_back_from_minutes(worked: list[int]) -> None:
    hours = [minute / 60 for minute in worked]
    assert values(WORKED, "Отработано, мин", [str(minute) for minute in worked]) == pytest.approx(hours)
    assert values(WORKED, "Отработано", [f"{m // 60}:{m % 60:02}" for m in worked]) == pytest.approx(hours)


@QUICK
@given(st.lists(st.integers(min_value=0, max_value=100), min_size=1, max_size=8))
def test_a_share_is_the_same_in_percent_and_fractions(shares: list[int]) -> None:
    assert values(SCORE, "Балл", [f"{share}%" for share in shares]) == pytest.approx(shares)
    fractions = [f"{share / 100:.2f}" for share in shares]
    assert values(SCORE, "Балл", fractions, "fraction") == pytest.approx(shares)


@QUICK
@given(st.lists(st.integers(min_value=1, max_value=600), min_size=1, max_size=8))
def test_calls_of_up_to_sixty_without_a_unit_are_asked(tenths: list[int]) -> None:
    """From 0.1 to 60: seconds of short calls or minutes of long ones; never silently either."""
    reading = settled(TALK, "Разговор", [f"{tenth / 10:.1f}" for tenth in tenths])
    assert reading.question is not None
    assert reading.choices == ("seconds", "minutes")


@QUICK
@given(st.lists(st.integers(min_value=1, max_value=99), min_size=2, max_size=8))
def test_cells_with_and_without_a_percent_sign_are_asked(shares: list[int]) -> None:
    reading = settled(SCORE, "Балл", [f"{shares[0]}%", *(f"{share / 100:.2f}" for share in shares[1:])])
    assert reading.question is not None
    assert reading.choices == ("percent", "fraction")
