"""Every KPI equals hand-written SQL over the tiny business: total and month, slices, previous periods, counts."""

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

import pandas as pd
import pytest

from kpi.catalogue import catalogue
from kpi.model import Query, Result
from tests.oracle.plain import (
    DIMENSIONS,
    Earlier,
    Oracle,
    Plain,
    Slice,
    Window,
    months,
    oracles,
    previous_month,
    previous_range,
)

MONTHS = tuple(months(date(2024, 11, 1), date(2025, 3, 31)))
FEBRUARY = Window(date(2025, 2, 1), date(2025, 2, 28))
RANGE = Window(date(2025, 1, 10), date(2025, 3, 20))
"""Days that are no whole months and run on after the last loaded day."""
STAGES = {"goals_met": "test_goals_met.py"}
"""KPI → the file that holds its oracle, where SQL says it badly."""

Ask = Callable[[Query], Result]
ALL = tuple(oracles())


def test_every_visible_kpi_has_an_oracle() -> None:
    assert {kpi.id for kpi in catalogue().visible()} - set(STAGES) == set(ALL)


def by_month(by: str | None) -> Query:
    return Query(ALL, MONTHS[0].since, MONTHS[-1].until, "month", by)


def in_total(window: Window, by: str | None) -> Query:
    return Query(ALL, window.since, window.until, "total", by)


Place = tuple[str, date, bool, str | None]
"""KPI, first day of the period, whether it is the total, member."""
INDEXED: dict[int, tuple[Result, Mapping[Place, Mapping[str, float]]]] = {}
"""Answers by identity, each with its rows by place; kept, so that no identity comes back."""


def row_of(result: Result, kpi: str, start: date, to: Slice) -> Mapping[str, float] | None:
    if id(result) not in INDEXED:
        INDEXED[id(result)] = result, by_place(result.frame)
    return INDEXED[id(result)][1].get((kpi, start, to is None, to[1] if to else None))


def by_place(frame: pd.DataFrame) -> Mapping[Place, Mapping[str, float]]:
    """The figures the oracles know, by place; no place has two rows."""
    members = frame["slice"].astype(object).where(frame["slice"].notna(), None)
    places = list(zip(frame["kpi"], frame["period"].dt.date, frame["is_total"].astype(bool), members, strict=True))
    figures = frame[["value", "previous", "used"]].astype(float).to_dict("records")
    found: dict[Place, Mapping[str, float]] = dict(zip(places, cast("list[dict[str, float]]", figures), strict=True))
    assert len(found) == len(places)
    return found


def same(found: float, expected: float | None) -> bool:
    if expected is None or math.isnan(expected):
        return math.isnan(found)
    return math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-6)


def differences(result: Result, oracle: Oracle, plain: Plain, window: Window, earlier: Earlier, to: Slice) -> list[str]:
    """What the result says otherwise than the oracle, in words."""
    row = row_of(result, oracle.kpi, window.since, to)
    value, used = plain.value(oracle, oracle.cut(window))
    previous, _ = plain.value(oracle, oracle.before(window, earlier))
    at = f"{window.since}…{window.until} {to or 'total'}"
    if row is None:
        return [] if not value else [f"{at}: no row, expected {value}"]
    wrong = []
    if not same(row["value"], value):
        wrong.append(f"{at}: {row['value']}, expected {value}")
    if not same(row["previous"], previous):
        wrong.append(f"{at}: previous {row['previous']}, expected {previous}")
    if used is not None and row["used"] != used:
        wrong.append(f"{at}: used {row['used']}, expected {used}")
    return wrong


def compare(ask: Ask, plain: Plain, oracle: Oracle, by: str | None, to: Slice) -> list[str]:
    """Differences in the months, in one of them as a total, and in a range that no calendar knows."""
    wrong = []
    for window in MONTHS if to is None else MONTHS[2:]:
        wrong += differences(ask(by_month(by)), oracle, plain, window, previous_month, to)
    wrong += differences(ask(in_total(FEBRUARY, by)), oracle, plain, FEBRUARY, previous_month, to)
    if to is None:
        wrong += differences(ask(in_total(RANGE, by)), oracle, plain, RANGE, previous_range, to)
    return wrong


@pytest.mark.parametrize("kpi", ALL)
def test_totals(ask: Ask, plain: Plain, kpi: str) -> None:
    plain.limit(None)
    assert kpi not in ask(by_month(None)).unavailable
    assert not compare(ask, plain, oracles()[kpi], None, None)


@pytest.mark.parametrize("by", DIMENSIONS)
def test_slices(ask: Ask, plain: Plain, by: str) -> None:
    wrong = {}
    for member in plain.members(by):
        plain.limit((by, member))
        for kpi, oracle in oracles().items():
            if by in oracle.tried:
                wrong[f"{kpi} by {by}={member}"] = compare(ask, plain, oracle, by, (by, member))
    assert not {at: lines for at, lines in wrong.items() if lines}


@pytest.mark.parametrize("by", DIMENSIONS)
def test_totals_do_not_change_when_sliced(ask: Ask, plain: Plain, by: str) -> None:
    plain.limit(None)
    wrong = {kpi: compare(ask, plain, o, by, None) for kpi, o in oracles().items() if by in o.tried}
    assert not {kpi: lines for kpi, lines in wrong.items() if lines}


@pytest.mark.parametrize("by", DIMENSIONS)
def test_not_available_by_what_a_fact_lacks(ask: Ask, by: str) -> None:
    unavailable = ask(by_month(by)).unavailable
    for kpi, oracle in oracles().items():
        assert (kpi in unavailable) == (by not in oracle.carried), kpi
