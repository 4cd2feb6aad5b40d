"""The page's figures of hiring against pandas by hand over the tiny business, and against the KPIs of the cards."""

import math
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.access.reader import Reader
from data.model import Scope
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.hiring.asking import Asking
from kpi.hiring.funnel import funnel
from kpi.hiring.money import costs
from kpi.hiring.notes import notes
from kpi.hiring.recruiters import recruiters
from kpi.hiring.staying import staying
from kpi.hiring.waits import FROM, KPIS, waits
from kpi.model import Query
from kpi.survival import curve
from kpi.targets import TargetBook
from tests.oracle.plain import BUSINESS

LAST = pd.Timestamp(2025, 3, 11)
"""The last day on which anything of hiring happened."""
NOW = LAST + pd.Timedelta(days=1)
JANUARY = (date(2025, 1, 1), date(2025, 1, 31))
STAGES = ["screened_at", "interviewed_at", "offered_at", "accepted_at"]


@pytest.fixture(scope="module")
def asking(store: Store) -> Asking:
    return Asking(Reader(store), catalogue(), TargetBook())


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    """Applications with their vacancy, joined by hand: numbers repeat from account to account."""
    known = dict.fromkeys(("vacancy_id", "applicant_id"), str)
    applicants = pd.read_csv(BUSINESS / "applicants.csv", dtype=known)
    for column in ("applied_at", *STAGES, "rejected_at", "hired_on", "left_on"):
        applicants[column] = pd.to_datetime(applicants[column], format="ISO8601")
    vacancies = pd.read_csv(BUSINESS / "vacancies.csv", dtype={"vacancy_id": str})
    joined = applicants.merge(vacancies[["account", "vacancy_id", "title", "employee"]], "left",
                              ["account", "vacancy_id"], suffixes=("", "_of"))  # fmt: skip
    return joined.assign(employee=joined["employee"].fillna(joined["employee_of"]))


def by_name(found: Any) -> dict[str | None, Any]:
    return {one.member: one for one in found if not one.is_total}


def test_applications_are_all_there_once(asking: Asking, people: pd.DataFrame) -> None:
    assert len(asking.ever) == len(people)
    ours = asking.ever.set_index(["account", "applied_at"])["employee"].sort_index()
    theirs = people.set_index(["account", "applied_at"])["employee"].sort_index()
    assert ours.where(ours.notna(), "").tolist() == theirs.where(theirs.notna(), "").tolist()


@pytest.mark.parametrize("by", [None, "employee", "source", "account", "title"])
@pytest.mark.parametrize("days", [None, JANUARY])
def test_funnel(asking: Asking, people: pd.DataFrame, by: str | None, days: tuple[date, date] | None) -> None:
    mine = people
    if days is not None:
        asking = replace(asking, since=days[0], until=days[1])
        mine = people[people["applied_at"].between("2025-01-01", "2025-01-31 23:59")]
    for one in funnel(asking, by):
        own = mine if one.is_total else mine[mine[by].isna() if one.member is None else mine[by] == one.member]
        counts = [len(own)]
        for place in range(len(STAGES)):
            later = own[STAGES[place:]].notna().any(axis=1)
            counts.append(int(later.sum()))
        assert [step.reached for step in one.steps] == counts
        for step, before, now in zip(one.steps[1:], counts, counts[1:], strict=False):
            assert math.isnan(step.share) if before == 0 else step.share == pytest.approx(100 * now / before)
        offered = (own["offered_at"] - own["interviewed_at"]).dropna().dt.total_seconds() / 86400
        assert one.steps[3].timed == len(offered)
        if len(offered):
            assert one.steps[3].days == pytest.approx(offered.median())
        assert sum(step.rejected + step.waiting for step in one.steps) + one.hired == len(own)


def by_hand(people: pd.DataFrame, start: str) -> pd.DataFrame:
    """Places with how long they waited and whether they were filled, one by one."""
    vacancies = pd.read_csv(BUSINESS / "vacancies.csv", dtype={"vacancy_id": str})
    rows = []
    for vacancy in vacancies.to_dict("records"):
        began = pd.Timestamp(vacancy[f"{start}_at"])
        mine = (people["account"] == vacancy["account"]) & (people["vacancy_id"] == vacancy["vacancy_id"])
        accepted = sorted(people[mine]["accepted_at"].dropna())
        for place in range(1 if math.isnan(vacancy["planned_hires"]) else int(vacancy["planned_hires"])):
            filled = place < len(accepted)
            ended = accepted[place] if filled else pd.Timestamp(vacancy["closed_at"])
            if not filled and pd.isna(ended):
                ended = NOW if vacancy["status"] in ("open", "on_hold") else pd.NaT
            told = pd.notna(ended) and pd.notna(began) and began.normalize() <= ended.normalize()
            days = (ended - began) / pd.Timedelta(days=1) if told else math.nan
            rows.append({**vacancy, "days": days, "filled": filled})
    return pd.DataFrame(rows)


@pytest.mark.parametrize("by", [None, "employee", "account", "title"])
@pytest.mark.parametrize("start", FROM)
def test_waits(asking: Asking, people: pd.DataFrame, start: Any, by: str | None) -> None:
    places = by_hand(people, start)
    for one in waits(asking, start, by):
        own = places if one.is_total else places[places[by].isna() if one.member is None else places[by] == one.member]
        known = own[own["days"].notna()]
        expected = curve(known["days"].to_numpy(float), known["filled"].to_numpy(bool))
        assert (one.filled, one.curve.size) == (int(known["filled"].sum()), len(known))
        assert one.median == pytest.approx(expected.median, nan_ok=True)
        filled = known.loc[known["filled"], "days"]
        assert one.filled_median == pytest.approx(filled.median(), nan_ok=True)
        assert one.open + one.on_hold + one.cancelled + one.closed + one.filled == len(known)
    whole = waits(asking, start)[0]
    cards = asking.values([KPIS[start]])
    assert whole.median == pytest.approx(float(cards["value"].iloc[0]), nan_ok=True)
    assert whole.curve.size == int(cards["used"].iloc[0])


