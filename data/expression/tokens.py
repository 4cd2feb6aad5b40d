"""The words and signs of an expression's text.

Invariant: every character belongs to a token or is white space; what is neither is refused with its place. Digits are
0–9 only, and signs that turn the direction of writing, which make a text look like another, are refused everywhere.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.errors import ExpressionError
from data.message import say

KEYWORDS = frozenset({"and", "or", "not", "in", "is", "null", "true", "false"})
"""Words that are no names, whatever their case."""

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)
    |(?P<text>'(?:[^']|'')*'|«[^»]*»|“[^”]*”|„[^“”]*[“”]|‘[^’]*’)
    |(?P<quoted>"[^"]+"|`[^`]+`)
    |(?P<name>[^\W\d]\w*)
    |(?P<operator><=|>=|<>|!=|==|-(?!-)|[+*/=<>(),.≤≥≠−×])
    |(?P<end>$))""",
    re.VERBOSE,
)
_SPELLINGS: Mapping[str, str] = {"==": "=", "!=": "<>", "≠": "<>", "≤": "<=", "≥": ">=", "−": "-", "×": "*"}
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SHOWN = 20
"""Characters of the text that an error repeats."""


@dataclass(frozen=True)
class Token:
    """One word or sign."""

    kind: str
    """number, text, quoted, name, keyword, operator or end."""
    text: str
    """As it stands, an operator or keyword in its one spelling."""
    at: int
    """Its first character, from 0."""
    until: int
    """The character after it."""

    @property
    def name(self) -> str:
        """The name it is, without quotes."""
        return self.text[1:-1] if self.kind == "quoted" else self.text

    @property
    def value(self) -> str:
        """The text it stands for, without quotes."""
        inner = self.text[1:-1]
        return inner.replace("''", "'") if self.text[0] == "'" else inner


def tokens(text: str, spellings: Mapping[str, str] | None = None) -> Iterator[Token]:
    """The tokens, the last of kind end. `spellings`: other words → the keyword they mean."""
    _check_characters(text)
    at = 0
    while True:
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unread(text, at + len(text[at:]) - len(text[at:].lstrip()))
        kind = str(match.lastgroup)
        word, start = match.group(kind), match.start(kind)
        if kind == "name" and (known := _keyword(word, spellings or {})):
            kind, word = "keyword", known
        yield Token(kind, _SPELLINGS.get(word, word) if kind == "operator" else word, start, match.end())
        if kind == "end":
            return
        at = match.end()


class Unread(ExpressionError):
    """A text that stops making sense."""

    def __init__(self, text: str, at: int) -> None:
        self.is_unfinished = not text[at:].strip()
        """It makes sense as far as it goes."""
        place = say("It stops making sense at character {at}: «{rest}».", at=at + 1, rest=text[at : at + _SHOWN] or "…")
        super().__init__(say("«{text}» cannot be read.", text=text[:200]), place, at=at)


def _keyword(word: str, spellings: Mapping[str, str]) -> str | None:
    small = word.lower()
    return small if small in KEYWORDS else spellings.get(small)


def _check_characters(text: str) -> None:
    for at, sign in enumerate(text):
        kind = unicodedata.category(sign)
        if sign in _TURNING or kind in ("Cs", "Co", "Cn") or (kind == "Cc" and sign not in "\t\n\r"):
            raise ExpressionError(
                say("An invisible sign stands at character {at}.", at=at + 1),
                hint=say("Delete it: a formula shows everything it says."),
                at=at,
            )
