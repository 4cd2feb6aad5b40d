"""An answer's JSON, taken apart by name and type.

Invariant: whatever is asked of a reply is there with that type, or is said to be missing (`None`), or the answer counts
as not understood; nothing of another type passes on. Numbers may be written as texts, as some services do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from data.collect.api.failures import NotUnderstood
from data.message import Message, say

Complain = Callable[[Message], NotUnderstood]
"""Makes the failure that says why an answer is not understood."""


@dataclass(frozen=True)
class Reply:
    """One JSON object of an answer."""

    fields: dict[str, Any]
    """Its values by name."""
    complain: Complain
    """Makes the failure for what is not as promised."""

    @staticmethod
    def of(value: Any, complain: Complain) -> "Reply":
        """The reply of an answer that must be an object."""
        if not isinstance(value, dict):
            raise complain(say("It is no object."))
        return Reply(value, complain)

    def inner(self, name: str) -> "Reply | None":
        """The object under a name; None where there is none, or an empty list in its place."""
        value = self.fields.get(name)
        return Reply(value, self.complain) if isinstance(value, dict) else None

    def must(self, name: str) -> "Reply":
        """The object under a name."""
        if (found := self.inner(name)) is None:
            raise self._lacks(name)
        return found

    def each(self, name: str) -> "tuple[Reply, ...]":
        """The objects of the list under a name."""
        return replies(self.fields.get(name), self.complain, name)

    def text(self, name: str) -> str:
        """A text or number that must be there and not empty, such as an id."""
        if not (found := self.said(name)):
            raise self._lacks(name)
        return found

    def said(self, name: str) -> str | None:
        """A text or number as text; None where there is none or it is empty."""
        value = self.fields.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            return None
        return str(value).strip() or None

    def amount(self, name: str) -> Decimal | None:
        """A number, written as one or as text; None where there is none."""
        if (text := self.said(name)) is None:
            return None
        try:
            value = Decimal(text.replace(",", ".").replace("\u00a0", "").replace(" ", ""))
        except InvalidOperation as error:
            raise self._lacks(name) from error
        return value if value.is_finite() else None

    def count(self, name: str) -> int | None:
        """A whole number; None where there is none."""
        value = self.amount(name)
        return None if value is None else int(value)

    def flag(self, name: str) -> bool | None:
        """Yes or no, written as such or as 1 and 0; None where there is none."""
        value = self.fields.get(name)
        if isinstance(value, bool):
            return value
        return None if (text := self.said(name)) is None else text not in ("0", "false")

    def _lacks(self, name: str) -> NotUnderstood:
        return self.complain(say("«{name}» is missing or of another kind.", name=name))


def replies(value: Any, complain: Complain, name: str = "data") -> tuple[Reply, ...]:
    """The objects of a list that must be one."""
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise complain(say("«{name}» is missing or of another kind.", name=name))
    return tuple(Reply(each, complain) for each in value)
