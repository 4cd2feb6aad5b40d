"""`survey create`, `link`, `results`, `close`, `delete`."""

import xml.etree.ElementTree as ElementTree

import pytest

from kpi.command.workspace import survey_address
from tests.unit.command.conftest import Terminal
from tests.unit.surveys.asked import answer, answer_all


def tokens(terminal: Terminal, number: int) -> list[str]:
    found = terminal("survey", "link", str(number), "--json").json["links"]
    return [address.rpartition("/s/")[2] for one in found for address in one["links"]]


def test_a_survey_from_its_making_to_its_results(terminal: Terminal) -> None:
    made = terminal("survey", "create", "enps", "--by", "team=A", "--by", "team=B", "--json").json
    assert (made["survey"], made["audience"], made["answers"]) == (1, "staff", 0)
    assert [one["group"] for one in made["links"]] == [{"team": "A"}, {"team": "B"}]
    a, b = tokens(terminal, 1)
    answer_all(terminal.store(), a, [10] * 5)
    answer_all(terminal.store(), b, [0] * 4)
    running = terminal("survey", "results", "1", "--json").json
    assert (running["answers"], running["is_shown"], running["hidden"], running["groups"]) == (9, False, "running", [])
    assert "all at once" in terminal("survey", "results", "1").out
    assert terminal("survey", "close", "1").status == 0
    told = terminal("survey", "results", "1", "--json").json
    assert told["is_shown"]
    assert told["value"] == pytest.approx(100 / 9)
    assert told["low"] < told["value"] < told["high"]
    assert told["groups"] == []
    (row,) = terminal("value", "enps", "--format", "json").json
    assert row["value"] == pytest.approx(told["value"])
    assert "11.1" in terminal("survey", "results", "1").out
    assert terminal("survey", "close", "1").status == 1


def test_questions_of_the_owner_and_invitations(terminal: Terminal) -> None:
    asked = ("--question", "Enough light", "--question", "Enough time")
    made = terminal("survey", "create", "pulse", *asked, "--invitations", "5", "--json").json
    assert [len(one["links"]) for one in made["links"]] == [5]
    assert made["links"][0]["is_one_time"]
    for token in tokens(terminal, 1):
        assert answer(terminal.store(), token, 5, 1) == "taken"
    terminal("survey", "close", "1")
    told = terminal("survey", "results", "1", "--json").json
    assert [(one["question"], one["value"]) for one in told["questions"]] == [("Enough light", 100), ("Enough time", 0)]
    assert told["value"] == 50


def test_an_audit_is_ranked_and_codes_are_written(terminal: Terminal) -> None:
    assert terminal("survey", "create", "pain", "--audience", "client").status == 0
    terminal("survey", "link", "1", "--qr", "codes")
    (code,) = (terminal.folder / "codes").glob("*.svg")
    assert ElementTree.fromstring(code.read_text(encoding="utf-8")).tag.endswith("svg")
    for _ in range(5):
        answer(terminal.store(), tokens(terminal, 1)[0], *[0] * 9, 3, comment="slow")
    told = terminal("survey", "results", "1", "--json").json
    assert told["value"] is None
    assert [one["value"] for one in told["questions"]][:2] == [100, 0]
    assert told["questions"][0]["code"] == "client_repair"
    assert told["comments"] == ["slow"] * 5


def test_what_is_wrong_is_said(terminal: Terminal) -> None:
    assert terminal("survey").out == "There is no survey yet.\n"
    for wrong in (
        ("results", "7"),
        ("link", "7"),
        ("create", "nps", "--audience", "staff"),
        ("create", "nps", "--by", "team=A", "--by", "branch=B"),
    ):
        done = terminal("survey", *wrong)
        assert (done.status, done.out) == (1, ""), wrong
        assert done.err
    assert terminal("survey", "create", "gallup").status == 2


def test_a_list_and_deleting(terminal: Terminal) -> None:
    terminal("survey", "create", "nps", "--title", "After the visit")
    (one,) = terminal("survey", "--json").json
    assert (one["title"], one["until"], one["is_over"]) == ("After the visit", None, False)
    assert "After the visit" in terminal("survey").out
    assert terminal("survey", "delete", "1").status == 0
    assert terminal("survey", "--json").json == []


def test_links_begin_with_the_address_the_owner_named(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal("survey", "create", "nps")
    assert "this computer only" in terminal("survey", "link", "1").err
    monkeypatch.setenv("KPI_SURVEY_URL", "https://surveys.example.ru/")
    done = terminal("survey", "link", "1")
    assert done.out.startswith("https://surveys.example.ru/s/")
    assert done.err == ""
    monkeypatch.setenv("KPI_SURVEY_URL", "auto")
    base, is_public = survey_address(terminal.folder / "workspace")
    assert base.startswith("http://")
    assert is_public == ("localhost" not in base)
