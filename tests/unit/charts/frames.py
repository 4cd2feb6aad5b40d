"""Result frames made by hand, for the charts' tests."""

from collections.abc import Sequence

import pandas as pd

from kpi.model import RESULT_COLUMNS, Bounds, Kpi, Unit

LOWER = Bounds(good_high=5, ok_high=8)
HIGHER = Bounds(good_low=1_000_000, ok_low=900_000)
OPEN = Bounds()


def a_kpi(title: str = "Rework", unit: Unit = "percent", additive: bool = False) -> Kpi:
    return Kpi(
        id="a", title=title, question="", advice="", area="quality", unit=unit, better="lower", definition="",
        kind="value", additive=additive,
    )  # fmt: skip


def a_frame(
    values: Sequence[float | None],
    members: Sequence[str | None] = (),
    bounds: Bounds = LOWER,
    freq: str = "M",
    status: str = "good",
    total: bool = True,
) -> pd.DataFrame:
    """Periods up to November 2026, the last one running; members have the values shifted by their place."""
    periods = pd.period_range(end=pd.Period("2026-11-30", freq), periods=len(values), freq=freq)
    series: list[tuple[bool, str | None, float]] = [(True, None, 0.0)] if total else []
    series += [(False, member, place) for place, member in enumerate(members)]
    rows = [
        _row(period, value, is_total, member, shift, period == periods[-1], bounds, status)
        for is_total, member, shift in series
        for period, value in zip(periods, values, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(RESULT_COLUMNS))


def _row(
    period: pd.Period, value: float | None, is_total: bool, member: str | None, shift: float, running: bool,
    bounds: Bounds, status: str,
) -> dict[str, object]:  # fmt: skip
    known = None if value is None else value + shift
    edge = bounds.good_low if bounds.good_low is not None else bounds.good_high
    return {
        "period": period.start_time,
        "period_end": period.end_time.normalize(),
        "is_total": is_total,
        "is_partial": running,
        "slice": member,
        "kpi": "a",
        "value": known,
        "rows": 120,
        "used": 118,
        "eligible": 120,
        "previous": known,
        "last_year": known,
        "target": edge,
        "good_low": bounds.good_low,
        "good_high": bounds.good_high,
        "ok_low": bounds.ok_low,
        "ok_high": bounds.ok_high,
        "status": "partial" if running else status,
    }
