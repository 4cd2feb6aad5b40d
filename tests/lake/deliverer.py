"""An instance without a screen: opens the workspace, says so, and at a word does what is due, some times over."""

import sys
from pathlib import Path

from data.store.store import Store
from kpi.delivery.due import run_due
from tests.unit.store.files import clock

TIMES = 3
"""Looks of the clockwork, as if a minute lay between."""

with Store.open(Path(sys.argv[1]), clock) as store:
    sys.stdout.write("open\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for _ in range(TIMES):
        failed = run_due(store)
        sys.stdout.write(f"{' '.join(failed) or 'well'}\n")
        sys.stdout.flush()
