"""What was answered is kept: once for all who ask, and no more than is allowed."""

import threading
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from pages._ui.answers import OVERHEAD, Answers, size_of


@dataclass(frozen=True)
class _Told:
    """Something that was answered."""

    rows: np.ndarray[tuple[int], np.dtype[np.float64]]
    """Figures."""
    text: str
    """Words."""


def test_a_question_is_answered_once() -> None:
    answers, asked = Answers(1 << 20), list[int]()

    def told() -> str:
        asked.append(1)
        return "told"

    assert [answers.of(("q", 1), told) for _ in range(3)] == ["told"] * 3
    assert asked == [1]
    assert answers.of(("q", 2), lambda: None) is None
    assert answers.of(("q", 2), lambda: "never asked: None is an answer") is None


def test_who_asks_meanwhile_waits_for_the_same_answer() -> None:
    answers, begun, go = Answers(1 << 20), threading.Event(), threading.Event()
    asked: list[int] = []

    def slow() -> str:
        asked.append(1)
        begun.set()
        assert go.wait(10)
        return "told"

    found: list[str] = []
    askers = [threading.Thread(target=lambda: found.append(answers.of("q", slow))) for _ in range(5)]
    askers[0].start()
    assert begun.wait(10)
    for asker in askers[1:]:
        asker.start()
    go.set()
    for asker in askers:
        asker.join(10)
    assert (found, asked) == (["told"] * 5, [1])


def test_what_could_not_be_answered_is_asked_again() -> None:
    answers = Answers(1 << 20)
    with pytest.raises(KeyError):
        answers.of("q", lambda: dict[str, str]()["nothing"])
    assert answers.of("q", lambda: "told") == "told"


def test_what_was_not_asked_for_the_longest_goes_first_and_no_more_is_held_than_allowed() -> None:
    one = size_of(np.zeros(1000)) + OVERHEAD
    answers = Answers(3 * one)
    for name in "abc":
        answers.of(name, lambda: np.zeros(1000))
    answers.of("a", lambda: np.zeros(1000))
    answers.of("d", lambda: np.zeros(1000))
    assert [name for name in "abcd" if answers.holds(name)] == ["a", "c", "d"]
    assert answers.size == 3 * one
    answers.of("too much", lambda: np.zeros(10_000))
    assert not answers.holds("too much")
    answers.clear()
    assert (answers.size, answers.holds("a")) == (0, False)


def test_the_size_is_that_of_all_that_is_inside_each_thing_once() -> None:
    rows, frame = np.zeros(1000), pd.DataFrame({"a": ["слово"] * 100, "b": range(100)})
    assert 8000 < size_of(_Told(rows, "x")) < 8000 + 1000
    assert size_of([rows, rows]) - size_of([rows]) < 100
    assert size_of({"told": (frame,)}) > int(frame.memory_usage(deep=True).sum())
    assert size_of(threading) < 1000
