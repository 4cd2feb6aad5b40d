"""Alerts: the rules by which people are told, what was found, what was told, and the links to acknowledge it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from data.store.clock import Clock
from data.store.entries.alerts.journal import Journal
from data.store.entries.alerts.links import AlertLinks
from data.store.entries.alerts.looks import Looks
from data.store.entries.alerts.messages import Messages
from data.store.entries.alerts.model import KINDS, AlertRule, Kind, Noted, QuietHours, Sent, Told
from data.store.entries.alerts.rules import AlertRules
from data.store.entries.database import Database

__all__ = ["KINDS", "AlertRule", "Alerts", "Kind", "Noted", "QuietHours", "Sent", "Told"]


PAUSE = 0.1
"""Seconds between two tries to have the turn."""


class Alerts:
    """Alerts of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.rules = AlertRules(database, clock)
        """What is told, to whom, when."""
        self.journal = Journal(database, clock)
        """What was found, and how it stands."""
        self._database, self._turn = database, threading.Lock()
        self.looks = Looks(database, clock)
        """When it was looked last."""
        self.messages = Messages(database, clock)
        """What was told to whom."""
        self.links = AlertLinks(database, clock)
        """Links by which a message is acknowledged."""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """For whoever looks or tells, one at a time in all processes: two at once would tell the same twice."""
        with self._turn:
            while True:
                with self._database.only("alerts") as mine:
                    if mine:
                        yield
                        return
                threading.Event().wait(PAUSE)
