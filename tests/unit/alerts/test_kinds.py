"""Each kind of alert on small data made up by hand, with its edges."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from data.model import OWNER, Scope
from data.store.entries.alerts import AlertRule, Kind
from data.store.store import Store
from kpi.alerts import Alert, found, inquiry
from kpi.alerts.imports import is_unusual
from tests.unit.store.files import load, opened

MONDAY = datetime(2026, 11, 23, 12)
DAY = timedelta(days=1)
HEAD = "order_id,finished_at,status,revenue,is_rework,branch"
NORTH = Scope("lead", None, (("branch", ("North",)),))
SOUTH = Scope("lead", None, (("branch", ("South",)),))


def told(store: Store, kind: Kind, *kpis: str, scope: Scope = OWNER, dimensions: tuple[str, ...] = ()) -> list[Alert]:
    rule = AlertRule(frozenset({kind}), kpis, dimensions)
    return list(found(inquiry(store, rule, scope)))


def at(store: Store, moment: datetime) -> Store:
    store.clock = lambda: moment
    return store


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two years of two jobs a day in each of two branches, 10 ₽ each; every tenth is done again, and since August every
    second of the North's. Nothing is loaded after 22 November."""
    folder, day, lines, number = tmp_path_factory.mktemp("years"), date(2024, 11, 1), [HEAD], 0
    while day <= date(2026, 11, 22):
        for branch in ("North", "South"):
            for _ in range(2):
                number += 1
                often = 2 if branch == "North" and day >= date(2026, 8, 1) else 10
                lines.append(f"{number},{day},done,10,{str(number // 4 % often == 0).lower()},{branch}")
        day += DAY
    store = opened(folder)
    load(store, folder, "orders.csv", "orders", lines)
    yield store
    store.close()


def test_a_signal_says_what_where_since_when_how_large_and_against_what(years: Store) -> None:
    (alert,) = told(years, "signal", "rework_rate", dimensions=("branch",))
    assert (alert.key.kind, alert.key.subject, alert.key.place, alert.key.period) == (
        "signal", "rework_rate", (("branch", ("North",)),), "",
    )  # fmt: skip
    assert (alert.since, alert.until) == (date(2026, 8, 1), date(2026, 10, 31))
    assert alert.value is not None
    assert alert.against is not None
    assert alert.value == pytest.approx(50, abs=1)
    assert alert.size == pytest.approx(alert.value / alert.against - 1)
    russian, english = alert.said["ru"], alert.said["en"]
    assert "North" in english.title
    assert "lasts" in english.text
    assert "more than in the same time before" in english.why
    assert english.advice
    assert russian.text != english.text


def test_a_signal_of_nothing_to_the_worse_is_none(years: Store) -> None:
    assert told(years, "signal", "revenue", "orders_done", dimensions=("branch",)) == []


def test_who_leads_one_branch_hears_of_it_alone(years: Store) -> None:
    (alert,) = told(years, "signal", "rework_rate", scope=NORTH, dimensions=("branch",))
    assert alert.key.place == (("branch", ("North",)),)
    assert "South" not in "".join(f"{said.title}{said.text}{said.why}" for said in alert.said.values())
    assert told(years, "signal", "rework_rate", scope=SOUTH, dimensions=("branch",)) == []


def test_a_target_missed_in_the_latest_complete_month(years: Store) -> None:
    years.entries.set_target("orders_done", valid_from=date(2026, 1, 1), good_low=200, ok_low=150)
    try:
        (alert,) = told(years, "missed", "orders_done")
        assert alert.key.period == "month:2026-10-01"
        assert (alert.since, alert.until) == (date(2026, 10, 1), date(2026, 10, 31))
        assert (alert.value, alert.against) == (124, 200)  # 31 days of four
        assert alert.size == pytest.approx(76 / 200)
        assert "Missed 6 times in a row" in alert.said["en"].text
        assert "6 раз подряд" in alert.said["ru"].text
        assert told(years, "missed", "orders_done", scope=NORTH) == []  # of a sum, the whole's target judges no branch
    finally:
        years.entries.remove_target("orders_done")


