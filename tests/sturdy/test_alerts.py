"""`kill -9` between finding and telling: everybody is told once by a real mail server, whatever ended it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from data.store.entries.alerts import AlertRule
from data.store.store import Store
from kpi.delivery.kinds import set_up
from tests.sturdy.files import clock
from tests.sturdy.teller import STAGES
from tests.unit.delivery.servers.mailbox import Mailbox, mail_server
from tests.unit.store.files import load

ROOT = Path(__file__).parents[2]


def tell(workspace: Path, *stage: str) -> int:
    """Status of a process that tells, to the end or to a stage."""
    settings = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.sturdy.teller", str(workspace), *stage]
    return subprocess.run(command, cwd=ROOT, env=settings, timeout=300, check=False).returncode


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
def test_everybody_is_told_once(tmp_path: Path, stage: str) -> None:
    mailbox = Mailbox()
    server = mail_server(mailbox)
    try:
        with Store.open(tmp_path / "ws", clock) as store:
            day = clock().date()
            load(store, tmp_path, "reviews.csv", "reviews", ["review_id,created_at,rating", f"1,{day},1", f"2,{day},2"])
            told = {"host": "127.0.0.1", "port": server.port, "security": "none", "sender": "kpi@example.org"}
            channel, whom = (
                set_up(store, "mail", "mail", told),
                store.entries.addressees.add("Ольга", email="o@example.org"),
            )
            rule = AlertRule(frozenset({"review"}), roles=(), addressees=(whom,), channels=(channel,), quiet=None)
            store.entries.alerts.rules.add(rule)
        assert tell(tmp_path / "ws", stage) == -signal.SIGKILL
        for _ in range(2):
            assert tell(tmp_path / "ws") == 0
        assert len(mailbox.mails) == 1
        with Store.open(tmp_path / "ws", clock) as store:
            assert len(store.entries.alerts.journal.seen_by("")) == 2
            assert [one.state for one in store.entries.deliveries.latest()] == ["sent"]
    finally:
        server.stop()
