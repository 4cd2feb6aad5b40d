"""Archives of tables that arrive: a ZIP with one or several files in it.

Invariant: nothing is unpacked beyond what one file may have, whatever the archive claims of itself; archives in
archives and what is no table stay packed, and that is told.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from data.collect.model import Arrived, Limits, Noted
from data.message import say

TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet", ".json", ".xes")
MOST = 50
"""Files of one archive that are taken."""
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError)


def unpacked(arrived: Arrived, limits: Limits) -> Iterator[Arrived | Noted]:
    """The files of an archive; what is none as it came."""
    if not arrived.name.lower().endswith(".zip") or not arrived.content.startswith(b"PK"):
        yield arrived
        return
    try:
        with zipfile.ZipFile(io.BytesIO(arrived.content)) as archive:
            yield from _files(arrived, archive, limits)
    except _BROKEN:
        yield Noted(say("The archive {file} is damaged or locked, and was not opened.", file=arrived.name))


def _files(arrived: Arrived, archive: zipfile.ZipFile, limits: Limits) -> Iterator[Arrived | Noted]:
    tables = [info for info in archive.infolist() if not info.is_dir() and _is_table(_name(info))]
    if not tables:
        yield Noted(say("The archive {file} holds no table.", file=arrived.name))
    left = limits.bytes
    for info in tables[:MOST]:
        with archive.open(info) as packed:
            content = packed.read(left + 1)
        if len(content) > left:
            yield Noted(
                say("The archive {file} unpacks to more than {most} MB: not all of it was taken.", file=arrived.name,
                    most=limits.bytes // 1_000_000)
            )  # fmt: skip
            return
        left -= len(content)
        name = _name(info)
        yield replace(arrived, name=PurePosixPath(name).name, content=content, key=f"{arrived.key}!{name}")
    if len(tables) > MOST:
        yield Noted(
            say("The archive {file} holds {n} files; {most} were taken.", file=arrived.name, n=len(tables), most=MOST)
        )


def _is_table(name: str) -> bool:
    path = PurePosixPath(name)
    return path.name.lower().endswith(TABLES) and not path.name.startswith((".", "~")) and "__MACOSX" not in path.parts


def _name(info: zipfile.ZipInfo) -> str:
    """Names of a ZIP without the mark of UTF-8 are in the letters of DOS: of a Russian one, mostly."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("cp866")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename
