"""Readers of untrusted bytes, each run in a process of its own with limits.

Invariant: whatever a file does to its reader, this process only sees an exit status and files in a folder it gave; the
time it waits is bounded by what the file claims to hold.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from data.errors import UnreadableFile
from data.ingest.read.filekind import damaged, protected
from data.ingest.read.limits import PROTECTED, TOO_LARGE
from data.message import say

LEAST_SECONDS = 3
"""Processor time any file may take."""
BYTES_A_SECOND = 4 << 20
"""How slowly a file may be read, unpacked; a tenth of the usual speed."""
_ROOT = Path(__file__).resolve().parents[3]


def processor_seconds(unpacked: int) -> int:
    """How much processor time a file of this size is worth."""
    return LEAST_SECONDS + unpacked // BYTES_A_SECOND


def run(
    module: str, path: Path, request: Mapping[str, object], seconds: float, expected: tuple[int, ...] = (0,)
) -> int:
    """Run a reader with its request on standard input; its exit status. Raises UnreadableFile for any not expected."""
    wall = 4 * seconds + 10
    try:
        done = subprocess.run(
            [sys.executable, "-m", module], cwd=_ROOT, timeout=wall, input=json.dumps({**request, "seconds": seconds}),
            text=True, capture_output=True, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise UnreadableFile(say("{file} takes too long to read.", file=path.name)) from None
    if done.returncode == PROTECTED:
        raise protected(path)
    if done.returncode == TOO_LARGE:
        raise UnreadableFile(say("{file} holds more than a sheet of a spreadsheet can.", file=path.name))
    if done.returncode not in expected:
        raise damaged(path)
    return done.returncode
