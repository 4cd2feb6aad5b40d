"""The lens «Forecast» on a KPI's page."""

from pathlib import Path

from tests.pages.conftest import Open, shown


def test_the_forecast_of_a_sum(business: Path, app: Open) -> None:
    text = shown(app("operations", kpi="orders_done", lens="forecast"))
    assert "К 30\u00a0нояб. ожидается около" in text
    assert "Ноябрь 2026" in text
    assert "Основа прогноза" in text


def test_the_forecast_of_a_share_with_its_target(business: Path, app: Open) -> None:
    text = shown(app("operations", lang="en", kpi="no_show_rate", lens="forecast"))
    assert "By 30\u00a0Nov about" in text
    assert "will be met with a chance of" in text


def test_a_kpi_without_a_course_says_why(business: Path, app: Open) -> None:
    assert "ожидается" not in shown(app("team", kpi="headcount", lens="forecast"))
    assert "К 30" not in shown(app("operations", kpi="orders_done"))
