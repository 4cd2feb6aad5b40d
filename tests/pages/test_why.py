"""The lens «Why did it change?»."""

from datetime import date

from tests.pages.conftest import Open, shown


def test_the_sentence_and_the_members(business: object, app: Open) -> None:
    at = app("operations", "ru", kpi="no_show_rate", lens="why")
    text = shown(at)
    assert "Неявки: " in text
    assert "п.п." in text
    assert "из них" in text or "настоящего изменения нет" in text or "никто не выделяется" in text
    assert at.button_group(key="w_against").value == "previous"
    assert "Филиал" in at.button_group(key="w_why").options


def test_another_dimension_and_comparison_stay_in_the_address(business: object, app: Open) -> None:
    at = app("operations", "ru", kpi="no_show_rate", lens="why", why="employee", against="year")
    assert "за один из двух периодов нет" in shown(at)
    at = app("operations", "en", kpi="no_show_rate", lens="why", why="employee", against="range",
             against_since="2026-05-01", against_until="2026-05-31")  # fmt: skip
    assert "Борис &lt;b&gt;Лунёв" in shown(at)
    assert at.button_group(key="w_why").value == "employee"
    assert at.date_input(key="w_against_since").value == date(2026, 5, 1)


def test_what_a_kpi_is_made_of(business: object, app: Open) -> None:
    text = shown(app("finance", "ru", kpi="revenue", lens="why", why="drivers"))
    assert "Средний чек" in text
    assert "Выполненные заказы" in text
