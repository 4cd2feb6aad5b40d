"""The orders fact: about twenty thousand jobs and visits of two years, and those already booked for the next days.

Invariant: revenue = gross − discount, add-ons included; a job done again costs the client nothing. A few cells are
left empty, as people leave them.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pandas as pd

from data.demo.bookings import book
from data.demo.chance import Chance, to_hundreds
from data.demo.clients import Clients
from data.demo.frames import Row
from data.demo.people import booker
from data.demo.seasons import DAYS, first_day, is_spring
from data.demo.slots import slots
from data.demo.stories import addon_rate
from data.demo.trades import BRANCHES, REPAIR, Branch
from data.demo.visits import Days, Visit

_YEARLY_PRICE_RISE = 0.08
_LEFT_EMPTY = {"employee": 0.003, "service": 0.002, "revenue": 0.004, "finished_at": 0.004, "client": 0.02}
"""Shares of cells that people forgot to fill in."""


def orders(seed: int, until: date) -> pd.DataFrame:
    """The fact, branch by branch in order of appointment."""
    rows = [row for branch in BRANCHES for row in _branch(branch, seed, until)]
    return pd.DataFrame(rows)


def _branch(branch: Branch, seed: int, until: date) -> Iterator[Row]:
    chance, clients, days = Chance(seed, "orders", branch.name), Clients(branch, seed), Days(until)
    number, last = 1000, datetime.combine(until, time(23, 59))
    for slot in slots(branch, seed, until):
        client, returning = clients.at(slot.at)
        booking = book(slot, returning, chance)
        if booking.created > last:
            continue
        number += 1
        visit = days.visit(booking, chance)
        yield _with_gaps(
            {**_order(str(number), visit), "client": client, **_money(visit, returning, until, chance)}, chance
        )


def _order(number: str, visit: Visit) -> Row:
    booking, slot = visit.booking, visit.booking.slot
    return {
        "order_id": number, "created_at": booking.created, "responded_at": booking.responded, "scheduled_at": slot.at,
        "promised_at": visit.promised, "started_at": visit.started, "finished_at": visit.finished,
        "status": visit.status, "is_rework": visit.is_rework, "is_prebooked": booking.prebooked,
        "is_complaint": visit.is_complaint,
        "booked_by": None if booking.source == "Сайт" else booker(slot.person.branch), "account": booking.account,
        "branch": slot.person.branch.name, "employee": slot.person.name, "service": slot.service.name,
        "category": slot.service.category, "source": booking.source,
    }  # fmt: skip


def _money(visit: Visit, returning: bool, until: date, chance: Chance) -> Row:
    slot, branch = visit.booking.slot, visit.booking.slot.person.branch
    if visit.finished is None:
        return dict.fromkeys(
            ("gross", "discount", "revenue", "addon_revenue", "material_cost", "labour_cost", "paid_at")
        )
    price = _price(visit, until, chance)
    addons = _addons(visit, chance)
    gross = 0 if visit.is_rework else price + addons
    discount = to_hundreds(gross * 0.1, 10) if returning and chance.yes(0.14) else 0
    thrift = 0.8 if branch is REPAIR and is_spring(slot.at.date()) else 1.0
    labour = branch.labour_share * max(gross - discount, price * 0.6)
    return {
        "gross": gross, "discount": discount or None, "revenue": gross - discount, "addon_revenue": addons or None,
        "material_cost": to_hundreds(price * branch.material_share * thrift * chance.about(1, 0.4), 10),
        "labour_cost": to_hundreds(labour, 10), "paid_at": _paid(branch, visit.finished, until, chance),
        "items": 1 + bool(addons),
    }  # fmt: skip


def _price(visit: Visit, until: date, chance: Chance) -> int:
    slot = visit.booking.slot
    age = (slot.at.date() - first_day(until)).days / DAYS - 0.5
    spread = 0.02 if slot.person.branch.trade == "barber" else 0.2
    return to_hundreds(slot.service.price * (1 + 2 * _YEARLY_PRICE_RISE * age) * chance.about(1, spread))


def _addons(visit: Visit, chance: Chance) -> int:
    person = visit.booking.slot.person
    wanted = chance.yes(addon_rate(person.name))
    amount = chance.pick(person.branch.addons)[1] + (chance.pick(person.branch.addons)[1] if chance.yes(0.2) else 0)
    return amount if wanted and not visit.is_rework else 0


def _paid(branch: Branch, finished: datetime, until: date, chance: Chance) -> datetime | None:
    late = {"barber": (0.0, 0.0), "repair": (0.16, 0.09), "cleaning": (0.24, 0.13)}[branch.trade]
    mark, minutes, days = chance.between(0, 1), chance.whole(0, 20), 0
    if mark < late[1]:
        days = chance.whole(8, 30)
    elif mark < sum(late):
        days = chance.whole(1, 6)
    paid = finished + timedelta(days=days, minutes=minutes)
    return paid if paid.date() <= until else None


def _with_gaps(row: Row, chance: Chance) -> Row:
    gaps = {name: None for name, share in _LEFT_EMPTY.items() if chance.yes(share)}
    return {**row, **gaps}
