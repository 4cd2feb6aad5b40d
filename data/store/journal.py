"""What happened to every import, outside DuckDB.

Invariant: a line is durable before the next thing happens; lines are only ever added. Which imports count follows from
the journal alone, so DuckDB can be lost.
"""

import json
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from data.store.workspace import sync_folder

Event = Literal["begin", "done", "failed", "undone"]


@dataclass(frozen=True)
class Entry:
    """One line of the journal."""

    event: Event
    """begin: about to publish · done: published · failed: nothing came of it · undone: taken back."""
    import_id: int
    """Number of the import."""
    at: datetime
    """When."""
    facts: dict[str, Any]
    """begin: file, sha256, extension, options, mappings · done: sources, reports · failed: reason."""


class Journal(Protocol):
    """What every import went through."""

    def append(self, event: Event, import_id: int, at: datetime, **facts: Any) -> None:
        """Write one line; durable when this returns."""
        ...

    def entries(self) -> Iterator[Entry]:
        """Every line, oldest first."""
        ...

    def next_import(self) -> int:
        """A number no import ever had, failed and undone ones included."""
        ...


class FileJournal:
    """The append-only file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def append(self, event: Event, import_id: int, at: datetime, **facts: Any) -> None:
        """Write one line; durable when this returns."""
        line = _line(event, import_id, at, facts)
        with self._lock:
            new = not self._path.exists()
            with self._path.open("ab") as file:
                whole = file.tell() == 0 or self._ends_whole()
                file.write((b"" if whole else b"\n") + line.encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            if new:
                self._path.chmod(0o600)
                sync_folder(self._path.parent)

    def entries(self) -> Iterator[Entry]:
        """Every whole line, oldest first; one that a crash cut off is no entry."""
        if not self._path.exists():
            return
        for line in self._path.read_bytes().splitlines():
            try:
                value = json.loads(line)
            except ValueError:
                continue
            at = datetime.fromisoformat(value.pop("at"))
            yield Entry(value.pop("event"), int(value.pop("import")), at, value)

    def next_import(self) -> int:
        """A number no import ever had, failed and undone ones included."""
        return max((entry.import_id for entry in self.entries()), default=0) + 1

    def _ends_whole(self) -> bool:
        with self._path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"


def written_out(journal: Journal, path: Path) -> Path:
    """The same journal as a file."""
    lines = "".join(_line(one.event, one.import_id, one.at, one.facts) + "\n" for one in journal.entries())
    path.write_text(lines, encoding="utf-8")
    return path


def _line(event: Event, import_id: int, at: datetime, facts: Mapping[str, Any]) -> str:
    return json.dumps({"event": event, "import": import_id, "at": at.isoformat(), **facts}, ensure_ascii=False)


@dataclass(frozen=True)
class Known:
    """What the journal knows of one import."""

    begin: Entry
    """How it was to be made."""
    done: Entry | None
    """What became of it."""
    closed: bool
    """It is done or failed."""
    undone: datetime | None
    """When it was taken back."""


def imports_of(journal: Journal) -> dict[int, Known]:
    """Every import the journal knows, by number."""
    found: dict[int, dict[str, Entry]] = {}
    for entry in journal.entries():
        found.setdefault(entry.import_id, {})[entry.event] = entry
    return {
        number: Known(
            events["begin"],
            events.get("done"),
            "done" in events or "failed" in events,
            events["undone"].at if "undone" in events else None,
        )
        for number, events in sorted(found.items())
        if "begin" in events
    }
