"""Where a command runs: whose workspace, from which folder, and where its words go.

Invariant: a command touches nothing of the process but this, so it runs the same beside the app and inside it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from data.errors import UserError
from data.message import Message
from data.store.store import Store
from kpi.language import Language, language

_TERMINAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Session:
    """One run of one command."""

    workspace: Path
    """Folder of the workspace."""
    cwd: Path
    """Folder that relative paths start from."""
    out: TextIO
    """Standard output."""
    err: TextIO
    """Standard error."""
    code: str
    """Language of the answers: en or ru."""
    open_store: Callable[[], Store]
    """Opens the workspace, or gives the one that is open."""
    reopen: Callable[[], None] = lambda: None
    """Closes the workspace, so that it is opened anew by whoever asks next."""
    given: str = field(default="", repr=False)
    """What was given on standard input, or in KPI_SECRET, to a command that asks for secrets."""

    @property
    def words(self) -> Language:
        """The language of the answers."""
        return language("ru" if self.code == "ru" else "en")

    def path(self, named: str) -> Path:
        """A path as the person meant it."""
        return (self.cwd / Path(named).expanduser()).resolve()

    def print(self, text: str | Message = "") -> None:
        """A line on standard output."""
        self.out.write(_harmless(text if isinstance(text, str) else self.words.render(text)) + "\n")

    def reason(self, error: UserError) -> str:
        """What a UserError says, in the language of the answers."""
        parts = (error.title, error.detail, error.hint)
        return " ".join(self.words.render(part) for part in parts if part is not None)

    def warn(self, text: str | Message) -> None:
        """A line on standard error."""
        self.err.write(_harmless(text if isinstance(text, str) else self.words.render(text)) + "\n")


def _harmless(text: str) -> str:
    """Without signs that move the cursor, colour or clear a terminal: a file's name may hold any of them."""
    return text if text.isprintable() else _TERMINAL.sub("\ufffd", text)
