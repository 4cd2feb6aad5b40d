"""Views saved under a name."""

from datetime import datetime
from pathlib import Path

import pytest

from data.errors import UnknownName, UserError
from data.store.entries import Entries


@pytest.fixture
def entries(tmp_path: Path) -> Entries:
    return Entries(tmp_path / "app.sqlite", lambda: datetime(2026, 11, 5))


def test_a_view_reads_back_as_it_was_saved(entries: Entries) -> None:
    params = {"kpi": ["rework_rate"], "team": ["Бригада 1", ""], "compare": ["employee:Анна"]}
    number = entries.saved_views.save("  Понедельник \n утром ", "quality", params)
    (view,) = entries.saved_views.all()
    assert (view.id, view.name, view.page) == (number, "Понедельник утром", "quality")
    assert {name: list(values) for name, values in view.params.items()} == params


def test_no_two_views_have_one_name_however_it_is_written(entries: Entries) -> None:
    first = entries.saved_views.save("Север", "quality", {})
    second = entries.saved_views.save("Юг", "quality", {})
    for taken in ("север", " СЕВЕР "):
        with pytest.raises(UserError):
            entries.saved_views.save(taken, "team", {})
        with pytest.raises(UserError):
            entries.saved_views.rename(second, taken)
    entries.saved_views.rename(first, "СЕВЕР")  # its own name in other letters
    assert [view.name for view in entries.saved_views.all()] == ["СЕВЕР", "Юг"]


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_a_view_needs_a_name(entries: Entries, name: str) -> None:
    with pytest.raises(UserError):
        entries.saved_views.save(name, "quality", {})


def test_a_deleted_view_is_gone_and_cannot_be_renamed(entries: Entries) -> None:
    number = entries.saved_views.save("Север", "quality", {})
    entries.saved_views.delete(number)
    assert entries.saved_views.all() == ()
    with pytest.raises(UnknownName):
        entries.saved_views.rename(number, "Юг")
    assert entries.saved_views.save("Север", "quality", {})
