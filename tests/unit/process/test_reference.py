"""Where a way differs from the one that was meant: by hand, and against the shortest edit of all."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.process.reference import deviations

MEANT = ("call", "visit", "repair", "pay")


def told(way: str, meant: str = "abcd") -> list[tuple[str, str, int | None, str]]:
    return [(one.kind, one.activity, one.place, one.after) for one in deviations(tuple(way), tuple(meant))]


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("abcd", []),
        ("abd", [("skipped", "c", None, "b")]),
        ("bcd", [("skipped", "a", None, "")]),
        ("abxcd", [("extra", "x", 2, "b")]),
        ("xabcd", [("extra", "x", 0, "")]),
        ("abbcd", [("repeated", "b", 2, "b")]),
        ("abcbcd", [("repeated", "b", 3, "c"), ("repeated", "c", 4, "c")]),
        ("abcdb", [("repeated", "b", 4, "d")]),
        ("axbxcd", [("extra", "x", 1, "a"), ("repeated", "x", 3, "b")]),
        ("acbd", [("swapped", "c", 1, "a")]),
        ("bcda", [("swapped", "a", 3, "d")]),
        ("d", [("skipped", "a", None, ""), ("skipped", "b", None, "a"), ("skipped", "c", None, "b")]),
    ],
)
def test_by_hand(way: str, expected: list[tuple[str, str, int | None, str]]) -> None:
    found = told(way)
    assert found == expected or _as_good(found, expected)


def _as_good(found: list[tuple[str, str, int | None, str]], expected: list[tuple[str, str, int | None, str]]) -> bool:
    """Of two shortest edits either may be told: «c before b» is «b after c»."""
    return [one[0] for one in found] == [one[0] for one in expected] == ["swapped"]


WAYS = st.lists(st.sampled_from("abcdx"), max_size=8).map(tuple)


@given(WAYS, WAYS)
def test_no_shorter_edit_is_there(way: tuple[str, ...], meant: tuple[str, ...]) -> None:
    @cache
    def least(i: int, j: int) -> int:
        if i == len(way) or j == len(meant):
            return len(way) - i + len(meant) - j
        if way[i] == meant[j]:
            return min(least(i + 1, j + 1), 1 + least(i + 1, j), 1 + least(i, j + 1))
        return 1 + min(least(i + 1, j), least(i, j + 1))

    found = deviations(way, meant)
    assert sum(2 if one.kind == "swapped" else 1 for one in found) == least(0, 0)
    assert bool(found) == (way != meant)


@given(WAYS, WAYS)
def test_taking_the_deviations_back_gives_the_reference(way: tuple[str, ...], meant: tuple[str, ...]) -> None:
    found = deviations(way, meant)
    added = {one.place for one in found if one.place is not None}
    kept = [name for place, name in enumerate(way) if place not in added]
    missing = [one.activity for one in found if one.kind in ("skipped", "swapped")]
    assert sorted([*kept, *missing]) == sorted(meant)
    position = 0
    for name in kept:  # what is left is the reference with gaps
        position = meant.index(name, position) + 1


def test_names_are_whole_words() -> None:
    (one,) = deviations(("call", "repair", "pay"), MEANT)
    assert (one.kind, one.activity, one.after) == ("skipped", "visit", "call")
