"""Alerts: the rules by which people are told, what was found, what was told, and the links to acknowledge it."""

import threading

from data.store.clock import Clock
from data.store.entries.alerts.journal import Journal
from data.store.entries.alerts.links import AlertLinks
from data.store.entries.alerts.looks import Looks
from data.store.entries.alerts.messages import Messages
from data.store.entries.alerts.model import KINDS, AlertRule, Kind, Noted, QuietHours, Sent, Told
from data.store.entries.alerts.rules import AlertRules
from data.store.entries.database import Database

__all__ = ["KINDS", "AlertRule", "Alerts", "Kind", "Noted", "QuietHours", "Sent", "Told"]


class Alerts:
    """Alerts of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.rules = AlertRules(database, clock)
        """What is told, to whom, when."""
        self.journal = Journal(database, clock)
        """What was found, and how it stands."""
        self.turn = threading.RLock()
        """Held by whoever looks or tells: two at once would tell the same twice."""
        self.looks = Looks(database, clock)
        """When it was looked last."""
        self.messages = Messages(database, clock)
        """What was told to whom."""
        self.links = AlertLinks(database, clock)
        """Links by which a message is acknowledged."""
