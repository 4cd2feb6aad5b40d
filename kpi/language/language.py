"""One language: its texts, numbers, units and dates.

Invariant: everything a person reads passes through here; a text of a person is only ever a parameter, never a
pattern, so braces in it mean nothing.
"""

import math
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

from data.message import Message, Verbatim
from data.model import SEVERAL
from kpi.language import dates, numbers
from kpi.language.numbers import MINUS, NOTHING, STYLES
from kpi.language.status import MARKS, WORDS
from kpi.language.translation import translation
from kpi.language.units import DIFFERENCE, NAMES, RELATIVE, VALUE

LANGUAGES = ("ru", "en")
CHANGE_DECIMALS = {"percent": 1, "points": 1, "score": 2}
"""Unit → decimals of a change that anybody can mean."""


class Language:
    """Words, numbers and dates of one language. Get it with `language(code)`."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.numbers = STYLES[code]
        self.dates = dates.date_style(code)
        self._messages = translation(code, "messages")
        self._catalogue = translation(code, "catalogue")
        self._columns = translation(code, "words")

    def t(self, text: str, /, **params: Any) -> str:
        """The source text in this language, its {places} filled: numbers and dates are written its way."""
        found = self._messages.text(text) or self._catalogue.text(text) or text
        return found.format(**self._words(params)) if params else found

    def tn(self, singular: str, plural: str, n: int, /, **params: Any) -> str:
        """A text that counts; {n} is filled with the number."""
        english = singular if n == 1 else plural
        found = self._messages.plural(singular, n) or english
        return found.format(**self._words({"n": n, **params}))

    def member(self, name: str | None) -> str:
        """A member of a dimension as people read it: what is not filled in, or of several, says so."""
        if not name:
            return self.t("not filled in")
        return self.t("several") if name == SEVERAL else name

    def render(self, message: Message) -> str:
        """A message of any layer in this language."""
        if message.plural is not None and message.count is not None:
            rest = {name: value for name, value in message.params.items() if name != "n"}
            return self.tn(message.text, message.plural, message.count, **rest)
        return self.t(message.text, **message.params)

    def catalogue(self, text: str) -> str:
        """A text of the catalogue or schema: titles, questions, column names and the words of a column."""
        if isinstance(text, Verbatim):
            return text
        return self._catalogue.text(text) or self._columns.text(text) or self._messages.text(text) or text

    def value(self, value: float | None, unit: str, exact: bool = False) -> str:
        """A KPI value with its unit: three significant figures, or all that matter; «—» for none."""
        if value is None or numbers.is_missing(value):
            return NOTHING
        return self._united(value, VALUE[self.code][unit], unit, exact)

    def difference(self, value: float | None, previous: float | None, unit: str) -> str:
        """By how much the value changed, signed, in its unit (percentages: percentage points)."""
        if value is None or previous is None or numbers.is_missing(value - previous):
            return NOTHING
        return self._signed(value - previous, DIFFERENCE[self.code][unit], unit)

    def delta(self, value: float | None, previous: float | None, unit: str) -> str:
        """The change as a card tells it: money and counts relative («+12 %»), all else in its own unit."""
        if unit not in RELATIVE or value is None or previous is None or not previous > 0:
            return self.difference(value, previous, unit)
        if numbers.is_missing(value - previous):
            return NOTHING
        return self._signed((value / previous - 1) * 100, VALUE[self.code]["percent"], "percent")

    def target(self, low: float | None, high: float | None, unit: str) -> str:
        """The thresholds of good in words: «не больше 5 %», «40–60 %»; empty where there are none."""
        if low is not None and high is not None:
            return f"{numbers.exact(low, self.numbers)}–{self._threshold(high, unit)}"
        if low is not None:
            return self.t("at least {value}", value=self._threshold(low, unit))
        return self.t("at most {value}", value=self._threshold(high, unit)) if high is not None else ""

    def unit(self, unit: str) -> str:
        """The name of a unit, for a subtitle; empty where the number needs none."""
        return self.render(NAMES[unit]) if unit in NAMES else ""

    def number(self, value: float | None, decimals: int = 3) -> str:
        """A bare number, grouped, with at most so many decimals."""
        if value is None or numbers.is_missing(value):
            return NOTHING
        return numbers.write(value, self.numbers, 0 if isinstance(value, int) else decimals)

    def day(self, value: date, year: bool = False) -> str:
        """«5 окт.», with the year when asked for."""
        return dates.day(value, self.dates, year)

    def period(self, first: date, grain: str) -> str:
        """«октябрь 2026», «5–11 окт.»: the period that begins on that day."""
        return self.t("whole period") if grain == "total" else dates.period(first, grain, self.dates)

    def span(self, first: date, last: date) -> str:
        """«1–15 окт. 2026»: both days inclusive."""
        return dates.span(first, last, self.dates)

    def weekday(self, number: int | str, short: bool = False) -> str:
        """Name of the weekday; 1 is Monday."""
        return (self.dates.weekdays_short if short else self.dates.weekdays)[int(number) - 1]

    def month(self, number: int) -> str:
        """Name of the month; 1 is January."""
        return self.dates.months[number - 1]

    def status(self, status: str) -> str:
        """The word for a status."""
        return self.render(WORDS[status])

    def mark(self, status: str) -> str:
        """The mark for a status: ● ◐ ▲ ○."""
        return MARKS[status]

    def list(self, items: Iterable[str]) -> str:
        """«a, b и c»."""
        *first, last = list(items) or [""]
        return self.t("{first} and {last}", first=", ".join(first), last=last) if first else last

    def _threshold(self, value: float, unit: str) -> str:
        """Exact as it was set; short where it was scaled to the days of a period and has figures nobody set."""
        is_set = math.isclose(value, numbers.significant(value, 4), rel_tol=1e-9)
        return self.value(value, unit, exact=is_set)

    def _united(self, value: float, pattern: str, unit: str, exact: bool) -> str:
        size, style = abs(value), self.numbers
        text = numbers.exact(size, style, kopecks=unit == "money") if exact else numbers.short(size, style)
        sign = MINUS if value < 0 and text.strip("0,.") else ""
        return sign + pattern.format(text)

    def _signed(self, change: float, pattern: str, unit: str) -> str:
        rounded = round(change, CHANGE_DECIMALS[unit]) if unit in CHANGE_DECIMALS else change
        if rounded == 0:
            return self.t("no change")
        return ("+" if rounded > 0 else "") + self._united(rounded, pattern, unit, exact=False)

    def _words(self, params: dict[str, Any]) -> dict[str, str]:
        return {name: self._word(value) for name, value in params.items()}

    def _word(self, value: Any) -> str:
        if isinstance(value, Message):
            return self.render(value)
        if isinstance(value, tuple):
            return ", ".join(map(self._word, value))
        if isinstance(value, bool) or not isinstance(value, int | float | date):
            return str(value)
        if isinstance(value, date):
            return self._moment(value)
        return self.number(value)

    def _moment(self, value: date) -> str:
        clock = f" {value:%H:%M}" if isinstance(value, datetime) else ""
        return self.day(value, year=True) + clock


@cache
def language(code: str) -> Language:
    """The language of that code; an unknown code («de-DE») reads English, «ru-RU» Russian."""
    short = code.lower().replace("_", "-").partition("-")[0]
    return _language(short if short in LANGUAGES else "en")


@cache
def _language(code: str) -> Language:
    return Language(code)
