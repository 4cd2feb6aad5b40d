"""The business's time zone, and moments in it.

Invariant: a moment that is kept or compared is in UTC; what a person reads or chooses is the wall clock of the
business, wherever the computer stands.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.errors import UserError
from data.message import say
from data.store.clock import Clock
from data.store.entries.settings import Settings

SETTING = "time_zone"
"""Key of the setting."""
DEFAULT = "Europe/Moscow"
"""Where nothing was chosen."""
OFFERED = (
    "Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Krasnoyarsk",
    "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka", "Asia/Almaty",
    "Asia/Tashkent", "Asia/Tbilisi", "Asia/Yerevan", "Europe/Minsk", "Europe/Berlin", "UTC",
)  # fmt: skip
"""Zones that a form offers; a command takes any of the IANA list."""


def zone_of(settings: Settings) -> ZoneInfo:
    """The zone of the business."""
    return zone(str(settings.get(SETTING, DEFAULT)))


def zone(name: str) -> ZoneInfo:
    """The zone of a name of the IANA list. `UserError` where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UserError(
            say("There is no time zone «{name}».", name=name), hint=say("Name one like Europe/Moscow.")
        ) from None


def choose_zone(settings: Settings, name: str) -> None:
    """The business is in this zone from now on. `UserError` where there is none of that name."""
    settings.set(SETTING, zone(name).key)


def instant(clock: Clock) -> datetime:
    """The clock's now as a moment in UTC: the clock tells the wall time of the computer."""
    return clock().astimezone(UTC)
