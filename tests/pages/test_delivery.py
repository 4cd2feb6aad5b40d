"""The screens of what goes out by itself: a schedule in a minute, the log, the channels — and for whom they are."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.access.people import Membership
from data.message import say
from data.store.entries import NewDelivery
from data.store.zone import instant
from kpi.delivery.kinds import set_up
from kpi.delivery.running import deliver_all
from pages._ui import session
from tests.pages.conftest import Open, shown
from tests.pages.test_access import signed_in
from tests.unit.delivery.servers.mailbox import Mailbox, mail_server

ADDRESS = "owner@example.org"
SECRET = "очень-тайный-пароль"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, dict[str, Any]]]:
    """A mail server of this computer, and what is set about it."""
    box = Mailbox()
    controller = mail_server(box)
    yield box, {"host": "127.0.0.1", "port": controller.port, "security": "none", "sender": "kpi@example.org"}
    controller.stop()


def channel() -> int:
    return set_up(session.store(), "Почта", "mail", {"host": "mail.example.org", "sender": "kpi@example.org"})


def put(*whom: str) -> list[int]:
    """Deliveries of a test to people or addressees; their numbers."""
    now, number = instant(session.store().clock), channel()
    news = [NewDelivery("test", "test", "x", one, number, one, now, {"text": "x"}) for one in whom]
    return list(session.store().entries.deliveries.put(*news))


def test_a_schedule_in_two_fields_and_a_click(
    business: Path, app: Open, mailbox: tuple[Mailbox, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(session.store(), "Почта", "mail", mailbox[1])
    at = app("reports", tab="schedule")
    assert "Пока отчёты сами не уходят." in shown(at)
    assert "Первый раз уйдёт 30 нояб., 9:00." in shown(at).replace("\xa0", " ")
    at.text_input(key="schedule_address").set_value(ADDRESS)
    at.session_state["schedule_forms"] = []
    at.button(key="schedule_enter").click().run()
    (one,) = session.store().entries.schedules.all()
    assert (one.rhythm.every, one.rhythm.weekdays, one.rhythm.hour, one.wanted.edition) == ("week", (1,), 9, "week")
    assert [each.email for each in session.store().entries.addressees.all()] == [ADDRESS]
    page = shown(at).replace("\xa0", " ")
    assert "Следующим уйдёт 30 нояб., 9:00: отчёт за прошлую неделю." in page
    assert "по понедельникам в 9:00" in page
    at.button(key="schedule-send-1").click().run()
    assert "в течение минуты" in shown(at)
    monkeypatch.setenv("KPI_NOW", "2026-11-23T12:05:00")
    deliver_all(session.store(), instant(session.store().clock))
    assert mailbox[0].to == [ADDRESS]
    assert "16–22 нояб. 2026" in str(mailbox[0].mails[0]["Subject"]).replace("\xa0", " ")
    log = shown(app("reports", tab="log"))
    assert "Ушла 1 отправка." in log
    assert ADDRESS in log
    assert not at.exception


def test_without_a_channel_the_way_to_one_is_shown(business: Path, app: Open) -> None:
    at = app("reports", tab="schedule")
    assert "Сначала скажите, чем отправлять отчёты." in shown(at)
    assert not [one.key for one in at.button if one.key == "schedule_enter"]


def test_a_channel_is_set_up_and_its_password_is_nowhere_on_the_page(business: Path, app: Open) -> None:
    at = app("reports", tab="channels")
    at.text_input(key="channel_f_sender").set_value("barber@yandex.ru")
    at.text_input(key="channel_f_password").set_value(SECRET)
    at.button(key="channel_enter").click().run()
    (one,) = session.store().entries.channels.all()
    assert (one.kind, one.settings["host"], one.settings["user"]) == ("mail", "smtp.yandex.ru", "barber@yandex.ru")
    assert session.store().entries.secrets.get(f"channel.{one.id}.password") == SECRET
    assert at.text_input(key="channel_f_password").value == ""
    page = shown(at)
    assert SECRET not in page
    assert "smtp.yandex.ru" in page
    at.button(key=f"channel-remove-{one.id}").click().run()
    assert session.store().entries.channels.all() == ()


def test_what_is_wrong_with_a_channel_is_said(business: Path, app: Open) -> None:
    at = app("reports", tab="channels")
    at.text_input(key="channel_f_sender").set_value("barber")
    at.button(key="channel_enter").click().run()
    assert "это не адрес почты" in at.error[0].value
    assert session.store().entries.channels.all() == ()


def test_what_is_uncertain_is_decided_by_the_owner(business: Path, app: Open) -> None:
    number, *_ = put("addressee:1")
    log = session.store().entries.deliveries
    assert log.claim(number)
    log.leaving(number)
    log.uncertain(number, say("The connection to Telegram was lost before it answered."))
    at = app("reports", tab="log")
    page = shown(at)
    assert "1 отправка ждёт вашего решения." in page
    assert "Связь с Telegram прервалась раньше ответа." in page
    at.button(key=f"settle-{number}").click().run()
    assert log.get(number).state == "settled"
    assert "закрыто" in shown(at)


def test_what_fails_by_itself_is_told(business: Path, app: Open) -> None:
    session.store().entries.clockwork.failed("delivery", "abc123")
    assert "abc123" in shown(app("reports", tab="log"))


@pytest.mark.parametrize("role", ["lead", "viewer"])
def test_others_see_their_own_log_and_nothing_to_change(
    business: Path, app: Open, cookies: dict[str, str], role: str
) -> None:
    number = signed_in(cookies, Membership("", role))  # type: ignore[arg-type]
    with session.store().gate.itself():
        put(f"person:{number}", "addressee:77")
    at = app("reports", tab="log")
    page = shown(at)
    assert f"person:{number}" in page
    assert "addressee:77" not in page
    for tab in ("schedule", "channels"):
        hidden = app("reports", tab=tab)
        assert "Расписание" not in shown(hidden)
        keys = [one.key or "" for one in (*hidden.button, *hidden.text_input)]
        assert not [key for key in keys if key.startswith(("schedule", "channel", "addressee", "reach"))]
