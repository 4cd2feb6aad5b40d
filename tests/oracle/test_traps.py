"""Where dashboards usually lie: fan-out of joins, averaged ratios, lost parts, empty periods."""

import math
from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd
import pytest

from kpi.catalogue import catalogue
from kpi.model import Query, Result
from tests.oracle.plain import DIMENSIONS, oracles

Ask = Callable[[Query], Result]
Small = Callable[[Mapping[str, str]], Callable[[Query], pd.DataFrame]]
JANUARY = (date(2025, 1, 1), date(2025, 1, 31))
FEBRUARY = (date(2025, 2, 1), date(2025, 2, 28))

ORDERS = """
order_id,branch,employee,finished_at,status,revenue,is_rework
1,North,Anna,2025-01-06 10:00,done,100,no
2,North,Anna,2025-01-07 10:00,done,200,yes
3,North,Boris,2025-01-08 10:00,done,400,no
4,South,Boris,2025-01-09 10:00,done,800,no
5,North,,2025-01-10 10:00,done,1600,no
6,North,Nobody,2025-02-10 10:00,done,3200,no
7,North,Anna,2025-03-03 10:00,done,6400,no
"""
TWO_POSTS = """
employee,branch,team,role,hired_on,valid_from
Anna,North,Blue,Master,2024-01-01,
Anna,North,Red,Master,2024-01-01,2025-01-07
Boris,North,Blue,Master,2024-05-01,
Boris,South,Red,Master,2024-05-01,
"""


def asked(*kpis: str, days: tuple[date, date] = JANUARY, by: str | None = None, **more: object) -> Query:
    return Query(kpis, *days, by=by, **more)  # type: ignore[arg-type]


def slices(frame: pd.DataFrame, kpi: str) -> dict[str | None, float]:
    """Member → value, the part that is not filled in under None."""
    rows = frame[(frame["kpi"] == kpi) & ~frame["is_total"]]
    return {None if pd.isna(name) else name: value for name, value in zip(rows["slice"], rows["value"], strict=True)}


def total(frame: pd.DataFrame, kpi: str) -> float:
    rows = frame[(frame["kpi"] == kpi) & frame["is_total"]]
    assert len(rows) == 1
    return float(rows["value"].iloc[0])


def test_a_person_with_two_posts_does_not_double_the_orders(small: Small) -> None:
    answer = small({"orders": ORDERS, "staff": TWO_POSTS})
    frame = answer(asked("orders_done", "revenue", by="team"))
    assert total(frame, "orders_done") == 5
    assert total(frame, "revenue") == 3100
    assert slices(frame, "revenue") == {"Blue": 100 + 400, "Red": 200 + 800, None: 1600}


def test_one_name_in_two_branches_is_two_people(small: Small) -> None:
    answer = small({"orders": ORDERS, "staff": TWO_POSTS})
    frame = answer(asked("headcount", by="team"))
    assert total(frame, "headcount") == 3
    assert slices(frame, "headcount") == {"Blue": 1, "Red": 2}


def test_a_leaver_with_two_posts_leaves_once_and_from_the_last(small: Small) -> None:
    staff = """
employee,branch,team,role,hired_on,left_on,valid_from
Anna,North,Blue,Master,2024-01-01,2025-01-20,
Anna,North,Red,Master,2024-01-01,2025-01-20,2025-01-07
Boris,North,Red,Master,2024-05-01,,
"""
    frame = small({"orders": ORDERS, "staff": staff})(asked("turnover", "leavers", by="team"))
    assert total(frame, "leavers") == 1
    assert slices(frame, "leavers").get("Blue", 0) == 0
    assert slices(frame, "leavers")["Red"] == 1
    assert math.isclose(total(frame, "turnover"), 100 * 1 / ((20 + 31) / 31))


