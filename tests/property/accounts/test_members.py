"""Whatever the rows are: members add up to the whole, names do not matter, and money scales."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.accounts import COSTS, Asked, Member
from kpi.accounts.asking import METRICS, PAIRS, Table, pair
from kpi.accounts.compare import with_differences
from kpi.accounts.grid import grid
from kpi.accounts.member import members

FIRST = date(2026, 3, 2)
Row = tuple[str, int, Sequence[int | None]]
FIGURES = st.tuples(*(st.one_of(st.none(), st.integers(0, 500)) for _ in METRICS))
ROWS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(0, 20), FIGURES), min_size=1, max_size=60,
    unique_by=lambda row: row[:2],
)  # fmt: skip


def table(rows: Sequence[Row], times: float = 1.0) -> Table:
    """What the data would answer: one advertisement a member and day."""
    found = []
    for member, day, told in rows:
        figures = dict(zip(METRICS, told, strict=True))
        if figures["spend"] is not None:
            figures["spend"] = figures["spend"] * times  # type: ignore[assignment]  # a number all the same
        when = FIRST + timedelta(days=day)
        cell: dict[str, object] = {"member": member, "is_rest": False, "day": when, "places": ord(member)}
        cell |= {**figures, **{f"n_{name}": int(value is not None) for name, value in figures.items()}}
        for above, below in PAIRS:
            known = figures[above] is not None and figures[below] is not None
            cell |= {pair(above, below, name): figures[name] if known else None for name in (above, below)}
        found.append({**cell, "n": 1, "told": cell["day"], "spread": 0})
    return Table(pd.DataFrame(found), FIRST, FIRST + timedelta(days=20))


def compared(rows: Sequence[Row], times: float = 1.0) -> tuple[Mapping[str | None, Member], Member]:
    cells = grid(Asked(), [table(rows, times)], FIRST, FIRST + timedelta(days=20))
    found = with_differences(cells, members(cells, None), Asked(), None)
    return {one.member: one for one in found}, members(cells.total(), None)[0]


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_members_add_up(rows: list[Row]) -> None:
    found, total = compared(rows)
    for step, whole in total.counts.items():
        known = [value for one in found.values() if (value := one.counts[step]) is not None]
        assert whole == (pytest.approx(sum(known)) if known else None)
    for rate, ratio in total.rates.items():
        own = [one.rates[rate].value for one in found.values() if rate in one.rates]
        assert min(own) - 1e-6 <= ratio.value <= max(own) + 1e-6 or len(own) < len(found), "between its parts"


@given(ROWS, st.permutations("abcd"))
@settings(max_examples=40, deadline=None)
def test_names_do_not_matter(rows: list[Row], names: Sequence[str]) -> None:
    other = dict(zip("abcd", names, strict=True))
    found, _ = compared(rows)
    renamed, _ = compared([(other[member], day, told) for member, day, told in rows])
    for name, one in found.items():
        again = renamed[other[str(name)]]
        assert again.counts == one.counts
        assert again.rates == one.rates
        for rate, told in one.differences.items():
            assert again.differences[rate].own == pytest.approx(told.own)
            assert again.differences[rate].verdict == told.verdict


@given(ROWS, st.sampled_from([2.0, 0.5, 64.0]))
@settings(max_examples=40, deadline=None)
def test_money_scales(rows: list[Row], times: float) -> None:
    found, _ = compared(rows)
    scaled, _ = compared(rows, times)
    costs = {rate.id for rate in COSTS}
    for name, one in found.items():
        again = scaled[name]
        for rate, ratio in one.rates.items():
            factor = times if rate in costs else 1.0
            assert again.rates[rate].value == pytest.approx(ratio.value * factor, rel=1e-6, abs=1e-6)
            if ratio.high is not None:
                assert again.rates[rate].high == pytest.approx(ratio.high * factor, rel=1e-6, abs=1e-6)
        for rate, told in one.differences.items():
            assert again.differences[rate].verdict == told.verdict
            if told.money is not None:
                assert again.differences[rate].money == pytest.approx(told.money * times, rel=1e-6, abs=1e-6)
