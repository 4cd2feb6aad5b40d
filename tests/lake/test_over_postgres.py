"""What is tried of entries, people and all that is made of them over SQLite holds over PostgreSQL, unchanged."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lake.in_postgres import VARIABLE
from tests.postgres import Postgres

pytestmark = pytest.mark.slow
UNIT = Path(__file__).parents[1] / "unit"
GROUPS = {
    "entries": (
        "store/test_entries.py", "store/test_custom_kpis.py", "store/test_experiments.py", "store/test_links.py",
        "store/test_secrets.py", "store/test_target_log.py", "store/test_saved_views.py", "store/test_api_tokens.py",
        "store/test_gate.py", "process/test_settings.py", "surveys/test_entries.py",
    ),
    "people": ("server/test_door.py", "server/test_businesses.py", "server/test_alert_link.py"),
    "delivery": ("delivery",),
    "alerts": ("alerts/test_kept.py",),
    "collection": ("collect/test_running.py", "collect/test_failing.py"),
}  # fmt: skip
OF_FILES = (
    "store/test_secrets.py::test_exports_and_backups_hold_no_secret_and_a_backup_elsewhere_says_what_is_missing",
    "delivery/test_kinds.py::test_the_password_lies_sealed_and_opens_the_channel",
    "delivery/test_restored.py",
    "server/test_door.py::test_no_token_and_no_password_is_kept_as_it_is",
)
"""What is about the SQLite file itself."""


@pytest.mark.parametrize("group", GROUPS)
def test_the_same_holds_over_postgres(group: str, postgres: Postgres) -> None:
    left_out = [f"--deselect=tests/unit/{name}" for name in OF_FILES]
    done = subprocess.run(
        [
            sys.executable, "-m", "pytest", "-q", "-p", "tests.lake.in_postgres", "-p", "no:cacheprovider",
            "-m", "not slow", *left_out, *(str(UNIT / name) for name in GROUPS[group]),
        ],
        cwd=UNIT.parents[1], env={**os.environ, VARIABLE: postgres.create(f"over_{group}")}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-5000:]
    assert " passed" in done.stdout
