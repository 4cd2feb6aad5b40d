"""Links: a token opens what it was made for until it is taken back, and is nowhere to be read."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from data.access import visitor
from data.errors import UnknownName
from data.store.entries import Entries

NOW = datetime(2026, 11, 23, 12)


@pytest.fixture
def entries(tmp_path: Path) -> Iterator[Entries]:
    made = Entries(tmp_path / "app.sqlite", lambda: NOW)
    yield made
    made.close()


def test_a_token_opens_its_own_person_s_rows_and_page(entries: Entries) -> None:
    _, token = entries.links.create("employee", "Анна")
    entries.links.create("employee", "Борис")
    scope = visitor.of_token(entries, token)
    assert scope.where == (("employee", ("Анна",)),)
    assert scope.pages == frozenset({"people", "bonus"})
    assert visitor.own_name(scope) == "Анна"
    assert entries.links.of("employee", "Анна")[0].opened_on == date(2026, 11, 23)


def test_a_link_taken_back_opens_nothing(entries: Entries) -> None:
    number, token = entries.links.create("employee", "Анна")
    entries.links.revoke(number)
    assert visitor.of_token(entries, token) == visitor.NOBODY
    assert entries.links.of("employee", "Анна") == ()
    with pytest.raises(UnknownName):
        entries.links.revoke(number)


@pytest.mark.parametrize("token", ["", "x", "None", "' or 1=1 --"])
def test_a_token_nobody_gave_out_opens_nothing(entries: Entries, token: str) -> None:
    entries.links.create("employee", "Анна")
    assert visitor.of_token(entries, token) == visitor.NOBODY


def test_tokens_are_long_and_not_kept(entries: Entries, tmp_path: Path) -> None:
    tokens = [entries.links.create("employee", "Анна")[1] for _ in range(3)]
    assert len({*tokens}) == 3
    assert all(len(token) >= 43 for token in tokens)  # 256 bits, six a letter
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not [token for token in tokens if token.encode() in kept]


def test_a_merged_spelling_still_opens_the_person(entries: Entries) -> None:
    _, token = entries.links.create("employee", "Аня")
    entries.merges.enter("Анна", ["Аня"])
    assert visitor.own_name(visitor.of_token(entries, token)) == "Анна"
