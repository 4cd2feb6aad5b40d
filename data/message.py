"""A sentence for a person, kept apart from the language it is said in.

Invariant: whatever is shown to a person travels as a `Message` (an English source text plus its parameters) and is
turned into words only where the language is known. `str(message)` is the English reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Message:
    """A translatable sentence."""

    text: str
    """English source text with `{name}` places; the msgid of the gettext catalogue."""
    params: Mapping[str, Any] = field(default_factory=dict)
    """What fills the places; a value may itself be a `Message`, or a tuple of values."""
    plural: str | None = None
    """English plural form, where the sentence counts something."""
    count: int | None = None
    """The number that chooses the plural form."""

    def counting(self, n: int, **params: Any) -> "Message":
        """A sentence that counts, written for no particular number, about so many."""
        return Message(self.text, {"n": n, **params}, self.plural, n)

    def __str__(self) -> str:
        counts_many = self.plural is not None and self.count != 1
        text = self.plural if counts_many and self.plural is not None else self.text
        return text.format(**{name: _written(value) for name, value in self.params.items()}) if self.params else text

    def __hash__(self) -> int:
        return hash((self.text, self.plural, self.count, tuple(sorted((k, str(v)) for k, v in self.params.items()))))


def _written(value: Any) -> str:
    return ", ".join(map(_written, value)) if isinstance(value, tuple) else str(value)


class Verbatim(str):
    """A person's own words where a text of the program may stand: said as they are in every language."""

    __slots__ = ()


def say(text: str, /, **params: Any) -> Message:
    """A sentence: `say("Column {name} is empty.", name=...)`. Extracted for translation."""
    return Message(text, params)


def say_n(singular: str, plural: str, n: int, /, **params: Any) -> Message:
    """A sentence that counts: `{n}` is filled with the number. Extracted for translation."""
    return Message(singular, {"n": n, **params}, plural, n)
