"""Names of columns, and the text a =HYPERLINK() formula shows. Pure."""

import re
from functools import lru_cache

_HYPERLINK = re.compile(
    r'^=HYPERLINK\(\s*"((?:[^"]|"")*)"\s*(?:[,;]\s*"((?:[^"]|"")*)"\s*)?\)$', re.IGNORECASE | re.DOTALL
)


@lru_cache(20_000)
def column_of(letters: str) -> int:
    """«A» is 0, «AB» is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def text_of_link(formula: str) -> str | None:
    """What a =HYPERLINK("address","text") shows; the address where it has no text; None for any other formula."""
    match = _HYPERLINK.match(formula)
    if match is None:
        return None
    address, text = match[1], match[2]
    return (text or address).replace('""', '"')
