"""The nouns of collection: a kind of source, what it is told, what it brings.

Invariant: a kind knows neither the store nor the pipeline. It is asked with an `Asked`, yields what it finds, and goes
on only when what it yielded before lies safely in the workspace: so whatever it does after a `yield` (marking a message
as read, moving a file) is done for things that were taken.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from data.errors import UserError
from data.ingest.column_map import Mapping as TableMapping
from data.message import Message

Value = str | int | bool
"""What a setting may be."""
Form = Literal["text", "address", "folder", "number", "choice", "yes", "secret"]
"""How a setting is asked for: a line, a web address, a folder of the server, a number, one of several, yes or no, and a
line that is sealed and never shown again."""
State = Mapping[str, Any]
"""Where a source stands, as JSON: what the kind needs to go on next time. Empty at first."""

MOSCOW = ZoneInfo("Europe/Moscow")
"""Where nobody says otherwise."""


@dataclass(frozen=True)
class Setting:
    """One thing a kind has to be told."""

    name: str
    """Its name in files and commands: lower case, no spaces."""
    title: Message
    """What the form calls it."""
    help: Message
    """What to enter, and where to find it."""
    form: Form = "text"
    """How it is asked for."""
    default: Value = ""
    """What holds where nothing is entered; a number for a number, a boolean for yes or no."""
    is_required: bool = True
    """Whether there is no source without it (texts and secrets)."""
    choices: Mapping[str, Message] = field(default_factory=dict)
    """Of a choice: value → what it is called."""
    least: int = 0
    """Of a number: the smallest."""
    most: int = 1_000_000
    """Of a number: the largest; of a text: most characters."""
    example: str = ""
    """Shown where nothing is entered yet."""
    check: Callable[[Value], None] | None = None
    """Raises `UserError` for a value that cannot be."""


@dataclass(frozen=True)
class Limits:
    """How much one run may take; a kind stops there and goes on next time."""

    bytes: int = 50_000_000
    """Of one file."""
    files: int = 200
    """In one run."""
    seconds: float = 300.0
    """One run may last."""
    wait: float = 20.0
    """Seconds without an answer after which somebody is taken for silent."""


@dataclass(frozen=True)
class Asked:
    """What a kind is told when it is asked."""

    settings: Mapping[str, Value]
    """Setting → value, every setting of the kind but secrets, checked and typed."""
    secret: Callable[[str], str]
    """Name of a setting that is a secret → its value; empty where none was entered. `Trouble` where the key is gone."""
    state: State
    """Where the source stands."""
    now: datetime
    """The business's local time, without a zone."""
    clock: Callable[[], float]
    """Seconds that only grow, for waiting and limits."""
    sleep: Callable[[float], None]
    """Waits seconds: for limits of a few seconds; what has to wait longer yields `Later`."""
    limits: Limits = Limits()
    """How much may be taken."""
    is_trial: bool = False
    """It is only tried: the first things are looked at, nothing is kept, and nothing may be changed out there."""
    zone: ZoneInfo = MOSCOW
    """Where the clocks of the business hang: moments with an offset are told by them."""


@dataclass(frozen=True)
class Arrived:
    """A file that was brought."""

    name: str
    """Its name with the ending, as people know it; what it is read by follows from it."""
    content: bytes
    """What is in it."""
    key: str
    """What it is in its source («uid:17:report.csv», «stats:2026-10»): one key with one content is taken once."""
    fact: str | None = None
    """What its rows are, where the source knows."""
    mappings: tuple[TableMapping, ...] = ()
    """How it is read, where the source knows; else it must explain itself or be like one somebody explained."""
    period: tuple[date, date] | None = None
    """First and last day for which it tells everything: earlier rows of this source in these days give way."""
    account: str | None = None
    """Account of its rows, where they name none; None: the connection's."""
    source: str | None = None
    """Label of what it is a version of; None: the connection's."""


@dataclass(frozen=True)
class Reached:
    """All that was yielded before counts as fetched: next time the kind is asked with this state."""

    state: State
    """Where the source stands now."""


@dataclass(frozen=True)
class Later:
    """There is more to fetch, not before a moment: the run ends and goes on then, with the state reached."""

    at: datetime
    """When; the business's local time."""


@dataclass(frozen=True)
class Noted:
    """Something worth telling that keeps nothing else from being fetched: a file that is too large, a right that is
    missing for one of several things."""

    message: Message
    """What, and what to do."""


Found = Arrived | Reached | Later | Noted
"""What a kind yields."""


class Trouble(UserError):
    """Something that keeps a source from being fetched: told with since when, and tried again after a pause.

    `is_lasting`: trying again soon is of no use (a wrong password, a right that is missing). `retry_at`: the other side
    said when, in the business's local time.
    """

    def __init__(
        self,
        title: Message | str,
        detail: Message | str | None = None,
        hint: Message | str | None = None,
        *,
        is_lasting: bool = False,
        retry_at: datetime | None = None,
    ) -> None:
        super().__init__(title, detail, hint)
        self.is_lasting = is_lasting
        self.retry_at = retry_at


@dataclass(frozen=True)
class Kind:
    """A kind of source."""

    name: str
    """Its code: folder, web, mail, …"""
    title: Message
    """What it is called."""
    about: Message
    """What it brings, in a sentence."""
    settings: tuple[Setting, ...]
    """What it has to be told, in the order of the form."""
    fetch: Callable[[Asked], Iterator[Found]]
    """Brings what is new since the state. `Trouble` says what is in the way."""
    rhythm: str = "1h"
    """How often it is asked unless somebody chooses otherwise: «15m», «6h», «07:30»."""
    least: timedelta = timedelta(minutes=5)
    """It is never asked more often."""
    prove: Callable[[Asked], tuple[Message, ...]] | None = None
    """Tries rights and keys without fetching, and says in plain words what works. `Trouble` says what does not."""
    check: Callable[[Mapping[str, Value]], None] | None = None
    """Raises `UserError` for settings that cannot be together."""
    is_snapshot: bool = False
    """What it brings is always the whole of it: a newer one stands for all rows of the one before."""
    is_asked: bool = True
    """It is asked by itself; else others send to it."""
    guide: Message | None = None
    """How to get what the settings ask for, in a few sentences."""