def test_an_acceptable_month_is_no_alert(years: Store) -> None:
    years.entries.set_target("orders_done", valid_from=date(2026, 1, 1), good_low=200, ok_low=120)
    try:
        assert told(years, "missed", "orders_done") == []
    finally:
        years.entries.remove_target("orders_done")


def test_members_are_judged_by_targets_of_their_own_only(years: Store) -> None:
    years.entries.set_target("rework_rate", valid_from=date(2026, 1, 1), good_high=60)
    years.entries.set_target("rework_rate", valid_from=date(2026, 1, 1), good_high=20, scope=("branch", "North"))
    try:
        (alert,) = told(years, "missed", "rework_rate", dimensions=("branch",))
        assert alert.key.place == (("branch", ("North",)),)
        assert told(years, "missed", "rework_rate", dimensions=()) == []
        (lead,) = told(years, "missed", "rework_rate", scope=NORTH, dimensions=("branch",))
        assert lead.key == alert.key  # theirs and the owner's are one thing
        assert told(years, "missed", "rework_rate", scope=SOUTH, dimensions=("branch",)) == []
    finally:
        years.entries.remove_target("rework_rate", ("branch", "North"))
        years.entries.remove_target("rework_rate")


def test_a_target_the_running_month_will_miss(years: Store) -> None:
    years.entries.set_target("orders_done", valid_from=date(2026, 1, 1), good_low=200, ok_low=150)
    try:
        (alert,) = told(years, "endangered", "orders_done")
        assert alert.key.period == "month:2026-11-01"
        assert alert.value == pytest.approx(120, abs=1)  # four a day, thirty days
        assert alert.against == 200
        assert "88" in alert.said["en"].text  # so far
    finally:
        years.entries.remove_target("orders_done")


def test_a_target_that_will_be_met_is_not_endangered(years: Store) -> None:
    years.entries.set_target("orders_done", valid_from=date(2026, 1, 1), good_low=118)
    try:
        assert told(years, "endangered", "orders_done") == []
    finally:
        years.entries.remove_target("orders_done")


@pytest.fixture
def short(tmp_path: Path) -> Iterator[Store]:
    """Five days of November, one job a day, which is too little for any forecast of a month."""
    with opened(tmp_path) as store:
        days = [date(2026, 11, 1) + n * DAY for n in range(25)]
        lines = [HEAD, *(f"{n},{day},done,10,false,North" for n, day in enumerate(days) if day <= date(2026, 11, 22))]
        load(store, tmp_path, "orders.csv", "orders", lines)
        yield store


def test_nothing_is_endangered_in_the_first_fifth(tmp_path: Path) -> None:
    for last, alarms in ((5, 0), (22, 1)):
        folder = tmp_path / str(last)
        folder.mkdir()
        with opened(folder) as store:
            lines = [HEAD, *(f"{day},2026-11-{day:02},done,10,false,North" for day in range(1, last + 1))]
            load(store, folder, "orders.csv", "orders", lines)
            store.entries.set_target("orders_done", valid_from=date(2026, 1, 1), good_low=300)
            assert len(told(at(store, datetime(2026, 11, last, 23)), "endangered", "orders_done")) == alarms


def test_too_few_rows_are_judged_by_nothing(tmp_path: Path) -> None:
    for jobs, alarms in ((19, 0), (20, 1)):  # rework_rate asks for twenty
        folder = tmp_path / str(jobs)
        folder.mkdir()
        with opened(folder) as store:
            lines = [HEAD, *(f"{n},2026-10-{n % 28 + 1:02},done,10,true,North" for n in range(jobs))]
            lines += [f"x{n},2026-11-02,done,10,false,North" for n in range(3)]
            load(store, folder, "orders.csv", "orders", lines)
            assert len(told(store, "missed", "rework_rate")) == alarms


