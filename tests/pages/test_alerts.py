"""The page of alerts: switched on with one click, acknowledged with another, each sees their own."""

from datetime import date
from pathlib import Path

import pytest

from data.access.people import Membership, passwords
from data.store.entries import NewTarget
from data.store.entries.alerts import AlertRule
from data.store.zone import instant
from kpi.delivery.alerting import alert
from pages._ui import cookie, session
from tests.pages.conftest import Open, shown

SWITCH, KNOW, SAVE = "Включить оповещения", "Принято", "Сохранить"


@pytest.fixture
def missed(business: Path) -> Path:
    """October missed its target, of the whole and of the North."""
    for scope in (None, ("branch", "Север")):
        target = NewTarget("no_show_rate", scope=scope, valid_from=date(2026, 1, 1), good_high=0.5)
        session.store().entries.change_targets([target])
    return business


def come_in(cookies: dict[str, str], role: str, branch: str) -> None:
    people = session.people()
    number = people.persons.add(f"{role}-{branch}", "Вера")
    people.persons.admit(number, Membership("", role, (("branch", (branch,)),)))  # type: ignore[arg-type]
    people.persons.choose_password(number, passwords.hashed("верблюд в горах"))
    cookies[cookie.SESSION] = people.sessions.begin("", "phone", person=number)


def test_switched_on_with_one_click_and_acknowledged_with_another(missed: Path, app: Open) -> None:
    at = app("alerts")
    page = shown(at)
    assert "Оповещения выключены" in page
    assert "Октябрь 2026" in page  # what would be told now
    assert session.store().entries.alerts.rules.all() == ()
    next(button for button in at.button if button.label == SWITCH).click().run()
    (rule,) = session.store().entries.alerts.rules.all()
    assert (rule.roles, rule.active, rule.language) == (("owner", "lead"), True, "ru")
    page = shown(at)
    assert "Неявки" in page
    assert "Север" in page
    known = [button for button in at.button if button.label == KNOW]
    assert len(known) == len(session.store().entries.alerts.journal.seen_by(""))
    known[0].click().run()
    states = sorted(one.state for one in session.store().entries.alerts.journal.seen_by(""))
    assert states.count("acknowledged") == 1
    assert "оповещени" in shown(app("overview"))


def test_settings_of_a_rule_are_saved(missed: Path, app: Open) -> None:
    number = session.store().entries.alerts.rules.add(AlertRule())
    at = app("alerts")
    at.multiselect(key=f"rule{number}_roles").set_value(["owner", "viewer"])
    at.number_input(key=f"rule{number}_cooldown").set_value(3)
    at.toggle(key=f"rule{number}_quiet").set_value(False)
    next(button for button in at.button if button.label == SAVE).click().run()
    rule = session.store().entries.alerts.rules.get(number)
    assert (rule.roles, rule.cooldown, rule.quiet) == (("owner", "viewer"), 3, None)
    assert (rule.kinds, rule.dimensions) == (AlertRule().kinds, AlertRule().dimensions)
    next(button for button in at.button if button.label == "Выключить").click().run()
    assert not session.store().entries.alerts.rules.get(number).active
    assert session.store().entries.alerts.journal.seen_by("") == ()


def test_each_lead_sees_their_own_and_no_rules(missed: Path, app: Open, cookies: dict[str, str]) -> None:
    store = session.store()
    store.entries.alerts.rules.add(AlertRule(roles=("owner", "lead")))
    come_in(cookies, "lead", "Север")
    with store.gate.itself():
        alert(store, instant(store.clock))
    page = shown(app("alerts"))
    assert "Неявки · Север" in page
    assert "Центр" not in page
    assert "Кому и как сообщать" not in page
    come_in(cookies, "lead", "Центр")
    with store.gate.itself():
        alert(store, instant(store.clock))
    assert "Север" not in shown(app("alerts"))


def test_a_viewer_does_not_open_it(missed: Path, app: Open, cookies: dict[str, str]) -> None:
    session.store().entries.alerts.rules.add(AlertRule())
    come_in(cookies, "viewer", "Север")
    page = shown(app("alerts"))
    assert "открыт" not in page
    assert "Кому и как сообщать" not in page
    assert "оповещени" not in shown(app("overview")).lower()


def test_nothing_stands_there_before_it_is_switched_on(missed: Path, app: Open, cookies: dict[str, str]) -> None:
    come_in(cookies, "lead", "Север")
    page = shown(app("alerts"))
    assert "Оповещения выключены" in page
    assert "Октябрь" not in page
