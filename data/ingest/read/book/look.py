"""The second look at a workbook's own file, sheet by sheet, while calamine reads the values.

Invariant: a part that inflates to anything but what the archive claims ends the process at once, whatever calamine is
doing with it by then.
"""

import os
import sys
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType

from data.ingest.read.book.ods_scan import ContentScan
from data.ingest.read.book.safe_xml import Forbidden
from data.ingest.read.book.seen import Seen
from data.ingest.read.book.xlsx_parts import Parts, read_parts
from data.ingest.read.book.xlsx_scan import PIECE, SheetScan
from data.ingest.read.limits import DAMAGED

_SHARED, _CONTENT = "xl/sharedStrings.xml", "content.xml"


@dataclass
class Looked:
    """What one sheet's file says beside its values."""

    seen: Seen = field(default_factory=Seen)
    """Formats, formulas, errors, merged cells."""
    durations: bool = False
    """Texts may be durations as OpenDocument writes them."""
    from_1904: bool = False
    """The workbook counts its days from 1904."""


class Look:
    """One workbook: an archive of parts, or the streams of an old one."""

    def __init__(self, file: str) -> None:
        self.archive = zipfile.ZipFile(file) if zipfile.is_zipfile(file) else None
        self.verifying: list[threading.Thread] = []
        self.parts = read_parts(self.archive) if self.archive is not None else Parts()
        self.contents = self._contents()
        self.binary = self._binary(file)

    def __enter__(self) -> "Look":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.verified()
        if self.archive is not None:
            self.archive.close()

    def _contents(self) -> list[Seen] | None:
        """What was seen of each sheet of an OpenDocument file; None for any other."""
        if self.archive is None or _CONTENT not in self.archive.namelist():
            return None
        with self.archive.open(_CONTENT) as stream:
            return ContentScan().read(stream, self.archive.getinfo(_CONTENT).file_size)

    def _binary(self, file: str) -> dict[str, Seen]:
        """What was seen in a workbook of records, by the sheet's name."""
        if self.parts.sheets or self.contents is not None:
            return {}
        from data.ingest.read.book import xls_scan, xlsb_scan  # only here: most workbooks need neither

        if self.archive is None:
            return xls_scan.scan(file) if xls_scan.is_old(file) else {}
        return xlsb_scan.scan(self.archive) if xlsb_scan.BOOK in self.archive.namelist() else {}

    @contextmanager
    def at(self, index: int, name: str) -> Iterator[Looked]:
        """What the sheet's file says; complete when the block ends, which it does beside the look."""
        if self.contents is not None:
            yield Looked(self.contents[index] if index < len(self.contents) else Seen(), durations=True)
            return
        if name in self.binary:
            yield Looked(self.binary[name])
            return
        looked = Looked(Seen(), from_1904=self.parts.from_1904)
        part = self.parts.sheets[index] if index < len(self.parts.sheets) else None
        if part is None:
            yield looked
            return
        thread = _beside(lambda: self._scan(part, looked.seen))
        yield looked
        thread.join()

    def verify(self) -> None:
        """Inflate the shared texts beside what else is done: calamine holds them all in memory."""
        if self.archive is not None and _SHARED in self.archive.namelist():
            self.verifying.append(_beside(self._inflate))

    def verified(self) -> None:
        """Wait until the shared texts are inflated; nothing runs beside the caller any more."""
        for thread in self.verifying:
            thread.join()

    def _inflate(self) -> None:
        assert self.archive is not None, "a part was found in it"
        with self.archive.open(_SHARED) as stream:
            while stream.read(PIECE):
                pass

    def _scan(self, part: str, seen: Seen) -> None:
        assert self.archive is not None, "a part was found in it"
        with self.archive.open(part) as stream:
            SheetScan(seen, self.parts.styles).read(stream, self.archive.getinfo(part).file_size)


def _beside(work: Callable[[], None]) -> threading.Thread:
    """The work in a thread; a file that turns out to be broken ends the process."""

    def run() -> None:
        try:
            work()
        except (Forbidden, OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error, MemoryError) as error:
            sys.stderr.write(f"{error}\n")
            sys.stderr.flush()
            os._exit(DAMAGED)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread
