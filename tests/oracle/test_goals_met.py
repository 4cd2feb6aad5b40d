"""goals_met by hand: of person × complete month × KPI with a personal target, those good or acceptable."""

from datetime import date

import pytest

from data.access.reader import Reader
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.model import Query, Target
from kpi.targets import TargetBook

JANUARY, FEBRUARY, MARCH = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)
BOOK = TargetBook(
    (
        Target(good_low=5000, ok_low=4000, kpi="revenue", scope=("employee", "Anna")),
        Target(good_low=6500, kpi="revenue", scope=("employee", "Boris")),
        Target(good_low=1, kpi="orders_done", scope=("employee", "Dmitri")),
        Target(good_low=100_000, kpi="revenue"),
    )
)
"""Anna brings 4,700 in January (acceptable) and 3,900 in February (missed); Boris 6,000 (missed) and 11,500 (good);
Dmitri does two jobs in January and one in February (good both). March is not over. The last target is nobody's own."""


def test_months_of_people_with_own_targets(store: Store) -> None:
    asked = Query(("goals_met",), JANUARY, date(2025, 3, 31), "month", "employee")
    frame = evaluate(Reader(store), catalogue(), asked, BOOK).frame
    found = {
        (row["period"].date(), None if row["is_total"] else row["slice"]): (round(row["value"], 6), row["used"])
        for row in frame.to_dict("records")
        if row["used"]
    }
    assert found == {
        (JANUARY, None): (66.666667, 3),
        (FEBRUARY, None): (66.666667, 3),
        (JANUARY, "Anna"): (100, 1),
        (FEBRUARY, "Anna"): (0, 1),
        (JANUARY, "Boris"): (0, 1),
        (FEBRUARY, "Boris"): (100, 1),
        (JANUARY, "Dmitri"): (100, 1),
        (FEBRUARY, "Dmitri"): (100, 1),
    }


def test_in_total(store: Store) -> None:
    asked = Query(("goals_met",), JANUARY, date(2025, 2, 28))
    row = evaluate(Reader(store), catalogue(), asked, BOOK).frame.iloc[0]
    assert row["value"] == pytest.approx(100 * 4 / 6)
    assert row["used"] == 6
