"""What follows or precedes a number: the unit of a KPI in a language.

Invariant: every `kpi.model.Unit` has a form for its values and one for their differences, in every language.
"""

from collections.abc import Mapping

from data.message import Message, say
from kpi.language.numbers import NBSP

VALUE: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "percent": f"{{}}{NBSP}%",
        "points": f"{{}}{NBSP}п.",
        "money": f"{{}}{NBSP}₽",
        "hours": f"{{}}{NBSP}ч",
        "minutes": f"{{}}{NBSP}мин",
        "seconds": f"{{}}{NBSP}с",
        "days": f"{{}}{NBSP}дн.",
        "months": f"{{}}{NBSP}мес.",
        "count": "{}",
        "score": "{}",
        "per_person": f"{{}}{NBSP}на{NBSP}чел.",
    },
    "en": {
        "percent": "{}%",
        "points": f"{{}}{NBSP}pts",
        "money": "₽{}",
        "hours": f"{{}}{NBSP}h",
        "minutes": f"{{}}{NBSP}min",
        "seconds": f"{{}}{NBSP}s",
        "days": f"{{}}{NBSP}d",
        "months": f"{{}}{NBSP}mo",
        "count": "{}",
        "score": "{}",
        "per_person": f"{{}}{NBSP}per{NBSP}person",
    },
}
"""Language → unit → pattern of a value."""

DIFFERENCE: Mapping[str, Mapping[str, str]] = {
    "ru": {**VALUE["ru"], "percent": f"{{}}{NBSP}п.п."},
    "en": {**VALUE["en"], "percent": f"{{}}{NBSP}pp"},
}
"""Language → unit → pattern of a difference: percentages differ by percentage points."""

RELATIVE = frozenset({"money", "count"})
"""Units whose change is told as a percentage of what it was."""

NAMES: Mapping[str, Message] = {
    "percent": say("%"),
    "points": say("points"),
    "money": say("₽"),
    "hours": say("hours"),
    "minutes": say("minutes"),
    "seconds": say("seconds"),
    "days": say("days"),
    "months": say("months"),
    "per_person": say("per person"),
}
"""Unit → its name where a number stands without it."""
