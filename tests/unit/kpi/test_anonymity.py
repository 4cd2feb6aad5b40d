"""Fewer than five people are never shown, nor found by subtraction."""

import pandas as pd

from kpi.anonymity import hide_few


def rows(total: int, members: dict[str, int]) -> pd.DataFrame:
    people = [total, *members.values()]
    return pd.DataFrame(
        {
            "period": "2026-10",
            "is_total": [True, *([False] * len(members))],
            "slice": pd.Series([None, *members], dtype=object),
            "people": people,
            "people_previous": people,
            "people_last_year": [total, *(2 for _ in members)],
            "value": 50.0,
            "previous": 40.0,
            "last_year": 30.0,
            "rows": people,
            "used": people,
            "eligible": people,
        }
    )


def shown(frame: pd.DataFrame) -> set[str | None]:
    return set(frame[frame["value"].notna()]["slice"])


def test_a_group_of_four_and_the_smallest_other_are_hidden() -> None:
    assert shown(hide_few(rows(29, {"A": 4, "B": 5, "C": 20}))) == {None, "C"}


def test_two_small_groups_of_five_together_hide_each_other() -> None:
    assert shown(hide_few(rows(25, {"A": 2, "B": 3, "C": 20}))) == {None, "C"}


def test_two_small_groups_below_five_together_need_a_third() -> None:
    assert shown(hide_few(rows(24, {"A": 2, "B": 2, "C": 6, "D": 14}))) == {None, "D"}


def test_comparisons_are_hidden_by_their_own_counts() -> None:
    frame = hide_few(rows(29, {"A": 9, "B": 10, "C": 10}))
    assert frame["previous"].notna().all()
    assert set(frame[frame["last_year"].notna()]["slice"]) == {None}


def test_with_a_filter_nothing_is_compared() -> None:
    frame = hide_few(rows(9, {}), pd.Series({"2026-10": 29}))
    assert frame[["value", "previous", "last_year"]].notna().values.tolist() == [[True, False, False]]


def test_a_total_of_four_is_hidden_with_its_counts() -> None:
    frame = hide_few(rows(4, {"A": 4}))
    assert shown(frame) == set()
    assert frame["rows"].sum() == 0


def test_a_filter_that_leaves_out_fewer_than_five_hides_the_total() -> None:
    everybody = pd.Series({"2026-10": 10})
    assert shown(hide_few(rows(7, {}), everybody)) == set()
    assert shown(hide_few(rows(5, {}), everybody)) == {None}
