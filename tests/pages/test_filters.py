"""Filters come from the address and go back to it."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui import period
from tests.pages.conftest import Open, behind, links, shown


def period_of(at: AppTest) -> str | None:
    """The period of the address that the choice shows as chosen; None: the usual one, which stands in no address."""
    piece = next(h.value for h in at.html if 'class="presets"' in h.value)
    (chosen,) = re.findall(r'class="go on" href="([^"]+)"', piece)
    found = parse_qs(urlsplit(chosen.replace("&amp;", "&")).query).get("period")
    return found[0] if found else None


def test_a_link_opens_the_same_view(business: object, app: Open) -> None:
    at = app("quality", "ru", period="this_month", branch="Север", kpi="rework_rate", by="employee")
    assert period_of(at) == "this_month"
    assert "Переделки, ноябрь 2026" in shown(at)
    assert behind(at, "where_open").multiselect(key="w_branch").value == ["Север"]


def test_a_change_goes_into_the_address(business: object, app: Open) -> None:
    at = behind(app("quality", "ru"), "where_open")
    at.multiselect(key="w_branch").select("Центр").run()
    assert at.query_params["branch"] == "Центр"
    to = next(link for link in links(at) if "period=year" in link)
    assert parse_qs(urlsplit(to).query)["branch"] == ["Центр"]
    at.query_params["period"] = "year"
    assert period_of(at.run()) == "year"
    at.button(key="reset_filters").click().run()
    assert "branch" not in at.query_params
    assert "period" not in at.query_params


def test_a_filter_changes_the_number(business: object, app: Open) -> None:
    whole = next(h.value for h in app("operations", "ru").html if "Выполненные заказы" in h.value)
    north = next(h.value for h in app("operations", "ru", branch="Север").html if "Выполненные заказы" in h.value)
    assert whole != north


def test_a_filter_that_leaves_nothing_says_so(business: object, app: Open) -> None:
    at = app("overview", "ru", branch="Нет такого")
    assert "показать нечего" in shown(at)


def test_nonsense_in_the_address_is_ignored(business: object, app: Open) -> None:
    at = app("overview", "ru", period="yesterday", grain="hour", since="2026-99-99", kpi="x")
    assert period_of(at) is None  # the usual one
    assert not at.error


@pytest.mark.parametrize(
    ("preset", "since", "until", "grain"),
    [
        ("last_month", date(2026, 10, 1), date(2026, 10, 31), "month"),
        ("this_month", date(2026, 11, 1), date(2026, 11, 30), "month"),
        ("last_3_months", date(2026, 8, 1), date(2026, 10, 31), "total"),
        ("quarter", date(2026, 10, 1), date(2026, 12, 31), "quarter"),
        ("year", date(2026, 1, 1), date(2026, 12, 31), "year"),
        ("last_12_months", date(2025, 11, 1), date(2026, 10, 31), "total"),
        ("all", date(2025, 3, 4), date(2026, 11, 22), "total"),
    ],
)
def test_presets_are_anchored_at_the_data(preset: str, since: date, until: date, grain: str) -> None:
    span = period.span(preset, date(2026, 11, 22), date(2025, 3, 4))
    assert (span.since, span.until, span.grain) == (since, until, grain)


def test_the_last_day_of_a_month_completes_it() -> None:
    assert period.span("last_month", date(2026, 10, 31), date(2025, 1, 1)).since == date(2026, 10, 1)


def test_data_of_one_month_opens_on_that_month() -> None:
    assert period.span("last_month", date(2026, 11, 9), date(2026, 11, 2)).since == date(2026, 11, 1)


def test_a_reversed_custom_period_is_turned_round() -> None:
    span = period.span("custom", date(2026, 11, 9), date(2026, 1, 1), date(2026, 5, 9), date(2026, 5, 2))
    assert (span.since, span.until) == (date(2026, 5, 2), date(2026, 5, 9))
