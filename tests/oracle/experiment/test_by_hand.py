"""Experiments on small data, counted again by hand with pandas and NumPy alone."""

import math
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.store.entries import Guard
from data.store.entries.marks import Mark
from data.store.store import Store
from kpi.experiment import planned, studied
from kpi.experiment.words import sentence
from kpi.language import language
from tests.oracle.experiment.small import (
    DAYS,
    DESIGN,
    FIRST,
    LAST,
    START,
    TABLE,
    asking,
    by_hand,
    entered,
    lines,
    rate,
    split,
    study,
)
from tests.unit.store.files import load


def test_the_effect_and_the_levels(store: Store, tmp_path: Path) -> None:
    found = study(store, tmp_path)
    assert found.main is not None
    assert found.main.last is not None
    assert (found.days, found.until) == (DAYS, DESIGN.end)
    effect = by_hand(TABLE, DESIGN.end)
    assert float(found.main.last.effect) == pytest.approx(effect, rel=1e-9)
    for side, ads in (("a", DESIGN.a), ("b", DESIGN.b)):
        before = rate(split(TABLE, ads, FIRST, START - timedelta(days=1)))
        during = rate(split(TABLE, ads, START, DESIGN.end))
        assert found.main.level(side, during=False) == pytest.approx(100 * before)
        assert found.main.level(side, during=True) == pytest.approx(100 * during)
    assert found.main.relative(effect) == pytest.approx(100 * (math.exp(effect) - 1))
    assert found.verdict == "b"
    assert found.told_on is not None
    first = next(look for look in found.main.looks if look.low > 0 and look.high > 0)
    assert found.told_on == START + timedelta(days=first.days - 1)
    early = by_hand(TABLE, START + timedelta(days=20))
    assert float(found.main.looks[7].effect) == pytest.approx(early, rel=1e-9)  # day 21


def test_the_error_by_days_and_by_ads(store: Store, tmp_path: Path) -> None:
    found = study(store, tmp_path)
    assert found.main is not None
    last = found.main.last
    assert last is not None
    series_ = []
    for first, end in ((FIRST, START - timedelta(days=1)), (START, DESIGN.end)):
        both = []
        for ads in (DESIGN.b, DESIGN.a):
            days = split(TABLE, ads, first, end).groupby("period_start")[["contacts", "views"]].sum()
            level = days["contacts"].sum() / days["views"].sum()
            both.append(((days["contacts"] - level * days["views"]) / days["contacts"].mean()).to_numpy())
        series_.append(both[0] - both[1])
    variance = sum(float((part**2).sum()) for part in series_) / (56 + DAYS - 2)
    by_days = variance / float(last.independent)
    by_ads = 0.0
    for ads in (DESIGN.a, DESIGN.b):
        moved = []
        for ad in ads:
            told = []
            for first, end in ((FIRST, START - timedelta(days=1)), (START, DESIGN.end)):
                whole, own = split(TABLE, ads, first, end), split(TABLE, [ad], first, end)
                told.append((own["contacts"].sum() - rate(whole) * own["views"].sum()) / whole["contacts"].sum())
            moved.append(told[1] - told[0])
        by_ads += 2 / 1 * float(np.square(moved).sum())
    assert float(last.error) == pytest.approx(math.sqrt(max(by_days, by_ads)), rel=1e-9)


def test_what_it_is_worth(store: Store, tmp_path: Path) -> None:
    found = study(store, tmp_path, design=replace(DESIGN, worth=500.0))
    effect = by_hand(TABLE, DESIGN.end)
    a, b = (split(TABLE, ads, START, DESIGN.end)["contacts"].sum() for ads in (DESIGN.a, DESIGN.b))
    as_a = a + b * math.exp(-effect)
    as_b = a * math.exp(effect) + b
    assert found.money is not None
    assert found.money.value == pytest.approx((as_b - as_a) / DAYS * 30.4375 * 500, rel=1e-9)
    assert found.money.low < found.money.value < found.money.high


