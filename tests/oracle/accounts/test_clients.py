"""Clients of several accounts, what a new one is worth, and what orders are made of, counted by hand."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from scipy import stats

from data.access.reader import Reader
from kpi.accounts.coming import coming
from kpi.accounts.overlap import overlap
from kpi.accounts.overlap_words import clients_text
from kpi.accounts.segments import Segment, segments
from kpi.accounts.value import worths
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.language import language
from kpi.model import Query
from kpi.targets import TargetBook
from tests.oracle.accounts.conftest import Made

ORDERS = "order_id,account,client,status,created_at,finished_at,revenue,branch,service"
ADS = "account,ad_id,period_start,period_end,contacts,spend"
LAST = date(2026, 11, 22)
LAST_SEEN = date(2026, 9, 20)


def order(number: int, account: str, client: str, at: datetime, revenue: int = 1000, **more: str) -> str:
    told = {"status": "done", "branch": "Main", "service": "Cut", **more}
    return f"{number},{account},{client},{told['status']},{at},{at},{revenue},{told['branch']},{told['service']}"


def at(day: int, month: int = 11, hour: int = 12) -> datetime:
    return datetime(2026, month, day, hour)


def test_one_client_however_their_number_is_written(made: Made) -> None:
    rows = [
        ORDERS,
        order(1, "A", "+7 (900) 111-22-33", at(1, 9)), order(2, "B", "89001112233", at(10, 9)),
        order(3, "A", "9001112233", at(20, 9)), order(4, "A", "79005556677", at(5, 10)),
        order(5, "B", "+7 900 777 88 99", at(6, 10)), order(6, "B", "Anna", at(7, 10)),
        order(7, "A", "anna ", at(1, 10)),
        order(8, "A", "Anna", at(2, 10), branch="Other"), order(9, "", "89005556677", at(9, 10)),
        order(10, "B", "79005556677", at(20, 1), status="cancelled"), order(11, "A", "79000000000", at(22)),
    ]  # fmt: skip
    ads = [ADS, "A,1,2026-09-01,2026-09-01,10,1000", "B,1,2026-09-01,2026-09-01,10,3000"]
    found = overlap(made({"orders": rows, "ads": ads}))
    assert found is not None
    # A: 9001112233, 9005556677, anna of Main, Anna of Other, the last; B: 9001112233, 9007778899, Anna, 9005556677.
    assert (dict(found.clients), found.everybody, found.several) == ({"A": 5, "B": 4}, 6, 3)
    assert dict(found.both) == {("A", "B"): 3}
    turns = {(turn.before, turn.then): (turn.turns, turn.cost) for turn in found.turns}
    # In January one turned to B and in October to A: over 90 days later, another need.
    assert turns == {("A", "B"): (2, 600.0), ("B", "A"): (1, 100.0)}
    days = (found.until - found.since).days + 1
    assert found.cost == pytest.approx(700 / days * 30)
    assert (found.since, found.until) == (date(2026, 1, 20), LAST)
    told = clients_text(found, language("en"))
    assert told[0].startswith("3 of 6 clients turned to more than one of your accounts (50%)")
    assert "3 times it was within 90 days" in told[1]


def test_calls_are_turned_to_as_well(made: Made) -> None:
    rows = [ORDERS, order(1, "A", "79001112233", at(1))]
    calls = ["call_id,account,client,at", "1,B,8 900 111-22-33,2026-11-03 10:00"]
    found = overlap(made({"orders": rows, "calls": calls}))
    assert found is not None
    assert (found.sources, found.several, [t.cost for t in found.turns]) == (("orders", "calls"), 1, [None])
    assert found.cost is None


def test_one_account_shares_nothing(made: Made) -> None:
    reader = made({"orders": [ORDERS, order(1, "A", "79001112233", at(1))]})
    assert overlap(reader) is None
    assert "cannot be told" in clients_text(None, language("en"))[0]


def crowd() -> tuple[list[str], dict[str, list[float]]]:
    """Orders of 25 clients an account, and what each paid in 90 days, worked out one by one."""
    rows, paid, number = [ORDERS, order(0, "", "79990000000", datetime(2025, 6, 1))], dict[str, list[float]](), 0
    for account, price in (("A", 1000), ("B", 1500)):
        for n in range(25):
            first, phone = datetime(2026, 3, 1, 10) + timedelta(days=n), f"7900{1000000 + n + 500 * (account == 'B')}"
            visits = [(0, price + 10 * n), *([(60, 400)] if n % 5 == 0 else []), (90, 9000)]
            for after, revenue in visits:
                number += 1
                other = "B" if after == 60 else account
                rows.append(order(number, other, phone, first + timedelta(days=after), revenue))
            paid.setdefault(account, []).append(float(sum(money for after, money in visits if after < 90)))
    return rows, paid


def test_what_a_new_client_is_worth(made: Made) -> None:
    rows, paid = crowd()
    rows += [order(900, "A", "79111111111", at(20, 9), 50_000), order(901, "A", "79990000000", at(1, 5), 70_000)]
    # A client who first came without an account is nobody's, though they came through one later.
    rows += [order(902, "", "79222222222", at(2, 3)), order(903, "A", "79222222222", at(20, 3), 90_000)]
    found = worths(made({"orders": rows}))
    assert found is not None
    assert (found.until, found.warm) == (LAST_SEEN - timedelta(days=90), True)
    assert {one.account: one.clients for one in found.accounts} == {"A": 25, "B": 25}
    for one in found.accounts:
        own = paid[one.account]
        assert one.revenue == pytest.approx(np.mean(own))
        ends = stats.t.interval(0.95, 24, np.mean(own), stats.sem(own))
        assert (one.low, one.high) == pytest.approx(ends, rel=1e-8)
        assert one.returned == pytest.approx(5 / 25)
    test = stats.ttest_ind(paid["A"], paid["B"], equal_var=False)
    assert test.pvalue < 0.05
    assert {one.account: one.verdict for one in found.accounts} == {"A": "worse", "B": "better"}


def test_who_is_new_is_told_by_all_orders_whatever_is_filtered(made: Made) -> None:
    rows, _ = crowd()
    rows += [order(800, "A", "79123456789", at(1, 2), branch="Other"), order(801, "A", "79123456789", at(9, 4), 5)]
    rows += [order(802, "A", "79123456780", at(20, 9))]
    reader = made({"orders": rows})
    found = worths(reader, where=(("branch", ("Main",)),))
    assert found is not None
    assert {one.account: one.clients for one in found.accounts} == {"A": 25, "B": 25}
    other = worths(reader, where=(("branch", ("Other",)),))
    assert other is not None
    assert [(one.account, one.clients, one.revenue) for one in other.accounts] == [("A", 1, 1005.0)]


def test_clients_whose_orders_say_no_sum_are_left_out_and_counted(made: Made) -> None:
    rows, _ = crowd()
    rows += [order(950, "A", "79333333333", at(2, 3)).replace(",1000,", ",,"), order(951, "B", "79333333333", at(9, 3))]
    found = worths(made({"orders": rows}))
    assert found is not None
    assert (found.left_out, {one.account: one.clients for one in found.accounts}) == (1, {"A": 25, "B": 25})


def test_new_and_returning_as_the_kpis_count_them(made: Made) -> None:
    rows = [
        ORDERS, order(1, "A", "79001112233", at(1, 9)), order(2, "B", "89001112233", at(10, 10)),
        order(3, "B", "79002223344", at(11, 10)), order(4, "B", "79002223344", at(12, 10)),
        order(5, "A", "79003334455", at(12, 10)), order(6, "A", "79003334455", at(13, 10), status="cancelled"),
        order(7, "", "79003334455", at(14, 10)),
    ]  # fmt: skip
    reader, days = made({"orders": rows}), (date(2026, 10, 1), date(2026, 10, 31))
    found = {one.account: (one.clients, one.new, one.returning) for one in coming(reader, *days)}
    assert found == {"A": (1, 1, 0), "B": (2, 1, 2)}
    asked = Query(("new_clients", "repeat_share"), *days, "total", "account", (), ())
    frame = evaluate(reader, catalogue(), asked, TargetBook()).frame
    kpis = {(row["kpi"], row["slice"]): row["value"] for row in frame.to_dict("records") if not row["is_total"]}
    for one in coming(reader, *days):
        assert kpis["new_clients", one.account] == one.new
        # The evaluator has no row where nobody returned.
        assert kpis.get(("repeat_share", one.account), 0.0) == pytest.approx(100 * one.repeat_share)


def test_nobody_is_old_enough(made: Made) -> None:
    assert worths(made({"orders": [ORDERS, order(1, "A", "79001112233", at(1))]})) is None


def told(reader: Reader, kind: str) -> Segment:
    found = segments(reader, date(2026, 10, 1), date(2026, 10, 31))
    return next(one for one in found if one.kind == kind)


def test_what_orders_are_made_of(made: Made) -> None:
    rows, number = [ORDERS], 0
    for account, service, count, hour, revenue in (
        ("A", "Cut", 40, 9, 1000), ("A", "Beard", 10, 19, 3000), ("B", "Cut", 20, 13, 1000),
        ("B", "Beard", 30, 19, 5000),
    ):  # fmt: skip
        for n in range(count):
            number += 1
            when = datetime(2026, 10, 5 + n % 2, hour)  # a Monday and a Tuesday
            rows.append(order(number, account, str(79001000000 + number), when, revenue, service=service))
    rows.append(order(999, "A", "79000000001", at(5, 10, 9), service="Cut", status="cancelled"))
    reader = made({"orders": rows})
    services = told(reader, "service")
    assert dict(services.accounts) == {"A": 50, "B": 50}
    assert services.values == ("Cut", "Beard")
    one = services.of("A", "Cut")
    assert one is not None
    assert (one.count, one.share, one.others, one.word) == (40, 0.8, 0.4, "more")
    chance = stats.norm.sf(0.4 / np.sqrt(0.6 * 0.4 * 2 / 50)) * 2
    assert chance < 0.05
    weekdays = told(reader, "weekday")
    assert [weekdays.of("A", day).count for day in ("1", "2")] == [26, 25]  # type: ignore[union-attr]  # both are told
    assert told(reader, "hour").values == ("6", "12", "18")
    tickets = told(reader, "ticket")
    assert tickets.edges == (1000, 5000)
    assert [tickets.of("B", band).count for band in ("1", "2")] == [20, 30]  # type: ignore[union-attr]  # both are told


def test_an_order_of_several_lines_is_one(made: Made) -> None:
    rows = [ORDERS, order(1, "A", "79001112233", at(5, 10), 300), order(1, "A", "79001112233", at(5, 10), 700)]
    rows += [order(2, "B", "79001112234", at(5, 10), 1000), order(3, "B", "79001112235", at(6, 10), 4000)]
    reader = made({"orders": rows})
    assert dict(told(reader, "service").accounts) == {"A": 1, "B": 2}
    tickets = told(reader, "ticket")
    assert tickets.edges == (1000, 2500)
    assert [one.count for one in (tickets.of("A", "1"), tickets.of("B", "1"), tickets.of("B", "2")) if one] == [1, 1, 1]


def test_contacts_by_city(made: Made) -> None:
    ads = ["account,ad_id,city,period_start,period_end,contacts"]
    ads += [
        f"{a},{c},{c},2026-10-05,2026-10-05,{n}" for a, c, n in (("A", "Omsk", 30), ("A", "Tver", 10), ("B", "Omsk", 7))
    ]
    found = told(made({"ads": ads}), "city")
    assert dict(found.accounts) == {"A": 40, "B": 7}
    one = found.of("A", "Omsk")
    assert one is not None
    assert (one.share, one.others, one.word) == (0.75, 1.0, "too_few")
