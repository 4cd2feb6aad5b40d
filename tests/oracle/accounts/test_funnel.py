"""The way from an impression to money on rows that can be added up by hand."""

import math
import random
from datetime import date, timedelta
from statistics import fmean

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from data.access.reader import Reader
from data.model import Scope
from kpi.accounts import MOST, Asked, Comparison, NothingToCompare, compare
from kpi.accounts.notes import notes
from kpi.accounts.words import headline
from kpi.accounts.words import name as member_name
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.language import language
from kpi.model import Query
from kpi.targets import TargetBook
from tests.oracle.accounts.conftest import Made

EN = language("en")
ADS = "account,ad_id,title,city,category,period_start,period_end,impressions,views,contacts,orders,spend"
ORDERS = "order_id,account,client,status,created_at,finished_at,revenue"
FIRST = date(2026, 10, 1)


def ad(account: str, day: int, *figures: object, until: int | None = None, name: str = "1") -> str:
    """A row of October: impressions, views, contacts, orders, spend."""
    ends = f"2026-10-{day:02},2026-10-{until or day:02}"
    return f"{account},{account}{name},Haircut,Omsk,Hair,{ends}," + ",".join(
        "" if f is None else str(f) for f in figures
    )


def order(number: int, account: str, day: int, revenue: object, status: str = "done", client: str = "") -> str:
    days = f"2026-10-{day:02} 10:00,2026-10-{day:02} 12:00"
    return f"{number},{account},{client or f'+7 900 000 {number:04}'},{status},{days},{revenue}"


def october(reader: Reader, by: str = "account", **where: str) -> Comparison:
    return compare(reader, Asked(by, FIRST, date(2026, 10, 31), tuple((k, (v,)) for k, v in where.items())))


TWO = [
    ADS, ad("A", 1, 1000, 100, 10, 4, 1500), ad("A", 2, 500, 40, 5, 1, 750), ad("B", 1, 800, 60, 4, 1, 1200),
    ad("B", 2, 200, 20, 2, 1, 1000),
]  # fmt: skip


def test_sums_yields_and_costs(made: Made) -> None:
    orders = [
        ORDERS, order(1, "A", 1, 2000), order(2, "A", 2, 1000), order(3, "B", 2, 4000),
        order(4, "B", 2, 9000, "cancelled"), order(5, "", 1, 700), order(6, "A", 2, "", client="+7 900 000 0001"),
    ]  # fmt: skip
    found = october(made({"ads": TWO, "orders": orders}))
    a = found.of("A")
    assert a.counts == {
        "spend": 2250, "impressions": 1500, "views": 140, "contacts": 15, "ad_orders": 5, "orders": 3, "new_clients": 2,
        "revenue": 3000,
    }  # fmt: skip
    told = {name: ratio.value for name, ratio in a.rates.items()}
    assert told == pytest.approx(
        {
            "view_rate": 100 * 140 / 1500, "contact_rate": 100 * 15 / 140, "order_rate": 100 * 5 / 15,
            "done_rate": 100 * 3 / 15, "ticket": 1500, "cost_per_1000_impressions": 1500, "cost_per_view": 2250 / 140,
            "cost_per_contact": 150, "cost_per_ad_order": 450, "cost_per_done_order": 750, "cost_per_new_client": 1125,
            "spend_share": 75, "return_per_rouble": 3000 / 2250,
        }
    )  # fmt: skip
    assert a.revenue_known == pytest.approx(2 / 3)
    assert found.total.counts["contacts"] == 21
    assert found.total.rate("cost_per_contact") == pytest.approx(4450 / 21)
    assert found.unattributed == 1
    assert all(one.low is None for one in a.rates.values())
    assert a.differences["cost_per_contact"].verdict == "too_few"
    assert "the days are too few" in headline(found, EN)


def test_overlapping_and_long_periods_never_add_up_twice(made: Made) -> None:
    whole = [ADS, ad("A", 1, 3100, 310, 31, None, 6200, until=31), ad("B", 1, 310, 31, 31, None, 620, until=31)]
    day = [ADS, ad("A", 5, 1000, 100, 20, None, 900)]
    reader = made({"ads": whole, "ads 2": day})
    found = october(reader)
    a, b = found.of("A"), found.of("B")
    assert (a.counts["impressions"], a.counts["contacts"], a.counts["spend"]) == pytest.approx((3100, 31, 6200))
    assert (a.kind, b.kind) == ("mixed", "period")
    assert a.uniques == {"views": 310, "contacts": 31}
    half = compare(reader, Asked("account", FIRST, date(2026, 10, 15)))
    assert half.of("B").counts["contacts"] == pytest.approx(15)
    assert half.of("B").kind == "parts"
    assert half.of("B").uniques == {}
    assert half.of("B").rates["cost_per_contact"].low is None, "one period is one cluster, not fifteen days"