def test_money_itself_is_worth_what_it_is(store: Store, tmp_path: Path) -> None:
    found = study(store, tmp_path, design=replace(DESIGN, kpi="cost_per_contact", guards=()))
    assert found.main is not None
    spend = [split(TABLE, ads, START, DESIGN.end)["spend"].sum() for ads in (DESIGN.a, DESIGN.b)]
    assert found.main.last is not None
    effect = float(found.main.last.effect)
    as_a = spend[0] + spend[1] * math.exp(-effect)
    assert found.money is not None
    assert found.money.value == pytest.approx(-(as_a * math.expm1(effect)) / DAYS * 30.4375, rel=1e-9)
    assert found.verdict == "b"
    assert effect < 0
    assert found.money.value > 0


def test_a_day_that_one_arm_has_not_is_left_out_of_both(store: Store, tmp_path: Path) -> None:
    gap = date(2026, 10, 7)
    table = TABLE[~(TABLE["ad_id"].isin(["b1", "b2"]) & (TABLE["period_start"] == gap))]
    found = study(store, tmp_path, table)
    assert found.main is not None
    assert found.main.last is not None
    assert found.main.series.missing == (gap,)
    assert found.days == DAYS - 1
    assert "missing_days" in {check.code for check in found.checks}
    without = TABLE[TABLE["period_start"] != gap]
    assert float(found.main.last.effect) == pytest.approx(by_hand(without, DESIGN.end), rel=1e-9)


def test_neither_the_running_day_nor_the_days_after_a_decision_count(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "ads.csv", "ads", lines(TABLE))
    open_end = replace(DESIGN, end=date(2026, 12, 31))
    running = studied(asking(store), entered(open_end))
    assert running.until == LAST - timedelta(days=1)
    decided = studied(asking(store), entered(open_end, closed=date(2026, 10, 20)))
    assert decided.until == date(2026, 10, 19)
    assert decided.main is not None
    assert decided.main.last is not None
    assert float(decided.main.last.effect) == pytest.approx(by_hand(TABLE, date(2026, 10, 19)), rel=1e-9)


def test_before_a_fortnight_nothing_is_said(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "ads.csv", "ads", lines(TABLE[TABLE["period_start"] < START + timedelta(days=13)]))
    found = studied(asking(store), entered(DESIGN))
    assert (found.days, found.verdict, found.money) == (13, "not_yet", None)
    assert found.main is not None
    assert found.main.last is None


def test_the_plan_comes_from_the_days_before(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "ads.csv", "ads", lines(TABLE[TABLE["period_start"] < START]))
    plan = planned(asking(store, today=START), DESIGN)
    assert plan is not None
    before = split(TABLE, [*DESIGN.a, *DESIGN.b], FIRST, START - timedelta(days=1))
    assert plan.before == 56
    assert plan.traffic == pytest.approx(before["views"].sum() / 56)
    assert plan.rows == pytest.approx(4)
    assert plan.level[0] == pytest.approx(100 * rate(before[before["ad_id"].isin(list(DESIGN.a))]))
    assert plan.absolute == pytest.approx(0.1 * 100 * rate(before))
    later = studied(asking(store, today=START), entered(replace(DESIGN)))
    assert later.plan == plan
    assert later.until is None


def test_without_a_time_before_nothing_else_is_compared(store: Store, tmp_path: Path) -> None:
    found = study(store, tmp_path, TABLE[TABLE["period_start"] >= START])
    assert found.main is not None
    assert found.main.last is not None
    plain = math.log(rate(split(TABLE, DESIGN.b, START, DESIGN.end)) / rate(split(TABLE, DESIGN.a, START, DESIGN.end)))
    assert float(found.main.last.effect) == pytest.approx(plain, rel=1e-9)
    assert found.plan is None
    assert found.checks[0].code == "no_baseline"
    assert found.verdict == "b"
    assert "Do not rely on it" in sentence(found, language("en"))
    sums = studied(asking(store), entered(replace(DESIGN, kpi="contacts", guards=(Guard("views", 10.0),))))
    assert "is a sum" in str(sums.silent)
    rates = studied(asking(store), entered(replace(DESIGN, guards=(Guard("views", 10.0),))))
    assert "is a sum" in str(rates.guards[0].silent)


