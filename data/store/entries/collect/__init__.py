"""What comes by itself: what is connected, how its runs went, what arrived, and who may push."""

from data.store.entries.collect.arrivals import Arrival, Arrivals
from data.store.entries.collect.connections import Connection, Connections, NewConnection, Takes
from data.store.entries.collect.push_tokens import PushToken, PushTokens
from data.store.entries.collect.runs import Ended, Run, Runs
from data.store.entries.collect.standings import Standing, Standings

__all__ = [
    "Arrival",
    "Arrivals",
    "Connection",
    "Connections",
    "Ended",
    "NewConnection",
    "PushToken",
    "PushTokens",
    "Run",
    "Runs",
    "Standing",
    "Standings",
    "Takes",
]
