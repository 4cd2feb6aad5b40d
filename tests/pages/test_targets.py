"""Goals, key KPIs and targets are entered, shown and judged by."""

from pages._ui import session
from tests.pages.conftest import Open, shown


def test_a_target_judges_from_its_day_and_the_old_one_before(business: object, app: Open) -> None:
    at = app("targets", "ru", kpi="average_ticket")
    at.number_input(key="low-average_ticket").set_value(1000.0).run()
    at.button(key="set_target").click().run()
    row = session.store().entries.targets()[0]
    assert (row.kpi, row.good_low, row.valid_from.isoformat()) == ("average_ticket", 1000.0, "2026-11-01")
    assert "не меньше 1" in shown(at)
    running = shown(app("finance", "ru", kpi="average_ticket", period="this_month"))
    assert "цель не меньше 1" in running


def test_the_best_quarter_is_one_click_away(business: object, app: Open) -> None:
    at = app("targets", "ru", kpi="no_show_rate")
    at.button(key="take_suggestion").click().run()
    assert (at.number_input(key="high-no_show_rate").value or 0) > 0


def test_a_target_for_one_team(business: object, app: Open) -> None:
    at = app("targets", "ru", kpi="no_show_rate")
    at.selectbox(key="target_scope").select(("team", "Бригада 1")).run()
    at.number_input(key="high-no_show_rate").set_value(5.0).run()
    at.button(key="set_target").click().run()
    assert session.store().entries.targets()[0].scope == ("team", "Бригада 1")
    assert "Бригада 1" in shown(at)


def test_a_default_target_shows_its_source(business: object, app: Open) -> None:
    text = shown(app("targets", "en", kpi="no_show_rate"))
    assert "Default" in text
    assert "at most 10" in text


def test_key_kpis_are_chosen_and_warned_about(business: object, app: Open) -> None:
    at = app("targets", "ru")
    at.multiselect(key="w_key").set_value(["no_show_rate"]).run()
    assert [key.kpi for key in session.store().entries.key_kpis()] == ["no_show_rate"]
    assert "Финансы" in at.warning[0].value
    cards = [h for h in app().html if 'class="card"' in h.value]
    assert len(cards) == 1


def test_a_goal_without_a_kpi_is_shown_as_such_until_one_serves_it(business: object, app: Open) -> None:
    store = session.store()
    number = store.entries.add_goal("Клиенты <возвращаются>", "Возврат", None, "Мария")
    at = app("targets", "ru")
    assert "Ни один ключевой показатель" in shown(at)
    assert "&lt;возвращаются&gt;" in shown(at)
    at.multiselect(key="w_key").set_value(["no_show_rate"]).run()
    at.selectbox(key="goal_of_no_show_rate").select(number).run()
    assert store.entries.key_kpis()[0].goal == number
    assert "Её показатели: Неявки" in shown(at)