def test_silence_goes_by_the_rhythm_of_the_fact(tmp_path: Path) -> None:
    lines, day = ["order_id,finished_at,status,revenue,account"], date(2026, 8, 3)
    while day <= date(2026, 11, 21):
        if day.weekday() < 5:
            lines.append(f"a{day},{day},done,10,One")
            if day <= date(2026, 11, 6):
                lines.append(f"b{day},{day},done,10,Two")
        day += DAY
    with opened(tmp_path) as store:
        load(store, tmp_path, "orders.csv", "orders", lines)
        (account,) = told(store, "silence")  # the weekend is none; of the account Two nothing came for two weeks
        assert account.key.place == (("account", ("Two",)),)
        assert (account.since, account.value, account.unit) == (date(2026, 11, 6), 17, "days")
        (whole,) = told(at(store, datetime(2026, 11, 26, 12)), "silence")  # Mon, Tue and Wed without a row
        assert (whole.key.subject, whole.key.place, whole.since) == ("orders", (), date(2026, 11, 20))
        assert whole.size == 6
        assert "Заказы" in whole.said["ru"].title or whole.said["ru"].title
        store.entries.settings.set("closed_days", [["2026-11-23", "2026-11-25"]])
        assert [one.key.place for one in told(store, "silence")] == [(("account", ("Two",)),)]
        assert told(store, "silence", scope=NORTH) == []


REVIEWS = """review_id,created_at,rating,text,branch
1,2026-11-20,1,"Опоздали, «грубили»
и ушли</script><img onerror=x>",North
2,2026-11-21,3,,South
3,2026-11-22,4,Неплохо,North
4,2026-11-16,1,Давно,North
5,2026-11-17,2,Ещё успели,South"""


def test_a_bad_review_is_quoted_short(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        load(store, tmp_path, "reviews.csv", "reviews", REVIEWS.split("\n", 1))
        alerts = told(store, "review")
        assert [(one.value, one.since.day) for one in alerts] == [(1, 20), (2, 17), (3, 21)]
        first = alerts[0].said["ru"]
        assert "«Опоздали, «грубили» и ушли</script><img onerror=x>»" in first.text
        assert [one.since.day for one in told(store, "review", scope=SOUTH)] == [17, 21]
        assert {one.key.subject for one in told(store, "review", scope=SOUTH)} < {one.key.subject for one in alerts}
        rule = AlertRule(frozenset({"review"}), worst_rating=1)
        assert len(list(found(inquiry(store, rule)))) == 1


def test_a_long_review_is_cut_at_a_word(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        load(
            store,
            tmp_path,
            "reviews.csv",
            "reviews",
            ["review_id,created_at,rating,text", f"1,2026-11-20,1,{'слово ' * 99}"],
        )
        (alert,) = told(store, "review")
        assert "слово…»" in alert.said["en"].text
        assert len(alert.said["en"].text) < 200


@pytest.mark.parametrize(
    ("rejected", "rows", "usual", "unusual"),
    [
        (9, 20, 0.0, False),  # a handful
        (10, 200, 0.0, True),
        (10, 201, 0.0, False),  # less than one in twenty
        (30, 100, 0.1, True),
        (29, 100, 0.1, False),  # this source always loses some
    ],
)
def test_when_an_import_lost_unusually_many(rejected: int, rows: int, usual: float, unusual: bool) -> None:
    assert is_unusual(rejected, rows, usual) is unusual


def test_an_import_that_lost_rows_says_why(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        lines = ["order_id,finished_at,status,revenue", *(f"{n},,done,10" for n in range(12))]
        lines += [f"x{n},2026-11-20,done,10" for n in range(8)]
        (report,) = load(store, tmp_path, "заказы.csv", "orders", lines)
        assert report.rejected == 12
        (alert,) = told(store, "import")
        assert (alert.value, alert.against, alert.unit) == (60, 0, "percent")
        assert "заказы.csv" in alert.said["ru"].title
        assert alert.said["ru"].why
        assert told(store, "import", scope=NORTH) == []
        store.undo(1)
        assert told(store, "import") == []
