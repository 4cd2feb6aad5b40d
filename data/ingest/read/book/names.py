"""Names of columns, and the text a =HYPERLINK() formula shows. Pure."""

import re
from functools import lru_cache

_HYPERLINK = re.compile(
    r'^=HYPERLINK\(\s*"((?:[^"]|"")*)"\s*(?:[,;]\s*"((?:[^"]|"")*)"\s*)?\)$', re.IGNORECASE | re.DOTALL
)

_NUMBER_AT_END = re.compile(r"(?:^|\D)(\d{6,20})/?$")


@lru_cache(20_000)
def column_of(letters: bytes) -> int:
    """«A» is 0, «AB» is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def letters_of(column: int) -> str:
    """0 is «A», 27 is «AB»."""
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def number_of_link(formula: str) -> str | None:
    """The number at the end of a link's address, as advertisements have it, unless its text tells it already."""
    match = _HYPERLINK.match(formula)
    number = _NUMBER_AT_END.search(re.split("[?#]", match[1], maxsplit=1)[0]) if match else None
    return number[1] if match and number and number[1] not in (match[2] or "") else None


def text_of_link(formula: str) -> str | None:
    """What a =HYPERLINK("address","text") shows; the address where it has no text; None for any other formula."""
    match = _HYPERLINK.match(formula)
    if match is None:
        return None
    address, text = match[1], match[2]
    return (text or address).replace('""', '"')
