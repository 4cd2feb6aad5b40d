"""What whoever is told may see, as a text: equal for equal rights, different for different ones.

Invariant: an alert kept for some rights is never shown to others, so nothing found with wider rights reaches whoever
has narrower ones. The pages somebody opens say nothing of which rows they see, and do not count.
"""

import json

from data.model import Scope

ALL = ""
"""The rights of whoever sees everything."""


def rights(scope: Scope) -> str:
    """The text of a scope."""
    if is_whole(scope):
        return ALL
    cells = {
        "where": scope.where, "since": scope.since and scope.since.isoformat(),
        "until": scope.until and scope.until.isoformat(), "money": scope.money,
    }  # fmt: skip
    return json.dumps(cells, ensure_ascii=False, sort_keys=True)


def is_whole(scope: Scope) -> bool:
    """Whether no row and no amount is kept from somebody."""
    limited = scope.where or scope.since is not None or scope.until is not None or scope.money != "shown"
    return scope.role == "owner" or not limited
