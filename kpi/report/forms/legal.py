"""Texts of people in files of an office: what its format cannot hold is left out, and nothing becomes a formula."""

import re

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold: control characters, halves of letters, and two that are no letters."""
_NOT_A_TEXT = re.compile(r"[=+@\-{]|[a-z]+:", re.IGNORECASE)
"""Beginnings that a spreadsheet takes for a formula or a link."""
_BREAKS = re.compile(r"[ \t\r\n]+")
NOTHING = "\u200b"
"""A letter without width."""


def legal(text: str) -> str:
    """The text without letters that no file of an office can hold."""
    return _ILLEGAL.sub("", text)


def one_line(text: str) -> str:
    """The same in one line; spaces that hold words together stay."""
    return _BREAKS.sub(" ", legal(text)).strip(" ")


def literal(text: str) -> str:
    """The same, begun so that a spreadsheet takes it for a text."""
    told = legal(text)
    return f"{NOTHING}{told}" if _NOT_A_TEXT.match(told) else told
