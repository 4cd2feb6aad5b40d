"""Operations by month and branch with pandas: run by its path, in a process of its own (see `frames.py`).

The orders lie in memory, days as timestamps and words as categories; each level is one groupby.
"""

import json
import sys
import time

import numpy as np
import pandas as pd

SINCE, UNTIL = pd.Timestamp(2024, 11, 1), pd.Timestamp(2026, 10, 31)
LEVELS = (["month"], ["month", "branch"])


def _days(rows: pd.DataFrame, day: "pd.Series[pd.Timestamp]") -> pd.DataFrame:
    kept = (day >= SINCE) & (day <= UNTIL)
    return rows[kept].assign(month=day[kept].to_numpy().astype("datetime64[M]").astype("datetime64[s]"))


def _hours(waited: "pd.Series[pd.Timedelta]") -> "pd.Series[float]":
    return waited.dt.total_seconds() / 3600


def _by_day(orders: pd.DataFrame) -> pd.DataFrame:
    """A column for each thing that is counted."""
    rows = _days(orders, orders["day"])
    done, status, met = rows["status"] == "done", rows["status"], rows["finished_at"] <= rows["promised_at"]
    known = rows["finished_at"].notna() & rows["promised_at"].notna()
    booked = status.isin(["done", "no_show"])
    return pd.DataFrame({
        "month": rows["month"], "branch": rows["branch"],
        "done": done, "met": done & met, "met_known": done & known,
        "lead": _hours(rows["finished_at"] - rows["created_at"]).where(done),
        "service": _hours(rows["finished_at"] - rows["started_at"]).where(done),
        "booked": booked, "prebooked": booked & rows["is_prebooked"],
        "no_show": status == "no_show", "cancelled": status == "cancelled", "day": rows["day"].where(done),
    })  # fmt: skip


def _done(rows: pd.DataFrame, level: list[str]) -> pd.DataFrame:
    groups = rows.groupby(level, observed=True)
    sums = groups[["done", "met", "met_known", "booked", "prebooked", "no_show", "cancelled"]].sum()
    middles = groups[["lead", "service"]].median()
    asked = sums["done"] + sums["no_show"] + sums["cancelled"]
    return pd.DataFrame({
        "orders_done": sums["done"], "lead_time_hours": middles["lead"], "service_time_hours": middles["service"],
        "on_time_rate": 100.0 * sums["met"] / sums["met_known"],
        "prebooked_share": 100.0 * sums["prebooked"] / sums["booked"],
        "no_show_rate": 100.0 * sums["no_show"] / asked, "cancellation_rate": 100.0 * sums["cancelled"] / asked,
        "orders_per_day": sums["done"] / groups["day"].nunique(),
    })  # fmt: skip


def _answered(rows: pd.DataFrame, level: list[str]) -> pd.DataFrame:
    groups = rows.groupby(level, observed=True)
    return pd.DataFrame({
        "response_minutes": groups["waited"].median(), "responded_in_15_min": 100.0 * groups["soon"].mean()
    })  # fmt: skip


def answers(orders: pd.DataFrame) -> list[pd.DataFrame]:
    """Frames by month, and by month and branch, of the KPIs."""
    by_day = _by_day(orders)
    asked = _days(orders, orders["created_at"].dt.normalize())
    waited = 60 * _hours(asked["responded_at"] - asked["created_at"])
    asked = asked.assign(waited=waited, soon=waited <= 15)
    return [_done(by_day, level) for level in LEVELS] + [_answered(asked, level) for level in LEVELS]


def told(frames: list[pd.DataFrame]) -> list[list[object]]:
    """Rows of month, branch (missing of the totals), KPI and value."""
    found: list[list[object]] = []
    for frame in frames:
        for name in frame.columns:
            for key, value in frame[name].items():
                month, branch = key if isinstance(key, tuple) else (key, None)
                found.append([str(np.datetime64(month, "D")), branch, name, float(value)])
    return found


def main() -> None:
    """For every line on standard input one run, and its seconds; for `tell` the answer instead."""
    orders = pd.read_parquet(sys.argv[1])
    orders["day"] = orders["day"].astype("datetime64[s]")
    orders[["branch", "status"]] = orders[["branch", "status"]].astype("category")
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        started = time.perf_counter()
        found = answers(orders)
        spent = time.perf_counter() - started
        print(json.dumps(told(found) if line.strip() == "tell" else spent), flush=True)


if __name__ == "__main__":
    main()