def test_lines_of_an_order_are_one_order(small: Small) -> None:
    lines = """
order_id,service,employee,created_at,finished_at,status,revenue,is_rework
1,Cut,Anna,2025-01-06 09:00,2025-01-06 10:00,done,100,no
1,Colour,Anna,2025-01-06 09:00,2025-01-06 10:00,done,300,yes
2,Cut,Anna,2025-01-07 09:00,2025-01-07 12:00,done,200,no
3,Cut,Boris,2025-01-08 09:00,2025-01-08 18:00,done,300,no
"""
    frame = small({"orders": lines})(
        asked("orders_done", "average_ticket", "rework_rate", "lead_time_hours", by="service")
    )
    assert total(frame, "orders_done") == 3
    assert total(frame, "average_ticket") == 300
    assert math.isclose(total(frame, "rework_rate"), 100 / 3)
    assert total(frame, "lead_time_hours") == 3
    assert slices(frame, "orders_done") == {"Cut": 3, "Colour": 1}


def test_order_1_of_two_accounts_is_two_orders(small: Small) -> None:
    orders = """
order_id,account,finished_at,status,revenue
1,A,2025-01-06 10:00,done,100
1,B,2025-01-06 10:00,done,100
"""
    assert total(small({"orders": orders})(asked("orders_done")), "orders_done") == 2


def test_ratios_are_recomputed_and_never_averaged(small: Small) -> None:
    frame = small({"orders": ORDERS})(asked("rework_rate", "average_ticket", by="employee"))
    assert slices(frame, "rework_rate") == {"Anna": 50, "Boris": 0, None: 0}
    assert total(frame, "rework_rate") == 20
    assert slices(frame, "average_ticket") == {"Anna": 150, "Boris": 600, None: 1600}
    assert total(frame, "average_ticket") == 620


def test_a_loaded_period_without_rows_is_zero_for_sums_and_nothing_for_ratios(small: Small) -> None:
    orders = "\n".join(line for line in ORDERS.strip().splitlines() if "2025-02" not in line)
    frame = small({"orders": orders})(asked("orders_done", "revenue", "rework_rate", "lead_time_hours", days=FEBRUARY))
    assert total(frame, "orders_done") == 0
    assert total(frame, "revenue") == 0
    assert math.isnan(total(frame, "rework_rate"))


@pytest.mark.parametrize(
    "days", [(date(2024, 10, 1), date(2024, 12, 31)), (date(2025, 3, 4), date(2025, 3, 31))], ids=["before", "after"]
)
def test_outside_of_what_is_loaded_there_is_no_value(small: Small, days: tuple[date, date]) -> None:
    frame = small({"orders": ORDERS})(asked("orders_done", "revenue", "rework_rate", days=days))
    assert frame["value"].isna().all()


def test_a_name_that_staff_does_not_know_is_unattributed(small: Small) -> None:
    frame = small({"orders": ORDERS, "staff": TWO_POSTS})(asked("revenue", days=FEBRUARY, by="team"))
    assert slices(frame, "revenue") == {None: 3200, "Blue": 0, "Red": 0}, "who had jobs in January is still listed"
    assert total(frame, "revenue") == 3200


def test_shares_of_a_partly_filled_column_know_what_they_used(small: Small) -> None:
    orders = """
order_id,finished_at,promised_at,status
1,2025-01-06 10:00,2025-01-06 11:00,done
2,2025-01-06 10:00,2025-01-06 09:00,done
3,2025-01-06 10:00,,done
4,2025-01-06 10:00,,
5,2025-01-06 10:00,,open
"""
    row = small({"orders": orders})(asked("on_time_rate")).iloc[0]
    assert row["value"] == 50
    assert (row["used"], row["rows"], row["eligible"]) == (2, 3, 4)


def test_without_shifts_revenue_per_employee_counts_people_with_orders(small: Small) -> None:
    frame = small({"orders": ORDERS})(asked("revenue_per_employee"))
    assert total(frame, "revenue_per_employee") == 3100 / 2


