"""A backup that is put back sends nothing that went out after it was made."""

from datetime import datetime
from pathlib import Path

from data.store.entries import Audience, NewDelivery, NewSchedule, Rhythm, Wanted
from data.store.store import Store
from data.store.taking.backup import backup
from data.store.taking.restore import prepare
from data.store.zone import instant
from kpi.delivery.kinds import set_up
from kpi.delivery.running import deliver_all
from kpi.delivery.sending import Round
from tests.unit.delivery.clock import Clock
from tests.unit.delivery.servers.mailbox import Mailbox


def test_what_waited_in_a_backup_does_not_go_out_again(tmp_path: Path, open_server: int, mailbox: Mailbox) -> None:
    """Backed up on Sunday with a test that waits; both go out by Tuesday; put back on Tuesday nothing does."""
    clock, file = Clock(datetime(2026, 11, 1, 12)), tmp_path / "backup.zip"
    with Store.open(tmp_path / "ws", clock) as store:
        told = {"host": "127.0.0.1", "port": open_server, "security": "none", "sender": "kpi@example.org"}
        channel = set_up(store, "mail", "mail", told)
        whom = store.entries.addressees.add("Анна", email="anna@example.org")
        monday = Rhythm("week", (1,), quiet="none")
        store.entries.schedules.add(
            NewSchedule("", Wanted(forms=()), monday, Audience(addressees=(whom,)), channel), instant(clock)
        )
        waiting = NewDelivery("test", "test", "x", f"addressee:{whom}", channel, "Анна", instant(clock), {"text": "x"})
        store.entries.deliveries.put(waiting)
        backup(store, file)
        clock.now = datetime(2026, 11, 3, 12)
        assert Round(store).send_all() == {"sent": 1}
        prepare(store, file)
    with Store.open(tmp_path / "ws", clock) as again:
        assert deliver_all(again, instant(clock)) == {}
        (found,) = again.entries.deliveries.latest()
        assert (found.state, found.next_at) == ("missed", None)
        assert "backup" in str(found.reason)
    assert len(mailbox.mails) == 1
