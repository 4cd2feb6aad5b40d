"""Files into a folder of this computer, or one that is kept in step with a cloud.

Invariant: a file is there whole or not at all, and the same delivery writes the same names: twice is once.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from data.errors import UserError
from data.message import say
from kpi.delivery.channel import Leaving, NotSent
from kpi.delivery.parcel import Attachment, Parcel

LONGEST = 120
"""Characters of a file's name, without its ending; most file systems take 255 bytes."""
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


@dataclass(frozen=True)
class Folder:
    """A folder."""

    path: Path
    """Where it is."""

    def check(self) -> None:
        """`UserError` where nothing can be written there."""
        if not self.path.is_absolute() or not self.path.is_dir() or not os.access(self.path, os.W_OK):
            raise UserError(
                say("Nothing can be written to the folder «{path}».", path=str(self.path)),
                hint=say("Name a folder that is there, by its whole path."),
            )

    def send(self, parcel: Parcel, to: str, leaving: Leaving) -> str:  # noqa: ARG002 - there is but one place
        """Write the files, or the text where there are none; their names."""
        leaving()
        note = Attachment(f"{parcel.subject}.txt", "text/plain", parcel.text.encode())
        names = [(safe(file.name, parcel.key), file.content) for file in parcel.files or (note,)]
        try:
            for name, content in names:
                self._write(name, content, parcel.key)
            self._settle()
        except OSError as error:
            reason = say("The folder cannot be written to: {reason}", reason=error.strerror or "")
            raise NotSent(reason, again=True, is_channel=True) from None
        return ", ".join(name for name, _ in names)

    def _write(self, name: str, content: bytes, key: str) -> None:
        part = self.path / f".{key}.part"
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.path / name)

    def _settle(self) -> None:
        """The names are on the disk."""
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def safe(name: str, key: str) -> str:
    """A name every file system takes; one that had to be changed has a part of the key, so that it meets no other."""
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if dot and 0 < len(ending) <= 5 else (name, "")
    kept = _UNSAFE.sub(" ", stem).strip(" .")
    while len(kept) > LONGEST or len(kept.encode()) > 2 * LONGEST:
        kept = kept[:-1]
    changed = kept != stem or not kept
    return f"{kept} {key[:6]}".strip() + ending if changed else kept + ending
