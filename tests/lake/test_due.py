"""What is due is done once, however many instances look; a backup of what they share holds what was entered."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from data.access.people import Membership, People
from data.store.connection import SETTING
from data.store.store import Store
from data.store.taking.backup import backup
from data.store.taking.restore import prepare
from kpi.delivery.kinds import set_up
from tests.unit.delivery.servers.http import Receiver, served
from tests.unit.delivery.test_sending import queued, states
from tests.unit.store.files import clock

pytestmark = pytest.mark.slow
INSTANCES, MAILS = 3, 12


def deliverer(workspace: Path) -> subprocess.Popen[str]:
    """An instance that waits for a word."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.lake.deliverer", str(workspace)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_what_is_due_leaves_once_however_many_instances_look(lake: Path) -> None:
    receiver = Receiver()
    with served(receiver), Store.open(lake, clock) as store:
        channel = set_up(store, "hook", "webhook", {"url": receiver.url, "allows_private": True})
        instances = [deliverer(lake) for _ in range(INSTANCES)]
        try:
            for one in instances:
                assert one.stdout is not None
                assert one.stdout.readline() == "open\n"
            queued(store, channel, *(f"{n}@example.org" for n in range(MAILS)))
            told = [one.communicate("go\n")[0] for one in instances]
        finally:
            for one in instances:
                one.kill()
        assert told == ["well\nwell\nwell\n"] * INSTANCES
        assert states(store) == ["sent"] * MAILS
        keys = [asked.headers["idempotency-key"] for asked in receiver.asked]
        assert len(keys) == len({*keys}) == MAILS
        assert store.entries.clockwork.faults() == ()


def test_a_backup_holds_what_was_entered_and_who_may_come_in(
    lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(lake, clock) as store, closing(People(lake, clock)) as people:
        store.entries.set_target("rating", good_low=4.5)
        people.let_in("ann@example.org", "Ann", Membership("", "owner"))
        backup(store, tmp_path / "backup.zip")
    monkeypatch.delenv(SETTING)
    with Store.open(tmp_path / "alone", clock) as store:
        assert prepare(store, tmp_path / "backup.zip").people
    with Store.open(tmp_path / "alone", clock) as store, closing(People(tmp_path / "alone", clock)) as people:
        assert [(row.kpi, row.good_low) for row in store.entries.targets()] == [("rating", 4.5)]
        assert [one.login for one in people.persons.all()] == ["ann@example.org"]
