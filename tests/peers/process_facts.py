"""Run by the peers' own Python: what pm4py says of a log, as JSON; or how long it takes, once a line of input.

The log is a CSV of case, activity, at and, where it has one, lifecycle. `facts FILE` · `time FILE`. The answer to
`facts` is the last line.
"""

import json
import sys
import time
from collections.abc import Iterable
from typing import Any

import pandas as pd
import pm4py  # type: ignore[import-not-found]
from pm4py.objects.log.util import interval_lifecycle  # type: ignore[import-not-found]

CASE, ACTIVITY, AT, LIFECYCLE = "case", "activity", "at", "lifecycle"


def read(path: str) -> pd.DataFrame:
    """The table."""
    return pd.read_csv(path, dtype={CASE: str, ACTIVITY: str}, parse_dates=[AT])


def formatted(frame: pd.DataFrame) -> Any:
    """As pm4py wants it."""
    return pm4py.format_dataframe(frame, case_id=CASE, activity_key=ACTIVITY, timestamp_key=AT)


def facts(frame: pd.DataFrame) -> dict[str, Any]:
    """Everything it counts, of rows that complete something."""
    done = frame[frame[LIFECYCLE].str.lower() == "complete"] if LIFECYCLE in frame else frame
    log = formatted(done.copy())
    follows, starts, ends = pm4py.discover_dfg(log)
    ways = pm4py.get_variants(log)
    found: dict[str, Any] = {
        "dfg": [[before, after, n] for (before, after), n in follows.items()],
        "starts": dict(starts), "ends": dict(ends),
        "variants": [[list(path), n if isinstance(n, int) else len(n)] for path, n in ways.items()],
        "rework": pm4py.get_rework_cases_per_activity(log),
        "durations": sorted(float(seconds) for seconds in pm4py.get_all_case_durations(log)),
    }  # fmt: skip
    if LIFECYCLE in frame:
        found["work"] = work(frame)
    return found


def work(frame: pd.DataFrame) -> dict[str, float]:
    """Activity → median seconds from its start row to its complete row."""
    log = formatted(frame.rename(columns={LIFECYCLE: "lifecycle:transition"}))
    spans = pm4py.convert_to_dataframe(interval_lifecycle.to_interval(pm4py.convert_to_event_log(log)))
    took = (spans["time:timestamp"] - spans["start_timestamp"]).dt.total_seconds()
    return {str(name): float(some.median()) for name, some in took.groupby(spans["concept:name"])}


def timed(frame: pd.DataFrame, asked: Iterable[str]) -> None:
    """Seconds of map and variants by the path its manual gives for a table, once for every line asked."""
    print("ready", flush=True)
    for _ in asked:
        own = frame.copy()
        began = time.perf_counter()
        log = formatted(own)
        pm4py.discover_dfg(log)
        pm4py.get_variants(log)
        print(time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    what, path = sys.argv[1:]
    if what == "facts":
        print(json.dumps(facts(read(path))))
    else:
        timed(read(path), sys.stdin)
