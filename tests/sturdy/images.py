"""What a disk may hold after the power failed, or after it went bad."""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.ingest.column_map import ColumnMap, Mapping
from data.store.store import Store
from tests.sturdy.files import HEADER, clock, write

SECTOR = 512
MAPPING = Mapping("orders", tuple(ColumnMap(name, name) for name in HEADER.split(",") if name != "batch"))


@dataclass(frozen=True)
class Taken:
    """A workspace as it lay on the disk when an import had been acknowledged."""

    folder: Path
    """A copy of it."""
    acknowledged: frozenset[int]
    """Imports acknowledged by then."""

    @property
    def log(self) -> Path:
        """DuckDB's log of what is not yet in its file."""
        return self.folder / "main.duckdb.wal"


def history(folder: Path, count: int) -> Iterator[Taken]:
    """Imports one after the other; the files are copied after each, while the database is open."""
    files = write(folder / "files", count)
    with Store.open(folder / "workspace", clock) as store:
        store.cursor().execute("set checkpoint_threshold = '1GB'")
        for number, file in enumerate(files, start=1):
            store.publish(file, [MAPPING])
            copy = folder / f"after{number}"
            shutil.copytree(store.workspace.folder, copy)
            yield Taken(copy, frozenset(range(1, number + 1)))


def image(folder: Path, taken: Taken) -> Path:
    """A workspace to spoil."""
    shutil.rmtree(folder, ignore_errors=True)
    return Path(shutil.copytree(taken.folder, folder))


def tear(chance: random.Random, before: bytes, after: bytes) -> bytes:
    """What of a write beyond `before` may have reached the disk: a prefix, or any of its sectors, torn or not."""
    written = after[len(before) :]
    kind = chance.choice(("nothing", "prefix", "sectors", "zeros", "torn"))
    if kind == "nothing":
        return before
    if kind == "prefix":
        return before + written[: chance.randrange(len(written) + 1)]
    sectors = [written[at : at + SECTOR] for at in range(0, len(written), SECTOR)]
    kept = [sector if chance.random() < 0.7 else b"\0" * len(sector) for sector in sectors]
    if kind == "zeros":
        return before + b"".join(kept[: chance.randrange(len(kept) + 1)]) + b"\0" * chance.randrange(3 * SECTOR)
    if kind == "torn" and kept:
        place = chance.randrange(len(kept))
        kept[place] = kept[place][: len(kept[place]) // 2] + chance.randbytes(len(kept[place]) - len(kept[place]) // 2)
    return before + b"".join(kept)
