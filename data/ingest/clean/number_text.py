"""Numbers as people write them, as patterns and SQL.

Invariant: a pattern matches whole cells only, so no part of a text is ever taken for a number.
"""

import re
from collections.abc import Iterable

_SPACES = r"[\s\x{00A0}\x{2007}\x{2009}\x{202F}]"
_CURRENCY = r"(?:₽|€|\$|£|¥|₸|₴|руб(?:лей|ля|ль|ли)?\.?|р\.|р|rub|rur|usd|eur|gbp|kzt|byn|тг\.?|тенге)"
_DASHES, _APOSTROPHES = "−–", "’`´"
_PLAIN_SIGNS = "--" + "''" * 3
"""What they are written as, in a SQL string."""
_PIECES = r"(?:%|шт\.?|ед\.?|чел\.?|раза?|pcs)"
_GROUPED = r"[1-9]\d{{0,2}}(?:[ '{mark}]\d{{3}})+"
_COMMA = r"-?(?:\d+|" + _GROUPED.format(mark=".") + r")(?:,\d*)?|-?,\d+"
_POINT = r"-?(?:\d+|" + _GROUPED.format(mark=",") + r")(?:\.\d*)?(?:e[-+]?\d+)?|-?\.\d+"


_SPACE = r"[ \x{00A0}\x{2009}\x{202F}]"
_USUAL = {
    "decimal comma": (
        rf"-?(?:\d+|[1-9]\d{{0,2}}(?:{_SPACE}\d{{3}})+)(?:,\d{{1,4}})?{_SPACE}?(?:₽|руб\.?|р\.?|%)?",
        r",(?:\d{1,2}|\d{4})(?:\D|$)",
        "replace(translate({cell}, ' \u00a0\u2009\u202f₽руб.%', ''), ',', '.')",
    ),
    "decimal point": (
        rf"-?[$€₽]? ?(?:\d+|[1-9]\d{{0,2}}(?:(?:,|{_SPACE})\d{{3}})+)(?:\.\d{{1,4}})?{_SPACE}?[$€₽%]?",
        r"\.(?:\d{1,2}|\d{4})(?:\D|$)",
        "translate({cell}, ' \u00a0\u2009\u202f,₽$€%', '')",
    ),
}
"""Format → the way nearly every cell of it is written, what proves the mark, and SQL of the bare number."""


def bare_number(cell: str, question_mark: bool) -> str:
    """The cell without currency, «from», spaces that are not thousands; one kind of minus and of apostrophe."""
    marks = rf"(?:{_CURRENCY}|\?|{_PIECES})" if question_mark else rf"(?:{_CURRENCY}|{_PIECES})"
    text = (
        f"regexp_replace(translate(lower({cell}), '{_DASHES}{_APOSTROPHES}', '{_PLAIN_SIGNS}'), '{_SPACES}+', ' ', 'g')"
    )
    for pattern, instead in (
        (r"^(?:от|from) ", ""),
        (rf"^\((.+)\)(?: ?{_CURRENCY})?$", r"-\1"),
        (rf"^(-?) ?{_CURRENCY} ?", r"\1"),
        (rf"(?: ?{marks})+$", ""),
        (r"^(?:\+|(-)) ?", r"\1"),
    ):
        text = f"regexp_replace({text}, '{pattern}', '{instead}')"
    return text


def number_of(bare: str, settled: str, type_: str) -> str:
    """SQL of the value of a bare number by its column's mark; «mixed»: by its own, if it has but one reading."""
    comma = f"try_cast(replace(translate({bare}, ' .''', ''), ',', '.') as {type_})"
    point = f"try_cast(translate({bare}, ' ,''', '') as {type_})"
    by_comma, by_point = is_comma(bare), is_point(bare)
    if settled == "decimal comma":
        return f"case when {by_comma} then {comma} end"
    if settled == "decimal point":
        return f"case when {by_point} then {point} end"
    return (
        f"case when {by_comma} and not {by_point} then {comma} when {by_point} and not {by_comma} then {point} "
        f"when {by_comma} and not regexp_matches({bare}, '[.,]') then {point} end"
    )


def roubles_and_kopecks(cell: str) -> str:
    """SQL of «12 руб. 50 коп.» and «1250 коп.» in roubles, NULL for any other text."""
    parts = rf"regexp_extract(lower({cell}), '^(?:(\d[\d ]*) ?(?:руб\w*|р)\.? ?)?(\d{{1,9}}) ?коп\w*\.?$', ['a', 'b'])"
    roubles, kopecks = (f"try_cast(replace({parts}.{name}, ' ', '') as decimal(18,4))" for name in "ab")
    return f"cast(coalesce({roubles}, 0) + {kopecks} * 0.01 as decimal(18,4))"


def usual_number(cell: str, format_: str, type_: str) -> str:
    """SQL of the value of a cell written in the usual way of a format."""
    pattern, _, bare = _USUAL[format_]
    return f"case when regexp_full_match({cell}, '{pattern}') then try_cast({bare.format(cell=cell)} as {type_}) end"


def proves(cells: Iterable[str], format_: str) -> bool:
    """Whether one of the cells can only have this format's decimal mark."""
    return any(re.search(_USUAL[format_][1], cell) for cell in cells)


def is_comma(text: str) -> str:
    """SQL: a bare number that can be read with a decimal comma."""
    return f"regexp_full_match({text}, '{_sql(_COMMA)}')"


def is_point(text: str) -> str:
    """SQL: a bare number that can be read with a decimal point."""
    return f"regexp_full_match({text}, '{_sql(_POINT)}')"


def _sql(pattern: str) -> str:
    return pattern.replace("'", "''")
