"""Goals, key KPIs and targets are entered, shown and judged by."""

import math

import pandas as pd
import pytest

from data.store.entries import KeyKpi
from pages._ui import session
from tests.pages.conftest import Open, shown


def test_a_target_judges_from_its_day_and_the_old_one_before(business: object, app: Open) -> None:
    at = app("targets", "ru", kpi="average_ticket")
    at.number_input(key="low-average_ticket").set_value(1000.0).run()
    at.text_input(key="note-average_ticket").set_value("Подняли цены").run()
    at.button(key="set_target").click().run()
    row = session.store().entries.targets()[0]
    assert (row.kpi, row.good_low, row.valid_from.isoformat()) == ("average_ticket", 1000.0, "2026-11-01")
    assert session.store().entries.target_steps()[0].note == "Подняли цены"
    assert "не меньше 1" in shown(at)
    running = shown(app("finance", "ru", kpi="average_ticket", period="this_month"))
    assert "цель не меньше 1" in running


def test_the_best_quarter_is_one_click_away(business: object, app: Open) -> None:
    at = app("targets", "ru", kpi="no_show_rate")
    at.button(key="take_suggestion").click().run()
    assert (at.number_input(key="high-no_show_rate").value or 0) > 0


def test_a_target_for_one_team_and_back_to_the_default(business: object, app: Open) -> None:
    at = app("targets", "ru", kpi="no_show_rate")
    at.selectbox(key="target_scope").select(("team", "Бригада 1")).run()
    at.number_input(key="high-no_show_rate").set_value(5.0).run()
    at.button(key="set_target").click().run()
    assert session.store().entries.targets()[0].scope == ("team", "Бригада 1")
    assert "Бригада 1" in shown(at)
    at.button(key="remove_target").click().run()
    assert [row.kind for row in session.store().entries.target_changes()] == ["fixed", "none"]


def test_a_default_target_shows_its_source(business: object, app: Open) -> None:
    text = shown(app("targets", "en", kpi="no_show_rate"))
    assert "Default" in text
    assert "at most 10" in text


def test_a_sum_with_its_pace_shows_where_it_should_be(business: object, app: Open) -> None:
    at = app("targets", "ru", kpi="revenue")
    at.segmented_control(key="kind-revenue").select("cumulative").run()
    at.number_input(key="sum-revenue").set_value(300_000.0).run()
    at.button(key="set_target").click().run()
    (row,) = session.store().entries.targets()
    assert (row.kind, row.grain, row.good_low) == ("cumulative", "month", 300_000)
    assert row.valid_from.isoformat() == "2026-11-01"
    running = shown(app("finance", "ru", kpi="revenue", period="this_month"))
    assert "план на ноябрь 2026: не меньше 300" in running
    # 22 of November's 30 days have data
    assert "к 22\xa0нояб. должно быть 220 тыс." in running.replace("220\xa0тыс", "220 тыс")


def test_a_rule_shows_what_it_comes_to_and_is_stored_with_its_number(business: object, app: Open) -> None:
    at = app("targets", "en", kpi="no_show_rate")
    at.segmented_control(key="kind-no_show_rate").select("rule").run()
    at.selectbox(key="rule-base-no_show_rate").select(("best", "quarter")).run()
    assert "The number is stored" in shown(at)
    at.button(key="set_target").click().run()
    text = shown(app("targets", "en", kpi="no_show_rate"))
    (row,) = session.store().entries.targets()
    assert (row.kind, [number.first.isoformat() for number in row.numbers]) == ("rule", ["2026-10-01"])
    assert "the best of the last 4 quarters minus 10%" in text


