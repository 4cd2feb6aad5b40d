"""Sources that are asked by themselves, from the command line."""

import io
from dataclasses import replace

import pytest

from data.collect.folder.allowed import ALONE
from kpi.command.main import run
from kpi.command.session import Session
from kpi.delivery.due import WORKS, run_due
from tests.unit.command.conftest import ORDERS, Done, Terminal

CANARY = "canary-пароль"
ADDRESS = "address=https://example.org/a.csv"


@pytest.fixture
def watched(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal with a watched folder that holds one file."""
    monkeypatch.setenv(ALONE, "1")
    monkeypatch.setenv("KPI_NOW", "2026-11-05T12:00")
    monkeypatch.setattr("data.collect.folder.fetching.APART", 0.0)
    (terminal.folder / "incoming").mkdir()
    terminal.write("incoming/заказы.csv", ORDERS, "cp1251")
    folder = f"folder={terminal.folder / 'incoming'}"
    done = terminal("collect", "add", "Выгрузки", "--kind", "folder", "--set", folder, "--every", "15m", "--json")
    assert done.status == 0, done.err
    assert (done.json["name"], done.json["every"], done.json["takes"]) == ("Выгрузки", "15m", "rows")
    return terminal


def test_what_is_due_is_asked_once_and_loaded(watched: Terminal) -> None:
    tried = watched("collect", "test", "Выгрузки", "--json").json
    assert tried["files"][0]["tables"][0]["fact"] == "orders"
    assert watched("imports", "--json").json == []
    (run,) = watched("collect", "--due", "--json").json
    assert (run["source"], run["outcome"], run["rows_new"], run["next"]) == (
        "Выгрузки",
        "came",
        4,
        "2026-11-05T12:15:00",
    )
    assert watched("collect", "--due", "--json").json == []
    assert watched("value", "orders_done", "--format", "json").json[0]["value"] == 3
    again = watched("collect", "run", "Выгрузки", "--json").json
    assert again[0]["outcome"] == "nothing"
    assert "3 files" not in watched("collect", "run", "Выгрузки", "--again").out
    assert "last brought something 2026-11-05 12:00" in watched("collect", "list").out


def test_the_clock_of_the_app_asks_before_it_tells(watched: Terminal) -> None:
    assert next(name for name, _ in WORKS) == "collection"
    assert run_due(watched.store(), WORKS[:1]) == ()
    assert [entry.file for entry in watched.store().imports()] == ["заказы.csv"]


def test_one_that_fails_is_told_since_when_and_the_status_is_one(watched: Terminal) -> None:
    (watched.folder / "incoming" / "заказы.csv").unlink()
    (watched.folder / "incoming").rmdir()
    done = watched("collect", "--due")
    assert done.status == 1
    assert "There is no folder" in done.out
    listed = watched("collect", "list", "--json").json[0]
    assert (listed["failures"], listed["failing_since"], listed["next"]) == (
        1, "2026-11-05T12:00:00", "2026-11-05T12:15:00",
    )  # fmt: skip
    assert "fails since 2026-11-05 12:00" in watched("collect", "list").out


def test_pausing_changing_and_removing(watched: Terminal) -> None:
    assert watched("collect", "pause", "Выгрузки").status == 0
    assert watched("collect", "--due", "--json").json == []
    assert watched("collect", "resume", "Выгрузки").status == 0
    folder = f"folder={watched.folder / 'incoming'}"
    changed = watched("collect", "add", "Выгрузки", "--kind", "folder", "--set", folder, "--every", "07:30", "--change")
    assert changed.status == 0
    assert watched("collect", "list", "--json").json[0]["every"] == "07:30"
    assert watched("collect", "remove", "Выгрузки").status == 0
    assert watched("collect", "list").out == "No source is connected.\n"


def test_a_secret_comes_on_standard_input_and_is_printed_nowhere(terminal: Terminal) -> None:
    mail = ("collect", "add", "Почта", "--kind", "mail", "--set", "host=localhost", "--set", "user=me")
    assert "«Password» is not filled in" in told(terminal, "", *mail).err
    done = told(terminal, f"password={CANARY}\n", *mail, "--json")
    assert done.status == 0, done.err
    said = done.out + terminal("collect", "list", "--json").out + terminal("collect", "list").out
    tried = terminal("collect", "test", "Почта")
    assert tried.status == 1
    assert CANARY not in said + tried.out + tried.err
    connection = terminal.store().entries.connections.get("Почта")
    assert terminal.store().entries.secrets.get(connection.secret_name("password")) == CANARY


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("run", "nobody"), "No source «nobody» is connected"),
        (("add", "x", "--kind", "folder"), "«Folder» is not filled in"),
        (("add", "x", "--kind", "folder", "--set", "fodler=/"), "Did you mean folder?"),
        (
            ("add", "x", "--kind", "web", "--set", ADDRESS, "--every", "1m"),
            "every 5 minutes",
        ),
        (("add", "x", "--kind", "web", "--set", ADDRESS, "--fact", "ordrs"), "ordrs"),
        (("add", "1", "--kind", "web", "--set", ADDRESS), "is not a number"),
    ],
)
def test_what_cannot_be_is_told(terminal: Terminal, argv: tuple[str, ...], words: str) -> None:
    done = terminal("collect", *argv)
    assert done.status == 1
    assert words in done.err


def told(terminal: Terminal, given: str, *argv: str) -> Done:
    """A command with something on standard input."""
    out, err = io.StringIO(), io.StringIO()
    session = Session(terminal.folder / "workspace", terminal.folder, out, err, "en", terminal.store, terminal.reopen)
    return Done(run(argv, replace(session, given=given)), out.getvalue(), err.getvalue())
