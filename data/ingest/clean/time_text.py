"""A date as people write it, rewritten so that DuckDB can read it: numbers with dashes, then the time.

Invariant: rewriting keeps the order of the numbers and drops only what carries no value (weekday, «г.», offset);
a text that is no date stays a text that is no date.
"""

_MONTHS = (
    ("янв[а-яё]*", "jan[a-z]*"),
    ("февр?[а-яё]*", "feb[a-z]*"),
    ("мар(?:т[а-я]*)?", "mar(?:ch)?"),
    ("апр[а-яё]*", "apr[a-z]*"),
    ("ма[йя]", "may"),
    ("июн[а-яё]*", "june?"),
    ("июл[а-яё]*", "july?"),
    ("авг[а-яё]*", "aug[a-z]*"),
    ("сент?[а-яё]*", "sept?[a-z]*"),
    ("окт[а-яё]*", "oct[a-z]*"),
    ("ноя[а-яё]*", "nov[a-z]*"),
    ("дек[а-яё]*", "dec[a-z]*"),
)
_WEEKDAY = (
    r"^(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|пн|вт|ср|чт|пт|сб|вс|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\.?,?\s+"
)
_GAP = r"[\s.,/-]*"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"


BOTH = frozenset({0, 1})
"""Russian and English."""


def canonical(cell: str, words: frozenset[int]) -> str:
    """SQL of the rewritten cell: «5 окт. 2026 г., 9:30» → «5-10-2026 9:30», «05/10/26» → «05-10-2026»."""
    text = rf"regexp_replace(lower(trim({cell})), '[\s\x{{00A0}}\x{{202F}}]+', ' ', 'g')"
    steps = [(_WEEKDAY, "")] if words else []
    for alphabet in sorted(words):
        for number, names in enumerate(_MONTHS, start=1):
            steps += _month(names[alphabet], number)
    steps += [
        (r" ?г(?:ода|од)?\.?(,| |$)", r"\1"),
        (r"^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})", r"\1-\2-\3"),
        (rf"^(\d{{1,4}}-\d{{1,2}}-\d{{1,4}})(?:t|,? ?в |, ?| )({_CLOCK})", r"\1 \2"),
        (rf"({_CLOCK}) ?(?:z|utc|gmt|мск|msk|(?:utc|gmt)?[+-]\d{{2}}(?::?\d{{2}})?)$", r"\1"),
        (r"^(\d{1,2}-\d{1,2}-)([7-9]\d)($| )", r"\119\2\3"),
        (r"^(\d{1,2}-\d{1,2}-)(\d{2})($| )", r"\120\2\3"),
    ]
    for pattern, instead in steps:
        text = f"regexp_replace({text}, '{pattern}', '{instead}')"
    return text


def _month(name: str, number: int) -> list[tuple[str, str]]:
    """Day and year around a month's name, the year first; without a day the first of the month is meant."""
    day_month = rf"^(\d{{1,2}})(?:st|nd|rd|th)?{_GAP}{name}{_GAP}"
    return [
        (rf"{day_month}(\d{{4}})\b", rf"\2-{number}-\1"),
        (rf"{day_month}([7-9]\d)\b", rf"19\2-{number}-\1"),
        (rf"{day_month}(\d{{2}})\b", rf"20\2-{number}-\1"),
        (rf"^{name}{_GAP}(\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", rf"\2-{number}-\1"),
        (rf"^{name}{_GAP}(\d{{4}})\b", rf"\1-{number}-1"),
    ]


def timestamp(iso: str) -> str:
    """SQL of the timestamp of a year-month-day text with an optional time, AM and PM included."""
    is_iso = rf"regexp_full_match({iso}, '\d{{4}}-\d{{1,2}}-\d{{1,2}}(?: {_CLOCK}(?: ?[ap]\.?m\.?)?)?')"
    half_day = f"regexp_matches({iso}, '[ap]')"
    bare = f"replace(regexp_replace({iso}, ' ?([ap])\\.?m\\.?$', ' \\1m'), ',', '.')"
    formats = "['%Y-%m-%d %I:%M %p', '%Y-%m-%d %I:%M:%S %p']"
    return (
        f"case when {is_iso} then case when {half_day} then try_strptime({bare}, {formats}) "
        f"else try_cast({bare} as timestamp) end end"
    )


def time_of_day(cell: str) -> str:
    """SQL of the time of day in a cell («9:30», «09.30», «1899-12-31 09:30:00»), NULL where there is none."""
    clock = rf"regexp_extract({cell}, '(?:^|[ T])(\d{{1,2}})[:.-](\d{{2}})(?:[:.](\d{{2}}))?$', ['h', 'm', 's'])"
    hour, minute, second = (f"try_cast(nullif({clock}.{part}, '') as integer)" for part in "hms")
    valid = f"{hour} < 24 and {minute} < 60"
    return f"case when {valid} then make_time({hour}, {minute}, coalesce({second}, 0)) end"