def test_what_could_make_it_wrong_is_found(store: Store, tmp_path: Path) -> None:
    table = TABLE.copy()
    table.loc[(table["ad_id"] == "a1") & (table["period_start"] > date(2026, 10, 10)), "title"] = "Changed"
    table.loc[table["ad_id"].isin(["a2", "b2"]), "title"] = "The same"
    doubled = table["ad_id"].isin(list(DESIGN.b)) & (table["period_start"] >= START)
    table.loc[doubled, ["views", "contacts"]] *= 3
    load(store, tmp_path, "ads.csv", "ads", lines(table))
    mark = Mark(1, date(2026, 10, 1), "Rain", "other")
    late = studied(asking(store, marks=[mark]), entered(DESIGN, on=date(2026, 9, 30)))
    told = {check.code: str(check.text) for check in late.checks}
    assert set(told) == {"entered_late", "split", "events", "retitled", "shared_texts"}
    assert "a1" in told["retitled"]
    assert "1 Oct" in told["events"] or "2026-10-01" in told["events"]
    b, a = (split(table, ads, START, DESIGN.end)["views"].sum() for ads in (DESIGN.b, DESIGN.a))
    assert f"{100 * b / (a + b):.1f}" in told["split"]


@pytest.mark.parametrize(("first", "code"), [(START - timedelta(days=3), "bad"), (START, "warning")])
def test_figures_of_several_days(store: Store, tmp_path: Path, first: date, code: str) -> None:
    last = first + timedelta(days=6)
    inside = (TABLE["ad_id"] == "b1") & TABLE["period_start"].between(first, last)
    week = TABLE[inside].iloc[:1].assign(period_end=last)
    for figure in ("impressions", "views", "contacts", "orders", "spend"):
        week[figure] = TABLE[inside][figure].sum()
    found = study(store, tmp_path, pd.concat([TABLE[~inside], week]))
    (told,) = [check for check in found.checks if check.code == "spread"]
    assert told.severity == code
    if code == "warning":
        assert f"{100 * 7 / (112 * 4):.1f}" in str(told.text)


def test_clients_of_both_arms(store: Store, tmp_path: Path) -> None:
    rows = ["order_id,created_at,finished_at,status,revenue,branch,client"]
    chance, number = np.random.default_rng(3), 0
    for n in range((LAST - FIRST).days):
        for branch in ("North", "South"):
            for _ in range(4):
                number += 1
                who = "both" if number == 701 or (branch == "North" and n == 60) else f"{branch}{number}"
                day = FIRST + timedelta(days=n)
                rows.append(f"{number},{day},{day},done,{900 + int(chance.integers(0, 400))},{branch},{who}")
    load(store, tmp_path, "orders.csv", "orders", rows)
    design = replace(DESIGN, kpi="average_ticket", dimension="branch", a=("North",), b=("South",), guards=())
    found = studied(asking(store), entered(design))
    told = {check.code: str(check.text) for check in found.checks}
    orders = pd.DataFrame([row.split(",") for row in rows[1:]], columns=rows[0].split(","))
    inside = orders[(orders["finished_at"] >= str(START)) & (orders["finished_at"] <= str(DESIGN.end))]
    each = [set(inside[inside["branch"] == branch]["client"]) for branch in ("North", "South")]
    assert len(each[0] & each[1]) == 1
    assert told["shared_clients"] == f"1 client of {len(each[0] | each[1])} came to both arms."
    assert "one_unit" in told


def test_moving_the_end_changes_nothing_of_the_days_that_were(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "ads.csv", "ads", lines(TABLE))
    short = replace(DESIGN, end=START + timedelta(days=27))
    before, longer = studied(asking(store), entered(short)), entered(short)
    later = replace(longer.history[0], number=2, action="change", design=DESIGN, at=datetime(2026, 10, 5))
    after = studied(asking(store), replace(longer, design=DESIGN, history=(*longer.history, later)))
    assert before.main is not None
    assert after.main is not None
    assert (before.days, after.days) == (28, 56)
    assert [float(look.reach) for look in after.main.looks[:15]] == [float(look.reach) for look in before.main.looks]
