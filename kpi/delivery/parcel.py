"""What goes out to one recipient, whatever the channel.

Invariant: finished: a channel only packs it, and asks nothing of the workspace.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Attachment:
    """One file."""

    name: str
    """Its name, with its ending, in any letters."""
    media_type: str
    """Its media type, such as application/pdf."""
    content: bytes
    """The file."""


@dataclass(frozen=True)
class Parcel:
    """One thing that goes out."""

    key: str
    """Names it to the other side: the same at every try (Message-ID, Idempotency-Key)."""
    subject: str
    """One line that says what it is."""
    text: str
    """What it says, as plain text."""
    html: str = ""
    """The same as HTML for a mail; empty: the text says it all."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """Pictures the HTML shows: content id → PNG."""
    files: tuple[Attachment, ...] = ()
    """Files that go with it."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """What a program at the other end may read without a file: period, language, figures (JSON)."""
    note: str = ""
    """The text where it stands without its subject, as in a messenger; empty: subject and text."""
