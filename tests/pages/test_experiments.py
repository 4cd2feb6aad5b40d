"""Experiments on their page: the journal, one with its verdict, planning one, deciding it."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from data.access.visitor import personal_link
from data.store.entries import Design, Guard
from data.store.entries.links import NewLink
from kpi.experiment.arms import Arm, Arms
from kpi.experiment.asking import Series
from kpi.experiment.judging import Judged
from kpi.language import language
from pages._ui import cookie, session
from pages._ui.experiments.charts import steps
from tests.pages.conftest import PEOPLE, Open, links, shown
from tests.unit.experiment.designs import kpi_of

RUNNING = Design(
    "Напоминание <b>за день", "Реже не приходят", "no_show_rate", "branch", ("Север",), ("Центр",), date(2026, 10, 5),
    date(2026, 12, 6), "звонок", "сообщение «накануне»", matters=20.0,
)  # fmt: skip


def entered(design: Design = RUNNING) -> int:
    return session.store().entries.experiments.add(design, "Анна")


def test_before_any_experiment(business: Path, app: Open) -> None:
    at = app("experiments")
    assert "Экспериментов пока нет" in shown(at)
    assert [one for one in links(at) if "new=1" in one]


def test_an_empty_workspace_shows_the_first_minute(workspace: Path, app: Open) -> None:
    at = app("experiments")
    assert {"first_upload", "first_demo"} <= {button.key for button in at.button}


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_journal_and_one_of_it(business: Path, app: Open, lang: str) -> None:
    app("experiments", lang)
    number, words = entered(), language(lang)
    at = app("experiments", lang)
    page = shown(at)
    assert "Напоминание &lt;b&gt;за день" in page
    assert words.tn("{n} experiment is running", "{n} experiments are running", 1) in page
    (where,) = [one for one in links(at) if f"experiment={number}" in one]
    assert "experiments" in where
    page = shown(app("experiments", lang, experiment=str(number)))
    assert "<b>за" not in page
    for title in ("Both arms", "Checks", "What was learned", "History"):
        assert words.t(title) in page
    assert words.t("«{text}»", text="сообщение „накануне“") in page
    assert words.t("An arm has one member only: whatever else happened to it is taken for the effect.") in page
    assert words.t("counted until {day}", day=words.day(date(2026, 11, 22))) in page
    for left in ("no_show_rate", "not_yet", "ad_id"):
        assert left not in page


def test_planning_one(business: Path, app: Open) -> None:
    at = app("experiments", new="1")
    assert at.button(key="experiment_enter").disabled
    at.text_input(key="x_title-0").set_value("Звонок накануне")
    at.selectbox(key="x_kpi-0").set_value("no_show_rate").run()
    at.selectbox(key="x_of-0-no_show_rate").set_value("branch").run()
    at.multiselect(key="x_a-0-branch").set_value(["Север"]).run()
    assert at.multiselect(key="x_b-0-branch").options == ["Центр"]
    at.multiselect(key="x_b-0-branch").set_value(["Центр"]).run()
    page = shown(at)
    assert "Сколько времени это займёт" in page
    assert "Разниц" in page
    at.multiselect(key="x_guards-0-no_show_rate").set_value(["cancellation_rate"]).run()
    at.number_input(key="x_guard-0-cancellation_rate").set_value(25.0).run()
    at.number_input(key="x_matters-0").set_value(30.0).run()
    at.button(key="experiment_enter").click().run()
    shown(at)
    (one,) = session.store().entries.experiments.all()
    assert (one.design.title, one.design.kpi, one.design.a, one.design.b) == (
        "Звонок накануне", "no_show_rate", ("Север",), ("Центр",),
    )  # fmt: skip
    assert (one.design.start, one.design.days, one.design.matters) == (date(2026, 11, 24), 56, 30.0)
    assert [(guard.kpi, guard.allowed) for guard in one.design.guards] == [("cancellation_rate", 25.0)]


def test_what_cannot_be_entered_is_said_and_kept(business: Path, app: Open) -> None:
    at = app("experiments", new="1")
    at.selectbox(key="x_kpi-0").set_value("no_show_rate").run()
    at.selectbox(key="x_of-0-no_show_rate").set_value("branch").run()
    at.multiselect(key="x_a-0-branch").set_value(["Север"]).run()
    at.multiselect(key="x_b-0-branch").set_value(["Центр"]).run()
    at.button(key="experiment_enter").click().run()
    assert "Эксперименту нужно название" in shown(at)
    assert session.store().entries.experiments.all() == ()
    assert at.multiselect(key="x_a-0-branch").value == ["Север"]


def test_changing_a_running_one(business: Path, app: Open) -> None:
    app("experiments")
    number = entered()
    at = app("experiments", edit=str(number))
    assert "то, по чему он судится, не меняется" in shown(at)
    assert not at.selectbox
    assert {field.key for field in at.number_input} == {f"x_worth-{number}"}
    at.text_input(key=f"x_title-{number}").set_value("Другое название")
    at.date_input(key=f"x_end-{number}").set_value(date(2026, 12, 20))
    at.number_input(key=f"x_worth-{number}").set_value(800.0).run()
    at.button(key="experiment_enter").click().run()
    shown(at)
    one = session.store().entries.experiments.get(number)
    assert one.design.title == "Другое название"
    assert one.design == replace(RUNNING, title="Другое название", end=date(2026, 12, 20), worth=800.0)
    assert [version.action for version in one.history] == ["create", "change"]
    assert "Название" in shown(app("experiments", experiment=str(number)))  # in the history


def test_deciding_and_what_was_learned(business: Path, app: Open) -> None:
    app("experiments")
    number = entered()
    at = app("experiments", experiment=str(number))
    at.text_area(key=f"learned-{number}").set_value("Звонить не нужно <i>").run()
    at.radio(key="experiment_choice").set_value("b")
    at.text_input(key="experiment_who").set_value("Анна").run()
    at.button(key="experiment_decide").click().run()
    page = shown(at)
    one = session.store().entries.experiments.get(number)
    assert (one.decided, one.who, one.note) == ("b", "Анна", "Звонить не нужно <i>")
    assert "experiment_decide" not in {button.key for button in at.button}
    assert "B лучше · Анна" in page
    journal = shown(app("experiments"))
    assert "Звонить не нужно &lt;i&gt;" in journal
    at.button(key="experiment_reopen").click().run()
    assert session.store().entries.experiments.get(number).decided is None
    at.button(key="experiment_stop").click().run()
    assert session.store().entries.experiments.get(number).is_stopped
    at.button(key="experiment_delete").click().run()
    assert session.store().entries.experiments.all() == ()


def test_deciding_without_a_choice_is_refused_in_words(business: Path, app: Open) -> None:
    app("experiments")
    number = entered()
    at = app("experiments", experiment=str(number))
    at.button(key="experiment_decide").click().run()
    assert "Решение может быть" in shown(at)
    assert session.store().entries.experiments.get(number).decided is None


@pytest.mark.parametrize("absolute", [0.02, 5000.0])
def test_a_design_of_the_command_line_can_be_changed_on_the_page(business: Path, app: Open, absolute: float) -> None:
    app("experiments")
    planned = replace(RUNNING, start=date(2026, 12, 1), end=date(2026, 12, 31), matters=absolute, baseline=45,
                      matters_in="absolute", guards=(Guard("cancellation_rate", 0.5),))  # fmt: skip
    number = entered(planned)
    at = app("experiments", edit=str(number))
    at.text_input(key=f"x_title-{number}").set_value("Другое").run()
    at.button(key="experiment_enter").click().run()
    shown(at)
    assert session.store().entries.experiments.get(number).design == replace(planned, title="Другое")


def test_a_kpi_that_is_no_more_takes_nothing_down(business: Path, app: Open) -> None:
    app("experiments")
    number = entered(replace(RUNNING, kpi="own_gone"))
    entered()
    assert "Напоминание" in shown(app("experiments"))
    assert "Сказать ничего нельзя" in shown(app("experiments", experiment=str(number)))


def test_an_experiment_nobody_entered(business: Path, app: Open) -> None:
    assert "Эксперимента 7 нет" in shown(app("experiments", experiment="7"))


def test_what_the_data_do_not_tell(business: Path, app: Open) -> None:
    app("experiments")
    number = entered(Design("Фото", "", "contact_rate", "ad_id", ("1",), ("2",), date(2026, 10, 5), date(2026, 11, 29)))
    page = shown(app("experiments", experiment=str(number)))
    assert "Сказать ничего нельзя" in page
    assert "Фото" in shown(app("experiments"))


def given(cookies: dict[str, str], link: NewLink) -> None:
    """The browser came by this link."""
    number, _ = session.store().entries.links.create(link)
    cookies[cookie.SESSION] = session.people().sessions.begin("", "phone", link=number)


def test_a_personal_link_opens_no_experiments(business: Path, app: Open, cookies: dict[str, str]) -> None:
    app("experiments")
    entered()
    given(cookies, personal_link("Анна Котова"))
    assert "Напоминание" not in shown(app("experiments"))


def test_a_link_shows_experiments_of_its_rows_and_changes_none(
    business: Path, app: Open, cookies: dict[str, str]
) -> None:
    app("experiments")
    number = entered()
    narrow = replace(RUNNING, title="Только в Центре", dimension="employee", a=(PEOPLE[0][0],), b=(PEOPLE[1][0],))
    own = entered(narrow)
    given(cookies, NewLink(frozenset({"experiments"}), "experiments", (("branch", ("Центр",)),)))
    page = shown(app("experiments"))
    assert "Только в Центре" in page
    assert "Напоминание" not in page
    assert f"Эксперимента {number} нет" in shown(app("experiments", experiment=str(number)))
    at = app("experiments", experiment=str(own))
    assert "Только в Центре" in shown(at)
    assert {button.key for button in at.button} & {"experiment_stop", "experiment_delete", "experiment_decide"} == set()
    assert not at.text_area
    assert "планирует владелец" in shown(app("experiments", new="1"))
    assert "планирует владелец" in shown(app("experiments", edit=str(own)))


@pytest.mark.parametrize(
    ("before", "during", "lengths"),
    [(56, 21, [7] * 11), (56, 24, [7] * 10 + [10]), (58, 25, [2] + [7] * 11 + [4]), (0, 3, [3]), (16, 0, [2, 7, 7])],
)
def test_weeks_of_the_picture_hold_every_day_once(before: int, during: int, lengths: list[int]) -> None:
    days = tuple(RUNNING.start + timedelta(days=n - before) for n in range(before + during))
    arm = Arm(np.arange(float(before + during))[None, :], None)
    series = Series(kpi_of("higher"), Arms(arm, arm, before, "ratio"), days, ((), ()), (arm.above, arm.above), days, ())
    found = steps(Judged(series, (), 1.0))
    assert [(step.last - step.first).days + 1 for step in found] == lengths
    assert [step.first for step in found[1:]] == [step.last + timedelta(days=1) for step in found[:-1]]
    assert all(step.is_before == (step.first < RUNNING.start) for step in found)
    assert found[-1].a == pytest.approx(np.arange(before + during)[-lengths[-1] :].mean())
