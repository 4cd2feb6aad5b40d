"""What became of an appointment: when it began and ended, whether it was late, again, complained about.

Invariant: a person's jobs follow one another; nothing happened after `until`.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from data.demo.bookings import Booking
from data.demo.chance import Chance
from data.demo.stories import CANCELLED, NO_SHOW, rework_rate, start_delay

_SLACK = {"barber": 17, "repair": 35, "cleaning": 36}
"""Minutes promised on top of the planned duration."""
_STILL_OPEN = 0.12
"""Share of jobs of the last day that are not closed yet."""


@dataclass(frozen=True)
class Visit:
    """What happened."""

    booking: Booking
    """The enquiry and its appointment."""
    status: str
    """open, done, cancelled or no_show."""
    promised: datetime
    """When it was to be finished."""
    started: datetime | None = None
    """When it began."""
    finished: datetime | None = None
    """When it ended."""
    is_rework: bool = False
    """A job done again, free of charge."""
    is_complaint: bool = False
    """The client complained."""


class Days:
    """When each person was last busy, to let delays carry over to the next job of the day."""

    def __init__(self, until: date) -> None:
        self._until, self._free = until, dict[str, datetime]()

    def visit(self, booking: Booking, chance: Chance) -> Visit:
        """What became of the booking."""
        slot, branch = booking.slot, booking.slot.person.branch
        promised = slot.at + timedelta(minutes=round(slot.service.hours * 60) + _SLACK[branch.trade])
        status = self._status(booking, chance)
        if status != "done":
            return Visit(booking, status, promised)
        started = max(slot.at, self._free.get(slot.person.name, slot.at)) + timedelta(
            minutes=chance.whole(*start_delay(slot.at.date()))
        )
        planned = slot.service.hours * 60
        finished = self._in_time(started + timedelta(minutes=round(planned * (0.7 + 0.3 * chance.about(1, 0.5)))))
        self._free[slot.person.name] = finished
        rework = chance.yes(rework_rate(branch, slot.at.date()))
        late = finished > promised + timedelta(minutes=40)
        complaint = chance.yes(0.15 if rework else 0.05 if late else 0.008)
        return Visit(booking, status, promised, started, finished, rework, complaint)

    def _status(self, booking: Booking, chance: Chance) -> str:
        day = booking.slot.at.date()
        if day > self._until or (day == self._until and chance.yes(_STILL_OPEN)):
            return "open"
        if booking.prebooked and chance.yes(NO_SHOW):
            return "no_show"
        return "cancelled" if booking.prebooked and chance.yes(CANCELLED) else "done"

    def _in_time(self, moment: datetime) -> datetime:
        return min(moment, datetime.combine(self._until, time(23, 50)))
