"""What kind of thing a part of a row is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from data.message import Message, say

Kind = Literal["number", "text", "moment", "truth", "thing"]
"""thing: can be told apart and counted, nothing else."""

NAMES: Mapping[Kind, Message] = {
    "number": say("a number"),
    "text": say("a text"),
    "moment": say("a date or time"),
    "truth": say("a condition"),
    "thing": say("a number that only tells apart"),
}
"""Kind → how it is called."""

OF_TYPE: Mapping[str, Kind] = {
    "text": "text", "word": "text", "number": "number", "money": "number", "time": "moment", "date": "moment",
    "boolean": "truth",
}  # fmt: skip
"""Type of a fact's column → its kind."""


@dataclass(frozen=True)
class Told:
    """One thing a row tells: a column, or a word that stands for one."""

    name: str
    """Its name in definitions."""
    title: str
    """Its English name for people; of a column nobody mapped its header."""
    kind: Kind
    """What it is."""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    """Of a closed list: word → what people call it."""
    unit: str | None = None
    """money, hours, minutes, seconds or days, where it is such a number."""
    meaning: Message | None = None
    """What it is, where the title does not say so."""
