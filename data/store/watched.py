"""What long work tells of itself while it runs."""

from typing import Protocol

from data.message import Message


class Progress(Protocol):
    """Told the stage, how much is done (0…1) and, where one query makes most of the stage, where that ends."""

    def __call__(self, stage: Message, share: float, until: float = 0.0, /) -> None: ...


def unwatched(_stage: Message, _share: float, _until: float = 0.0, /) -> None:
    """The progress nobody watches."""