def test_states_of_places(asking: Asking) -> None:
    whole = waits(asking, "opened")[0]
    assert (whole.filled, whole.open, whole.on_hold, whole.cancelled, whole.closed, whole.unknown) == (5, 3, 1, 1, 0, 1)


@pytest.mark.parametrize("by", [None, "employee", "source"])
def test_staying(asking: Asking, people: pd.DataFrame, by: str | None) -> None:
    hired = people[people["hired_on"].notna()]
    for one in staying(asking, by):
        own = hired if one.is_total else hired[hired[by].isna() if one.member is None else hired[by] == one.member]
        age = (LAST - own["hired_on"]).dt.days
        old = own[age >= 90]
        stayed = old[~((old["left_on"] - old["hired_on"]).dt.days < 90)]
        assert (one.old, one.stayed, one.young) == (len(old), len(stayed), len(own) - len(old))
        assert one.young_left == int(own[age < 90]["left_on"].notna().sum())
    total = staying(asking)[0]
    assert total.share == pytest.approx(float(asking.values(["retention_90_hired"])["value"].iloc[0]))


def test_costs(asking: Asking, people: pd.DataFrame) -> None:
    found = by_name(costs(asking, "source"))
    for source, own in people.groupby("source"):
        one, hires = found[str(source)], int(own["accepted_at"].notna().sum())
        assert (one.applications, one.hires) == (len(own), hires)
        assert one.spent == pytest.approx(own["cost"].sum())
        assert one.per_response == pytest.approx(own["cost"].mean())
        assert math.isnan(one.per_hire) if not hires else one.per_hire == pytest.approx(own["cost"].sum() / hires)


def test_recruiters_have_the_figures_of_the_cards(asking: Asking) -> None:
    cards = asking.values(["time_to_fill_days", "retention_90_hired", "quality_of_hire", "hires_made"], "employee")
    for one in recruiters(asking):
        rows = cards[cards["is_total"] == one.is_total]
        rows = rows[rows["slice"].isna() if one.member is None else rows["slice"] == one.member]
        told = {row["kpi"]: row["value"] for row in rows.to_dict("records")}
        for kpi, value in (("time_to_fill_days", one.speed), ("retention_90_hired", one.stay),
                           ("quality_of_hire", one.quality)):  # fmt: skip
            assert value.value == pytest.approx(told.get(kpi, math.nan), nan_ok=True)
            assert not value.is_enough or value.used >= 5
        assert one.verdict == ""  # nobody has enough in so small a business


def test_what_must_be_known_is_said(asking: Asking) -> None:
    told = [str(note) for note in notes(asking, waits(asking)[0])]
    assert told == [
        "3 applications belong to no vacancy: they are in the funnel, and fill no place.",
        "1 acceptance is dated before its application: it has no time to hire.",
        "1 vacancy does not say how many people are wanted: taken as one.",
        "1 person accepted beyond the plan of their vacancy: they fill no place.",
        "1 place is of a vacancy put off: it counts as open.",
        "1 place was given up: it counts as waiting until then.",
        "Of 1 place it is not known how long it waited: it is left out.",
    ]


def test_a_scope_sees_its_own_rows_alone(store: Store) -> None:
    mine = Reader(store, Scope("lead", None, (("account", ("A2",)),)))
    asking = Asking(mine, catalogue(), TargetBook())
    assert set(asking.ever["account"]) == {"A2"}
    assert set(asking.wanted["account"]) == {"A2"}
    assert {one.member for one in funnel(asking, "account") if not one.is_total} == {"A2"}
    assert set(asking.history.ever["account"]) == {"A2"}
    assert all(one.recruiter != "Anna" for one in asking.outlook.vacancies)


def test_a_filter_narrows_what_is_shown_not_what_is_known(asking: Asking) -> None:
    filtered = replace(asking, where=(("account", ("A2",)),))
    assert len(filtered.ever) == 7
    assert len(filtered.history.ever) == len(asking.ever)
    assert replace(asking, where=(("service", ("Cut",)),)).lacking == ("service",)


def test_a_period_outside_of_everything_is_empty_and_breaks_nothing(asking: Asking) -> None:
    later = replace(asking, since=date(2030, 1, 1), until=date(2030, 1, 31))
    assert funnel(later, "employee")[0].applied == 0
    assert np.isnan(waits(later, "opened", "employee")[0].median)
    assert staying(later, "employee")[0].old == 0
    assert notes(later, waits(later)[0]) == ()


def test_cards_say_what_is_counted_how(asking: Asking) -> None:
    found = evaluate(asking.reader, catalogue(), Query(("time_to_fill_days", "quality_of_hire")), TargetBook()).notes
    assert "counts as long as it has waited" in str(found["time_to_fill_days"])
    assert "quality_of_hire" not in found  # all its parts are loaded


def test_a_quality_made_of_two_things_says_of_which(small: Any) -> None:
    ask = small({"applicants": """
applicant_id,applied_at,hired_on,left_on,performance,performance_min,performance_max
1,2024-10-01,2024-10-10,,80,0,100
2,2024-10-02,2024-10-12,2024-11-01,60,0,100
3,2025-03-10,,,,,"""})  # fmt: skip
    rows = ask(Query(("quality_of_hire",)))
    assert rows["value"].tolist() == [pytest.approx((90 + 30) / 2)]
