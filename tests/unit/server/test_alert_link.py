"""The link of a message of alerts, asked for from the internet through the whole stack of middleware."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette

from data.store.entries.alerts import Noted
from data.store.entries.alerts.journal import Found
from data.store.store import Store
from kpi.alerts.due import Due
from kpi.alerts.written import written
from pages._ui.server import workspace
from pages._ui.server.alert import routes
from pages._ui.server.form.rate import Rate
from pages._ui.server.middleware import middleware
from tests.unit.server.stack import Told, answer
from tests.unit.store.files import opened

NOW = datetime(2026, 11, 23, 12)
NASTY = "</script><img src=x onerror=alert(1)>{braces} %s «Усы»"
CONTENT = (
    '{"since": "2026-11-01", "until": "2026-11-22", "value": 8.0, "against": 4.0, "unit": "percent", "said": {%s}}'
)
SAID = '"%s": {"title": "Переделки · %s", "text": "8 %%, обычно 4 %%.", "why": "", "advice": "Разберите три случая."}'


@pytest.fixture
def now() -> list[datetime]:
    return [NOW]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: list[datetime]) -> Iterator[Store]:
    with opened(tmp_path, lambda: now[0]) as made:
        monkeypatch.delenv("KPI_ALONE", raising=False)
        monkeypatch.setattr(routes, "stores", lambda: (made,))
        monkeypatch.setattr(workspace, "people", lambda: pytest.fail("nobody has to be known"))
        monkeypatch.setattr(routes, "_asked", Rate(1000, 1000))
        yield made


def found(subject: str, name: str, size: float = 1.0) -> Found:
    said = ", ".join(SAID % (code, name) for code in ("ru", "en"))
    return Found("signal", subject, "[]", "", CONTENT % said, size)


def standing(store: Store) -> tuple[Noted, ...]:
    return store.entries.alerts.journal.standing(1, "")


def message(store: Store, *names: str) -> str:
    """A message of alerts to nobody in particular; its token."""
    store.entries.alerts.journal.note(1, "", [found(f"kpi{n}", name) for n, name in enumerate(names)], [], [])
    alerts = standing(store)
    lines = written([Due(one, "new") for one in alerts], 0)
    return store.entries.alerts.links.make(store.entries.alerts.messages.make(1, "place", "", alerts, lines))


def ask(method: str, path: str, **fields: str) -> Told:
    app = Starlette(routes=routes.alert_routes(), middleware=middleware(1))
    headers = {"host": "kpi.example.org", "accept": "text/html", "accept-language": "ru"}
    if method == "POST":
        headers["content-type"] = "application/x-www-form-urlencoded"
    return answer(app, method, path, urlencode(fields).encode(), headers, ("203.0.113.7", 5000), "https")


def test_looking_changes_nothing_and_sending_acknowledges(store: Store) -> None:
    token = message(store, "Север", "Юг")
    for method in ("GET", "HEAD", "GET"):  # as the scanners of mail servers do
        status, headers, text = ask(method, f"/alert/{token}")
        assert status == 200
    assert [one.state for one in standing(store)] == ["open", "open"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "set-cookie" not in headers
    boxes = re.findall(r'name="(alert\d+)" checked', text)
    assert len(boxes) == 2
    status, _, text = ask("POST", f"/alert/{token}", **{boxes[0]: "on"})
    assert (status, "Спасибо" in text) == (200, True)
    assert [one.state for one in standing(store)] == ["acknowledged", "open"]
    status, _, text = ask("GET", f"/alert/{token}")
    assert re.findall(r'name="(alert\d+)" checked', text) == boxes[1:]
    assert "уже принято" in text


def test_nothing_ticked_acknowledges_nothing(store: Store) -> None:
    token = message(store, "Север")
    assert ask("POST", f"/alert/{token}")[0] == 422
    assert ask("POST", f"/alert/{token}", alert99="on")[0] == 422
    assert [one.state for one in standing(store)] == ["open"]


def test_only_what_the_message_told_can_be_acknowledged(store: Store) -> None:
    token = message(store, "Север")
    store.entries.alerts.journal.note(1, "", [found("other", "Юг")], [], [])
    other = next(one for one in standing(store) if one.subject == "other")
    text = ask("GET", f"/alert/{token}")[2]
    assert "Юг" not in text
    assert ask("POST", f"/alert/{token}", **{f"alert{other.id}": "on"})[0] == 422
    assert all(one.state == "open" for one in standing(store))


def test_whatever_is_wrong_with_a_token_the_answer_is_one(store: Store, now: list[datetime]) -> None:
    token = message(store, "Север")
    answers = {ask("GET", f"/alert/{wrong}")[2] for wrong in ("a" * 43, "x", "a" * 200, token[:-1] + "-", "%00")}
    store.entries.alerts.journal.note(1, "", [], [], [one.id for one in standing(store)])
    status, _, text = ask("GET", f"/alert/{token}")  # all of it is over
    assert status == 404
    assert answers == {text}
    assert ask("POST", f"/alert/{token}", alert1="on")[0] == 404
    fresh = message(store, "Юг")
    now[0] += timedelta(days=31)
    assert ask("GET", f"/alert/{fresh}")[2] == text


def test_what_got_worse_since_can_be_acknowledged_again(store: Store) -> None:
    token = message(store, "Север")
    (one,) = standing(store)
    ask("POST", f"/alert/{token}", **{f"alert{one.id}": "on"})
    store.entries.alerts.journal.note(1, "", [], [(one.id, found("kpi0", "Север", size=2.0))], [])
    assert f'name="alert{one.id}" checked' in ask("GET", f"/alert/{token}")[2]
    ask("POST", f"/alert/{token}", **{f"alert{one.id}": "on"})
    assert standing(store)[0].acknowledged_size == 2.0


def test_texts_of_people_are_texts(store: Store) -> None:
    text = ask("GET", f"/alert/{message(store, NASTY.replace(chr(34), ''))}")[2]
    assert "<img" not in text
    assert "&lt;img src=x" in text


def test_a_flood_is_turned_away(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    token = message(store, "Север")
    monkeypatch.setattr(routes, "_asked", Rate(2, 0))
    assert [ask("GET", f"/alert/{token}")[0] for _ in range(4)] == [200, 200, 429, 429]
