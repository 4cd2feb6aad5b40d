"""Operations by month and branch with polars: run in the peers' own environment, by its path (see `frames.py`).

The orders lie in memory as a frame, days as dates and words as categories; both levels are asked for as one lazy query.
"""

import json
import sys
import time
from collections.abc import Callable

import polars as pl  # type: ignore[import-not-found]

SINCE, UNTIL = pl.date(2024, 11, 1), pl.date(2026, 10, 31)
KPIS = (
    "orders_done", "lead_time_hours", "service_time_hours", "on_time_rate", "prebooked_share", "no_show_rate",
    "cancellation_rate", "orders_per_day",
)  # fmt: skip
OF_ANSWERS = ("response_minutes", "responded_in_15_min")


def _hours(start: str, end: str) -> pl.Expr:
    return (pl.col(end) - pl.col(start)).dt.total_microseconds() / 3.6e9


def _done() -> list[pl.Expr]:
    done, status = pl.col("status") == "done", pl.col("status")
    booked, met = status.is_in(["done", "no_show"]), pl.col("finished_at") <= pl.col("promised_at")
    asked = status.is_in(["done", "no_show", "cancelled"]).sum()
    prebooked = booked & pl.col("is_prebooked").is_not_null()
    values = (
        done.sum(),
        _hours("created_at", "finished_at").filter(done).median(),
        _hours("started_at", "finished_at").filter(done).median(),
        100.0 * (done & met).sum() / (done & met.is_not_null()).sum(),
        100.0 * (booked & pl.col("is_prebooked")).sum() / prebooked.sum(),
        100.0 * (status == "no_show").sum() / asked,
        100.0 * (status == "cancelled").sum() / asked,
        done.sum() / pl.col("day").filter(done).n_unique(),
    )
    return [value.alias(name) for name, value in zip(KPIS, values, strict=True)]


def _answered() -> list[pl.Expr]:
    waited = (pl.col("responded_at") - pl.col("created_at")).dt.total_microseconds()
    return [
        (waited / 6e7).median().alias("response_minutes"),
        (100.0 * (waited <= 15 * 60_000_000).sum() / pl.len()).alias("responded_in_15_min"),
    ]


def answers(orders: pl.LazyFrame) -> list[pl.DataFrame]:
    """Month, branch (missing of the totals) and the KPIs."""
    by_day = orders.filter(pl.col("day").is_between(SINCE, UNTIL)).with_columns(month=pl.col("day").dt.truncate("1mo"))
    asked_on = pl.col("created_at").dt.date()
    by_creation = orders.filter(asked_on.is_between(SINCE, UNTIL)).with_columns(month=asked_on.dt.truncate("1mo"))
    levels = (["month"], ["month", "branch"])
    wanted = [by_day.group_by(level).agg(_done()) for level in levels]
    wanted += [by_creation.group_by(level).agg(_answered()) for level in levels]
    return list(pl.collect_all(wanted))


def opened(path: str, where: str) -> pl.LazyFrame:
    """The orders, in memory or read from Parquet every time."""
    words = [pl.col("branch").cast(pl.Categorical), pl.col("status").cast(pl.Categorical)]
    orders = pl.scan_parquet(path)
    return orders.with_columns(words).collect().lazy() if where == "memory" else orders


def told(frames: list[pl.DataFrame]) -> list[list[object]]:
    """Rows of month, branch, KPI and value."""
    return [
        [str(row["month"]), row.get("branch"), name, row[name]]
        for frame in frames
        for row in frame.rows(named=True)
        for name in (*KPIS, *OF_ANSWERS)
        if name in row
    ]


def serve(ask: Callable[[], list[pl.DataFrame]]) -> None:
    """For every line on standard input one run, and its seconds; for `tell` the answer instead."""
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        started = time.perf_counter()
        found = ask()
        spent = time.perf_counter() - started
        print(json.dumps(told(found) if line.strip() == "tell" else spent), flush=True)


if __name__ == "__main__":
    orders = opened(*sys.argv[1:3])
    serve(lambda: answers(orders))
