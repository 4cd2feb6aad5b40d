"""When a source is asked."""

from datetime import datetime, timedelta

import pytest

from data.collect.rhythm import rhythm
from data.errors import UserError

NOW = datetime(2026, 11, 5, 12)


@pytest.mark.parametrize(
    ("text", "next_at"),
    [
        ("15m", datetime(2026, 11, 5, 12, 15)),
        (" 6H ", datetime(2026, 11, 5, 18)),
        ("2d", datetime(2026, 11, 7, 12)),
        ("07:30", datetime(2026, 11, 6, 7, 30)),
        ("12:00", datetime(2026, 11, 6, 12)),
        ("12:01", datetime(2026, 11, 5, 12, 1)),
        ("0:05", datetime(2026, 11, 6, 0, 5)),
    ],
)
def test_the_next_time(text: str, next_at: datetime) -> None:
    assert rhythm(text).next_after(NOW) == next_at


@pytest.mark.parametrize("text", ["", "0m", "15", "25:00", "7:5", "15m30", "-5m", "1w"])
def test_no_rhythm(text: str) -> None:
    with pytest.raises(UserError, match="is no rhythm"):
        rhythm(text)


def test_not_more_often_than_a_source_bears() -> None:
    with pytest.raises(UserError, match="every 5 minutes at most"):
        rhythm("4m", timedelta(minutes=5))
    assert rhythm("5m", timedelta(minutes=5)).every == timedelta(minutes=5)
