"""Figures of benchmarks: what stays, what is replaced, and that the page shows what the JSON holds."""

import json

from tests.bench import record
from tests.bench.timing import Ratio


def _line(benchmark: str, name: str, ratio: float) -> record.Line:
    return record.lines(benchmark, [Ratio(name, ratio, 1.0, 1.5).record()])[0]


def test_a_benchmark_that_ran_replaces_its_lines_and_no_others() -> None:
    before = [_line("a", "old", 1.0), _line("b", "stays", 1.1), _line("gone", "no such benchmark any more", 1.0)]
    kept = record.merged(before, [_line("a", "new", 1.2)], ("b", "a"))
    assert [line["name"] for line in kept] == ["stays", "new"]


def test_what_breaks_its_limit_is_told() -> None:
    *_, lost = record.table([_line("a", "slow", 2.0)])
    assert lost == "| a | slow | 2,000 ms | 1,000 ms | 2.00 | 1.5 | **over** |"


def test_megabytes_are_no_milliseconds() -> None:
    *_, line = record.table(record.lines("a", [Ratio("idle", 150.0, 120.0, 1.3, "MB").record()]))
    assert "| 150 MB | 120 MB | 1.25 | 1.3 | ok |" in line


def test_the_page_shows_the_figures_that_are_kept() -> None:
    page = record.PAGE.read_text(encoding="utf-8")
    kept = json.loads(record.FIGURES.read_text(encoding="utf-8"))
    assert record.with_table(page, kept) == page