def test_uniques_of_the_period_stand_beside_the_sum_of_days(made: Made) -> None:
    days = [ADS, *(ad("A", day, 10, 5, 2, None, 20) for day in range(1, 32))]
    found = october(made({"ads": days, "ads 2": [ADS, ad("A", 1, 310, 90, 40, None, 620, until=31)]}))
    a = found.of("A")
    assert (a.counts["contacts"], a.uniques["contacts"], a.kind) == (62, 40, "daily")
    said = " ".join(notes(found, EN))
    assert "sums of daily unique visitors" in said
    assert "40 contacts (sum of days: 62)" in said


def test_what_is_missing_is_said_and_never_zero(made: Made) -> None:
    rows = [
        ADS,
        ad("A", 1, 100, 10, 5, None, 500),
        ad("A", 2, 100, 10, 5, None, None),
        ad("B", 1, 50, 5, 1, None, None),
    ]
    found = october(made({"ads": rows}))
    a, b = found.of("A"), found.of("B")
    assert a.rate("cost_per_contact") == 100, "only the row that tells both"
    assert (a.spend_known, b.counts["spend"], b.rate("cost_per_contact")) == (0.5, None, None)
    assert found.total.counts["ad_orders"] is None
    assert {name: reason.reason for name, reason in found.unknown.items()} == {
        "ad_orders": "column", "orders": "nothing", "new_clients": "nothing", "revenue": "nothing",
    }  # fmt: skip
    said = " ".join(notes(found, EN))
    assert "Nothing that tells them is loaded" in said
    assert "«A» 50%, «B» 0%" in said


def test_a_table_without_spend(made: Made) -> None:
    rows = ["account,ad_id,period_start,period_end,views,contacts", "A,1,2026-10-01,2026-10-01,10,2"]
    found = october(made({"ads": rows}))
    assert headline(found, EN).endswith("what the advertisements cost is not known here.")
    assert found.unknown["spend"].name == "spend"


def test_orders_on_days_whose_spend_is_unknown_do_not_make_orders_cheaper(made: Made) -> None:
    rows = [ADS, ad("A", 1, 1, 1, 1, 1, 100), ad("A", 2, 1, 1, 1, 1, None), ad("A", 4, 1, 1, 1, 1, 300)]
    orders = [ORDERS, *(order(n, "A", n, 1000) for n in (1, 2, 3, 4, 5))]
    a = october(made({"ads": rows, "orders": orders})).of("A")
    # Day 3 cost nothing and counts; day 2 is unknown, day 5 is after the last day with advertising.
    assert a.rate("cost_per_done_order") == pytest.approx(400 / 3)
    assert a.rate("return_per_rouble") == pytest.approx(3000 / 400)
    assert a.counts["orders"] == 4


def test_accounts_that_run_on_other_days_are_compared_over_common_ones(made: Made) -> None:
    rows = [ADS, *(ad("A", day, 10, 5, 2, 1, 200) for day in range(1, 31))]
    rows += [ad("B", day, 10, 5, 2, 1, 100 if day > 15 else 900) for day in range(1, 20)]
    rows[-4:] = [ad("B", day, 10, 5, 2, 1, 100) for day in range(16, 20)]
    found = october(made({"ads": [*rows[:1], *rows[11:31], *rows[31:]]}))
    told = found.of("A").differences["cost_per_contact"]
    assert (found.of("A").first, found.of("A").days, found.of("B").days) == (date(2026, 10, 11), 20, 19)
    assert told.days == 9
    b = [900] * 5 + [100] * 4
    assert (told.own, told.others) == pytest.approx((100, sum(b) / 18))
    assert "«B» 19" in " ".join(notes(found, EN))


def test_a_slice_orders_cannot_tell(made: Made) -> None:
    found = october(made({"ads": TWO, "orders": [ORDERS, order(1, "A", 1, 2000)]}), "city")
    assert found.of("Omsk").counts["orders"] is None
    assert found.unknown["revenue"].name == "city"
    assert "do not tell «City»" in " ".join(notes(found, EN))


def test_filters_and_advertisements(made: Made) -> None:
    rows = [*TWO, "A,A2,Beard,Omsk,Hair,2026-10-01,2026-10-01,5,4,3,2,90"]
    reader = made({"ads": rows})
    assert october(reader, "ad_id", account="A").of("A2").counts["spend"] == 90
    assert [one.member for one in october(reader, "title").members] == ["Haircut", "Beard"]
    assert {one.member for one in october(reader, "account", title="Beard").members} == {"A"}
    months = compare(reader, Asked("month"))
    assert [(one.member, one.counts["contacts"]) for one in months.members] == [("2026-10-01", 24)]


