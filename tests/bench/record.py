"""What benchmarks found, kept as JSON and shown as the table of docs/performance.md.

Invariant: a line is replaced by a newer one of the same name and lost by nothing else than its benchmark not giving it
any more; the page's table is made from the JSON alone, losing lines included.
"""

import json
import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[2] / "docs"
FIGURES, PAGE = DOCS / "performance.json", DOCS / "performance.md"
BEGIN, END = "<!-- figures: made by `run.py bench --record` -->", "<!-- end of figures -->"
_PACKAGES = ("streamlit", "duckdb", "pandas", "altair", "pyarrow")
_HEAD = "| benchmark | what | ours | yardstick | ratio | limit | |", "|---|---|--:|--:|--:|--:|---|"
_UNITS = {"s": (1000, "ms"), "MB": (1, "MB")}
"""Unit of a line → what it is multiplied with, and how the table calls it."""

Line = dict[str, Any]
"""benchmark, name, ours, yardstick, unit, ratio, limit, ok, on (the day)."""


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return {
        "processor": f"{os.cpu_count()} × {_processor()}",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "python": f"Python {platform.python_version()}; {packages}",
    }


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.is_file() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def lines(benchmark: str, records: Iterable[Mapping[str, Any]]) -> list[Line]:
    """A benchmark's records as lines of today."""
    today = datetime.now(UTC).date().isoformat()
    return [{"benchmark": benchmark, **each, "on": today} for each in records]


def merged(before: Iterable[Line], now: Iterable[Line], names: Iterable[str]) -> list[Line]:
    """The lines of benchmarks that ran take the place of theirs, in the order of `names`; the others stay."""
    fresh = list(now)
    ran, order = {line["benchmark"] for line in fresh}, list(names)
    kept = [line for line in before if line["benchmark"] not in ran and line["benchmark"] in order]
    return sorted([*kept, *fresh], key=lambda line: order.index(line["benchmark"]))


def keep(now: Iterable[Line], names: Iterable[str]) -> None:
    """Write the JSON and the page's table anew."""
    before = json.loads(FIGURES.read_text(encoding="utf-8"))["figures"] if FIGURES.exists() else []
    found = {"machine": machine(), "figures": merged(before, now, names)}
    FIGURES.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")


def with_table(page: str, found: Mapping[str, Any]) -> str:
    """The page with the table of these figures between its marks."""
    head, tail = page.split(BEGIN)[0], page.split(END)[1]
    return (
        f"{head}{BEGIN}\n\n"
        + "\n".join((*_described(found["machine"]), "", *table(found["figures"])))
        + f"\n\n{END}{tail}"
    )


def _described(of: Mapping[str, str]) -> Iterator[str]:
    yield "Measured on: " + "; ".join(of.values()) + "."


def table(figures: Iterable[Line]) -> Iterator[str]:
    """Markdown, a line a figure."""
    yield from _HEAD
    for line in figures:
        scale, unit = _UNITS.get(line["unit"], (1, line["unit"]))
        ours, theirs = (_number(line[side], scale, unit) for side in ("ours", "yardstick"))
        ratio = "" if line["ratio"] is None else f"{line['ratio']:.2f}"
        limit = "" if line["limit"] is None else f"{line['limit']:g}"
        verdict = "" if not limit else "ok" if line["ok"] else "**over**"
        yield f"| {line['benchmark']} | {line['name']} | {ours} | {theirs} | {ratio} | {limit} | {verdict} |"


def _number(value: float | None, scale: float, unit: str) -> str:
    if value is None:
        return ""
    scaled = value * scale
    if unit == "ms" and scaled >= 10_000:
        return f"{scaled / 1000:,.1f} s"
    return f"{scaled:,.{0 if scaled >= 100 else 1 if scaled >= 1 else 2}f} {unit}"
