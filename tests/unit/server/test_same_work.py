"""A wrong name and a wrong password take the same: one hash of the same cost, and so the same time."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher, extract_parameters

from data.access.people import Membership, passwords
from tests.unit.server.visiting import Browser, Place, installed

PASSWORD = "верблюд идёт в гору"
PAIRS = 150


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    with installed(tmp_path, monkeypatch) as made:
        for login, is_closed, has_password in (("anna", 0, 1), ("closed", 1, 1), ("new", 0, 0), ("boss", 0, 1)):
            number = made.people.persons.add(login, login)
            made.people.persons.admit(number, Membership("", "owner" if login == "boss" else "viewer"))
            if has_password:
                made.people.persons.choose_password(number, passwords.hashed(PASSWORD))
            if is_closed:
                made.people.persons.close(number)
        yield made


class Counting:
    """A hasher that notes what each look at a password costs."""

    def __init__(self, inner: PasswordHasher) -> None:
        self.inner, self.costs = inner, list[tuple[int, int, int, int]]()

    def verify(self, kept: str, password: str) -> bool:
        told = extract_parameters(kept)
        self.costs.append((told.memory_cost, told.time_cost, told.parallelism, told.hash_len))
        return self.inner.verify(kept, password)

    def __getattr__(self, name: str) -> Any:
        if name == "hash":
            raise AssertionError("a hash was computed besides")
        return getattr(self.inner, name)


@pytest.mark.parametrize(
    ("login", "password"),
    [("anna", "x"), ("anna", "x" * 5000), ("nobody", "x"), ("", ""), ("closed", PASSWORD), ("new", ""), ("new", "x")],
)
def test_every_failure_costs_one_hash_the_first_time_too(
    place: Place, monkeypatch: pytest.MonkeyPatch, login: str, password: str
) -> None:
    counting = Counting(passwords._HASHER)
    monkeypatch.setattr(passwords, "_HASHER", counting)
    status, _, text = Browser().post("/enter", login=login, password=password)
    assert status == 403
    assert "Имя или пароль неверны" in text
    today = counting.inner
    assert counting.costs == [(today.memory_cost, today.time_cost, today.parallelism, today.hash_len)]


def test_no_password_fits_nobody() -> None:
    assert not passwords.fits("", None)
    assert not passwords.fits(passwords._nobodys(), None)
    assert passwords._nobodys() != passwords._nobodys()
    assert len(passwords._nobodys()) == len(passwords._HASHER.hash("x"))


@pytest.mark.slow
def test_the_times_kept_apart_tell_nothing(place: Place, record_property: Callable[[str, object], None]) -> None:
    """In turn, at the route with the whole stack, each in an order of chance; an account that is there, and none."""
    place.people.persons.choose_password(1, passwords.hashed(PASSWORD))  # at the full cost (see conftest)
    times: dict[str, list[float]] = {"anna": [], "nobody": []}
    chance = random.Random(1)
    for number in range(PAIRS + 3):
        for login in chance.sample(sorted(times), 2):
            began = time.perf_counter()
            assert (
                Browser(f"203.0.{number}.{len(times[login]) % 250}").post("/enter", login=login, password="x")[0] == 403
            )
            times[login].append(time.perf_counter() - began)
            place.people.attempts.succeeded(login)
    wrong_password, wrong_name = (times[login][3:] for login in ("anna", "nobody"))
    slower = sum((a > b) + (a == b) / 2 for a in wrong_password for b in wrong_name) / PAIRS**2
    record_property("a wrong password takes longer than a wrong name, share of pairs", slower)
    record_property("medians, milliseconds", [statistics.median(one) * 1000 for one in (wrong_password, wrong_name)])
    deviation = ((2 * PAIRS + 1) / 12 / PAIRS**2) ** 0.5  # of the share where both are alike (Mann and Whitney)
    record_property("deviations from one half", (slower - 0.5) / deviation)
    assert abs(slower - 0.5) < 4 * deviation