def test_cost_of_an_order_falls_back_to_the_jobs_of_the_account(small: Small) -> None:
    orders = """
order_id,account,finished_at,status
1,A,2025-01-06 10:00,done
2,A,2025-01-07 10:00,done
3,,2025-01-08 10:00,done
4,B,2025-01-09 10:00,done
"""
    ads = """
account,ad_id,period_start,period_end,contacts,spend
A,1,2025-01-01,2025-01-31,10,600
B,2,2025-01-01,2025-01-31,10,300
"""
    days = (date(2025, 1, 1), date(2025, 1, 9))
    frame = small({"orders": orders, "ads": ads})(asked("cost_per_order", days=days, by="account"))
    assert math.isclose(total(frame, "cost_per_order"), 900 * 9 / 31 / 3)
    assert math.isclose(slices(frame, "cost_per_order")["A"], 600 * 9 / 31 / 2)


def test_material_and_labour_come_from_expenses_where_orders_lack_them(small: Small) -> None:
    expenses = """
expense_id,date,kind,amount
1,2025-01-05,material,100
2,2025-01-06,salary,1000
3,2025-01-07,rent,500
"""
    answer = small({"orders": ORDERS, "expenses": expenses})
    days = (date(2025, 1, 1), date(2025, 1, 10))
    assert total(answer(asked("operating_profit", days=days)), "operating_profit") == 3100 - 100 - 1000 - 500


def test_each_part_of_a_formula_goes_until_its_own_data_ends(small: Small) -> None:
    shifts = """
employee,date,worked_hours
Anna,2025-01-06,2
Boris,2025-01-08,5
"""
    row = small({"orders": ORDERS, "shifts": shifts})(asked("revenue_per_hour")).iloc[0]
    assert math.isclose(row["value"], 3100 / 7)
    assert row["is_partial"]


def additive() -> list[str]:
    """KPIs that are sums over rows with one member each; lines of an order may lie in several slices."""
    return [id_ for id_ in oracles() if catalogue().get(id_).additive]


@pytest.mark.parametrize("by", DIMENSIONS)
def test_parts_add_up_to_the_total(ask: Ask, by: str) -> None:
    kpis = tuple(
        id_ for id_ in additive() if by in oracles()[id_].tried and not (id_ == "orders_done" and by == "service")
    )
    frame = ask(Query(kpis, date(2025, 1, 1), date(2025, 2, 28), "month", by)).frame
    for (kpi, period), rows in frame.groupby(["kpi", "period"]):
        parts = rows[~rows["is_total"]]["value"].sum()
        whole = rows[rows["is_total"]]["value"].fillna(0).iloc[0]
        assert math.isclose(parts, whole, abs_tol=1e-6), (kpi, period, parts, whole)


@pytest.mark.parametrize("by", DIMENSIONS)
def test_a_filter_says_what_the_slice_says(ask: Ask, by: str) -> None:
    kpis = tuple(id_ for id_, oracle in oracles().items() if by in oracle.tried and id_ not in ("enps", "engagement"))
    sliced = ask(Query(kpis, *FEBRUARY, by=by)).frame
    for member in sliced[~sliced["is_total"]]["slice"].unique()[-3:]:
        name = None if pd.isna(member) else member
        filtered = ask(Query(kpis, *FEBRUARY, where=((by, (name or "",)),))).frame
        for kpi in kpis:
            part = slices(sliced, kpi).get(name)
            if part is not None:
                whole = total(filtered, kpi)
                assert (math.isnan(part) and math.isnan(whole)) or math.isclose(part, whole), (kpi, name, part, whole)


def test_a_share_of_clients_is_nothing_where_none_returned_and_not_left_out(small: Small) -> None:
    orders = """
order_id,branch,finished_at,status,revenue,client
1,North,2025-01-06 10:00,done,1,Ann
2,North,2025-01-09 10:00,done,1,Ann
3,South,2025-01-07 10:00,done,1,Bob
4,South,2025-01-08 10:00,done,1,Cid
"""
    frame = small({"orders": orders})(asked("repeat_share", by="branch"))
    assert slices(frame, "repeat_share") == {"North": 100.0, "South": 0.0}
    rows = frame.set_index(frame["slice"].where(~frame["is_total"], "all"))["rows"]
    assert rows.to_dict() == {"all": 4, "North": 2, "South": 2}
