"""What is said about a process on the command line, over what was entered.

Invariant: it holds for this answer alone; what was entered stays as it is.
"""

import argparse
import re
from dataclasses import replace

from data.store.entries.process import sound
from kpi.process.settings import ProcessSettings, WorkingHours

_HOURS = re.compile(r"(\d{1,2})(?::(\d\d))?\s*[-–]\s*(\d{1,2})(?::(\d\d))?")
ALWAYS = "always"
"""Round the clock, whatever was entered."""


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--superfluous", action="append", metavar="STEP", help="a step that adds nothing; repeatable")
    parser.add_argument("--sla", type=float, metavar="HOURS", help="time within which a case should be over")
    parser.add_argument("--hourly-cost", type=float, metavar="ROUBLES", help="what an hour of work costs")
    parser.add_argument(
        "--hours", type=_hours, metavar="9:00-18:00", help="working hours, Monday to Friday but holidays; «always»"
    )
    parser.add_argument("--weekdays", type=_weekdays, metavar="1-6", help="days that are worked, Monday is 1")


def changed(args: argparse.Namespace, settings: ProcessSettings) -> ProcessSettings:
    """The settings with what the arguments say. `UserError` for what cannot be."""
    hours = settings.hours
    if args.hours is not None:
        span = (hours or WorkingHours()) if args.hours != ALWAYS else None
        hours = replace(span, begins=args.hours[0], ends=args.hours[1]) if span is not None else None
    if args.weekdays is not None:
        hours = replace(hours or WorkingHours(), weekdays=args.weekdays)
    return sound(
        replace(
            settings,
            superfluous=settings.superfluous if args.superfluous is None else tuple(args.superfluous),
            sla_hours=settings.sla_hours if args.sla is None else args.sla,
            hourly_cost=settings.hourly_cost if args.hourly_cost is None else args.hourly_cost,
            hours=hours,
        )
    )


def _hours(text: str) -> tuple[int, int] | str:
    found = _HOURS.fullmatch(text.strip())
    if text == ALWAYS or found is None:
        if text == ALWAYS:
            return text
        raise argparse.ArgumentTypeError(f"{text!r} is no span such as 9:00-18:00")
    hour, minute, last, after = (int(part or 0) for part in found.groups())
    return hour * 60 + minute, last * 60 + after


def _weekdays(text: str) -> tuple[int, ...]:
    if not re.fullmatch(r"[1-7]([-,][1-7])*", text):
        raise argparse.ArgumentTypeError(f"{text!r} tells no days such as 1-5 or 2,3,6")
    days: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        days |= set(range(int(first), int(last or first) + 1))
    return tuple(sorted(days))
