"""Looking through a watched folder.

Invariant: a file is taken when two looks some seconds apart and one after reading it see the same size and time; the
state remembers size, time and hash, so that a file nobody touched is not read again.
"""

import fnmatch
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.collect.folder.allowed import allowed_folder
from data.collect.model import Arrived, Asked, Found, Limits, Noted, Reached, Trouble
from data.message import say

AWAY, LEFT, MOVED = "afterwards", "leave", "move"
TAKEN = "taken"
"""Folder that taken files are moved to."""
APART = 2.0
"""Seconds between two looks."""
DEEPEST = 4
"""Folders inside folders."""
MOST_SEEN = 20_000
"""Files of a folder that are looked at."""
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet", ".json", ".xes", ".gz")
_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".swp")
_PASSING = (".", "~", "#")


@dataclass(frozen=True)
class Look:
    """A file as it was seen."""

    path: Path
    """Where it is."""
    size: int
    """Bytes."""
    changed: int
    """When it was changed, in nanoseconds as the file system counts them."""


def fetch(asked: Asked) -> Iterator[Found]:
    """Every file that is new or changed, the oldest first."""
    folder = allowed_folder(str(asked.settings["folder"]))
    known = dict(asked.state.get("files", {}))
    first = _looked(folder, str(asked.settings["names"]))
    fresh = [look for name, look in first.items() if known.get(name, [])[:2] != [look.size, look.changed]]
    if fresh and not asked.is_trial:
        asked.sleep(APART)
    taken = 0
    for look in sorted(fresh, key=lambda look: (look.changed, str(look.path))):
        content = _whole(look, asked.limits) if taken < asked.limits.files else None
        if content is None:
            continue
        taken += 1
        name, digest = look.path.relative_to(folder).as_posix(), hashlib.sha256(content).hexdigest()
        if known.get(name, [None, None, None])[2] != digest:
            yield Arrived(look.path.name, content, name, account=_account(asked, folder, look.path))
        known[name] = [look.size, look.changed, digest]
        if asked.settings[AWAY] == MOVED and not asked.is_trial:
            _move(folder, look.path)
            del known[name]
        yield Reached({"files": {one: seen for one, seen in known.items() if one in first}})
    for look in fresh:
        if look.size > asked.limits.bytes:
            yield Noted(
                say("{file} is larger than {most} MB and was not taken.", file=look.path.name, most=_megabytes(asked))
            )


def _megabytes(asked: Asked) -> int:
    return asked.limits.bytes // 1_000_000


def _looked(folder: Path, patterns: str) -> dict[str, Look]:
    """Name below the folder → what is seen there."""
    wanted, found = patterns.split(), {}
    try:
        for path in _files(folder):
            seen = path.stat(follow_symlinks=False)
            if stat.S_ISREG(seen.st_mode) and _is_wanted(path.name, wanted):
                found[path.relative_to(folder).as_posix()] = Look(path, seen.st_size, seen.st_mtime_ns)
            if len(found) > MOST_SEEN:
                raise Trouble(
                    say("{folder} holds more than {most} files.", folder=str(folder), most=MOST_SEEN),
                    hint=say("Choose a folder of its own, or files by their names."), is_lasting=True,
                )  # fmt: skip
    except PermissionError as error:
        raise Trouble(
            say("{folder} cannot be read.", folder=str(error.filename or folder)),
            hint=say("Allow the user the dashboard runs as to read it."),
        ) from error
    except FileNotFoundError:
        return found
    return found


def _files(folder: Path) -> Iterator[Path]:
    """What lies in it, no further than it may be looked; links are not followed."""
    for place, inside, names in os.walk(folder):
        here = Path(place)
        depth = len(here.relative_to(folder).parts)
        skipped = {name for name in inside if name.startswith(_PASSING) or (not depth and name == TAKEN)}
        inside[:] = sorted({*inside} - skipped) if depth < DEEPEST else []
        yield from (here / name for name in sorted(names))


def _is_wanted(name: str, patterns: list[str]) -> bool:
    lower = name.lower()
    if lower.startswith(_PASSING) or lower.endswith(_UNFINISHED):
        return False
    if patterns:
        return any(fnmatch.fnmatch(lower, pattern.lower()) for pattern in patterns)
    return lower.endswith(TABLES)


def _whole(look: Look, limits: Limits) -> bytes | None:
    """What is in the file; None where it is still written, too large, or gone."""
    if not 0 < look.size <= limits.bytes or _again(look) != look:
        return None
    try:
        content = look.path.read_bytes()
    except OSError:
        return None
    return content if len(content) == look.size and _again(look) == look else None


def _again(look: Look) -> Look | None:
    try:
        seen = look.path.stat(follow_symlinks=False)
    except OSError:
        return None
    return Look(look.path, seen.st_size, seen.st_mtime_ns)


def _account(asked: Asked, folder: Path, path: Path) -> str | None:
    inside = path.relative_to(folder).parts[:-1]
    return inside[0] if asked.settings["accounts"] and inside else None


def _move(folder: Path, path: Path) -> None:
    """Into the folder of what was taken, under a name nothing has there."""
    away = folder / TAKEN / path.relative_to(folder).parent
    try:
        away.mkdir(parents=True, exist_ok=True)
        for n in range(10_000):
            to = away / (f"{path.stem}{f' ({n})' if n else ''}{path.suffix}")
            if not to.exists():
                path.rename(to)
                return
    except OSError as error:
        raise Trouble(
            say("{file} was taken, but cannot be moved.", file=path.name),
            hint=say("Allow the dashboard to write in the folder, or choose to leave files where they are."),
            is_lasting=True,
        ) from error
