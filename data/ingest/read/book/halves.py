"""The values of a sheet written as lines of texts; a long one in two processes, each of which writes its half.

Invariant: two write, block for block, what one alone writes, and count the same: no block depends on those before it
where no cell is merged and no link lies outside the cells.
"""

import json
import os
import shutil
import threading
from pathlib import Path
from typing import Any

from data.ingest.read.book.grid import BLOCK, Grid, OversizedSheet
from data.ingest.read.book.look import Looked
from data.ingest.read.book.texts import SheetTexts
from data.ingest.read.limits import DAMAGED, TOO_LARGE

LONG = 10 * BLOCK
"""Rows from which a second process is worth its start."""
LONGEST = 4_000_000
"""Characters of a row at most."""
EXAMPLES = 5

Counts = dict[str, Any]


def write(grid: Grid, looked: Looked, path: Path) -> Counts:
    """Write the cells, row number last; what was counted on the way."""
    middle = _middle(grid)
    if middle is None:
        return _write(grid, looked, path, 0, None)
    rest = path.with_suffix(".second")
    process = os.fork()
    if process == 0:
        os._exit(_second(grid, looked, rest, middle))
    first = _write(grid, looked, path, 0, middle)
    _, status = os.waitpid(process, 0)
    if status:
        raise OversizedSheet if os.waitstatus_to_exitcode(status) == TOO_LARGE else OSError("the second half failed")
    with path.open("ab") as whole, rest.open("rb") as half:
        shutil.copyfileobj(half, whole, 1 << 20)
    rest.unlink()
    return _together(first, json.loads(_counts_of(rest).read_text("utf-8")))


def _middle(grid: Grid) -> int | None:
    """The row the second process begins after; None where one process does it all."""
    alone = not hasattr(os, "fork") or (os.cpu_count() or 1) < 2 or threading.active_count() > 1
    if alone or grid.height < LONG or grid.seen.merged or grid.seen.links:
        return None
    return grid.height // 2 // BLOCK * BLOCK


def _second(grid: Grid, looked: Looked, path: Path, middle: int) -> int:
    """What the second process does; its exit status."""
    try:
        counted = _write(grid, looked, path, middle, None)
        _counts_of(path).write_text(json.dumps(counted), "utf-8")
    except OversizedSheet:
        return TOO_LARGE
    except BaseException:  # whatever it is, the first process must hear of it
        return DAMAGED
    return 0


def _counts_of(path: Path) -> Path:
    return path.with_suffix(".json")


def _write(grid: Grid, looked: Looked, path: Path, after: int, until: int | None) -> Counts:
    """Write the rows behind `after`, up to `until`."""
    texts = SheetTexts(looked.seen, grid.left, looked.durations)
    with path.open("w", encoding="utf-8", newline="") as file:
        for first, block in grid.blocks(after, until):
            lines = texts.lines(block, first)
            if len(lines) > LONGEST and max(map(len, lines.split("\n"))) > LONGEST:
                raise OversizedSheet
            file.write(lines)
            file.write("\n")
    cleaner = texts.cleaner
    return {
        "blank": grid.blank, "inexact": sorted(texts.inexact), "stripped": cleaner.stripped, "breaks": cleaner.breaks,
        "links": cleaner.links, "examples": cleaner.examples, "percents": texts.percents, "moments": texts.moments,
    }  # fmt: skip


def _together(first: Counts, second: Counts) -> Counts:
    """Numbers and lists add up; either may have seen a date."""
    both = {name: first[name] + second[name] for name in first}
    return both | {"examples": both["examples"][:EXAMPLES], "moments": first["moments"] or second["moments"]}