def test_money_that_is_hidden_is_not_called_missing(made: Made) -> None:
    store = made({"ads": TWO, "orders": [ORDERS, order(1, "A", 1, 2000)]})._store
    found = october(Reader(store, Scope("viewer", frozenset({"accounts"}), money="hidden")))
    assert (found.of("A").counts["spend"], found.of("A").counts["contacts"]) == (None, 15)
    assert not {name for name in found.total.rates if name.startswith("cost_")}
    assert {name: one.reason for name, one in found.unknown.items()} == {"spend": "hidden", "revenue": "hidden"}
    said = " ".join([headline(found, EN), *notes(found, EN)])
    assert "Not open to you: Revenue of these orders" in said
    assert "Not open to you: Spend" in said
    assert "2,250" not in said


def test_a_scope_s_days_and_members_hold(made: Made) -> None:
    store = made({"ads": TWO, "orders": [ORDERS, order(1, "B", 1, 2000)]})._store
    scope = Scope("viewer", frozenset({"accounts"}), (("account", ("A",)),), until=FIRST)
    found = october(Reader(store, scope))
    assert [(one.member, one.days, one.counts["contacts"]) for one in found.members] == [("A", 1, 10)]
    assert found.total.counts["spend"] == 1500


def test_months_of_other_lengths_and_clients_before_the_first_order(made: Made) -> None:
    rows = [
        ADS,
        *(ad("A", day, 10, 5, 2, 1, 20) for day in range(20, 32)),
        "A,A1,Haircut,Omsk,Hair,2026-11-01,2026-11-01,9,5,2,1,30",
    ]
    found = compare(made({"ads": rows, "orders": [ORDERS, order(1, "A", 25, 500)]}), Asked("month"))
    assert [(one.member, one.days) for one in found.members] == [("2026-10-01", 12), ("2026-11-01", 1)]
    said = " ".join(notes(found, EN))
    assert "not equally long" in said
    assert "Orders are loaded since" in said


def test_nothing_is_loaded(made: Made) -> None:
    with pytest.raises(NothingToCompare) as never:
        compare(made({}), Asked())
    assert "Load the statistics" in str(never.value.hint)
    with pytest.raises(NothingToCompare) as later:
        compare(made({"ads": TWO}), Asked("account", date(2026, 11, 1), date(2026, 11, 2)))
    assert "The data go from 2026-10-01 to 2026-10-02" in str(later.value.hint)


def test_orders_of_days_without_advertising_data_are_not_compared(made: Made) -> None:
    orders = [ORDERS, order(1, "A", 1, 100), order(2, "A", 2, 100), order(3, "A", 9, 100)]
    found = october(made({"ads": TWO, "orders": orders}))
    assert (found.since, found.until, found.of("A").counts["orders"]) == (FIRST, date(2026, 10, 2), 2)
    assert any("Loaded are only the days" in note for note in notes(found, EN))


def test_hundreds_of_advertisements_are_all_in_the_sums(made: Made) -> None:
    rows = [ADS, *(ad("A", 1, 10, 5, 2, 1, n, name=str(n)) for n in range(1, MOST + 6))]
    found = october(made({"ads": rows}), "ad_id")
    rest = found.members[-1]
    assert (len(found.members), rest.together, rest.counts["spend"]) == (MOST + 1, 5, 1 + 2 + 3 + 4 + 5)
    assert member_name(found, rest, EN) == "5 others together"
    assert found.total.counts["spend"] == sum(range(1, MOST + 6))


def daily(seed: int, days: int = 28) -> dict[str, list[tuple[float, float]]]:
    """Account → spend and contacts day by day, the accounts' good days alike."""
    chance = random.Random(seed)
    rows: dict[str, list[tuple[float, float]]] = {"A": [], "B": [], "C": []}
    for _ in range(days):
        demand = chance.uniform(0.5, 1.5)
        for name, price in (("A", 100), ("B", 210), ("C", 105)):
            contacts = max(1, round(chance.uniform(4, 12) * demand))
            rows[name].append((round(contacts * price * chance.uniform(0.8, 1.2)), contacts))
    return rows


def lines(rows: dict[str, list[tuple[float, float]]]) -> list[str]:
    return [
        ADS,
        *(
            ad(name, n + 1, 100, 50, contacts, 1, spend)
            for name, told in rows.items()
            for n, (spend, contacts) in enumerate(told)
        ),
    ]


