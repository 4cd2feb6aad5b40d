"""Everything copied in one click; everything deleted only when the word was typed."""

import re
from pathlib import Path

from pages._ui import session
from pages._ui.server import exports
from tests.pages.conftest import Open, shown
from tests.pages.test_upload import told


def test_a_copy_is_made_and_offered(business: Path, app: Open) -> None:
    at = app("data", "ru")
    at.button(key="export").click().run()
    found = re.search(r'href="/export/([\w-]+)" download', told(at))
    assert found is not None
    copy = exports.path(business, found.group(1))
    assert copy is not None
    assert copy.stat().st_size > 1000


def test_everything_is_deleted_when_it_is_meant(business: Path, app: Open) -> None:
    at = app("data", "ru")
    assert at.button(key="erase").disabled
    at.text_input(key="erase_word").input("удали").run()
    assert at.button(key="erase").disabled
    at.text_input(key="erase_word").input("удалить").run()
    at.button(key="erase").click().run()
    assert "Пока ничего не загружено" in told(at)
    assert session.store().imports() == ()
    assert not list((business / "originals").iterdir())
    assert "Пока ничего не загружено" in shown(at.run())
