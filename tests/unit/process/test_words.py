"""Durations as people say them."""

import pytest

from kpi.language import language
from kpi.process.words import change, duration

MINUTE = 1 / 60


@pytest.mark.parametrize(
    ("hours", "ru", "en"),
    [
        (0.0, "0 мин", "0 min"), (MINUTE / 4, "< 1 мин", "< 1 min"), (12.4 * MINUTE, "12 мин", "12 min"),
        (1.0, "1 ч", "1 h"), (8.64, "8,6 ч", "8.6 h"), (47.96, "48 ч", "48 h"), (154, "6,42 дн.", "6.42 d"),
        (float("nan"), "—", "—"),
    ],
)  # fmt: skip
def test_in_the_unit_a_person_would_use(hours: float, ru: str, en: str) -> None:
    told = [duration(hours, language(code)).replace("\u00a0", " ") for code in ("ru", "en")]
    assert told == [ru, en]


def test_working_hours_are_never_days() -> None:
    assert duration(154, language("en"), working=True).replace("\u00a0", " ") == "154 h"


def test_changes_have_a_sign() -> None:
    told = [change(hours, language("en")).replace("\u00a0", " ") for hours in (2.5, -MINUTE * 20, MINUTE / 9, -100)]
    assert told == ["+2.5 h", "−20 min", "no change", "−4.17 d"]