def test_a_plan_by_month_is_entered_where_it_differs(
    business: object, app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def edited(frame: pd.DataFrame, **_: object) -> pd.DataFrame:
        assert list(frame.columns) == ["period", "good_high", "ok_high"]
        return frame.assign(good_high=pd.Series([float("nan")] * 10 + [8.0, 7.0]))

    monkeypatch.setattr("streamlit.data_editor", edited)
    at = app("targets", "ru", kpi="no_show_rate")
    at.segmented_control(key="kind-no_show_rate").select("plan").run()
    at.button(key="set_target").click().run()
    rows = session.store().entries.targets()
    assert [(row.valid_from.isoformat(), row.good_high) for row in rows] == [("2026-11-01", 8), ("2026-12-01", 7)]
    assert at.button(key="set_target").disabled
    monkeypatch.setattr("streamlit.data_editor", lambda frame, **_: frame.assign(good_high=[math.nan] * 11 + [7.0]))
    at.run().button(key="set_target").click().run()
    rows = session.store().entries.targets()
    assert [(row.valid_from.isoformat(), row.good_high) for row in rows] == [("2026-12-01", 7)]
    assert "ноябрь 2026: не запланировано" in shown(app("targets", "ru", step="history"))


def test_a_plan_from_a_file_is_seen_before_it_is_entered(business: object, app: Open) -> None:
    at = app("targets", "ru", kpi="revenue")
    sheet = "Показатель;ноябрь;декабрь\nВыручка;250000;300000\nВыручька;1;2\n".encode("cp1251")
    at.file_uploader[0].upload("План 2026.csv", sheet).run()
    text = shown(at)
    assert "строка 3" in text
    assert "300\xa0000" in text
    assert session.store().entries.targets() == ()
    at.button(key="enter_plan").click().run()
    assert [row.good_low for row in session.store().entries.targets()] == [250_000, 300_000]
    (step,) = session.store().entries.target_steps()
    assert (step.action, step.file) == ("import", "План 2026.csv")
    at.file_uploader[0].upload("x.csv", b"nothing;at;all\n1;2;3\n").run()
    assert "Это не план" in shown(at)
    assert "Записывать нечего" in shown(at)
    at.file_uploader[0].upload("y.csv", b"1;2;3\n4;5;6\n").run()
    assert "Это не план" in shown(at)


def test_the_history_tells_and_takes_back(business: object, app: Open) -> None:
    entries = session.store().entries
    entries.set_target("rating", good_low=4.5, note="<b>")
    entries.set_target("rating", good_low=4.7)
    at = app("targets", "ru", step="history")
    text = shown(at)
    assert "этот компьютер" in text
    assert "&lt;b&gt;" in text
    at.button(key="undo-step-2").click().run()
    assert [row.good_low for row in entries.targets()] == [4.5]
    assert "Отменено изменение 2" in shown(at)


def test_the_open_step_is_the_first_that_is_not_done(business: object, app: Open) -> None:
    assert app("targets").segmented_control(key="w_step").value == "goals"
    session.store().entries.add_goal("Grow")
    at = app("targets")
    assert at.segmented_control(key="w_step").value == "kpis"
    at.segmented_control(key="w_step").select("values").run()
    assert "Целевые значения" in shown(at)


def test_key_kpis_are_chosen_and_the_coach_fills_a_gap_in_one_click(business: object, app: Open) -> None:
    at = app("targets", "ru", step="kpis")
    at.multiselect(key="w_key").set_value(["no_show_rate"]).run()
    assert [key.kpi for key in session.store().entries.key_kpis()] == ["no_show_rate"]
    assert "Нет ключевого показателя: Финансы" in shown(at)
    at.button(key="advice-0-0").click().run()
    assert len(session.store().entries.key_kpis()) == 2
    assert sum(piece.value.count('class="card"') for piece in app().html) == 2


def test_a_set_for_a_trade_is_taken_as_far_as_it_can_be_computed(business: object, app: Open) -> None:
    at = app("targets", "en", step="kpis")
    at.pills(key="template").select("barbershop").run()
    assert "An empty chair cannot be sold a second time." in shown(at)
    at.button(key="take_template").click().run()
    chosen = [key.kpi for key in session.store().entries.key_kpis()]
    assert "no_show_rate" in chosen
    assert "rating" not in chosen


def test_a_goal_without_a_kpi_is_shown_as_such_until_one_serves_it(business: object, app: Open) -> None:
    store = session.store()
    number = store.entries.add_goal("Клиенты <возвращаются>", "Возврат", None, "Мария")
    at = app("targets", "ru", step="goals")
    assert "Ни один ключевой показатель" in shown(at)
    assert "&lt;возвращаются&gt;" in shown(at)
    at = app("targets", "ru", step="kpis")
    at.multiselect(key="w_key").set_value(["no_show_rate"]).run()
    at.selectbox(key="goal_of_no_show_rate").select(number).run()
    assert store.entries.key_kpis()[0].goal == number
    assert "Её показатели: Неявки" in shown(app("targets", "ru", step="goals"))


def test_opening_a_kpi_is_noted_once_a_day_and_computes_nothing_again(business: object, app: Open) -> None:
    store = session.store()
    version = store.entries.version
    app("operations", "ru", kpi="no_show_rate")
    views = store.entries.views
    views.note("no_show_rate")  # waits for the one that was noted beside the page
    assert dict(views.last()) == {"no_show_rate": store.clock().date()}
    assert store.entries.version == version
    store.entries.choose_key_kpis([KeyKpi("no_show_rate", None)])
    assert store.entries.version == version + 1
