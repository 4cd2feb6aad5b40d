"""The nouns of alerts: what was found, of whom, and what is said of it.

Invariant: an alert's key stays the same for as long as it is the same thing, so it is one alert over time; what is said
of it is said in every language when it is found, so that what was told can be shown later as it was told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from data.store.entries.alerts import Kind

Place = tuple[tuple[str, tuple[str, ...]], ...]
"""Dimension → members it is narrowed to, sorted; empty: the whole business."""


@dataclass(frozen=True)
class Key:
    """What makes an alert the same alert."""

    kind: Kind
    """What it is."""
    subject: str
    """KPI id; of silence the fact or connector, of a review its place among the rows, of an import its number."""
    place: Place = ()
    """Whose it is."""
    period: str = ""
    """The period it is about («2026-10», «2026-W41»); empty: it is about no single one."""


@dataclass(frozen=True)
class Said:
    """What is said of an alert, in one language."""

    title: str
    """What it is about, and whose."""
    text: str
    """What was seen: how large, when, against what."""
    why: str = ""
    """The reason, where one is known."""
    advice: str = ""
    """What to do."""


@dataclass(frozen=True)
class Alert:
    """One thing somebody has to know."""

    key: Key
    """What makes it the same."""
    since: date
    """First day it is about."""
    until: date
    """Last day it is about."""
    size: float
    """How bad it is, above 0; comparable only with the same alert at another time."""
    value: float | None = None
    """What was seen, in `unit`."""
    against: float | None = None
    """What it is held against, in `unit`."""
    unit: str = ""
    """Unit of both, as KPIs have them; «days» of silence, «score» of a review, «percent» of an import."""
    others: tuple[Place, ...] = ()
    """Others of whom the same was found: the same story elsewhere."""
    said: Mapping[str, Said] = field(default_factory=dict)
    """Language code → what is said."""
