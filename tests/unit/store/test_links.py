"""Links: a token opens what it was made for until it is taken back or over, and is nowhere to be read."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.access.visitor import NO_SCOPE, of_link, own_name, personal_link
from data.errors import UnknownName, UserError
from data.model import Scope
from data.store.entries import Entries, NewLink

NOW = datetime(2026, 11, 23, 12)


@pytest.fixture
def entries(tmp_path: Path) -> Iterator[Entries]:
    made = Entries(tmp_path / "app.sqlite", lambda: NOW)
    yield made
    made.close()


def scope(entries: Entries, token: str) -> Scope:
    """What a token shows."""
    link = entries.links.find(token)
    return of_link(entries, link) if link is not None else NO_SCOPE


def test_a_token_opens_its_own_person_s_rows_and_page(entries: Entries) -> None:
    _, token = entries.links.create(personal_link("Анна"))
    entries.links.create(personal_link("Борис"))
    shown = scope(entries, token)
    assert shown == Scope("viewer", frozenset({"people", "bonus"}), (("employee", ("Анна",)),))
    assert own_name(shown) == "Анна"
    assert [one.where for one in entries.links.of("employee", "Анна")] == [(("employee", ("Анна",)),)]


def test_a_link_shows_what_was_chosen_for_it(entries: Entries) -> None:
    new = NewLink(
        frozenset({"overview", "finance"}), "finance", (("team", ("А", "Б")),), "Банк", {"kpi": ("revenue",)},
        date(2026, 1, 1), date(2026, 6, 30), "rounded", timedelta(days=3), None, "Ольга",
    )  # fmt: skip
    number, token = entries.links.create(new)
    shown = scope(entries, token)
    assert shown == Scope("viewer", new.pages, (("team", ("А", "Б")),), date(2026, 1, 1), date(2026, 6, 30), "rounded")
    link = entries.links.all()[number - 1]
    assert (link.title, link.page, link.view, link.created_by) == ("Банк", "finance", {"kpi": ("revenue",)}, "Ольга")
    assert (link.expires_at, link.opened, link.opened_at) == (NOW + timedelta(days=3), 0, None)
    entries.links.note_opened(link)
    entries.links.note_opened(link)
    assert (entries.links.all()[0].opened, entries.links.all()[0].opened_at) == (2, NOW)


def test_a_link_taken_back_opens_nothing(entries: Entries) -> None:
    number, token = entries.links.create(personal_link("Анна"))
    entries.links.revoke(number)
    assert scope(entries, token) == NO_SCOPE
    assert entries.links.get(number) is None
    assert entries.links.of("employee", "Анна") == ()
    with pytest.raises(UnknownName):
        entries.links.revoke(number)


@pytest.mark.parametrize("token", ["", "x", "None", "' or 1=1 --"])
def test_a_token_nobody_gave_out_opens_nothing(entries: Entries, token: str) -> None:
    entries.links.create(personal_link("Анна"))
    assert scope(entries, token) == NO_SCOPE


@pytest.mark.parametrize(
    "wrong",
    [
        {"page": "finance"},
        {"since": date(2026, 2, 1), "until": date(2026, 1, 1)},
        {"lasts": timedelta(0)},
        {"where": (("team", ()),)},
    ],
)
def test_what_would_show_nothing_or_something_else_is_not_made(entries: Entries, wrong: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        entries.links.create(NewLink(**{"pages": frozenset({"overview"}), "page": "overview"} | wrong))
    assert entries.links.all() == ()


def test_tokens_are_long_and_not_kept(entries: Entries, tmp_path: Path) -> None:
    tokens = [entries.links.create(personal_link("Анна"))[1] for _ in range(3)]
    assert len({*tokens}) == 3
    assert all(len(token) >= 43 for token in tokens)  # 256 bits, six a letter
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not [token for token in tokens if token.encode() in kept]


def test_a_merged_spelling_still_opens_the_person(entries: Entries) -> None:
    _, token = entries.links.create(personal_link("Аня"))
    entries.merges.enter("Анна", ["Аня"])
    assert own_name(scope(entries, token)) == "Анна"
