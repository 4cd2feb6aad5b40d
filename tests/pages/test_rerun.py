"""What a rerun asks: nothing twice, nothing again, and who is asking once.

A statement is counted where it is sent to DuckDB; the questions asked ahead, in a thread of their own, do not count.
"""

import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from data.access.people import Membership
from data.access.people.model import Session
from data.access.people.sessions import Sessions
from data.store.connection.embedded import Embedded
from pages._ui import detail, filters, session
from pages._ui.navigation import PAGES
from tests.pages.conftest import Open, shown
from tests.pages.test_access import signed_in

AROUND = ("begin", "commit", "rollback", "set ", "create temp", "drop ")
"""What surrounds a question and asks nothing."""
STATE = ("data_version", "relation_states", "duckdb_tables()", "from imports", "from import_parts")
"""Tables that say how far the data are and what was loaded: short, and no question about the data."""
USUAL = ("overview", "operations")
"""Pages tried at every run of the tests."""


class Sent:
    """What is sent through the cursors of a workspace."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def note(self, sql: str, params: object) -> None:
        ahead = threading.current_thread().name.startswith("ahead")
        if not ahead and not sql.strip().lower().startswith(AROUND) and not any(name in sql for name in STATE):
            self.statements.append(f"{sql} {params!r}")

    def taken(self) -> list[str]:
        """What was sent since this was asked last."""
        found, self.statements = self.statements, []
        return found


class Noted:
    """A cursor that tells what is sent through it."""

    def __init__(self, cursor: Any, sent: Sent) -> None:
        self._cursor, self._sent = cursor, sent

    def execute(self, sql: str, params: Any = None) -> Any:
        """Note it and send it."""
        self._sent.note(sql, params)
        return self._cursor.execute(sql, params)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """Everything that is sent to DuckDB."""
    found, cursor = Sent(), Embedded.cursor
    monkeypatch.setattr(Embedded, "cursor", lambda self: Noted(cursor(self), found))
    return found


@pytest.mark.parametrize(
    "page", [page if page in USUAL else pytest.param(page, marks=pytest.mark.slow) for page in PAGES]
)
def test_nothing_is_asked_twice_and_nothing_again(page: str, business: Path, sent: Sent, app: Open) -> None:
    session.store()
    sent.taken()
    at = app(page)
    shown(at)
    twice = [sql for sql, n in Counter(sent.taken()).items() if n > 1]
    assert not twice
    at.run()
    shown(at)
    assert not sent.taken()


def test_who_is_asking_is_found_once_a_rerun_and_anew_at_the_next(
    business: Path, app: Open, cookies: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    number, found, find = signed_in(cookies, Membership("", "lead")), list[str](), Sessions.find

    def noted(self: Sessions, token: str) -> Session | None:
        found.append(token)
        return find(self, token)

    at = app("operations")
    assert not at.error
    monkeypatch.setattr(Sessions, "find", noted)
    assert not at.run().error
    assert len(found) == 1
    session.people().persons.close(number)
    assert at.run().error
    assert len(found) == 2


def test_cards_come_before_charts_are_counted_and_with_them_once_all_is_at_hand(
    business: Path, app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, row, draw = list[str](), filters.row, detail.draw

    def noted_row(*given: Any) -> None:
        done.append("filters and cards")
        row(*given)

    def noted_draw(*given: Any) -> None:
        done.append("charts")
        draw(*given)

    monkeypatch.setattr(filters, "row", noted_row)
    monkeypatch.setattr(detail, "draw", noted_draw)
    app("operations").run()
    assert done == ["filters and cards", "charts", "charts", "filters and cards"]