def test_intervals_agree_with_established_packages(made: Made) -> None:
    rows = daily(1)
    found = october(made({"ads": lines(rows)}))
    for name, told in rows.items():
        spend, contacts = np.array(told).T
        fit = sm.WLS(spend, contacts, weights=1 / contacts).fit(cov_type="HC1")
        reach = stats.t.ppf(0.975, len(told) - 1) * float(fit.bse[0])
        own = found.of(name).rates["cost_per_contact"]
        assert own.value == pytest.approx(float(fit.params[0]), rel=1e-9)
        assert (own.low, own.high) == pytest.approx((own.value - reach, own.value + reach), rel=1e-8)


def test_differences_by_hand(made: Made) -> None:
    rows = daily(2)
    found = october(made({"ads": lines(rows)}))
    chances = {}
    for name, told in rows.items():
        rest = [
            (sum(rows[o][n][0] for o in rows if o != name), sum(rows[o][n][1] for o in rows if o != name))
            for n in range(28)
        ]
        own_x, rest_x = sum(x for _, x in told), sum(x for _, x in rest)
        own, others = sum(y for y, _ in told) / own_x, sum(y for y, _ in rest) / rest_x
        apart = [(y - own * x) / own_x - (v - others * w) / rest_x for (y, x), (v, w) in zip(told, rest, strict=True)]
        error = math.sqrt(28 / 27 * sum(part**2 for part in apart))
        one = found.of(name).differences["cost_per_contact"]
        assert (one.own, one.others) == pytest.approx((own, others), rel=1e-9)
        reach = stats.t.ppf(0.975, 27) * error
        assert (one.low, one.high) == pytest.approx((own - others - reach, own - others + reach), rel=1e-8)
        chances[name] = 2 * stats.t.sf(abs(own - others) / error, 27)
        assert one.chance == pytest.approx(chances[name], rel=1e-6, abs=1e-12)
        assert one.money == pytest.approx((own - others) * own_x / 28 * 30)
    stand = stats.false_discovery_control(list(chances.values())) <= 0.05
    verdicts = [found.of(name).differences["cost_per_contact"].verdict != "none" for name in chances]
    assert verdicts == stand.tolist()
    assert found.of("B").differences["cost_per_contact"].verdict == "worse"
    assert "a contact costs twice as much in «B» as in all others together" in headline(found, EN)


def test_long_times_are_taken_by_weeks(made: Made) -> None:
    chance, first = random.Random(5), date(2026, 5, 4)
    told = [(float(chance.randint(50, 500)), float(chance.randint(1, 9))) for _ in range(140)]
    rows = [ADS]
    for n, (spend, contacts) in enumerate(told):
        day = first + timedelta(days=n)
        rows.append(f"A,1,Haircut,Omsk,Hair,{day},{day},100,50,{contacts:g},1,{spend:g}")
    own = compare(made({"ads": rows}), Asked()).of("A").rates["cost_per_contact"]
    spend, contacts = np.array(told).T
    fit = sm.WLS(spend, contacts, weights=1 / contacts).fit(
        cov_type="cluster", cov_kwds={"groups": np.arange(140) // 7}
    )  # fmt: skip
    # statsmodels also corrects for the parameters of the rows, (N − 1) / (N − 1): nothing for one parameter.
    reach = stats.t.ppf(0.975, 19) * float(fit.bse[0])
    assert own.clusters == 20
    assert (own.low, own.high) == pytest.approx((own.value - reach, own.value + reach), rel=1e-8)


def test_equal_accounts_are_hardly_ever_called_different(made: Made) -> None:
    """One test of a few hundred draws, without the store: the share of false marks."""
    from kpi.accounts.ratio import difference

    chance, called, draws = np.random.default_rng(3), 0, 400
    for _ in range(draws):
        contacts = chance.poisson(8, (2, 31)).astype(float)
        spend = contacts * chance.uniform(80, 120, (2, 31))
        found, _, _ = difference(spend, contacts, np.arange(31), np.ones((2, 31), dtype=bool))
        called += 2 * stats.t.sf(abs(found.value[0]) / found.error[0], 30) <= 0.05
    assert called / draws <= 0.075


@pytest.mark.parametrize("kpi", ["cost_per_contact", "cost_per_view", "contact_rate", "view_rate", "order_rate"])
def test_the_same_digits_as_the_kpi(made: Made, kpi: str) -> None:
    rows = daily(7)
    reader = made({"ads": [*lines(rows), ad("A", 1, 3000, None, 31, 7, 999, until=31, name="9")]})
    asked = Query((kpi,), FIRST, date(2026, 10, 31), "total", "account", (), ())
    frame = evaluate(reader, catalogue(), asked, TargetBook()).frame
    members = frame[~frame["is_total"].astype(bool)]
    assert len(members) == 3
    found = october(reader)
    for name, value in zip(members["slice"], members["value"], strict=True):
        assert found.of(name).rate(kpi) == pytest.approx(float(value), abs=1.1e-9)
    assert fmean(members["value"]) > 0
