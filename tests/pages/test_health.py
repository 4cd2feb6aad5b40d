"""Data health on the Data page: what needs a look, what a person answered, people under two spellings."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from data.store.store import Store
from pages._ui import session
from tests.pages.conftest import Open, shown
from tests.pages.test_upload import told
from tests.unit.store.files import load

HEAD = "order_id,finished_at,status,revenue,employee,service"
CLOSED = [date(2026, 10, 5) + timedelta(days=n) for n in range(6)]


@pytest.fixture
def untidy(workspace: Path, tmp_path: Path) -> Path:
    """Half a year of orders with a closed week, a column that became empty, and a person under two spellings."""
    lines, day = [HEAD], date(2026, 5, 1)
    while day <= date(2026, 11, 21):
        if day.weekday() < 6 and day not in CLOSED:
            service = "Стрижка" if day < date(2026, 10, 20) else ""
            names = ("Иванов И.", "Иван Иванов", "<b>Вера")
            lines += [f"{day}-{n},{day},done,{10 if n else ''},{names[n]},{service}" for n in range(3)]
        day += timedelta(days=1)
    with Store.open(workspace) as store:
        load(store, tmp_path, "orders.csv", "orders", lines)
    return workspace


def test_what_needs_a_look_is_told_and_answered(untidy: Path, app: Open) -> None:
    at = app("data", "ru")
    text = shown(at).replace("\N{NO-BREAK SPACE}", " ")
    assert "3 замечания" in text
    assert "столбец «Услуга» пуст с 20 окт. 2026" in text
    assert "нет строк за 5–10 окт. 2026" in text
    assert "«Иванов И.» и «Иван Иванов» — один человек?" in text
    assert "<b>Вера" not in text
    at.button(key="closed-1").click().run()
    assert "нет строк за" not in shown(at)
    at.button(key="right-0").click().run()
    assert "пуст с" not in shown(at)
    at.button(key="differ-0").click().run()
    assert "Да: свежие, без пропусков" in shown(at)


def test_a_person_is_merged_and_taken_apart(untidy: Path, app: Open) -> None:
    at = app("data", "ru")
    at.button(key="merge-0").click().run()
    told(at)
    assert "1 объединённое имя" in [box.label for box in at.expander]
    assert session.store().entries.merges.names() == {"Иванов И.": "Иван Иванов"}
    assert "один человек?" not in shown(at)
    at.button(key="apart-1").click().run()
    assert "один человек?" in told(at)
    assert session.store().entries.merges.names() == {}


def test_any_two_names_are_merged_by_hand(untidy: Path, app: Open) -> None:
    at = app("data", "ru")
    assert at.button(key="merge_by_hand").disabled
    at.selectbox(key="merge_spelling").select("<b>Вера").run()
    at.selectbox(key="merge_name").select("Иван Иванов").run()
    at.button(key="merge_by_hand").click().run()
    told(at)
    assert session.store().entries.merges.names() == {"<b>Вера": "Иван Иванов"}


def test_kpis_that_can_use_only_a_part_are_listed(untidy: Path, app: Open) -> None:
    at = app("data", "en")
    assert any("can use only a part" in box.label for box in at.expander)
    assert "66.7%" in shown(at)


def test_an_empty_workspace_says_nothing_of_health(app: Open) -> None:
    assert "Можно ли полагаться" not in shown(app("data", "ru"))
