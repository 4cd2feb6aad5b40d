"""Units in which amounts, durations and shares are counted: their sizes, the words of a header that name them, and how
a mapping says them.

Invariant: a unit is named by a whole word of a header or by a person; a header that names two of one kind names none.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from data.errors import MappingError, did_you_mean
from data.message import Message, say
from data.model import Column

ROUBLES, KOPECKS, THOUSANDS = "roubles", "kopecks", "thousands"
SECONDS, MINUTES, HOURS = "seconds", "minutes", "hours"
PERCENT, FRACTION = "percent", "fraction"
ONES = "ones"
MARKS = ("decimal comma", "decimal point", "number")
"""How the digits of a number are written."""
CLOCKS = ("h:mm", "m:ss", "m:ss:00")
"""What «1:30» means in a column of durations; the last: «02:15:00» is 2:15 that a spreadsheet took for hours."""

OF_GROSS = ("discount",)
"""Amounts that may be written as a percentage of the price before discount."""

TITLES: Mapping[str, Message] = {
    ROUBLES: say("in roubles"), KOPECKS: say("in kopecks"), THOUSANDS: say("in thousands"),
    SECONDS: say("in seconds"), MINUTES: say("in minutes"), HOURS: say("in hours"),
    ONES: say("one by one"), PERCENT: say("in percent"), FRACTION: say("as fractions of one"),
}  # fmt: skip
"""How people are told a unit."""

_COUNTS = frozenset({"times", "items", "people"})
"""Units of columns that count."""
_TIME = {SECONDS: 1, MINUTES: 60, HOURS: 3600}
_WORDS: Mapping[str, str] = {
    "руб рубль рубли рубля рублей рублях ₽ rub rur rouble roubles ruble rubles": ROUBLES,
    "коп копейка копейки копеек копейках kop kopeck kopecks kopek kopeks penny pennies cents": KOPECKS,
    "тыс тысяч тысячи тысячах thousand thousands": THOUSANDS,
    "сек секунда секунды секунд секундах sec secs second seconds": SECONDS,
    "мин минута минуты минут минутах min mins minute minutes": MINUTES,
    "час часы часов часах hr hrs hour hours": HOURS,
    "% процент проценты процентов процентах percent pct": PERCENT,
    "доля доли долях fraction": FRACTION,
}
_UNIT_OF = {word: unit for words, unit in _WORDS.items() for word in words.split()}
_LAST = {"ч": HOURS, "h": HOURS, "с": SECONDS, "s": SECONDS, "м": MINUTES, "р": ROUBLES}
"""Single letters that name a unit only after the comma, the point or the bracket that closes a header."""
_CLOSING = re.compile(r"[,;(\[/]\s*(?:в\s+|in\s+)?([a-zа-яё])\.?\s*[)\]]?\s*$")
_CAMEL = re.compile(r"(?<=[a-zа-яё0-9])(?=[A-ZА-ЯЁ])")
_TOKEN = re.compile(r"[a-zа-яё]+|[%₽]")


def units_of(column: Column) -> Mapping[str, float]:
    """Unit → how many of the column's own unit it is; the column's own comes first. Empty for what is no number."""
    if column.type == "money":
        money = {ROUBLES: 1, KOPECKS: 0.01, THOUSANDS: 1000}
        return {**money, PERCENT: 1} if column.name in OF_GROSS else money
    if column.type != "number":
        return {}
    if column.unit in _TIME:
        own = _TIME[column.unit]
        return {column.unit: 1, **{unit: size / own for unit, size in _TIME.items() if unit != column.unit}}
    return {ONES: 1, THOUSANDS: 1000} if column.unit in _COUNTS else {PERCENT: 1, FRACTION: 100}


@lru_cache(maxsize=4096)
def named_units(header: str) -> frozenset[str]:
    """Every unit a header names: «Выручка, тыс. руб.» names thousands and roubles."""
    text = _CAMEL.sub(" ", header).casefold()
    found = {_UNIT_OF[token] for token in _TOKEN.findall(text.replace("_", " ")) if token in _UNIT_OF}
    closing = _CLOSING.search(text)
    return frozenset(found | ({_LAST[closing[1]]} if closing and closing[1] in _LAST else set()))


def unit_named(header: str, column: Column) -> str | None:
    """The one unit of the column's kind that its header names; thousands of roubles are thousands."""
    named = named_units(header) & set(units_of(column))
    if named == {THOUSANDS, ROUBLES}:
        return THOUSANDS
    return next(iter(named)) if len(named) == 1 else None


def without_units(header: str) -> str:
    """The header without the words that name a unit: «Сумма, коп.» → «сумма»."""
    text = _CLOSING.sub("", _CAMEL.sub(" ", header).casefold()).replace("_", " ")
    words = re.findall(r"[^\W_]+", text)
    kept = [word for word in words if word not in _UNIT_OF]
    return " ".join(kept[:-1] if kept[-1:] in (["в"], ["in"]) else kept)


def parts_of(format_: str | None, column: Column) -> tuple[str | None, str | None, str | None]:
    """What a mapping's format says: how digits are written, the unit, and what «1:30» is.

    `MappingError` names what it may say of this column.
    """
    marks = unit = clock = None
    units = units_of(column)
    for part in filter(None, (text.strip().casefold() for text in (format_ or "").split(","))):
        if part in MARKS:
            marks = part
        elif part in units:
            unit = part
        elif part in CLOCKS and column.unit in _TIME:
            clock = part
        else:
            known = (*MARKS, *units, *(CLOCKS if column.unit in _TIME else ()))
            raise MappingError(
                say("{format} is not a way numbers are written.", format=part),
                hint=did_you_mean(part, known) or say("Use {names}.", names=", ".join(known)),
            )
    return marks, unit, clock


def saying(format_: str | None, choice: str) -> str:
    """The format with one more thing said: a mark, a unit or a clock takes the place of another of its kind."""
    kinds = (MARKS, tuple(TITLES), CLOCKS)
    kind = next((kind for kind in kinds if choice in kind), None)
    if kind is None:
        return choice
    kept = [part.strip() for part in (format_ or "").split(",") if part.strip() and part.strip() not in kind]
    return ", ".join([*kept, choice])
