"""Several processes with the entries of one installation: each sees what another does, and none is in the way."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from data.store.entries import Entries
from tests.lake.colleague import mail
from tests.lake.test_entered import entries_in, wait_until_known


class Colleague:
    """Another process with a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.lake.colleague", str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, expression: str) -> None:
        """Tell it what to do."""
        assert self._process.stdin is not None
        print(expression, file=self._process.stdin, flush=True)

    def answer(self) -> Any:
        """What it says next."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "it ended without a word"
        return json.loads(line)

    def does(self, expression: str) -> Any:
        """What comes of it."""
        self.ask(expression)
        return self.answer()

    def kill(self) -> None:
        """As kill -9 does."""
        self._process.kill()
        self._process.communicate()


@contextmanager
def colleague(folder: Path) -> Iterator[Colleague]:
    process = Colleague(folder)
    try:
        yield process
    finally:
        process.kill()


@pytest.fixture
def mine(installation: str, tmp_path: Path) -> Iterator[Entries]:
    """The entries as this process has them."""
    with closing(entries_in(tmp_path / "mine")) as entries:
        yield entries


def test_a_target_entered_in_one_process_is_seen_by_another_that_runs(mine: Entries, tmp_path: Path) -> None:
    with colleague(tmp_path / "other") as other:
        assert other.answer() == "open"
        assert other.does("len(entries.targets())") == 0
        mine.set_target("rating", good_low=4.5)
        wait_until_known()
        assert other.does("[(row.kpi, row.good_low) for row in entries.targets()]") == [["rating", 4.5]]
        assert other.does("entries.set_target('revenue', good_low=1)") == 2
        wait_until_known()
        assert [row.kpi for row in mine.targets()] == ["rating", "revenue"]
        assert (mine.version, other.does("entries.version")) == (2, 2)


@pytest.mark.slow
def test_two_processes_that_look_and_change_lose_nothing(mine: Entries, tmp_path: Path) -> None:
    with colleague(tmp_path / "a") as one, colleague(tmp_path / "b") as other:
        both = (one, other)
        assert [it.answer() for it in both] == ["open", "open"]
        for it in both:
            it.ask("count_up(entries, 50)")
        assert [it.answer() for it in both] == [50, 50]
        assert mine.settings.get("count") == 100
        wait_until_known()
        assert mine.version == 100


@pytest.mark.slow
def test_of_three_processes_one_claims_what_is_due(mine: Entries, tmp_path: Path) -> None:
    with ExitStack() as stack:
        three = [stack.enter_context(colleague(tmp_path / name)) for name in "abc"]
        assert {it.answer() for it in three} == {"open"}
        numbers = mine.deliveries.put(*(mail(n) for n in range(60)))
        for it in three:
            it.ask("claim_all(entries)")
        claimed = [number for it in three for number in it.answer()]
        assert sorted(claimed) == sorted(numbers)
        assert mine.deliveries.put(*(mail(n) for n in range(60))) == ()


@pytest.mark.slow
def test_a_killed_process_leaves_no_half_change_and_holds_nobody_up(mine: Entries, tmp_path: Path) -> None:
    mine.settings.set("x", 1)
    with colleague(tmp_path / "other") as other:
        assert other.answer() == "open"
        assert other.does("half(entries)") == "in the middle"
        other.kill()
    mine.settings.set("x", 2)
    assert (mine.settings.get("half"), mine.settings.get("x")) == (None, 2)


@pytest.mark.slow
def test_the_work_of_a_killed_process_is_done_by_another(mine: Entries, tmp_path: Path) -> None:
    (number,) = mine.deliveries.put(mail(1))
    with colleague(tmp_path / "claims") as claims, colleague(tmp_path / "works") as works:
        assert (claims.answer(), works.answer()) == ("open", "open")
        assert claims.does("claim_all(entries)") == [number]
        assert works.does("hold(entries, 'delivery')") is True
        assert mine.deliveries.recover(()) == 0
        with mine.clockwork.only("delivery") as free:
            assert not free
        claims.kill()
        works.kill()
    for _ in range(100):  # the server sees the end of a process a moment later
        with mine.clockwork.only("delivery") as free:
            if free and mine.deliveries.recover(()) == 1:
                break
    assert mine.deliveries.get(number).state == "due"
    assert mine.deliveries.claim(number)
