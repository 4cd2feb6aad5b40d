"""What the dashboard must make visible is in the numbers, clearly enough to be seen."""

from collections.abc import Mapping
from datetime import timedelta

import pandas as pd

from data.demo.people import serving
from data.demo.stories import APPROVAL, FAST_RECRUITER, STAR, UNPROMOTED, UNPROMOTED_SINCE
from data.demo.trades import BARBER, REPAIR
from data.demo.write import UNTIL

Facts = Mapping[str, pd.DataFrame]


def done(facts: Facts) -> pd.DataFrame:
    return facts["orders"][facts["orders"]["status"] == "done"]


def test_one_branch_has_to_do_more_again_in_spring(facts: Facts) -> None:
    jobs = done(facts)
    spring = jobs["scheduled_at"].dt.month.isin([3, 4, 5])
    ours = jobs["branch"] == REPAIR.name
    for year in (2025, 2026):
        in_spring = jobs[spring & ours & (jobs["scheduled_at"].dt.year == year)]["is_rework"].mean()
        assert in_spring > 2.3 * jobs[~spring & ours]["is_rework"].mean()
    assert jobs[spring & ~ours]["is_rework"].mean() < 1.4 * jobs[~spring & ~ours]["is_rework"].mean()


def test_one_barber_sells_twice_the_add_ons(facts: Facts) -> None:
    jobs = done(facts).assign(with_addon=lambda frame: frame["addon_revenue"].notna())
    rate = jobs.groupby("employee")["with_addon"].mean()
    barbers = [person.name for person in serving(BARBER)]
    others = rate[[name for name in barbers if name != STAR]]
    assert 1.8 < rate[STAR] / others.mean() < 2.4
    assert rate[STAR] > 1.6 * rate.drop(STAR).max()


def test_weekends_run_late(facts: Facts) -> None:
    jobs = done(facts).dropna(subset=["finished_at"])
    weekend = jobs["scheduled_at"].dt.day_of_week >= 5
    on_time = jobs["finished_at"] <= jobs["promised_at"]
    lead = jobs["finished_at"] - jobs["created_at"]
    assert on_time[~weekend].mean() - on_time[weekend].mean() > 0.25
    assert lead[weekend].median() > 1.5 * lead[~weekend].median()


def test_contacts_of_one_account_cost_double(facts: Facts) -> None:
    sums = facts["ads"].groupby("account")[["spend", "contacts", "orders"]].sum()
    per_contact = sums["spend"] / sums["contacts"]
    assert 1.8 < per_contact["Авито Область"] / per_contact["Авито Центр"] < 2.3


def test_orders_of_the_ads_are_orders(facts: Facts) -> None:
    asked = facts["orders"].dropna(subset=["account"])
    first = pd.Timestamp(facts["ads"]["period_start"].min())
    expected = asked[asked["created_at"] >= first].groupby("account").size()
    assert facts["ads"].groupby("account")["orders"].sum().to_dict() == expected.to_dict()


def test_no_shows_are_about_seven_percent(facts: Facts) -> None:
    share = facts["orders"]["status"].value_counts(normalize=True)
    assert 0.06 < share["no_show"] < 0.085
    assert 0.03 < share["cancelled"] < 0.08


def test_the_business_earns_money_and_grows(facts: Facts) -> None:
    jobs = done(facts).dropna(subset=["finished_at"])
    year = jobs["finished_at"].max() - pd.Timedelta(days=365)
    revenue = [
        jobs.loc[jobs["finished_at"] <= year, "revenue"].sum(),
        jobs.loc[jobs["finished_at"] > year, "revenue"].sum(),
    ]
    assert 1.05 < revenue[1] / revenue[0] < 1.5
    spent = (
        facts["expenses"]["amount"].sum()
        + facts["ads"]["spend"].sum()
        + jobs[["material_cost", "labour_cost"]].sum().sum()
    )
    assert 0.05 < 1 - spent / sum(revenue) < 0.3


def test_repairs_wait_for_an_approval_that_adds_nothing(facts: Facts) -> None:
    events = facts["events"]
    spans = events.groupby("case_id")["at"].agg(lambda at: (at.max() - at.min()).total_seconds() / 3600)
    approved = events["activity"] == APPROVAL
    asked = spans.index.isin(events[approved]["case_id"])
    assert 0.35 < asked.mean() < 0.55
    assert spans[asked].median() > 3 * spans[~asked].median()
    assert events[approved]["is_superfluous"].all()
    monthly = events[approved].groupby(events["at"].dt.to_period("M"))["cost"].sum()
    assert 20_000 < monthly.iloc[1:-1].mean() < 80_000


def test_without_promotion_a_contact_is_cheaper_and_as_many_come(facts: Facts) -> None:
    ads = facts["ads"]
    region = ads[ads["account"] == "Авито Область"]
    since = UNTIL - timedelta(days=UNPROMOTED_SINCE)
    day = pd.to_datetime(region["period_start"]).dt.date
    during, ours = day >= since, region["city"] == UNPROMOTED
    assert region[during & ours]["promotion_spend"].isna().all()
    assert region[~during & ours]["promotion_spend"].notna().mean() > 0.5
    before = ~during & (day >= since - timedelta(days=56))

    def cost(rows: pd.Series) -> float:
        return float(region[rows]["spend"].sum() / region[rows]["contacts"].sum())

    moved = (cost(during & ours) / cost(before & ours)) / (cost(during & ~ours) / cost(before & ~ours))
    assert 0.7 < moved < 0.9


def test_one_recruiter_is_fast_and_their_hires_leave(facts: Facts) -> None:
    vacancies, people = facts["vacancies"], facts["applicants"]
    filled = vacancies[vacancies["status"] == "filled"]
    days = (filled["closed_at"] - filled["opened_at"]).dt.total_seconds() / 86400
    speed = days.groupby(filled["employee"]).median()
    assert speed[FAST_RECRUITER] < 0.6 * speed.drop(FAST_RECRUITER).min()
    hired = people.dropna(subset=["hired_on"])
    first, left = (pd.to_datetime(hired[name]) for name in ("hired_on", "left_on"))
    old = first <= pd.Timestamp(people["applied_at"].max()) - pd.Timedelta(days=92)
    stayed = ~((left - first).dt.days < 90)
    shares = stayed[old].groupby(hired["employee"]).mean()
    assert shares[FAST_RECRUITER] < 0.5
    assert shares.drop(FAST_RECRUITER).min() > 0.75
    assert stayed[old].groupby(hired["employee"]).size().min() >= 10
    assert {"open", "on_hold", "cancelled"} <= set(vacancies["status"])
