"""The clients of a branch: who comes for the first time and who comes again.

Invariant: a client is a telephone number of the code 000, which belongs to nobody; clients come back only if they
were won, and then about as often as the branch's trade makes them.
"""

from datetime import datetime

from data.demo.chance import Chance
from data.demo.trades import Branch

_WON = {"barber": 0.6, "repair": 0.35, "cleaning": 0.55}
"""Share of new clients who will come again."""
_STAY = {"barber": 0.94, "repair": 0.8, "cleaning": 0.93}
"""Share of returning clients who stay after each further visit."""
_FIRST_POOL = 40
"""While fewer clients are known to return, everybody is new."""


class Clients:
    """Whom a branch knows; asked in the order of the appointments."""

    def __init__(self, branch: Branch, seed: int) -> None:
        self._branch, self._chance = branch, Chance(seed, "clients", branch.name)
        self._last: dict[str, datetime] = {}
        self._returning: list[str] = []
        self._count = 0

    def at(self, moment: datetime) -> tuple[str, bool]:
        """The client of an appointment and whether they were here before."""
        new = len(self._returning) < _FIRST_POOL or self._chance.yes(self._branch.new_clients)
        phone = self._new() if new else self._due(moment)
        if phone in self._last and not self._chance.yes(_STAY[self._branch.trade]):
            self._returning.remove(phone)
        self._last[phone] = moment
        return phone, not new

    def _new(self) -> str:
        self._count += 1
        number = 1000000 + ("barber", "repair", "cleaning").index(self._branch.trade) * 3000000 + self._count * 37
        phone = f"+7 (000) {str(number)[:3]}-{str(number)[3:5]}-{str(number)[5:]}"
        if self._chance.yes(_WON[self._branch.trade]):
            self._returning.append(phone)
        return phone

    def _due(self, moment: datetime) -> str:
        """Of a few who might come, the one whose usual time since the last visit fits best."""
        candidates = [self._chance.pick(self._returning) for _ in range(12)]
        return min(candidates, key=lambda phone: abs(self._days_since(phone, moment) - self._branch.returns_after))

    def _days_since(self, phone: str, moment: datetime) -> int:
        return (moment - self._last[phone]).days
