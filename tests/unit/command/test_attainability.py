"""`attainability`."""

from pathlib import Path

import pytest

from tests.example import NOW, copied
from tests.unit.command.conftest import Terminal


@pytest.fixture
def demo(example: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("KPI_NOW", NOW.isoformat())
    copied(example, terminal.folder)
    return terminal


def test_targets_in_force_and_a_suggestion(demo: Terminal) -> None:
    (answer,) = demo("attainability", "addon_rate", "--json").json
    assert answer["kpi"] == "addon_rate"
    whole = next(t for t in answer["targets"] if t["dimension"] is None)
    star = next(t for t in answer["targets"] if t["member"] == "Руслан Ахметов")
    assert whole["target"] == {"good_low": 20.0, "ok_low": 15.0}
    assert star["reach"] == "effortless"
    assert star["chance"] > 0.95
    assert whole["chance"] < star["chance"]
    assert 12 <= star["periods"] <= 24
    assert answer["suggestion"]["reason"] in ("best_quarter", "best_months")


def test_in_words_and_of_the_key_kpis(demo: Terminal) -> None:
    out = demo("attainability").out
    assert "Jobs with an add-on" in out
    assert "met without effort already" in out
    russian = Terminal(Path(demo.folder), "ru", demo.opened)
    assert "достигается без усилий" in russian("attainability", "addon_rate").out
    assert demo("attainability", "addon_rat").status == 1
