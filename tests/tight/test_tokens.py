"""Tokens: 256 random bits each, and nothing that is nearly one opens anything."""

import base64
import itertools
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data.access.people import Membership, People
from data.access.visitor import NOBODY, of_session, personal_link
from data.store.entries import Entries
from data.store.token import BYTES, new_token
from tests.tight.place import Place, clock

pytestmark = pytest.mark.xdist_group("tight")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
ODD = ("", " ", "\x00", "=", "==", "\n", "/", "%", "?", "#", "é", "А", "0", "'", '"', "\u200b")
"""What is put before, after or into a token; the А is Cyrillic."""
Mutation = Callable[[str, random.Random], str]


def changed(token: str, chance: random.Random) -> str:
    place = chance.randrange(len(token))
    return token[:place] + chance.choice(LETTERS + "АВСЕН") + token[place + 1 :]


def swapped(token: str, chance: random.Random) -> str:
    place = chance.randrange(len(token) - 1)
    return token[:place] + token[place + 1] + token[place] + token[place + 2 :]


def cut(token: str, chance: random.Random) -> str:
    return token[: chance.randrange(len(token))] if chance.random() < 0.5 else token[chance.randrange(1, len(token)) :]


def grown(token: str, chance: random.Random) -> str:
    place = chance.choice((0, len(token), chance.randrange(len(token))))
    return token[:place] + chance.choice(ODD) + token[place:]


def other_case(token: str, chance: random.Random) -> str:
    return chance.choice((token.upper(), token.lower(), token.swapcase(), token[::-1], f"{token}{token}"))


def same_bits(token: str, chance: random.Random) -> str:
    """Another spelling of the same bytes: the last letter holds two bits that say nothing."""
    spelled = LETTERS.index(token[-1])
    return token[:-1] + LETTERS[spelled ^ chance.randrange(1, 4)]


def mixed(token: str, chance: random.Random) -> str:
    return "".join(chance.choice((letter, chance.choice(LETTERS))) for letter in token)


def guessed(_token: str, chance: random.Random) -> str:
    return "".join(chance.choices(LETTERS, k=43))


MUTATIONS: tuple[Mutation, ...] = (changed, swapped, cut, grown, other_case, same_bits, mixed, guessed)


def mutants(tokens: tuple[str, ...], seed: int) -> Iterator[str]:
    """Without end, none of them a token."""
    chance = random.Random(seed)
    while True:
        made = chance.choice(MUTATIONS)(chance.choice(tokens), chance)
        if made not in tokens:
            yield made


@pytest.fixture
def given(tmp_path: Path) -> Iterator[tuple[Entries, People, dict[str, tuple[str, ...]]]]:
    """Links, sessions, one-time links, and their tokens by kind."""
    entries, people = Entries(tmp_path / "app.sqlite", clock), People(tmp_path, clock)
    links = tuple(entries.links.create(personal_link(f"N{n}"))[1] for n in range(20))
    number = people.persons.add("anna", "Анна")
    people.persons.admit(number, Membership("", "owner"))
    sessions = tuple(people.sessions.begin("", "x", person=number) for _ in range(10))
    sessions += tuple(people.sessions.begin("", "x", link=n + 1) for n in range(10))
    people.persons.admit(people.persons.add("boris", "Борис"), Membership("", "viewer"))
    invitations = (people.invitations.make("invitation", 2, ""), people.invitations.make("owner", None, ""))
    yield entries, people, {"links": links, "sessions": sessions, "invitations": invitations}
    entries.close()
    people.close()


def accepted(entries: Entries, people: People, tokens: dict[str, tuple[str, ...]], times: int) -> list[str]:
    """The mutants that opened something."""
    every, found = tuple(token for kind in tokens.values() for token in kind), []
    for token, _ in zip(mutants(every, times), range(times), strict=False):
        known = of_session(people, lambda _: entries, token)
        if known != NOBODY or entries.links.find(token) or people.invitations.find(token):
            found.append(token)
    return found


def test_no_mutant_is_taken(given: tuple[Entries, People, dict[str, tuple[str, ...]]]) -> None:
    entries, people, tokens = given
    for kind, found in (("links", entries.links.find), ("invitations", people.invitations.find)):
        assert all(found(token) for token in tokens[kind])  # or it would prove nothing
    assert all(of_session(people, lambda _: entries, token) != NOBODY for token in tokens["sessions"])
    assert accepted(*given, 3_000) == []


@pytest.mark.slow
def test_none_of_a_million_mutants_is_taken(given: tuple[Entries, People, dict[str, tuple[str, ...]]]) -> None:
    assert accepted(*given, 1_000_000) == []


def test_a_token_has_256_bits_and_each_is_as_good_as_the_other() -> None:
    made = [base64.urlsafe_b64decode(f"{new_token()}=") for _ in range(4000)]
    assert {len(token) for token in made} == {BYTES} == {32}
    assert len({*made}) == len(made)
    set_ = [sum(token[bit // 8] >> bit % 8 & 1 for token in made) for bit in range(256)]
    assert all(abs(count - 2000) < 6 * 31.7 for count in set_)  # six standard deviations of a fair coin


@pytest.mark.parametrize("times", [100, pytest.param(1_000, marks=pytest.mark.slow)])
def test_no_mutant_is_taken_by_the_server(place: Place, times: int) -> None:
    cookies = (place.owner, place.viewer, place.guest)
    tokens = (*place.tokens.values(), *(cookie.partition("=")[2] for cookie in cookies))
    plain = (token for token in mutants(tokens, times) if re.fullmatch(r"[!-~]+", token) and not {*token} & {*'";,'})
    ways, looked_at = itertools.cycle(("/l/", "/p/", "/welcome/", "/s/")), 0
    with place.browser() as browser:
        for token, way, _ in zip(plain, ways, range(times), strict=False):
            answer = browser.get(way + "".join(f"%{byte:02X}" for byte in token.encode()))
            assert answer.status_code in (303, 404, 429), token
            assert answer.headers.get("location", "/enter").startswith("/enter"), token
            assert "set-cookie" not in answer.headers, token
            told = browser.get("/door", headers={"cookie": f"kpi_session={token}"})
            assert (told.status_code, told.request.headers["cookie"]) == (401, f"kpi_session={token}")
            looked_at += answer.status_code != 429
    assert looked_at >= times * 0.6
