"""Moments as they are kept: in UTC, to the second, so that they sort as texts do."""

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """A moment as text; one without a zone is the computer's wall time."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def from_text(text: str) -> datetime:
    """The moment of a text, in UTC."""
    return datetime.fromisoformat(text)
