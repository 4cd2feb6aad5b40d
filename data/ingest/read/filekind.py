"""What a file is, told from its content and never from its extension alone.

Invariant: only what a reader is for goes on to one; everything else ends here in one sentence.
"""

import codecs
import mmap
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from data.errors import UnreadableFile
from data.ingest.read.encoding import utf16_without_mark
from data.message import Message, say

FileKind = Literal["text", "workbook", "parquet", "html", "json", "exchange", "xes"]
DOCUMENTS = ("json", "exchange", "xes")
"""Kinds that are no tables but hold some."""

HEAD = 1 << 16

FEW_CONTROLS = 8
"""Control characters a short text may hold without being binary."""

_EXCHANGE = b"1CClientBankExchange"
_HINT = say("Save the table as XLSX or CSV and upload that.")

_SIGNATURES: tuple[tuple[int, bytes, Message], ...] = (
    (0, b"%PDF", say("a PDF document")),
    (0, b"\x89PNG", say("a picture")),
    (0, b"\xff\xd8\xff", say("a picture")),
    (0, b"GIF8", say("a picture")),
    (0, b"II*\x00", say("a picture")),
    (0, b"MM\x00*", say("a picture")),
    (8, b"WEBP", say("a picture")),
    (4, b"ftyp", say("a picture or a video")),
    (0, b"\x1f\x8b", say("a compressed file")),
    (0, b"BZh", say("a compressed file")),
    (0, b"\xfd7zXZ", say("a compressed file")),
    (0, b"\x28\xb5\x2f\xfd", say("a compressed file")),
    (0, b"7z\xbc\xaf", say("an archive")),
    (0, b"Rar!", say("an archive")),
    (257, b"ustar", say("an archive")),
    (0, b"{\\rtf", say("a text document")),
    (0, b"SQLite format 3", say("a database")),
    (8, b"DUCK", say("a database")),
    (0, b"MZ", say("a program")),
    (0, b"\x7fELF", say("a program")),
    (0, b"ORC", say("an ORC file")),
    (0, b"ARROW1", say("an Arrow file")),
)

_HTML = re.compile(rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|table|style|body|div)\b", re.I | re.S)


_XES = re.compile(rb"<(?:\w+:)?log[\s>]")
_JSON = re.compile(rb'\s*(?:\{\s*"|\[\s*[{\[\]"]|\{\s*\}\s*$)')
"""How JSON with records begins; a table may begin so too, and is then read as one."""


