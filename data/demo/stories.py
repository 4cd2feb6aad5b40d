"""What the dashboard must make visible, as numbers.

Invariant: every deliberate difference between members of a dimension is one constant or function here.
"""

from datetime import date, timedelta

from data.demo.seasons import is_spring, is_weekend
from data.demo.trades import REPAIR, Branch

STAR = "Руслан Ахметов"
"""The barber who sells twice the add-ons of the others."""
ADDON_RATE = 0.17
"""Share of jobs with an add-on."""
STAR_FACTOR = 2.1
"""How much more often the star sells one."""

CONTACT_COST = {"Авито Центр": 165.0, "Авито Область": 330.0}
"""Roubles a contact costs in each account: one costs double."""

TWIN_AD = ("Авито Область", "Мытищи", "Ремонт кофемашин")
"""Account, city it was meant for, and headline of the advertisement that is shown in the other account's city."""
TWIN_CITY = "Москва"
"""Where it is shown: there the other account has the same headline."""
UNPROMOTED = "Химки"
"""The city whose ads lost their paid promotion in an experiment."""
UNPROMOTED_SINCE = 62
"""Days before the last one on which that began."""

FAST_RECRUITER = "Кристина Лаптева"
"""The recruiter who fills places in a third of the time, with people most of whom leave within 90 days."""

SPRING_REWORK = 3.6
"""How much more often the repair branch has to do a job again in spring, when cheap parts were bought."""

WEEKEND_DELAY = (4, 34)
"""Minutes a job starts late at weekends, when one dispatcher is off."""
WEEKDAY_DELAY = (0, 9)
"""Minutes a job starts late on other days."""
WEEKEND_AHEAD = 1.6
"""How much earlier weekend jobs are ordered."""

NO_SHOW = 0.08
"""Share of bookings where nobody came or opened."""
CANCELLED = 0.062
"""Share of bookings that were cancelled."""

APPROVAL = "Согласование с руководителем"
"""The step of repairs that adds nothing but hours of waiting: the head approves what was agreed with the client."""
APPROVAL_MINUTE = 25
"""Roubles of a minute of the head's."""
LONG = timedelta(hours=16)
"""Jobs that begin later than so long after they were asked for mostly waited for an approval."""


def approval_rate(waited: timedelta) -> float:
    """How often a repair that began so long after it was asked for had to be approved."""
    return 0.7 if waited > LONG else 0.06


def addon_rate(employee: str) -> float:
    """How often this person sells an add-on."""
    return ADDON_RATE * STAR_FACTOR if employee == STAR else ADDON_RATE


def rework_rate(branch: Branch, day: date) -> float:
    """How often a job of that day is one that has to be done again."""
    factor = SPRING_REWORK if branch is REPAIR and is_spring(day) else 1.0
    return branch.rework_share * factor


def start_delay(day: date) -> tuple[int, int]:
    """Least and most minutes a job starts late."""
    return WEEKEND_DELAY if is_weekend(day) else WEEKDAY_DELAY


def is_promoted(city: str, day: date, until: date) -> bool:
    """Whether promotion is paid for on the ads of a city."""
    return city != UNPROMOTED or day < until - timedelta(days=UNPROMOTED_SINCE)
