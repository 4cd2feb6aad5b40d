"""The way from an impression to money on rows that can be added up by hand."""

from datetime import date

import pytest

from data.access.reader import Reader
from data.model import Scope
from kpi.accounts import MOST, Asked, NothingToCompare, compare
from kpi.accounts.notes import notes
from kpi.accounts.words import headline, saving
from kpi.accounts.words import name as member_name
from tests.oracle.accounts.conftest import Made
from tests.oracle.accounts.october import ADS, EN, FIRST, ORDERS, ad, october, order

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
    assert saving(found, EN) == ""
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


def test_the_file_s_own_months_are_uniques_of_months(made: Made) -> None:
    rows = [ADS, ad("A", 1, 310, 90, 40, None, 620, until=31)]
    rows.append("A,A1,Haircut,Omsk,Hair,2026-09-01,2026-09-30,300,80,30,,600")
    found = compare(made({"ads": rows}), Asked("month"))
    assert [one.kind for one in found.members] == ["period", "period"]
    assert [one.counts["contacts"] for one in found.members] == pytest.approx([30, 40])
    assert "uniques, as in the file; all together adds them up" in " ".join(notes(found, EN))
    weeks = compare(made({}), Asked("week"))
    assert {one.kind for one in weeks.members} == {"parts"}
