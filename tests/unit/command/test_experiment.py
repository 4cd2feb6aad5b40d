"""`experiment`: planned, entered, looked at and decided without a browser."""

import pytest

from tests.oracle.experiment.small import TABLE, lines
from tests.unit.command.conftest import Terminal

DESIGN = """
title = "New titles"
kpi = "contact_rate"
dimension = "ad_id"
a = ["a1", "a2"]
b = ["b1", "b2"]
start = 2026-09-21
days = 56
matters = 10
[guards]
cost_per_contact = 20
"""


@pytest.fixture
def advertised(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal whose workspace holds the ads of the oracle."""
    monkeypatch.setenv("KPI_NOW", "2026-11-23T12:00")
    terminal.write("ads.csv", "\n".join(lines(TABLE)) + "\n")
    done = terminal("import", "ads.csv", "--fact", "ads")
    assert done.status == 0, done.err
    terminal.write("design.toml", DESIGN)
    return terminal


def test_nothing_yet(terminal: Terminal) -> None:
    assert terminal("experiment", "--json").json == []
    assert "No experiment" in terminal("experiment").out


def test_planned_entered_looked_at_and_decided(advertised: Terminal) -> None:
    plan = advertised("experiment", "plan", "design.toml", "--json")
    assert plan.status == 0, plan.err
    assert plan.json["days_before"] == 56
    assert set(plan.json["detectable_percent"]) == {"14", "28", "42", "56", "84"}
    assert advertised("experiment", "--json").json == []
    assert advertised("experiment", "create", "design.toml", "--who", "Anna", "--json").json == {"id": 1}
    (one,) = advertised("experiment", "--json").json
    assert (one["verdict"], one["state"], one["days"], one["until"]) == ("b", "running", 56, "2026-11-15")
    effect = one["effect"]["percent"]
    assert 0 < effect["low"] < effect["value"] < effect["high"]
    assert len(one["effect"]["sequence"]) == 56 - 13
    assert one["effect"]["sequence"][-1]["effect"] == effect["value"]
    assert one["guards"][0]["kpi"] == "cost_per_contact"
    assert "entered_late" in {check["code"] for check in one["checks"]}
    assert "is better" in one["sentence"]
    assert one["plan"] == plan.json
    assert advertised("experiment", "list", "--json").json == [one]
    assert advertised("experiment", "show", "1", "--json").json == one
    assert advertised("experiment", "decide", "1", "b", "--who", "Anna", "--note", "Titles work").status == 0
    now = advertised("experiment", "show", "1", "--json").json
    assert (now["decided"], now["decided_by"], now["note"], now["state"]) == ("b", "Anna", "Titles work", "decided")
    assert [version["action"] for version in now["history"]] == ["create", "decide"]
    text = advertised("experiment", "show", "1").out
    assert "New titles" in text
    assert "Titles work" in text
    assert "New titles" in advertised("experiment").out
    assert advertised("experiment", "stop", "1").status == 1
    assert advertised("experiment", "reopen", "1").status == 0
    assert advertised("experiment", "note", "1", "Once more").status == 0
    assert advertised("experiment", "remove", "1").status == 0
    assert advertised("experiment", "--json").json == []


def test_arguments_come_before_the_file(advertised: Terminal) -> None:
    made = advertised(
        "experiment", "create", "design.toml", "--title", "Otherwise", "--days", "28", "--guard", "contacts=30",
        "--where", "city=City", "--b", "b1", "--worth", "300",
    )  # fmt: skip
    assert made.status == 0, made.err
    design = advertised("experiment", "show", "1", "--json").json["design"]
    assert (design["title"], design["end"], design["b"], design["worth"]) == ("Otherwise", "2026-10-18", ["b1"], 300)
    assert design["guards"] == {"contacts": 30}
    assert design["where"] == {"city": ["City"]}


def test_from_arguments_alone(advertised: Terminal) -> None:
    made = advertised(
        "experiment", "create", "--title", "T", "--kpi", "view_rate", "--dimension", "ad_id", "--a", "a1", "--b", "b1",
        "--start", "2026-12-01", "--matters", "0.5", "--absolute",
    )  # fmt: skip
    assert made.status == 0, made.err
    assert "begins on" in made.out
    one = advertised("experiment", "show", "1", "--json").json
    assert (one["state"], one["design"]["matters_in"], one["effect"]["percent"]) == ("planned", "absolute", None)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (("--kpi", "contact_rat"), "contact_rate"),
        (("--b", "b9"), "Not in the data: b9"),
        (("--b", "a1"), "both arms"),
        (("--days", "7"), "14 to 731"),
        (("--guard", "contacts=much"), "is a number"),
        (("--kpi", "revenue"), "no file"),
    ],
)
def test_what_is_refused_is_said(advertised: Terminal, more: tuple[str, ...], why: str) -> None:
    done = advertised("experiment", "create", "design.toml", *more)
    assert done.status == 1
    assert why in done.err
    assert advertised("experiment", "--json").json == []


def test_a_file_that_is_not_there(advertised: Terminal) -> None:
    assert "no file other.toml" in advertised("experiment", "plan", "other.toml").err
    assert advertised("experiment", "show", "3").status == 1
