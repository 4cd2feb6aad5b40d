"""The catalogue holds what it must, and its page and its Russian keep up with it."""

import pytest

from data.errors import UnknownName
from kpi.catalogue import catalogue
from kpi.catalogue.page import PAGE, page
from kpi.model import Bounds

IDS = {
    "quality": """conformity_rate error_rate rework_rate first_time_right complaint_rate rating low_rating_share csat
        nps ces reviews_answered review_answer_hours review_rate deal_success""",
    "operations": """orders_done lead_time_hours service_time_hours response_minutes responded_in_15_min on_time_rate
        utilisation idle_hours prebooked_share no_show_rate cancellation_rate orders_per_day call_answer_rate
        call_wait_seconds absence_rate""",
    "finance": """revenue average_ticket gross_profit gross_margin revenue_per_employee revenue_per_hour addon_share
        addon_rate ad_spend ad_share_of_revenue cost_per_contact cost_per_order cac retention_cost repeat_share
        retention_90 collected_in_7_days expenses operating_profit""",
    "team": """enps engagement training_hours training_coverage training_cost_per_employee turnover headcount
        tenure_months ideas_per_employee ideas_implemented goals_met""",
    "marketing": """impressions views contacts view_rate contact_rate favorite_rate order_rate cost_per_view
        target_call_share""",
    "hiring": """vacancies_closed time_to_fill_days time_to_hire_days offer_acceptance applicants_per_hire screen_rate
        interview_rate offer_rate cost_per_hire retention_90_hired quality_of_hire""",
}
"""The public ids, which are never renamed."""

TARGETS = {
    "no_show_rate": Bounds(good_high=10),
    "call_answer_rate": Bounds(good_low=90),
    "responded_in_15_min": Bounds(good_low=80),
    "utilisation": Bounds(good_low=85, good_high=95),
    "first_time_right": Bounds(good_low=85),
    "rework_rate": Bounds(good_high=15),
    "collected_in_7_days": Bounds(good_low=75),
    "retention_90": Bounds(good_low=50, ok_low=35),
}
"""The default targets that have a source; there are no others."""


@pytest.mark.parametrize("area", IDS)
def test_public_ids_are_there(area: str) -> None:
    found = [kpi.id for kpi in catalogue().area(area)]  # type: ignore[arg-type]
    assert set(IDS[area].split()) <= set(found)


def test_default_targets_are_those_with_a_source() -> None:
    assert {kpi.id: kpi.target for kpi in catalogue() if kpi.target} == TARGETS
    assert catalogue().get("utilisation").target_solo == Bounds(good_low=75, good_high=85)


def test_rows_are_placed_by_another_time_only_where_said() -> None:
    placed = {kpi.id: kpi.time for kpi in catalogue() if kpi.time}
    assert placed == {
        "response_minutes": "created_at", "responded_in_15_min": "created_at", "retention_90": "first_at",
        "vacancies_closed": "closed_at", "time_to_fill_published_days": "published_at", "filled_in_days": "accepted_at",
        "time_to_hire_days": "accepted_at", "offer_acceptance": "offer_at", "hires_made": "accepted_at",
        "retention_90_hired": "hired_on", "quality_of_hire": "hired_on",
    }  # fmt: skip


def test_client_history_needs_half_a_year() -> None:
    warm = {kpi.id for kpi in catalogue() if kpi.warmup_days}
    assert warm == {"cac", "new_clients", "retention_cost", "repeat_share", "retention_90"}


def test_additive_values_are_sums_and_counts() -> None:
    for kpi in catalogue():
        if kpi.additive and kpi.kind == "value":
            assert kpi.definition.startswith(("total(", "count(")), kpi.id
            assert kpi.min_rows == 0, kpi.id


FEW = {"ideas_implemented": 5, "offer_acceptance": 10, "retention_90_hired": 10}
"""Shares of what happens rarely: a small business hires a dozen a year."""


def test_shares_need_more_rows_than_sums() -> None:
    for kpi in catalogue().visible():
        if kpi.definition.startswith("share(") and kpi.relation != "surveys":
            assert kpi.min_rows == FEW.get(kpi.id, 20), kpi.id


def test_unknown_id_is_answered_with_close_ones() -> None:
    with pytest.raises(UnknownName, match="Did you mean rework_rate"):
        catalogue().get("rework_rat")


def test_values_of_go_through_all_formulas() -> None:
    found = {kpi.id for kpi in catalogue().values_of("operating_profit")}
    assert found == {
        "revenue", "order_material", "expense_material", "order_labour", "expense_salary", "other_expenses",
    }  # fmt: skip


def test_texts_end_as_they_should() -> None:
    for kpi in catalogue().visible():
        assert kpi.question.endswith("?"), kpi.id
        assert kpi.advice.endswith("."), kpi.id
        assert len(kpi.title) <= 36, kpi.id
        assert kpi.slice_by, kpi.id


def test_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(catalogue()), "run: python -m kpi.catalogue.page"
