"""An alert as it is kept: written down and read back.

Invariant: what was said is kept as it was said; a record an older version wrote can be read.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from data.store.entries.alerts import Noted
from data.store.entries.alerts.journal import Found
from kpi.alerts.model import Alert, Key, Place, Said
from kpi.language import Language

NOTHING = Said("", "")


def as_found(alert: Alert) -> Found:
    """What is noted of an alert."""
    content = {
        "since": alert.since.isoformat(), "until": alert.until.isoformat(), "value": alert.value,
        "against": alert.against, "unit": alert.unit, "said": {code: asdict(said) for code, said in alert.said.items()},
    }  # fmt: skip
    key = alert.key
    return Found(key.kind, key.subject, place_text(key.place), key.period, _text(content), alert.size)


def place_text(place: Place) -> str:
    """A place as it is kept."""
    return _text(place)


def key_of(noted: Noted) -> Key:
    """The key of what was noted."""
    return Key(noted.kind, noted.subject, _place(noted.place), noted.period)


@dataclass(frozen=True)
class Record:
    """What was noted of an alert, read back."""

    noted: Noted
    """As it stands."""
    since: date
    """First day it is about."""
    until: date
    """Last day it is about."""
    value: float | None
    """What was seen."""
    against: float | None
    """What it is held against."""
    unit: str
    """Unit of both."""
    place: Place
    """Whose it is."""
    _said: dict[str, Said]

    def said(self, words: Language) -> Said:
        """What is said in a language."""
        return self._said.get(words.code) or next(iter(self._said.values()), NOTHING)

    def all_said(self) -> dict[str, dict[str, str]]:
        """Language code → what is said, as it is kept."""
        return {code: asdict(said) for code, said in self._said.items()}


def record(noted: Noted) -> Record:
    """What was noted, read back."""
    cells: dict[str, Any] = json.loads(noted.content)
    said = {code: Said(**parts) for code, parts in cells["said"].items()}
    since, until = (date.fromisoformat(cells[end]) for end in ("since", "until"))
    return Record(noted, since, until, cells["value"], cells["against"], cells["unit"], _place(noted.place), said)


def _place(text: str) -> Place:
    return tuple((str(name), tuple(members)) for name, members in json.loads(text))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
