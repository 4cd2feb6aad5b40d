"""Anonymity of staff answers.

Invariant: no value is shown for fewer than five people, nor one that would let such a value be subtracted: where a
period hides few members, the next smallest is hidden too, and a filter that leaves out fewer than five hides all.
"""

import pandas as pd

FEWEST = 5
"""Fewest people behind a value made of staff answers."""

_HIDDEN = ("value", "previous", "last_year")


def hide_few(frame: pd.DataFrame, everybody: "pd.Series[int] | None" = None) -> pd.DataFrame:
    """Tidy rows of one KPI with column `people`; `everybody`: period → respondents without the query's filters."""
    hidden = frame["people"] < FEWEST
    if everybody is not None:
        left_out = frame["period"].map(everybody).fillna(0) - frame["people"]
        hidden |= frame["is_total"] & (left_out > 0) & (left_out < FEWEST)
    for _, members in frame[~frame["is_total"] & (frame["people"] > 0)].groupby("period"):
        hidden |= hidden.index.isin(_complements(members["people"]))
    frame = frame.copy()
    frame.loc[hidden, list(_HIDDEN)] = float("nan")
    frame.loc[hidden, ["rows", "used", "eligible"]] = 0
    return frame[frame["is_total"] | (frame["people"] > 0)]


def _complements(people: "pd.Series[int]") -> list[object]:
    """Members to hide so that those under five cannot be found by subtraction from the total."""
    few = people[people < FEWEST]
    if few.empty or (few.sum() >= FEWEST and len(few) > 1):
        return list(few.index)
    rest = people[people >= FEWEST].sort_values()
    return [*few.index, *rest.index[:1]]
