"""Periods as people write them: «ноябрь 2026», «ноя.26», «Q4 2026», «IV кв.», «11.2026», «2026».

Invariant: a text is read as a calendar month, quarter or year, or not at all; a month or quarter without a year takes
the year it is given.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel import Locale

from kpi.compile.windows import step
from kpi.model import Grain

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = re.compile(r"(20\d\d)\s*(?:г|год|года|year)?")
_ISO = re.compile(r"(20\d\d)[-./](\d{1,2})(?:[-./](\d{1,2}))?(?:[ t]00:00(?::00)?)?")
_DOTTED = re.compile(r"(?:(\d{1,2})[./-])?(\d{1,2})[./-](20\d\d|\d\d)")
_QUARTER = re.compile(
    r"(?:(20\d\d)[\s-]*)?(?:q\s*([1-4])|([1-4]|iv|i{1,3})\s*-?\s*(?:й|ый|ий)?\s*(?:кв|квартал|quarter|q))"
    r"\s*(?:(20\d\d|\d\d)\s*(?:г|год|года)?)?"
)
_MONTH = re.compile(r"(?:(20\d\d)\s*)?([^\W\d_]+)\s*(?:['’]?(20\d\d|\d\d)\s*(?:г|год|года)?)?")


@dataclass(frozen=True)
class CalendarPeriod:
    """A calendar month, quarter or year."""

    grain: Grain
    """Which of them."""
    first: date
    """Its first day."""

    @property
    def last(self) -> date:
        """Its last day."""
        return step(self.first, self.grain, 1) - timedelta(days=1)


def period_of(text: str, year: int) -> CalendarPeriod | None:
    """The period a text names; None: it names none. `year`: of a month or quarter without one."""
    plain = re.sub(r"\.(?!\d)", " ", text.casefold().replace("\u00a0", " ").replace("ё", "е"))
    plain = re.sub(r"(?<=[^\W\d_])[.\-](?=\d)", " ", " ".join(plain.split())).strip(" ,")
    for read in (_year, _numbered, _quarter, _month):
        found = read(plain, year)
        if found is not None:
            return found
    return None


def year_in(text: str) -> int | None:
    """The one year a file or sheet is called after."""
    found = set(re.findall(r"(?<!\d)20\d\d(?!\d)", text))
    return int(found.pop()) if len(found) == 1 else None


def _year(text: str, _given: int) -> CalendarPeriod | None:
    found = _YEAR.fullmatch(text)
    return CalendarPeriod("year", date(int(found[1]), 1, 1)) if found else None


def _numbered(text: str, _given: int) -> CalendarPeriod | None:
    """The first of a month, or a month by its number."""
    iso = _ISO.fullmatch(text)
    if iso:
        return _month_of(int(iso[1]), int(iso[2]), int(iso[3] or 1))
    dotted = _DOTTED.fullmatch(text)
    return _month_of(_full(dotted[3]), int(dotted[2]), int(dotted[1] or 1)) if dotted else None


def _quarter(text: str, given: int) -> CalendarPeriod | None:
    found = _QUARTER.fullmatch(text)
    if not found:
        return None
    named = found[2] or found[3]
    year = found[1] or found[4]
    number = _ROMAN.get(named) or int(named)
    return CalendarPeriod("quarter", date(_full(year) if year else given, 3 * number - 2, 1))


def _month(text: str, given: int) -> CalendarPeriod | None:
    found = _MONTH.fullmatch(text)
    number = _months().get(found[2]) if found else None
    if not found or number is None:
        return None
    year = found[1] or found[3]
    return _month_of(_full(year) if year else given, number, 1)


def _month_of(year: int, month: int, day: int) -> CalendarPeriod | None:
    """A date names its month only if it is the month's first day: another day is no period."""
    return CalendarPeriod("month", date(year, month, 1)) if 1 <= month <= 12 and day == 1 else None


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


@cache
def _months() -> dict[str, int]:
    """Names of months in both languages, in every form."""
    found: dict[str, int] = {"сент": 9, "нояб": 11, "sept": 9, "мая": 5}
    for code in ("ru", "en"):
        for form in Locale.parse(code).months.values():
            for width in ("wide", "abbreviated"):
                found |= {form[width][m].casefold().rstrip("."): m for m in range(1, 13)}
    short = {name[:3]: number for name, number in found.items() if len(name) > 3}
    return {**short, **found}
