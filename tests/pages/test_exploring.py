"""Comparing, narrowing by clicks, saved views and events, screen by screen."""

import re
from datetime import date

import pytest

from data.store.entries import Mark
from pages._ui import board, breakdown, filters, period, session
from pages._ui.compare.choice import Comparison, as_long, days, parsed
from pages._ui.filters import Filters
from pages._ui.period import Span
from tests.pages.conftest import Open, behind, shown

AUGUST = Span("custom", date(2026, 8, 1), date(2026, 8, 31), "month")


@pytest.mark.parametrize(
    ("compare", "name"),
    [
        ("previous", "прошлый месяц"), ("year", "год назад"), ("2026-03-01", "март 2026"),
        ("employee:Вера Седова", "Вера Седова"),
    ],
)  # fmt: skip
def test_cards_tiles_and_the_sentence_follow_a_comparison(compare: str, name: str, business: object, app: Open) -> None:
    cards = shown(app("overview", "ru", compare=compare))
    assert f"{name}: " in cards
    page = app("quality", "ru", kpi="rework_rate", compare=compare)
    beside = next(h.value for h in page.html if 'class="beside"' in h.value)
    assert re.search(rf"<b>[^<]+</b> · {name}: ", beside)
    assert "<small" in next(h.value for h in page.html if 'class="tiles"' in h.value)


def test_the_value_beside_is_the_one_of_that_period(business: object, app: Open) -> None:
    march = shown(app("quality", "ru", kpi="rework_rate", period="custom", since="2026-03-01", until="2026-03-31"))
    value = re.search(r"Переделки, март 2026: ([^ ]+ %)", march.replace("\u00a0", " "))
    assert value is not None
    beside = shown(app("quality", "ru", kpi="rework_rate", compare="2026-03-01")).replace("\u00a0", " ")
    assert f"март 2026: {value.group(1)}" in beside


def test_nothing_of_it_is_there_where_nothing_is_compared(business: object, app: Open) -> None:
    text = shown(app("quality", "ru", kpi="rework_rate"))
    assert 'class="beside"' not in text
    assert "<small" not in text


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-13-01", "colour:red", "employee"])
def test_a_comparison_that_says_nothing_is_none(text: str, business: object, app: Open) -> None:
    assert parsed(text, ("employee",)) is None
    assert 'class="beside"' not in shown(app("quality", "ru", compare=text))


def test_compared_days_are_as_many() -> None:
    for comparison, since, until in (
        (Comparison("previous"), date(2026, 7, 1), date(2026, 7, 31)),
        (Comparison("year"), date(2025, 8, 1), date(2025, 8, 31)),
        (Comparison("days", date(2026, 2, 1)), date(2026, 2, 1), date(2026, 2, 28)),  # a month with a month
        (Comparison("days", date(2026, 2, 3)), date(2026, 2, 3), date(2026, 3, 5)),  # 31 days with 31
    ):
        window = days(comparison, AUGUST)
        assert (window.since, window.until) == (since, until)
    ten = Span("custom", date(2026, 8, 5), date(2026, 8, 14), "total")
    assert as_long(ten, date(2026, 1, 1)).until == date(2026, 1, 10)


def test_the_choice_is_behind_its_button_only_while_it_is_open(business: object, app: Open) -> None:
    at = app("quality", "ru", kpi="rework_rate")
    assert not [radio for radio in at.radio if radio.key == "w_compare"]
    behind(at, "look_open")
    at.radio(key="w_compare").set_value("days").run()
    assert at.query_params["compare"] == "2026-09-01"
    at.date_input(key="w_compare_since").set_value(date(2026, 5, 1)).run()
    assert at.query_params["compare"] == "2026-05-01"
    at.radio(key="w_compare").set_value("member").run()
    at.selectbox(key="w_compare_member").select("team:Бригада 2").run()
    assert at.query_params["compare"] == "team:Бригада 2"
    at.radio(key="w_compare").set_value("none").run()
    assert "compare" not in at.query_params


def test_a_filter_on_the_shown_dimension_keeps_all_members_in_sight(business: object, app: Open) -> None:
    at = app("quality", "ru", kpi="rework_rate", by="team", team="Бригада 2")
    assert behind(at, "where_open").multiselect(key="w_team").value == ["Бригада 2"]
    rows = session.view().reader.members("team")
    assert set(rows) == {"Бригада 1", "Бригада 2"}


def test_a_filter_by_what_is_not_offered_can_be_taken_off(business: object, app: Open) -> None:
    at = app("quality", "ru", kpi="rework_rate", weekday="6")
    assert behind(at, "where_open").multiselect(key="w_weekday").value == ["6"]
    at.multiselect(key="w_weekday").unselect("6").run()
    assert "weekday" not in at.query_params


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("quality", {"compare": "1999-01-01", "weekday": "9", "period": "quarter"}),
        ("operations", {"compare": "account:x", "by": "team", "events": "x"}),
        ("overview", {"compare": "team:Нет такой", "team": "", "period": "last_3_months"}),
        ("finance", {"compare": "previous", "period": "custom", "since": "2020-01-01", "until": "2020-02-01"}),
        ("team", {"compare": "branch:", "grain": "day", "period": "all", "scale": "own", "lens": "two"}),
        ("operations", {"compare": "year", "grain": "week", "period": "all", "by": "weekday", "lens": "two"}),
    ],
    ids=str,
)  # fmt: skip
def test_no_address_breaks_a_page(page: str, address: dict[str, str], business: object, app: Open) -> None:
    at = app(page, "ru", **address)
    assert shown(at)
    assert not at.error


