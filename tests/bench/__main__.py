"""`run.py bench [NAME…]`: each benchmark prints its ratio or score; status 1 if one breaks its limit."""

import argparse
import importlib
import sys
import tempfile
from pathlib import Path

NAMES = (
    "evaluate", "why", "bonus", "process", "report", "ingest", "rerun", "phone", "workbook", "tolerant", "pollock",
    "units",
)  # fmt: skip
LONG = ("large", "process_large")
"""Only run when named: minutes, and gigabytes of disk."""


def main() -> int:
    """Run the benchmarks named on the command line, or all but the long ones."""
    parser = argparse.ArgumentParser(prog="run.py bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join((*NAMES, *LONG)))
    names = parser.parse_args().names or NAMES
    unknown = [name for name in names if name not in (*NAMES, *LONG)]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}")
    over = False
    for name in names:
        module = importlib.import_module(f"tests.bench.{name}")
        with tempfile.TemporaryDirectory(prefix=f"kpi-bench-{name}-") as folder:
            for outcome in module.run(Path(folder)):
                print(outcome, flush=True)
                over = over or outcome.over
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
