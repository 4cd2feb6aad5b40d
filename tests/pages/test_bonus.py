"""Bonuses on the screen."""

import shutil
from pathlib import Path

import pytest

from data.access import visitor
from data.access.visitor import Visitor
from pages._ui import session
from tests.example import NOW
from tests.pages.conftest import Open, links, shown

RUSLAN = "Руслан Ахметов"


@pytest.fixture
def barbers(example: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KPI_NOW", NOW.isoformat())
    return Path(shutil.copytree(example, workspace, dirs_exist_ok=True))


def test_the_month_the_sheet_the_trial_the_approval(barbers: Path, app: Open) -> None:
    at = app("bonus", lang="ru", month="2026-09", person=RUSLAN)
    text = shown(at)
    assert "77\u00a0783\u00a0₽ на 5 человек" in text
    assert "30\u00a0276\u00a0₽" in text
    assert "25\u00a0000 × 28\u00a0% × 138,63\u00a0%" in text
    assert "За 12 месяцев премии стоили" in text
    assert any("person=" in link for link in links(at))
    at.number_input(key="w_try_barbers_weight-addon_rate").set_value(80).run()
    assert "→" in shown(at)
    at.button(key="bonus_approve").click().run()
    assert "Утверждено 5\u00a0нояб." in shown(at)
    assert "bonus_approve" not in [button.key for button in at.button]
    at.selectbox(key="w_correct_name").set_value(RUSLAN)
    at.number_input(key="w_correct_amount").set_value(-100.5)
    at.text_input(key="w_correct_reason").set_value("возврат")
    next(button for button in at.button if button.label == "Внести поправку").click().run()
    text = shown(at)
    assert "возврат" in text
    assert "30\u00a0175,50\u00a0₽" in text


def test_who_may_see_one_person_sees_that_one_only(barbers: Path, app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = visitor.personal("Илья Громов")
    monkeypatch.setattr(session, "real_visitor", lambda: Visitor(mine))
    at = app("bonus", lang="ru", month="2026-09", person=RUSLAN)
    text = shown(at)
    assert "Илья Громов" in text
    assert RUSLAN not in text
    assert "30\u00a0276" not in text
    assert not at.number_input
    assert [button.key for button in at.button if str(button.key).startswith("bonus")] == []


def test_a_scheme_that_makes_no_sense_any_more_can_be_mended(business: Path, app: Open) -> None:
    text = '[fund]\nfrom = "person"\namount = 1\n[[kpi]]\nkpi = "gone"\nweight = 100\n'
    session.store().entries.schemes.enter("old", text)
    at = app("bonus", lang="en")
    assert "gone" in shown(at)
    at.text_area(key="w_scheme_old").set_value(text.replace("gone", "orders_done")).run()
    at.button(key="bonus_enter").click().run()
    assert "The scheme is entered" in shown(at)
    assert "Анна Котова" in shown(at)


def test_without_a_scheme_one_is_offered_that_can_be_entered(business: Path, app: Open) -> None:
    at = app("bonus", lang="en")
    assert "There is no bonus scheme yet." in shown(at)
    at.button(key="bonus_enter").click().run()
    assert "Bonus for the month" in shown(at)
    assert "Борис &lt;b&gt;Лунёв" in shown(at)
    at.text_area(key="w_scheme_bonus").set_value("title = ").run()
    at.button(key="bonus_enter").click().run()
    assert "not TOML" in shown(at)
