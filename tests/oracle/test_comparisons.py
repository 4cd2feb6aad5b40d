"""What a period is compared with equals hand-written SQL over those very days: other days, months apart, a year ago.

Like for like: while a period runs, its comparison has as many days, counted for each of a KPI's facts by itself.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pandas as pd
import pytest

from kpi.model import Against, Query, Result
from tests.oracle.plain import Earlier, Plain, Window, oracles
from tests.oracle.test_values import ALL, MONTHS, RANGE, differences

Ask = Callable[[Query], Result]
DAYS = Window(date(2024, 12, 3), date(2025, 1, 25))
"""Other days, as no calendar knows them."""
MARCH, JANUARY = MONTHS[-1], MONTHS[2]


def those(days: Window) -> Earlier:
    """As many of the days as have passed of the window."""

    def earlier(window: Window, now: date) -> Window | None:
        if now < window.since:
            return None
        passed = min(window.until, now) - window.since
        return days if now >= window.until else Window(days.since, min(days.since + passed, days.until))

    return earlier


def against(window: Window, days: Window) -> Against:
    return Against(window.since, days.since, days.until)


@pytest.mark.parametrize(
    ("window", "days"),
    [(RANGE, DAYS), (MARCH, JANUARY), (MARCH, DAYS), (Window(date(2025, 1, 10), date(2025, 1, 19)), DAYS)],
    ids=["running days", "running month with a month", "running month with days", "days that are over"],
)
def test_any_days_stand_for_the_previous_period(ask: Ask, plain: Plain, window: Window, days: Window) -> None:
    plain.limit(None)
    result = ask(Query(ALL, window.since, window.until, "total", against=against(window, days)))
    wrong = {kpi: differences(result, o, plain, window, those(days), None) for kpi, o in oracles().items()}
    assert not {kpi: lines for kpi, lines in wrong.items() if lines}


def two_months_before(window: Window, now: date) -> Window | None:
    """The month two before; while the month runs, as many days of it."""
    if now < window.since:
        return None
    end = (window.since - timedelta(days=1)).replace(day=1) - timedelta(days=1)
    start = end.replace(day=1)
    whole = now >= window.until
    return Window(start, end if whole else min(start + (min(window.until, now) - window.since), end))


@pytest.mark.parametrize("to", [None, ("team", "Blue")], ids=["total", "a team"])
def test_months_stand_beside_months_as_far_away(ask: Ask, plain: Plain, to: tuple[str, str] | None) -> None:
    plain.limit(to)
    shifted = Against(MARCH.since, JANUARY.since, JANUARY.until)
    known = {id_: o for id_, o in oracles().items() if to is None or "team" in o.tried}
    result = ask(Query(tuple(known), MONTHS[0].since, MARCH.until, "month", to and "team", against=shifted))
    wrong = {
        id_: [line for month in MONTHS for line in differences(result, o, plain, month, two_months_before, to)]
        for id_, o in known.items()
    }
    assert not {kpi: lines for kpi, lines in wrong.items() if lines}


YEARS = """order_id,created_at,finished_at,status,revenue,employee
1,2024-02-05,2024-02-05,done,100,Anna
2,2024-02-10,2024-02-29,done,50,Boris
3,2024-03-01,2024-03-01,done,400,Anna
4,2024-03-09,2024-03-09,done,600,Boris
5,2024-03-20,2024-03-20,done,800,Anna
6,2025-02-03,2025-02-03,done,10,Anna
7,2025-02-28,2025-02-28,done,30,Boris
8,2025-03-02,2025-03-02,done,7,Anna
9,2025-03-09,2025-03-09,done,9,Boris
"""
"""Data end on Sunday, 9 March 2025; 2024 is a leap year."""


@pytest.mark.parametrize(
    ("since", "until", "grain", "value", "year_ago"),
    [
        ("2025-02-01", "2025-02-28", "month", 40, 150),  # the whole of February with its 29th
        ("2025-03-01", "2025-03-31", "month", 16, 1000),  # nine days with nine days
        ("2025-03-01", "2025-03-31", "total", 16, 1000),
        ("2025-01-01", "2025-12-31", "year", 56, 1150),  # until 9 March with until 9 March
        ("2025-03-03", "2025-03-09", "week", 9, 0),  # Monday–Sunday with Monday–Sunday: 4–10 March 2024
    ],
)
def test_a_year_ago_is_like_for_like(
    small: Callable[[Mapping[str, str]], Callable[[Query], pd.DataFrame]],
    since: str, until: str, grain: str, value: float, year_ago: float,
) -> None:  # fmt: skip
    asked = small({"orders": YEARS})
    query = Query(("revenue",), date.fromisoformat(since), date.fromisoformat(until), grain, compare=("year",))  # type: ignore[arg-type]
    row = asked(query).iloc[0]
    assert row["value"] == value
    expected = 600 if grain == "week" else year_ago
    assert row["last_year"] == expected


def test_a_member_against_other_days(
    small: Callable[[Mapping[str, str]], Callable[[Query], pd.DataFrame]],
) -> None:
    asked = small({"orders": YEARS})
    days = Against(date(2025, 3, 1), date(2024, 3, 1), date(2024, 3, 20))
    rows = asked(Query(("revenue",), date(2025, 3, 1), date(2025, 3, 31), "total", "employee", against=days))
    found = {row["slice"]: (row["value"], row["previous"]) for _, row in rows.iterrows() if not row["is_total"]}
    assert found == {"Anna": (7, 400), "Boris": (9, 600)}  # 1–9 March 2024: the 20th has not come yet
