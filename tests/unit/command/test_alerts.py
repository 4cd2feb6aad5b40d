"""`alerts`: what is open, acknowledged, told; its rules."""

from pathlib import Path

import pytest

from data.store.store import Store
from kpi.delivery.kinds import set_up
from tests.unit.command.conftest import Terminal
from tests.unit.store.files import load, opened

REVIEWS = ["review_id,created_at,rating,text", "1,2026-11-20,1,Опоздали", "2,2026-11-21,2,Грубили", "3,2026-11-22,5,Да"]


@pytest.fixture
def reviewed(tmp_path: Path) -> Terminal:
    """Two bad reviews of the last days, by the tests' clock."""
    store: Store = opened(tmp_path)
    load(store, tmp_path, "reviews.csv", "reviews", REVIEWS)
    terminal = Terminal(tmp_path)
    terminal.opened.append(store)
    return terminal


def test_what_is_open_is_looked_for_and_nobody_is_told(reviewed: Terminal) -> None:
    found = reviewed("alerts", "--json").json
    assert [(row["kind"], row["value"], row["state"]) for row in found] == [
        ("review", 1.0, "open"), ("review", 2.0, "open"),
    ]  # fmt: skip
    assert found[0]["text"] == "20\xa0Nov\xa02026: «Опоздали»."
    assert reviewed("alerts", "--json").json == found  # looked again: the same alerts
    assert "Опоздали" in reviewed("alerts").out
    assert reviewed.store().entries.alerts.messages.since(reviewed.store().clock().date()) == ()


def test_acknowledged_and_over(reviewed: Terminal) -> None:
    first, second = (row["id"] for row in reviewed("alerts", "--json").json)
    assert reviewed("alerts", "ack", str(first)).status == 0
    states = {row["id"]: row["state"] for row in reviewed("alerts", "--json").json}
    assert states == {first: "acknowledged", second: "open"}
    assert reviewed("alerts", "ack", "99").status == 1
    reviewed.store().undo(1)
    assert reviewed("alerts", "--json").json == []
    assert "Nothing is open" in reviewed("alerts").out
    over = reviewed("alerts", "--since", "2026-11-01", "--json").json
    assert {row["state"] for row in over} == {"over"}


def test_rules_are_added_changed_and_removed(reviewed: Terminal) -> None:
    assert "Nobody is told" in reviewed("alerts", "rules").out
    added = reviewed("alerts", "rules", "add", "--kind", "review", "--rating", "1", "--to", "lead",
                     "--quiet", "22:00-07:30", "--quiet-days", "weekends")  # fmt: skip
    assert added.status == 0, added.err
    (rule,) = reviewed("alerts", "rules", "--json").json
    assert (rule["kinds"], rule["rating"], rule["to"]) == (["review"], 1.0, ["lead"])
    assert rule["quiet"] == {"since": "22:00", "until": "07:30", "weekends": True, "holidays": False}
    assert [row["value"] for row in reviewed("alerts", "--json").json] == [1.0]
    assert reviewed("alerts", "rules", "change", "1", "--rating", "2", "--quiet", "none").status == 0
    (rule,) = reviewed("alerts", "rules", "--json").json
    assert (rule["rating"], rule["quiet"], rule["to"]) == (2.0, None, ["lead"])
    assert reviewed("alerts", "rules", "off", "1").status == 0
    assert reviewed("alerts", "rules", "--json").json[0]["active"] is False
    assert reviewed("alerts", "rules", "on", "1").status == 0
    assert reviewed("alerts", "rules", "remove", "1").status == 0
    assert reviewed("alerts", "rules", "--json").json == []


@pytest.mark.parametrize(
    "wrong", [("--kpi", "revenu"), ("--channel", "no such"), ("--quiet", "night"), ("--cooldown", "-3")]
)
def test_mistakes_are_named(reviewed: Terminal, wrong: tuple[str, str]) -> None:
    told = reviewed("alerts", "rules", "add", *wrong)
    assert (told.status, bool(told.err)) == (1, True)
    assert reviewed("alerts", "rules", "--json").json == []


def test_due_tells_by_a_folder_once(reviewed: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    set_up(reviewed.store(), "folder", "folder", {"path": str(folder)})
    assert reviewed("alerts", "rules", "add", "--channel", "folder", "--quiet", "none").status == 0
    done = reviewed("alerts", "--due", "--json").json
    assert done == {"messages": 1, "deliveries": {"sent": 1}}
    assert reviewed("alerts", "--due", "--json").json == {"messages": 0, "deliveries": {}}
    told = "".join(path.read_text("utf-8", "replace") for path in folder.rglob("*") if path.is_file())
    assert "Опоздали" in told