def file_kind(path: Path) -> FileKind:
    """Which reader the file is for. Raises UnreadableFile for whatever is no table."""
    head = _head(path)
    if head.startswith(b"\x1f\x8b") and _XES.search(_unpacked(head)):
        return "xes"
    if head.startswith(b"PK"):
        return _zip_kind(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole_kind(path)
    if head.startswith(b"PAR1"):
        return "parquet"
    for offset, magic, what in _SIGNATURES:
        if head.startswith(magic, offset) and not (magic in (b"MZ", b"ORC") and b"\x00" not in head):
            raise _no_table(path, what)
    return _text_kind(path, head)


def require_file(path: Path) -> None:
    """Raise UnreadableFile for a pipe or a device: reading one may never end."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise UnreadableFile(say("{file} is no file.", file=path.name))


def _head(path: Path) -> bytes:
    require_file(path)
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except FileNotFoundError:
        raise UnreadableFile(say("There is no file {file}.", file=path.name)) from None
    except IsADirectoryError:
        raise UnreadableFile(say("{file} is a folder, not a file.", file=path.name)) from None
    except OSError as error:
        reason = error.strerror or ""
        raise UnreadableFile(say("{file} cannot be opened: {reason}.", file=path.name, reason=reason)) from None
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00") and path.stat().st_size <= HEAD:
        raise UnreadableFile(say("{file} is empty.", file=path.name))
    return head


def _zip_kind(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = _beginning(archive, "mimetype") if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, KeyError):
        raise damaged(path) from None
    if any(re.fullmatch(r"xl/workbook\.(xml|bin)", name, re.I) for name in names) or b"spreadsheet" in mimetype:
        return "workbook"
    if "EncryptedPackage" in names:
        raise protected(path)
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in mimetype:
        raise _no_table(path, say("a text document"))
    if any(name.startswith("ppt/") for name in names) or b"presentation" in mimetype:
        raise _no_table(path, say("a presentation"))
    if "[Content_Types].xml" in names or mimetype:
        raise _no_table(path, say("an office file without sheets"))
    raise UnreadableFile(
        say("{file} is an archive.", file=path.name), hint=say("Unpack it and upload the files inside.")
    )


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    """The start of a part, however much it unpacks to."""
    with archive.open(name) as part:
        return part.read(100)


def _ole_kind(path: Path) -> FileKind:
    """Old Office container: its streams are named in UTF-16 in the directory, anywhere in the file."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return _ole_kind_of(path, lambda name: content.find(name.encode("utf-16-le")) >= 0)


def _ole_kind_of(path: Path, holds: Callable[[str], bool]) -> FileKind:
    if holds("EncryptedPackage"):
        raise protected(path)
    if holds("Workbook") or holds("Book"):
        return "workbook"
    if holds("WordDocument"):
        raise _no_table(path, say("a text document"))
    if holds("PowerPoint Document"):
        raise _no_table(path, say("a presentation"))
    raise damaged(path)


def _text_kind(path: Path, head: bytes) -> FileKind:
    text = _as_utf8(head)
    if _HTML.match(text):
        return "html"
    if text.startswith(b"MIME-Version:"):
        raise _no_table(path, say("a web archive"))
    if text.lstrip()[: len(_EXCHANGE)].lower() == _EXCHANGE.lower():
        return "exchange"
    if re.match(rb"^\s*<(?:\?xml|!--|log[\s>])", text):
        if _XES.search(text):
            return "xes"
        raise _no_table(path, say("an XML file"))
    if path.suffix.lower() == ".json" or _JSON.match(text):
        return "json"
    if _is_binary(text):
        raise _no_table(path, say("a binary file"))
    return "text"


def _as_utf8(head: bytes) -> bytes:
    """The start of a text without its byte order mark, UTF-16 as UTF-8; other encodings as they are."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return head[: len(head) // 4 * 4].decode("utf-32", "ignore").encode()
    wide = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else utf16_without_mark(head)
    return head.decode(wide, "ignore").encode() if wide else head.removeprefix(b"\xef\xbb\xbf")


def _unpacked(head: bytes) -> bytes:
    """The start of what a gzipped file holds, never more than the start of a plain one."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, HEAD)
    except zlib.error:
        return b""


def _is_binary(text: bytes) -> bool:
    controls = sum(text.count(byte) for byte in range(32) if byte not in b"\t\n\r\x0b\x0c\x1a")
    return controls > FEW_CONTROLS and controls > 0.05 * len(text)


def _no_table(path: Path, what: Message) -> UnreadableFile:
    return UnreadableFile(say("{file} is {what}, not a table.", file=path.name, what=what), hint=_HINT)


def no_records(path: Path) -> UnreadableFile:
    """A document that holds no table, or breaks off."""
    return UnreadableFile(
        say("{file} holds no records, or breaks off.", file=path.name), hint=say("Download or save it again.")
    )


def protected(path: Path) -> UnreadableFile:
    """The workbook is encrypted."""
    return UnreadableFile(
        say("{file} is protected by a password.", file=path.name),
        hint=say("Open it, save a copy without a password and upload that."),
    )


def damaged(path: Path) -> UnreadableFile:
    """The file breaks off or contradicts itself."""
    return UnreadableFile(
        say("{file} is damaged or incomplete.", file=path.name), hint=say("Download or save it again.")
    )
