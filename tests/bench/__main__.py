"""`run.py bench [NAME…]`: each benchmark prints its ratio or score; status 1 if one breaks its limit or fails.

`--json FILE` writes what was found; `--record` keeps it in docs/performance.json and the table of docs/performance.md.
"""

import argparse
import importlib
import json
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from tests.bench import record

NAMES = (
    "evaluate", "rollups", "why", "bonus", "process", "report", "ingest", "rerun", "phone", "workbook", "tolerant",
    "pollock", "units", "memory", "cold", "viewers", "peers",
)  # fmt: skip
LONG = ("large", "process_large", "evaluate_large", "rollups_large", "capacity", "engine")
"""Only run when named: minutes, and gigabytes of disk."""


class Outcome(Protocol):
    """One figure of a benchmark; `str` of it is its line on the screen."""

    @property
    def over(self) -> bool:
        """Whether its limit is broken."""

    def record(self) -> dict[str, str | float | None]:
        """name, ours, yardstick, unit, ratio, limit, ok."""


def main() -> int:
    """Run the benchmarks named on the command line, or all but the long ones."""
    parser = argparse.ArgumentParser(prog="run.py bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join((*NAMES, *LONG)))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was found there")
    parser.add_argument("--record", action="store_true", help="keep it in docs/performance.json and .md")
    args = parser.parse_args()
    names = args.names or NAMES
    unknown = [name for name in names if name not in (*NAMES, *LONG)]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}")
    found, bad = [], False
    for name in names:
        try:
            outcomes = list(_ran(name))
        except Exception:  # the others are still worth running
            traceback.print_exc()
            bad = True
            continue
        bad = bad or any(outcome.over for outcome in outcomes)
        found += record.lines(name, (outcome.record() for outcome in outcomes))
    if args.json:
        told = {"machine": record.machine(), "figures": found}
        args.json.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if args.record:
        record.keep(found, (*NAMES, *LONG))
    print("\n".join(record.table(found)))
    return int(bad)


def _ran(name: str) -> Iterator[Outcome]:
    """Its outcomes, each printed when it is there."""
    module = importlib.import_module(f"tests.bench.{name}")
    with tempfile.TemporaryDirectory(prefix=f"kpi-bench-{name}-") as folder:
        for outcome in module.run(Path(folder)):
            print(outcome, flush=True)
            yield outcome


if __name__ == "__main__":
    sys.exit(main())
