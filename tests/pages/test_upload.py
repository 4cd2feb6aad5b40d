"""The way of a file: drop, see the reading, correct it, load it, read the report, take it back."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.ingest.staged import ImportOptions
from pages._ui import session
from pages._ui.upload import ledger, preview, publishing, taking
from tests.pages.conftest import Open, shown, write_orders

UNCLEAR = (
    "№;Дата;Итог записи;К оплате;Кто делал;Клиент\n"
    "1;03.04.2026;Всё ок;1 200,50;Анна;+79001112233\n2;14.04.2026;Сорвалось;;Борис;+79001112234\n"
    "3;15.04.2026;Всё ок;900;Анна;+79001112235\n"
).encode("cp1251")


def drop(at: AppTest, name: str, content: bytes) -> AppTest:
    at.file_uploader[0].upload(name, content)
    return at.run()


def told(at: AppTest) -> str:
    """The page once the writer has nothing to do."""
    for job in session.store().writer.jobs():
        assert job.wait(30)
    return shown(at.run())


def load(at: AppTest) -> AppTest:
    """Agrees, waits for the writer, and runs the page as its watching fragment does."""
    at.button(key="load").click().run()
    for loading in at.session_state.get(publishing.RUNNING, ()):
        assert loading.job.wait(30)
    return at.run()


def test_what_to_do_with_a_file_too_large_for_the_browser_is_told(app: Open) -> None:
    for code in ("ru", "en"):
        told_ = str(app("data", code).file_uploader[0].help)
        assert "200" in told_
        assert "`python -m kpi import FILE`" in told_


def test_a_known_file_is_loaded_without_questions(app: Open, tmp_path: Path) -> None:
    sheet = write_orders(tmp_path / "Заказы.csv", since=date(2026, 10, 1))
    at = drop(app("data", "ru"), sheet.name, sheet.read_bytes())
    assert "понятно" in shown(at)
    text = told(at)
    assert "Заказы:" in text
    assert "Ключевые KPI: до → после" in text
    assert session.store().relations()["orders"].rows == 0
    text = shown(load(at))
    assert "Заказы: загружено строк" in text
    assert "Теперь счита" in text
    assert session.store().relations()["orders"].rows > 100


def test_a_second_click_on_the_same_button_means_nothing_more(
    app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in ((publishing, "start"), (ledger, "_undo"), (taking, "_export")):
        monkeypatch.setattr(module, name, twice(getattr(module, name)))
    sheet = write_orders(tmp_path / "Заказы.csv", since=date(2026, 10, 1))
    at = drop(app("data", "ru"), sheet.name, sheet.read_bytes())
    told(at)
    assert "загружено строк" in shown(load(at))
    assert [entry.undone for entry in session.store().imports()] == [False]
    at.button(key="export").click().run()
    assert [job.label for job in session.store().writer.jobs()].count("Копируем всё") == 1
    told(at)
    begins(at.button, "undo-").click().run()
    told(at)
    at.button(key="undo_yes").click().run()
    told(at)
    assert not at.error
    assert [entry.undone for entry in session.store().imports()] == [True]


def twice(call: Callable[..., None]) -> Callable[..., None]:
    """A button's work done as often as it was clicked, before the page could answer."""

    def doubled(*args: Any) -> None:
        call(*args)
        call(*args)

    return doubled


def test_of_a_large_file_the_check_is_offered(app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "AUTOMATIC", 10)
    sheet = write_orders(tmp_path / "Заказы.csv", since=date(2026, 10, 1))
    at = drop(app("data", "ru"), sheet.name, sheet.read_bytes())
    assert "займёт столько же времени" in told(at)
    assert "не дожидаясь" in at.button(key="load").label
    begins(at.button, "check-").click().run()
    assert "Ключевые KPI: до → после" in told(at)
    assert "не дожидаясь" not in at.button(key="load").label


def test_a_column_and_a_word_are_corrected_in_place_and_remembered(app: Open) -> None:
    at = drop(app("data", "ru"), "Итоги.csv", UNCLEAR)
    assert "проверьте" in shown(at)
    fact = begins(at.selectbox, "fact-")
    assert fact.value == "orders"
    target(at, "Итог записи").select("status").run()
    word(at, "Всё ок").select("done").run()
    word(at, "Сорвалось").select("cancelled").run()
    target(at, "Кто делал").select("employee").run()
    load(at)
    rows = session.store().cursor().execute("select status, employee from fact_orders order by _line").fetchall()
    assert rows == [("done", "Анна"), ("cancelled", "Борис"), ("done", "Анна")]
    again = drop(at, "Итоги 2.csv", UNCLEAR.replace(b"1 200,50", b"1 300,50"))
    assert "как в прошлый раз" in shown(again)


def target(at: AppTest, header: str) -> Any:
    return begins(at.selectbox, "target-", header)


def word(at: AppTest, text: str) -> Any:
    return begins(at.selectbox, "word-", text)


def begins(elements: Iterable[Any], prefix: str, label: str | None = None) -> Any:
    """The first element whose key begins so, and whose label is that one."""
    return next(e for e in elements if str(e.key).startswith(prefix) and label in (None, e.label))


def test_what_is_no_table_is_told_in_words(app: Open) -> None:
    at = drop(app("data", "ru"), "photo.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert len(at.error) == 1
    assert not any(button.key == "load" for button in at.button)
    away = begins(at.button, "away-")
    assert not away.click().run().error


def test_an_import_is_taken_back_after_asking(business: object, app: Open) -> None:
    at = app("data", "ru")
    begins(at.button, "undo-").click().run()
    assert "как будто файла не было" in shown(at)
    assert "Ключевые KPI: до → после" in told(at)
    at.button(key="undo_no").click().run()
    assert session.store().relations()["orders"].rows > 0
    begins(at.button, "undo-").click().run()
    at.button(key="undo_yes").click().run()
    assert "Пока ничего не загружено" in told(at)
    assert session.store().relations()["orders"].rows == 0


def test_content_of_another_account_is_asked_about_and_moved(app: Open, tmp_path: Path) -> None:
    sheet = write_orders(tmp_path / "Заказы.csv", since=date(2026, 10, 1))
    at = app("data", "ru")
    session.store().publish(sheet, None, ImportOptions(account="Мой Avito"))
    rows = session.store().relations()["orders"].rows
    drop(at, sheet.name, sheet.read_bytes())
    assert "уже загружено для аккаунта «Мой Avito»" in told(at).replace("\\", "")
    assert not any(button.key == "load" for button in at.button)
    begins(at.button, "elsewhere-move-").click().run()
    told(at)
    assert session.store().relations()["orders"].rows == rows
    assert [entry.undone for entry in session.store().imports()] == [False, True]
    assert session.store().imports()[0].options.account is None


def test_a_question_goes_when_its_answer_is_given_among_the_options(app: Open, tmp_path: Path) -> None:
    sheet = write_orders(tmp_path / "Заказы.csv", since=date(2026, 10, 1))
    at = app("data", "ru")
    session.store().publish(sheet, None, ImportOptions(account="Мой Avito"))
    drop(at, sheet.name, sheet.read_bytes())
    assert "уже загружено" in told(at)
    begins(at.selectbox, "account-").select("Мой Avito").run()
    text = told(at)
    assert "уже загружено для аккаунта" not in text
    assert "ничего не изменится" in text


def test_a_name_cannot_leave_the_inbox(app: Open, workspace: Path) -> None:
    drop(app("data", "ru"), "../../evil.csv", UNCLEAR)
    assert not list(workspace.parent.glob("evil.csv"))
    assert list((workspace / "inbox").glob("*/*evil.csv"))
