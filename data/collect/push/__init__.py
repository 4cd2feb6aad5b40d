"""Rows that other programs push: 1C, a CRM, a script.

Invariant: it is never asked; a run of it only loads what waited for a person's answer.
"""

from collections.abc import Iterator

from data.collect.model import Asked, Found, Kind
from data.message import say


def _nothing(_asked: Asked) -> Iterator[Found]:
    yield from ()


KIND = Kind(
    name="push",
    title=say("1C, CRM or script (they send)"),
    about=say("Another program sends rows to an address of this dashboard, with a token of its own."),
    settings=(),
    fetch=_nothing,
    rhythm="1h",
    is_asked=False,
    guide=say(
        "After connecting you get an address and a token for your programmer. Rows are sent as JSON or as CSV with"
        " semicolons; sending the same rows again changes nothing."
    ),
)
