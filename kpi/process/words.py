"""What a process tells, in words.

Invariant: a duration is told in the unit a person would use for it, exact to two or three figures.
"""

from kpi.language import MINUS, NOTHING, Language

MINUTE, DAY = 1 / 60, 24.0
"""Hours of a minute and of a day."""


def duration(hours: float, language: Language, working: bool = False) -> str:
    """«< 1 min», «12 min», «8.6 h», «6.4 d»; «—» where it is not known.

    A day is 24 hours, so hours of a working calendar (`working`) are never told in days.
    """
    if hours != hours:
        return NOTHING
    if 0 < hours < MINUTE / 2:
        return f"< {language.value(1.0, 'minutes')}"
    if abs(hours) < 1:
        return language.value(float(round(hours / MINUTE)), "minutes")
    in_hours = working or abs(hours) < 2 * DAY
    return language.value(round(hours, 1), "hours") if in_hours else language.value(hours / DAY, "days")


def change(hours: float, language: Language, working: bool = False) -> str:
    """«+12 min», «−3.5 h»; «no change» where it rounds to nothing."""
    if hours != hours:
        return NOTHING
    if abs(hours) < MINUTE / 2:
        return language.t("no change")
    return f"{'+' if hours > 0 else MINUS}{duration(abs(hours), language, working)}"
