"""Channels, addressees, schedules and the log of deliveries from the command line."""

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from data.access.people import Membership, People
from kpi.command import secret
from kpi.command.main import run
from kpi.command.session import Session
from tests.unit.command.conftest import Done, Terminal
from tests.unit.delivery.servers.bot_api import TOKEN, BotApi
from tests.unit.delivery.servers.http import served
from tests.unit.delivery.servers.mailbox import Mailbox, mail_server

PASSWORD = "очень-тайный-пароль"


def told(terminal: Terminal, given: str, *argv: str) -> Done:
    """A command with something on standard input."""
    out, err = io.StringIO(), io.StringIO()
    session = Session(terminal.folder / "workspace", terminal.folder, out, err, "en", terminal.store, terminal.reopen)
    return Done(run(argv, replace(session, given=given)), out.getvalue(), err.getvalue())


@pytest.fixture
def planned(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal on a Thursday, with a mail server, an owner and an accountant."""
    monkeypatch.setenv("KPI_NOW", "2026-11-05T12:00")
    terminal.store()
    people = People(terminal.folder / "workspace")
    people.persons.admit(people.persons.add("olga@example.org", "Ольга"), Membership("", "owner"))
    people.close()
    mail = ("--kind", "mail", "--host", "mail.example.org", "--sender", "kpi@example.org", "--user", "kpi")
    assert told(terminal, f"password={PASSWORD}\n", "channel", "set", "mail", *mail).status == 0
    assert terminal("addressee", "add", "Бухгалтер", "--email", "buh@example.org", "--money", "rounded").status == 0
    return terminal


def test_a_channel_is_listed_without_its_secret(planned: Terminal) -> None:
    (listed,) = planned("channel", "list", "--json").json
    assert listed["settings"] == {"host": "mail.example.org", "sender": "kpi@example.org", "user": "kpi"}
    assert (listed["secrets"], listed["unreadable"]) == (["password"], [])
    said = planned("channel", "list").out + planned("channel", "list", "--json").out
    assert PASSWORD not in said
    assert planned("channel", "remove", "mail").status == 0
    assert planned("channel", "list", "--json").json == []


def test_a_channel_that_cannot_be_says_why(terminal: Terminal) -> None:
    done = told(terminal, "", "channel", "set", "bot", "--kind", "telegram")
    assert done.status == 1
    assert "Token of the bot" in done.err


def test_a_test_goes_out_at_once(terminal: Terminal) -> None:
    mailbox, bot = Mailbox(), BotApi()
    controller = mail_server(mailbox)
    try:
        server = ("--host", "127.0.0.1", "--port", str(controller.port), "--security", "none")
        assert told(terminal, "", "channel", "set", "m", "--kind", "mail", *server, "--sender", "a@b.ru").status == 0
        assert terminal("channel", "test", "m").status == 1
        done = terminal("channel", "test", "m", "--to", "me@example.org", "--json")
        assert done.json["sent"] is True
        mailbox.data.append("550 no")
        refused = terminal("channel", "test", "m", "--to", "me@example.org")
        assert refused.status == 1
        assert "550 no" in refused.err
    finally:
        controller.stop()
    with served(bot):
        set_up = told(terminal, TOKEN, "channel", "set", "b", "--kind", "telegram", "--address", bot.url)
        assert set_up.status == 0, set_up.err
        assert terminal("channel", "test", "b", "--to", "777").status == 0
    assert ([mail["To"] for mail in mailbox.mails], [sent.chat for sent in bot.sent]) == (["me@example.org"], ["777"])


def test_a_schedule_with_what_it_needs_is_one_line(planned: Terminal) -> None:
    done = planned("schedule", "add", "--channel", "mail", "--to", "owner", "--to", "Бухгалтер", "--json")
    assert done.status == 0, done.err
    made = done.json
    assert made["next"] == "2026-11-09 09:00:00+03:00"
    assert made["when"]["weekdays"] == [1]
    assert (made["to"]["roles"], made["to"]["addressees"]) == (["owner"], [1])
    assert (made["what"]["edition"], made["what"]["forms"]) == ("week", ["pdf"])
    line = planned("schedule", "list").out
    assert "on Mondays at 9:00" in line
    assert "owners, Бухгалтер" in line
    planned.language = "ru"
    line = planned("schedule", "list").out
    assert "по понедельникам в 9:00" in line
    assert "владельцы, Бухгалтер" in line


def test_other_rhythms(planned: Terminal) -> None:
    def coming(*argv: str) -> str:
        done = planned("schedule", "add", "--channel", "mail", "--to", "olga@example.org", *argv, "--json")
        assert done.status == 0, done.err
        return str(done.json["next"])

    assert coming("--day", "last", "--at", "18:30", "--edition", "month") == "2026-11-30 18:30:00+03:00"
    assert coming("--day", "1", "--quiet", "weekends") == "2026-12-01 09:00:00+03:00"
    assert coming("--on", "thu,fri", "--at", "11:00") == "2026-11-06 11:00:00+03:00"
    assert planned("schedule", "zone", "Asia/Vladivostok", "--json").json == {"zone": "Asia/Vladivostok"}
    assert [one["next"][-6:] for one in planned("schedule", "list", "--json").json] == ["+10:00"] * 3


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ((), "Choose who gets it"),
        (("--to", "nobody"), "nobody"),
        (("--to", "ownr"), "owner"),
        (("--to", "owner", "--on", "monday"), "monday"),
        (("--to", "owner", "--day", "32"), "1 to 31"),
        (("--to", "owner", "--day", "0"), "1 to 31"),
        (("--to", "owner", "--day", "first"), "first"),
        (("--to", "owner", "--for", "everyone"), "folder"),
        (("--to", "owner", "--for", "team=Нет такой"), "Нет такой"),
        (("--to", "owner", "--waits", "1000"), "60"),
    ],
)
def test_a_schedule_that_could_never_go_out(planned: Terminal, argv: tuple[str, ...], words: str) -> None:
    done = planned("schedule", "add", "--channel", "mail", *argv)
    assert done.status == 1
    assert words in done.err
    assert planned("schedule", "list", "--json").json == []


def test_pausing_going_on_and_taking_away(planned: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    planned("schedule", "add", "--channel", "mail", "--to", "owner")
    assert planned("schedule", "pause", "1").status == 0
    assert planned("schedule", "list", "--json").json[0]["next"] is None
    assert planned("schedule", "go-on", "1").status == 0
    assert planned("schedule", "list", "--json").json[0]["next"] is not None
    assert planned("schedule", "remove", "1").status == 0
    assert planned("schedule", "list", "--json").json == []
    assert planned("schedule", "remove", "1").status == 1


def test_where_people_are_reached(planned: Terminal) -> None:
    done = planned("addressee", "person", "olga@example.org", "--chat", "777", "--json")
    assert done.json == {"login": "olga@example.org", "email": "olga@example.org", "chat": "777"}
    assert planned("addressee", "person", "olga@example.org", "--email", "wrong").status == 1
    assert planned("addressee", "person", "nobody").status == 1
    listed = planned("addressee", "list", "--json").json
    assert [(one["name"], one["money"], one["where"]) for one in listed] == [("Бухгалтер", "rounded", {})]
    assert planned("addressee", "remove", "1").status == 0
    assert planned("addressee", "list", "--json").json == []


def test_the_log_before_anything_went_out(terminal: Terminal) -> None:
    assert terminal("deliveries", "--json").json == []
    assert terminal("deliveries", "resend", "7").status == 1


def test_secrets_are_read_from_standard_input_or_the_environment_only(tmp_path: Path) -> None:
    argv = [sys.executable, "-m", "kpi", "--workspace", str(tmp_path / "ws"), "channel", "set", "bot", "--json"]
    kind = ["--kind", "telegram"]
    usage = subprocess.run([*argv, *kind, "--token", "x"], capture_output=True, text=True, check=False)
    assert usage.returncode == 2
    done = subprocess.run([*argv, *kind], input="token=from-stdin", capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["id"] == 1, done.stderr
    environment = {**os.environ, "KPI_SECRET": "from-the-environment"}
    again = subprocess.run(
        [*argv, *kind], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert again.returncode == 0, again.stderr


def test_secrets_with_and_without_their_name() -> None:
    assert secret.named("a=b", ("password",)) == {"password": "a=b"}
    assert secret.named("password=a=b\n", ("password",)) == {"password": "a=b"}
    assert secret.named("url=https://x?y=1\nsecret=s\n", ("url", "secret")) == {"url": "https://x?y=1", "secret": "s"}
    assert secret.named("", ("password",)) == {}
