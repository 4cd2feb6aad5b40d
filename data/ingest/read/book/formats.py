"""Number formats: which of them show a share of a hundred, which a foreign currency. Pure.

Invariant: only the format's first section counts, and nothing in quotes or behind a backslash is a sign of the format.
"""

import re

PERCENT_IDS = frozenset([9, 10])
"""Built-in formats 0% and 0.00%."""
PERCENT = "%"
"""What `meaning` calls a share of a hundred; anything else it gives is a currency."""

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_IN_BRACKETS = re.compile(r"\[[^\]]*\]")
_BRACKET = re.compile(r"\[\$([^\]\-]+)(?:-[^\]]*)?\]")
_CURRENCY = re.compile(r"\$|€|£|¥|₸|₴|₼|₾|֏|USD|EUR|GBP|KZT|BYN|UAH|AED|TRY|CNY|UZS|KGS|Br\b|тг|сум")


def meaning(code: str) -> str | None:
    """`PERCENT`, the currency other than the rouble, or None for any other number format."""
    section = code.split(";", 1)[0]
    if PERCENT in _IN_BRACKETS.sub("", _LITERAL.sub("", section)):
        return PERCENT
    shown = "".join([*_BRACKET.findall(section), _IN_BRACKETS.sub("", section)])
    sign = _CURRENCY.search(shown)
    return sign[0] if sign else None
