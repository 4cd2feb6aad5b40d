"""The screen of sources: connected in a minute, seen failing, decided about; for owners alone."""

from pathlib import Path

import pytest

from data.collect.connecting import connect
from data.collect.folder.allowed import ALONE
from data.collect.running import run
from data.store.entries.collect import NewConnection
from pages._ui import session
from tests.pages.conftest import Open, shown


@pytest.fixture
def incoming(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(ALONE, "1")
    made = tmp_path / "incoming"
    made.mkdir()
    table = "Номер заказа;Дата завершения;Статус;Сумма;Мастер\nk1;05.10.2026 12:30;Выполнен;1 234,50;Анна\n"
    (made / "касса.csv").write_text(table, encoding="utf-8")
    return made


def test_the_form_asks_for_what_the_kind_describes(business: Path, incoming: Path, app: Open) -> None:
    at = app("sources")
    key = next(one.key for one in at.text_input if one.key and one.key.endswith("web-address"))
    assert key.startswith("source-form-new-")
    at.text_input(key=key).set_value("https://localhost:1/a.csv").run()
    at.button(key="source-check").click().run()
    assert "«localhost»" in " ".join(one.value for one in at.error)
    at.text_input(key=key).set_value("").run()
    at.button(key="source-connect").click().run()
    assert "«Адрес»" in " ".join(one.value for one in at.error)
    assert session.store().entries.connections.all() == ()


def test_what_fails_waits_or_was_brought_is_told(business: Path, incoming: Path, app: Open) -> None:
    store = session.store()
    good = connect(store, NewConnection("Выгрузки <b>", "folder", {"folder": str(incoming)}, "15m"), {})
    bad = connect(store, NewConnection("Таблица", "web", {"address": "https://localhost:1/a.csv"}, "1h"), {})
    (incoming / "непонятно.csv").write_text("aa,bb\nx,1\ny,2\n", encoding="utf-8")
    for one in (good, bad):
        run(store, one, sleep=lambda _seconds: None)
    at = app("sources")
    page = shown(at)
    assert "«Таблица» не отвечает с" in page
    assert "Выгрузки &lt;b&gt;" in page
    assert "«localhost» недоступен" in page
    assert "непонятно.csv" in page
    (waiting,) = store.entries.arrivals.standing(None, "waiting")
    at.button(key=f"put-{waiting.id}").click().run()
    assert store.entries.arrivals.standing(None, "waiting") == ()
    at.button(key=f"pause-{bad.id}").click().run()
    assert store.entries.connections.get(bad.id).is_paused
    at.button(key=f"remove-{bad.id}").click().run()
    assert [one.name for one in store.entries.connections.all()] == ["Выгрузки <b>"]


def test_saying_what_a_file_holds_loads_it_as_its_source_would(business: Path, incoming: Path, app: Open) -> None:
    store = session.store()
    one = connect(store, NewConnection("Папка", "folder", {"folder": str(incoming)}, "15m", account="Авито 1"), {})
    (incoming / "работы.csv").write_text("Номер заказа;Дата визита;Сумма\nz1;05.10.2026;10\n", encoding="utf-8")
    run(store, one, sleep=lambda _seconds: None)
    waiting = store.entries.arrivals.standing(None, "waiting")
    assert [arrival.name for arrival in waiting] == ["работы.csv"]
    at = app("sources")
    at.button(key=f"say-{waiting[0].id}").click().run()
    at.switch_page("../data.py")
    (item,) = at.session_state["_readings"].values()
    assert (item.account, item.options.arrival) == ("Авито 1", f"{one.id}:{waiting[0].id}")


def test_others_send_to_an_address_with_a_token_that_is_shown_once(business: Path, app: Open) -> None:
    store = session.store()
    one = connect(store, NewConnection("1С", "push", {}, "1h"), {})
    at = app("sources")
    assert "TOKEN" in at.code[0].value
    at.button(key=f"token-{one.id}").click().run()
    token = at.code[0].value
    assert store.entries.push_tokens.find(token) is not None
    assert f"Bearer {token}" in at.code[1].value
    (known,) = store.entries.push_tokens.of(one.id)
    again = app("sources")
    assert token not in shown(again) + "".join(code.value for code in again.code)
    again.button(key=f"revoke-{known.id}").click().run()
    assert store.entries.push_tokens.find(token) is None
