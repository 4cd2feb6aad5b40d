"""Which of the numbers of a date is the day: what the whole column proves.

Invariant: an order is settled by cells that cannot be read the other way, by the points between the numbers, or not
at all.
"""

from dataclasses import dataclass

from data.ingest.clean.reading import Cells, Session

DAY_FIRST, MONTH_FIRST, YEAR_FIRST, SERIAL, COMPACT = "D/M/YYYY", "M/D/YYYY", "ISO", "Excel", "YYYYMMDD"
"""What a mapping may say; any text with D, M and Y in it is read as the order of the three."""
SERIALS = (20_000, 60_000)
"""Day numbers of Excel that are taken for dates: 1954 to 2064."""

_CLEAR_MAJORITY = 20
"""So many cells that prove one order to one that proves the other: then that one is the mistake."""
_THREE = r"^(\d{1,2})-(\d{1,2})-\d{4}\b"


@dataclass(frozen=True)
class Evidence:
    """What the cells of one column prove."""

    day_first: int = 0
    """Cells that can only be read with the day first."""
    month_first: int = 0
    """Cells that can only be read with the month first."""
    either: int = 0
    """Cells that can be read both ways."""
    dotted: int = 0
    """Cells with points between the numbers: day first everywhere such dates are used."""
    serial: int = 0
    """Numbers in the range of Excel's day numbers."""
    compact: int = 0
    """Eight digits that begin with a year."""

    @property
    def numeric(self) -> int:
        """Dates of three numbers with the year last."""
        return self.day_first + self.month_first + self.either

    def __add__(self, other: "Evidence") -> "Evidence":
        return Evidence(
            self.day_first + other.day_first, self.month_first + other.month_first, self.either + other.either,
            self.dotted + other.dotted, self.serial + other.serial, self.compact + other.compact,
        )  # fmt: skip


def evidence_of_fast(session: Session, cells: Cells, day_first: str, month_first: str) -> tuple[Evidence, int]:
    """What the two fast readings prove, and how many filled cells neither reads.

    A date read day first whose day is above 12 cannot be read month first; so the second, costlier where it fails, is
    tried only on what the first does not read.
    """
    counts = session.counts(
        "select count_if(day(d) > 12 and not year_first), count_if(d is null and m is not null), "
        "count_if(day(d) <= 12 and day(d) <> month(d) and not year_first), "
        "count_if((d is not null or m is not null) and contains(c, '.')), "
        "count_if(c is not null and d is null and m is null) "
        f"from (select c, d, case when d is null then {month_first} end as m, "
        "c[5:5] = '-' or instr(c, '/') = 5 as year_first "
        f"from (select {cells.sql} as c, {day_first} as d, * from {cells.table}))"
    )
    return Evidence(*counts[:4]), counts[4]


def evidence_of_text(session: Session, cells: Cells, text: str, without: str) -> Evidence:
    """What rewritten cells (`text`) prove, of those the fast reading `without` does not read."""
    low, high = SERIALS
    counts = session.counts(
        f"with t as (select {text} as d, {cells.sql} as c from {cells.table} where ({without}) is null), "
        f"n as (select *, try_cast(regexp_extract(d, '{_THREE}', 1) as integer) as a, "
        f"try_cast(regexp_extract(d, '{_THREE}', 2) as integer) as b from t where c is not null) "
        "select count_if(a > 12 and b <= 12), count_if(b > 12 and a <= 12), count_if(a <= 12 and b <= 12 and a <> b), "
        r"count_if(a is not null and regexp_matches(c, '^\d{1,2}\.')), "
        r"count_if(regexp_full_match(c, '\d{5}([.,]\d+)?') and "
        f"try_cast(replace(c, ',', '.') as double) between {low} and {high}), "
        r"count_if(regexp_full_match(c, '(19|20)\d{6}')) from n"
    )
    return Evidence(*counts)


def order_proven(evidence: Evidence, filled: int) -> str | None:
    """The order, or None where the column does not say."""
    if filled and evidence.serial == filled:
        return SERIAL
    if filled and evidence.compact == filled:
        return COMPACT
    if evidence.day_first > _CLEAR_MAJORITY * evidence.month_first:
        return DAY_FIRST
    if evidence.month_first > _CLEAR_MAJORITY * evidence.day_first:
        return MONTH_FIRST
    if evidence.day_first or evidence.month_first:
        return None
    if not evidence.either:
        return YEAR_FIRST
    return DAY_FIRST if 2 * evidence.dotted > evidence.either else None