def test_two_kpis_at_once(business: object, app: Open) -> None:
    at = app("quality", "ru", kpi="rework_rate", by="employee", lens="two")
    other = at.selectbox(key="w_two")
    assert other.value == "orders_done"
    other.select("no_show_rate").run()
    assert at.query_params["two"] == "no_show_rate"
    assert not at.error


def test_views_are_saved_and_refused_under_a_taken_name(business: object, app: Open) -> None:
    at = app("quality", "ru", kpi="rework_rate", team="Бригада 2")
    behind(at, "look_open")
    for _ in range(2):
        at.text_input(key="w_view_name").set_value("Бригада два")
        at.button(key="FormSubmitter:save_view-Сохранить вид").click().run()
    (saved,) = session.store().entries.saved_views.all()
    assert (saved.page, {k: list(v) for k, v in saved.params.items()}) == (
        "quality", {"kpi": ["rework_rate"], "team": ["Бригада 2"]},
    )  # fmt: skip
    assert "уже есть" in at.warning[0].value
    at.button(key=f"delete_view-{saved.id}").click().run()
    assert session.store().entries.saved_views.all() == ()


def test_a_saved_view_opens_on_its_own_page(business: object, app: Open) -> None:
    at = app("quality", "ru", kpi="rework_rate", team="Бригада 2")
    number = session.store().entries.saved_views.save("Все", "quality", {"kpi": ["complaint_rate"]})
    behind(at, "look_open")
    at.button(key=f"open_view-{number}").click().run()
    assert at.query_params["kpi"] == "complaint_rate"
    assert "team" not in at.query_params


def test_an_event_is_entered_where_its_kpi_is_looked_at(business: object, app: Open) -> None:
    at = app("quality", "ru", kpi="rework_rate", team="Бригада 2")
    behind(at, "look_open")
    at.text_input(key="event_title-new").set_value("Новый <b>регламент")
    at.selectbox(key="event_kind-new").select("process_change")
    at.toggle(key="event_kpi").set_value(True)
    at.toggle(key="event_scope").set_value(True)
    at.button(key="FormSubmitter:event-Добавить событие").click().run()
    (mark,) = session.store().entries.marks.all()
    assert (mark.title, mark.kind, mark.kpi, mark.scope, mark.day) == (
        "Новый <b>регламент", "process_change", "rework_rate", ("team", "Бригада 2"), date(2026, 10, 31),
    )  # fmt: skip
    listed = shown(app("targets", "ru", step="events"))
    assert "Новый &lt;b&gt;регламент" in listed


def test_an_event_without_words_is_refused(business: object, app: Open) -> None:
    at = app("targets", "ru", step="events")
    at.session_state["events_new"] = True
    at.run()
    at.button(key="FormSubmitter:event-Добавить событие").click().run()
    assert session.store().entries.marks.all() == ()
    assert at.warning


def test_an_event_is_changed_and_removed(business: object, app: Open) -> None:
    number = session.store().entries.marks.add(Mark(0, date(2026, 10, 5), "Скидка", "promotion"))
    at = app("targets", "ru", step="events")
    at.button(key=f"change-mark-{number}").click().run()
    at.text_input(key=f"event_title-{number}").set_value("Скидка 20 %")
    at.button(key=f"FormSubmitter:mark-form-{number}-Сохранить").click().run()
    assert session.store().entries.marks.all()[0].title == "Скидка 20 %"
    at.button(key=f"remove-mark-{number}").click().run()
    assert session.store().entries.marks.all() == ()


def test_kinds_of_events_and_scales_are_in_the_address(business: object, app: Open) -> None:
    at = app("quality", "ru", kpi="rework_rate")
    behind(at, "look_open")
    at.segmented_control(key="w_scale").set_value("own").run()
    assert at.query_params["scale"] == "own"
    at.pills(key="w_events").set_value(["price"]).run()
    assert at.query_params["events"] == "price"
    at.pills(key="w_events").set_value([]).run()
    assert at.query_params["events"] == "none"


@pytest.mark.parametrize("preset", ["last_month", "this_month", "quarter", "last_3_months"])
def test_each_bar_tells_its_change_whatever_the_period(preset: str, business: object) -> None:
    view = session.view()
    now, first = filters.bounds(view)
    span = period.span(preset, now, first)
    chosen = Filters(span, filters.fitting(span), ())
    (figure,) = board.figures(view, [view.kpis.get("no_show_rate")], chosen, history=False)
    bars = breakdown.sliced(view, figure, chosen, "team")
    assert set(bars["slice"].dropna()) == {"Бригада 1", "Бригада 2"}
    assert bars["previous"].notna().all()
