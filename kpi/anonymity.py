"""Anonymity of staff answers.

Invariant: no value is shown for fewer than five people, nor one that would let such a value be subtracted: where a
period hides few members, the next smallest is hidden too, a filter that leaves out fewer than five hides all, and what
is made of a part of a block of people is hidden, so that no two answers can be subtracted either.
"""

import pandas as pd

from data.model import FEWEST

_SHOWN = (("value", "people"), ("previous", "people_previous"), ("last_year", "people_last_year"))


def hide_few(
    frame: pd.DataFrame, everybody: "pd.Series[int] | None" = None, torn: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Tidy rows of one KPI with their columns of respondents; few answers are taken out of every one of them.

    `everybody`: period → respondents without the query's filters, where it has any; comparisons are then left out.
    `torn`: row × shown column, whether it is made of a part of a block (data/access/crowds.py).
    """
    frame = frame.copy()
    for shown, people in _SHOWN:
        hidden = _hidden(frame, people)
        if everybody is not None:
            hidden |= _leaves_out_few(frame, everybody) if shown == "value" else True
        if torn is not None:
            hidden |= torn[shown]
        frame.loc[hidden, shown] = float("nan")
        if shown == "value":
            frame.loc[hidden, ["rows", "used", "eligible"]] = 0
    return frame[frame["is_total"] | (frame["people"] > 0)]


def _hidden(frame: pd.DataFrame, people: str) -> "pd.Series[bool]":
    hidden = frame[people] < FEWEST
    for _, members in frame[~frame["is_total"] & (frame[people] > 0)].groupby("period"):
        hidden |= hidden.index.isin(_complements(members[people]))
    return hidden


def _leaves_out_few(frame: pd.DataFrame, everybody: "pd.Series[int]") -> "pd.Series[bool]":
    left_out = frame["period"].map(everybody).fillna(0) - frame["people"]
    return frame["is_total"] & (left_out > 0) & (left_out < FEWEST)


def _complements(people: "pd.Series[int]") -> list[object]:
    """Members to hide so that those under five cannot be found by subtraction from the total."""
    few = people[people < FEWEST]
    if few.empty or (few.sum() >= FEWEST and len(few) > 1):
        return list(few.index)
    rest = people[people >= FEWEST].sort_values()
    return [*few.index, *rest.index[:1]]
