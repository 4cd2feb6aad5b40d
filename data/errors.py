"""Mistakes a person can mend, told in one sentence; anything else is a bug.

Invariant: a `UserError` never loses data and never shows a traceback: what happened, where, what to do.
"""

import difflib
from collections.abc import Iterable

from data.message import Message, say


class UserError(Exception):
    """Something a person can put right.

    `title` says what happened, `detail` which file, row or column, `hint` what to do. Each is a `Message` (a plain
    string is taken as a message without parameters).
    """

    def __init__(
        self, title: Message | str, detail: Message | str | None = None, hint: Message | str | None = None
    ) -> None:
        self.title = _message(title)
        self.detail = _message(detail) if detail is not None else None
        self.hint = _message(hint) if hint is not None else None
        super().__init__(str(self))

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.title, self.detail, self.hint) if part is not None)


class UnreadableFile(UserError):
    """The file is empty, damaged, encrypted, or not a table at all."""


class UnrecognisedTable(UserError):
    """The table was read, but which fact or column it holds must be told by a person."""


class MappingError(UserError):
    """A mapping names a column, fact, word or format that does not exist."""


class ExpressionError(UserError):
    """A formula or comparison cannot be read, or says what cannot be; the detail says at which character.

    `at` is that character, counted from 0, where it is known.
    """

    def __init__(
        self,
        title: Message | str,
        detail: Message | str | None = None,
        hint: Message | str | None = None,
        *,
        at: int | None = None,
    ) -> None:
        super().__init__(title, detail, hint)
        self.at = at if at is not None and at >= 0 else None


class UnknownName(UserError):
    """A KPI, dimension, fact or import that does not exist."""


class NotAvailable(UserError):
    """A KPI cannot be computed, or not by this dimension, from what is loaded."""


class NotAllowed(UserError):
    """The person's scope does not include what was asked for."""


class WorkspaceBusy(UserError):
    """Another process owns the workspace and could not be reached."""


def did_you_mean(name: str, known: Iterable[str]) -> Message | None:
    """The one "did you mean" of the project: the closest known names, or None."""
    close = difflib.get_close_matches(name, list(known), n=3, cutoff=0.6)
    return say("Did you mean {names}?", names=", ".join(close)) if close else None


def _message(text: Message | str) -> Message:
    return text if isinstance(text, Message) else Message(text)
