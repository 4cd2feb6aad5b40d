"""What the child process hands to its parent: tables of text, and notes on what it saw."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Row = Mapping[str, str | None]


class NotOfThisKind(ValueError):
    """The file only looked like one."""


class Refused(ValueError):
    """The file holds something no honest file of its kind needs."""


@dataclass(frozen=True)
class Note:
    """Something seen, to be said by the parent in words."""

    rule: str
    """Stable name of the rule."""
    count: int
    """Records, cells or lines it concerns."""
    examples: tuple[str, ...] = ()
    """Up to five of them."""
    about: str = ""
    """A name or amount the sentence needs."""
    other: str = ""
    """A second one."""


@dataclass(frozen=True)
class Found:
    """One table of a file."""

    name: str
    """What it is called within the file; "" where the file holds but one."""
    header: tuple[str, ...]
    """Names of its columns, as the file spells them."""
    rows: Sequence[tuple[int, Row]]
    """Line or number of each record, and its cells by name."""
    notes: tuple[Note, ...] = ()
    """What was seen and done."""
    offered: bool = False
    """May be left unloaded: it is beside the purpose of the file."""
    records: int | None = None
    """Records before lists in them became rows of their own."""


@dataclass
class Header:
    """The names of the columns in the order they first appear."""

    names: dict[str, None] = field(default_factory=dict)

    def see(self, names: Iterable[str]) -> None:
        """Add the names of one record."""
        self.names.update(dict.fromkeys(names))

    @property
    def texts(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(self.names)
