"""How an appointment came about: when it was asked for, answered, from where, by whom.

Invariant: created ≤ responded and created ≤ scheduled; only orders from Avito carry an account.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from data.demo.chance import Chance
from data.demo.seasons import is_weekend
from data.demo.slots import Slot
from data.demo.stories import WEEKEND_AHEAD
from data.demo.trades import ACCOUNT_WEIGHTS, Branch

_WALK_IN = {"barber": 0.2, "repair": 0.0, "cleaning": 0.0}
_SAME_DAY = {"barber": 0.25, "repair": 0.38, "cleaning": 0.08}
_NOT_ANSWERED = 0.03
"""Share of enquiries that nobody answered in writing (they came all the same)."""


@dataclass(frozen=True)
class Booking:
    """The enquiry behind an appointment."""

    slot: Slot
    """The appointment."""
    created: datetime
    """When the client asked."""
    responded: datetime | None
    """When somebody answered."""
    prebooked: bool
    """Not a walk-in."""
    source: str
    """Where the client came from."""
    account: str | None
    """The Avito account, where it was Avito."""


def book(slot: Slot, returning: bool, chance: Chance) -> Booking:
    """The enquiry that led to the appointment."""
    branch = slot.person.branch
    walk_in = chance.yes(_WALK_IN[branch.trade])
    created = slot.at - timedelta(minutes=chance.whole(3, 25)) if walk_in else _asked(slot, chance)
    source = _source(branch, returning, walk_in, chance)
    account = chance.weighted(ACCOUNT_WEIGHTS) if source == "Авито" else None
    return Booking(slot, created, _answered(created, slot.at, walk_in, chance), not walk_in, source, account)


def _asked(slot: Slot, chance: Chance) -> datetime:
    branch, ahead = slot.person.branch, WEEKEND_AHEAD if is_weekend(slot.at.date()) else 1.0
    if chance.yes(_SAME_DAY[branch.trade] / ahead):
        days = 0.0
    else:
        days = 1 + branch.booked_days * ahead * chance.between(0, 1) * chance.between(0.2, 1)
    moment = datetime.combine(slot.at.date() - timedelta(days=int(days)), time(8)) + timedelta(
        minutes=chance.whole(0, 14 * 60)
    )
    return min(moment, slot.at - timedelta(minutes=chance.whole(35, 150)))


def _answered(created: datetime, scheduled: datetime, walk_in: bool, chance: Chance) -> datetime | None:
    if walk_in:
        return created
    if chance.yes(_NOT_ANSWERED):
        return None
    evening = created.hour >= 20 or created.hour < 9
    minutes = chance.about(26 if evening else 7, 0.8) + (90 if chance.yes(0.05) else 0)
    return min(created + timedelta(minutes=round(minutes)), scheduled)


def _source(branch: Branch, returning: bool, walk_in: bool, chance: Chance) -> str:
    if walk_in and not returning:
        return "Проходили мимо"
    avito = branch.avito_share * (0.35 if returning else 1.3)
    rest = {"Постоянный клиент": 0.6, "Сайт": 0.25, "Яндекс Карты": 0.15} if returning else {
        "Яндекс Карты": 0.4, "Рекомендация": 0.35, "Сайт": 0.25,
    }  # fmt: skip
    return "Авито" if chance.yes(avito) else chance.weighted(rest)
