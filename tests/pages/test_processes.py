"""The page of processes: the sentence, the map, the ways, and what it says where there is no log."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from data.access.reader import Reader
from data.store.store import Store
from kpi.charts.drawn import FIELDS
from kpi.language import language
from kpi.process import ProcessLog, summary
from kpi.process.cost import wastes
from kpi.process.settings import change_settings, settings_of
from pages._ui import session
from tests.pages.conftest import Open, behind, links, shown
from tests.unit.store.files import load

HEADER = "case_id,activity,at,started_at,employee,branch,is_superfluous"
ALL = {"period": "all"}


def events(cases: int = 60, slow: str = "") -> list[str]:
    """Repairs with a needless approval in every third and a second repair in every fifth; the same every time.

    Who is slow visits six hours later.
    """
    chance, rows = random.Random(3), []
    for case in range(cases):
        at = datetime(2026, 9, 1, 9) + timedelta(hours=26 * case)
        steps = ["Заявка", "Выезд", "Ремонт", "Оплата"]
        if case % 3 == 0:
            steps.insert(1, "Согласование")
        if case % 5 == 0:
            steps.insert(-1, "Ремонт")
        for step in steps:
            who, branch = ("Анна", "Борис")[case % 2], ("Центр", "Север")[case % 2]
            late = 300 * (step == "Согласование") + 360 * (step == "Выезд" and who == slow)
            began = at + timedelta(minutes=chance.randint(20, 90) + late)
            at = began + timedelta(minutes=30)
            needless = str(step == "Согласование").lower()
            rows.append(f"{case},{step},{at:%Y-%m-%d %H:%M},{began:%Y-%m-%d %H:%M},{who},{branch},{needless}")
    return rows


@pytest.fixture
def log(workspace: Path, tmp_path: Path) -> Path:
    """A workspace with the log and nothing else."""
    with Store.open(workspace) as store:
        load(store, tmp_path, "log.csv", "events", [HEADER, *events()])
    return workspace


def charts(at: AppTest) -> list[str]:
    """What is written in each chart."""
    found = []
    for chart in at.get("vega_lite_chart"):
        table = pa.ipc.open_stream(chart.proto.data.data).read_all()
        found.append("\n".join(text for text in table[FIELDS["text"]].to_pylist() if text))
    return found


def test_the_sentence_and_the_map(log: Path, app: Open) -> None:
    at = app("processes", **ALL)
    page = shown(at)
    assert "60 дел" in page
    assert "в одном из 5 какой-то шаг делают снова" in page
    assert "Карта целиком: 5 шагов" in page
    assert "Разных вариантов: 4" in page
    assert len(charts(at)) == 1


def test_one_way_narrows_the_map(log: Path, app: Open) -> None:
    at = app("processes", **ALL, variant="2")
    page = shown(at)
    assert "Только один вариант: 16 дел, 26,7\u00a0% от всех." in page
    assert "Карта целиком: 5 шагов" in page
    assert [where for where in links(at) if "variant" not in where and "period=all" in where]


def test_detail_of_the_map_is_in_the_address(log: Path, app: Open) -> None:
    page = shown(app("processes", **ALL, steps="3", moves="0"))
    assert "Показано: шагов " in page
    assert " из 5, " in page


def test_a_filter_narrows_the_cases(log: Path, app: Open) -> None:
    assert "30 дел" in shown(app("processes", **ALL, branch="Север"))


def test_a_period_without_cases_says_so(log: Path, app: Open) -> None:
    page = shown(app("processes", period="custom", since="2026-08-01", until="2026-08-02"))
    assert "не закончилось ни одно дело" in page


def test_without_a_log_the_moments_of_orders_are_one(business: Path, app: Open) -> None:
    page = shown(app("processes"))
    assert "дел; половина длится не дольше" in page
    assert "Заявка" in page


def test_without_anything_it_says_what_to_load(workspace: Path, app: Open, tmp_path: Path) -> None:
    with Store.open(workspace) as store:
        load(store, tmp_path, "reviews.csv", "reviews", ["created_at,rating", "2026-10-01,5"])
    assert "загрузите таблицу с делами" in shown(app("processes"))


TABS = {
    "variants": "Разных вариантов: 4", "cases": "60 дел", "time": "Варианты", "cost": "▲ лишний",
    "whatif": "Половина дел длилась бы не дольше",
}  # fmt: skip


@pytest.mark.parametrize("tab", TABS)
def test_looking_closer(log: Path, app: Open, tab: str) -> None:
    at = app("processes", **ALL, tab=tab)
    assert TABS[tab] in shown(at)
    assert len(charts(at)) == {"time": 4, "whatif": 2}.get(tab, 1)


def test_a_case_down_to_its_steps(log: Path, app: Open) -> None:
    page = shown(app("processes", **ALL, tab="cases", case="15"))
    assert "Дело 15" in page
    assert page.count("done-row") == 6  # with the approval and the second repair
    assert "Анна" not in page
    assert "Борис" in page
    assert "дела «nobody» нет" in shown(app("processes", **ALL, tab="cases", case="nobody"))


def test_what_is_tried_is_in_the_address(log: Path, app: Open) -> None:
    at = app("processes", **ALL, tab="whatif", out="Ремонт", queue="Выезд", wait="none")
    assert at.multiselect(key="w_out").value == ["Ремонт"]
    assert at.multiselect(key="w_queue").value == ["Выезд"]
    assert "изменилось бы дел: 60 из 60" in shown(at)
    at.multiselect(key="w_queue").set_value([]).run()
    at.multiselect(key="w_out").set_value([]).run()
    assert "Выберите шаг, который убрать" in shown(at)


def test_settings_are_entered_and_counted(log: Path, app: Open) -> None:
    at = behind(app("processes", **ALL, tab="cost"), "process_open")
    at.multiselect(key="process_superfluous").set_value(["Выезд"])
    at.number_input(key="process_cost").set_value(600.0)
    at.number_input(key="process_term").set_value(24.0)
    at.button[-1].click().run()
    said = settings_of(session.store())
    assert (said.superfluous, said.hourly_cost, said.sla_hours) == (("Выезд",), 600.0, 24.0)
    page = shown(app("processes", **ALL, tab="cost"))
    assert "в месяц и отнимают" in page
    assert "Сколько стоит час работы, не указано" not in page


def test_an_address_nobody_made_is_harmless(log: Path, app: Open) -> None:
    bad = {"variant": "99", "steps": "-1", "moves": "9999", "tab": "no", "log": "x", "lines": "?", "sort": "!"}
    assert "60 дел" in shown(app("processes", **ALL, **bad))


def test_in_english_with_lines_by_waiting(log: Path, app: Open) -> None:
    at = app("processes", "en", **ALL)
    assert "in one of 5 a step is done again" in shown(at)
    at.segmented_control(key="w_lines").set_value("time").run()
    assert "60 cases" in shown(at)
    assert "▲" in charts(at)[0]


def test_roubles_a_month_are_of_the_days_there_are(log: Path, app: Open) -> None:
    """The log has 65 days from its first event to its last, whatever the period that was chosen."""
    change_settings(session.store(), lambda now: replace(now, hourly_cost=100.0))
    found = wastes(ProcessLog(Reader(session.store()), settings=settings_of(session.store())))
    days = (date(2026, 11, 4) - date(2026, 9, 1)).days + 1
    cost = sum(waste.cost for waste in found) / (days / (365.25 / 12))
    told = language("ru").value(cost, "money")
    period = {"period": "custom", "since": "2020-01-01", "until": "2026-11-20"}
    assert f"Лишние шаги и повторы стоят {told} в месяц" in shown(app("processes", **period, tab="cost"))


def test_before_and_after_a_day(log: Path, app: Open) -> None:
    page = shown(app("processes", **ALL, tab="compare", on="2026-10-01"))
    assert "сентябрь 2026: 27 дел" in page
    assert "○ настоящей разницы нет" in page
    assert "Какие переходы стали медленнее или быстрее" in page


def test_two_members(log: Path, app: Open) -> None:
    at = app("processes", **ALL, tab="compare", split="branch")
    page = shown(at)
    assert "Север: 30 дел" in page
    assert "Центр: 30 дел" in page
    at.selectbox(key="w_first").set_value("Север").run()
    assert not at.exception
    assert "слишком мало дел" in shown(app("processes", **ALL, tab="compare", on="2026-09-03"))


def test_the_intended_way_is_taken_by_one_click(log: Path, app: Open) -> None:
    at = app("processes", **ALL, tab="reference")
    assert "Как должно идти дело?" in shown(at)
    at.button(key="take_way_1").click().run()
    assert settings_of(session.store()).reference == ("Заявка", "Выезд", "Ремонт", "Оплата")
    page = shown(app("processes", **ALL, tab="reference"))
    assert "Как задумано идут 53,3\u00a0% дел" in page
    assert "+ «Согласование» сверх пути, после «Заявка»" in page
    assert "↻ «Ремонт» повторяется" in page


def test_the_intended_way_is_written(log: Path, app: Open) -> None:
    at = app("processes", **ALL, tab="reference")
    at.text_area(key="intended_text").set_value("Заявка\n Ремонт \n\nОтчёт\n")
    at.button[-1].click().run()
    assert settings_of(session.store()).reference == ("Заявка", "Ремонт", "Отчёт")
    page = shown(app("processes", **ALL, tab="reference"))
    assert "В журнале нет шага «Отчёт»." in page
    assert "− «Отчёт» пропущен" in page


def test_the_map_tells_what_got_slower(workspace: Path, app: Open, tmp_path: Path) -> None:
    with Store.open(workspace) as store:
        load(store, tmp_path, "log.csv", "events", [HEADER, *events(120, slow="Борис")])
    (told,) = charts(app("processes", **ALL, tab="compare", split="branch", first="Центр", second="Север"))
    assert "▲ +6" in told
    (told,) = charts(app("processes", **ALL, tab="compare", split="branch", first="Север", second="Центр"))
    assert "● −6" in told
    assert "▲" not in told.replace("▲ лишний", "").replace("▲ ждут дольше", "")


def test_which_log(business: Path, app: Open, tmp_path: Path) -> None:
    load(session.store(), tmp_path, "log.csv", "events", [HEADER, *events()])
    at = app("processes", **ALL)
    assert "60 дел" in shown(at)
    at.segmented_control(key="w_log").set_value("orders").run()
    assert "60 дел" not in shown(at)
    assert "Окончание работы" in shown(at)
    told = shown(app("processes", "en", **ALL, log="orders"))  # the steps of orders are called by our words
    assert "End of work" in told
    assert "Окончание работы" not in told


def test_the_kpis_are_those_of_the_catalogue(log: Path, app: Open) -> None:
    at = app("processes", **ALL)
    opened = [where for where in links(at) if "kpi=" in where]
    assert [part for where in opened for part in where.split("kpi=")[1:]] == [
        "throughput_hours", "waiting_share", "superfluous_share", "rework_case_share",
    ]  # fmt: skip
    median = summary(ProcessLog(Reader(session.store()))).median_hours
    assert language("ru").value(median, "hours") in shown(at)
