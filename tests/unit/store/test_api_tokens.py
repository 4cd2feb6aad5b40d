"""Tokens of the API: kept as hashes, good for what they were made for, until they are taken back or over."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from data.access.visitor import of_token
from data.errors import UserError
from data.model import Scope
from data.store.entries import Card, Entries, NewToken

NOW = datetime(2026, 11, 23, 12)
FINANCE = frozenset({"finance"})


@pytest.fixture
def entries(tmp_path: Path) -> Iterator[Entries]:
    made = Entries(tmp_path / "app.sqlite", lambda: NOW)
    yield made
    made.close()


def test_a_token_shows_what_was_chosen_for_it(entries: Entries, tmp_path: Path) -> None:
    new = NewToken(
        FINANCE, "1С", (("team", ("А", "Б")),), date(2026, 1, 1), date(2026, 6, 30), "rounded", timedelta(days=3),
        Card("revenue", "week", True), ("https://example.org",), "Ольга",
    )  # fmt: skip
    _, text = entries.api_tokens.create(new)
    found = entries.api_tokens.find(text)
    assert found is not None
    shown = Scope("viewer", FINANCE, (("team", ("А", "Б")),), date(2026, 1, 1), date(2026, 6, 30), "rounded")
    assert of_token(entries, found) == shown
    assert (found.card, found.sites, found.title, found.created_by) == (new.card, new.sites, "1С", "Ольга")
    assert found.expires_at == NOW + timedelta(days=3)
    entries.api_tokens.note_used(found.id)
    entries.api_tokens.note_used(found.id, 3)
    assert (entries.api_tokens.all()[0].used, entries.api_tokens.all()[0].used_at) == (4, NOW)
    assert len(text) == 43
    assert text.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_a_merged_spelling_is_still_the_person(entries: Entries) -> None:
    _, text = entries.api_tokens.create(NewToken(FINANCE, where=(("employee", ("Аня",)),)))
    entries.merges.enter("Анна", ["Аня"])
    found = entries.api_tokens.find(text)
    assert found is not None
    assert of_token(entries, found).where == (("employee", ("Анна",)),)


@pytest.mark.parametrize("text", ["", "x", "None", "' or 1=1 --", "\ud800".encode("utf-8", "surrogatepass").hex()])
def test_what_nobody_gave_out_answers_nothing(entries: Entries, text: str) -> None:
    entries.api_tokens.create(NewToken(FINANCE))
    assert entries.api_tokens.find(text) is None


@pytest.mark.parametrize(
    "new",
    [
        NewToken(frozenset()),
        NewToken(FINANCE, since=date(2026, 2, 1), until=date(2026, 1, 1)),
        NewToken(FINANCE, lasts=timedelta(0)),
        NewToken(FINANCE, where=(("team", ()),)),
        NewToken(FINANCE, sites=("https://example.org",)),
        NewToken(FINANCE, card=Card("revenue"), sites=("http://example.org",)),
        NewToken(FINANCE, card=Card("revenue"), sites=("https://*",)),
        NewToken(FINANCE, card=Card("revenue"), sites=("https://a.b\n",)),
        NewToken(FINANCE, card=Card("revenue"), sites=("'none'",)),
        NewToken(FINANCE, card=Card("revenue"), sites=tuple(f"https://a{n}.b" for n in range(11))),
    ],
)
def test_what_would_show_nothing_or_too_much_is_not_made(entries: Entries, new: NewToken) -> None:
    with pytest.raises(UserError):
        entries.api_tokens.create(new)
    assert entries.api_tokens.all() == ()
