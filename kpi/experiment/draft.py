"""A design from what somebody wrote: a TOML file, arguments or a form.

Invariant: an unknown field or KPI is refused by name; nothing is guessed.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from data.errors import UserError, did_you_mean
from data.message import say
from data.store.entries import Design, Guard
from data.store.entries.experiment_design import sound
from kpi.experiment.asking import Asking, resolved

DAYS = 56
"""Days an experiment lasts where neither its end nor its length is said."""
_TEXTS = ("title", "hypothesis", "kpi", "dimension", "a_is", "b_is", "matters_in")
_NUMBERS = ("matters", "alpha", "power", "worth")
_KNOWN = (*(field.name for field in fields(Design)), "days")


def from_toml(text: str) -> Design:
    """The design of a TOML file; `UserError` says what to mend."""
    try:
        return from_values(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise UserError(say("This is no TOML: {error}", error=str(error))) from None


def from_values(values: Mapping[str, Any]) -> Design:
    """The design of named values: as its fields, `guards` and `where` as tables, `days` instead of `end`."""
    for name in values:
        if name not in _KNOWN:
            raise UserError(say("There is no field «{name}».", name=name), hint=did_you_mean(name, _KNOWN))
    missing = [name for name in ("title", "kpi", "dimension", "a", "b", "start") if not values.get(name)]
    if missing:
        raise UserError(say("Not said: {fields}.", fields=tuple(missing)))
    told: dict[str, Any] = {name: _text(name, values[name]) for name in _TEXTS if name in values}
    told |= {name: _number(name, values[name]) for name in _NUMBERS if values.get(name) is not None}
    told |= {side: _members(side, values[side]) for side in ("a", "b")}
    if "baseline" in values:
        told["baseline"] = int(_number("baseline", values["baseline"]))
    told["guards"] = tuple(Guard(kpi, _number(kpi, by)) for kpi, by in _table(values, "guards").items())
    told["where"] = tuple((name, _members(name, members)) for name, members in sorted(_table(values, "where").items()))
    told["start"] = _day("start", values["start"])
    days = int(_number("days", values.get("days", DAYS)))
    told["end"] = _day("end", values["end"]) if "end" in values else told["start"] + timedelta(days=days - 1)
    if told.get("matters_in", "percent") not in ("percent", "absolute"):
        raise UserError(
            say("The smallest difference is in percent or absolute, not «{unit}».", unit=told["matters_in"])
        )
    return Design(**{"hypothesis": "", **told})


def checked(asking: Asking, design: Design) -> Design:
    """The design, if it can be carried out and judged here; `UserError` says why not."""
    sound(design)
    for id_ in (design.kpi, *(guard.kpi for guard in design.guards)):
        found = resolved(asking, id_, design.dimension, design.where)
    if design.matters_in == "absolute" and asking.catalogue.get(design.kpi).additive:
        raise UserError(say("Of a sum the smallest difference is told in percent."))
    known = set(asking.reader.members(design.dimension, 100_000))
    unknown = [m for m in found_members(asking, found.relations, design) if m not in known]
    if unknown:
        raise UserError(
            say("Not in the data: {members}.", members=tuple(unknown[:5])), hint=did_you_mean(unknown[0], sorted(known))
        )
    return design


def found_members(asking: Asking, relations: tuple[str, ...], design: Design) -> tuple[str, ...]:
    """Members of both arms as the data know them."""
    return asking.reader.relations()[relations[0]].known_as(design.dimension, (*design.a, *design.b))


def _table(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = values.get(name, {})
    if not isinstance(found, Mapping):
        raise UserError(say("«{name}» is a table of names and values.", name=name))
    return found


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise UserError(say("«{name}» is a text.", name=name))
    return " ".join(value.split()) if name != "hypothesis" else value.strip()


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UserError(say("«{name}» is a number.", name=name))
    return float(value)


def _members(name: str, value: Any) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str | int) else value
    if not isinstance(listed, list | tuple) or not all(isinstance(one, str | int) for one in listed):
        raise UserError(say("«{name}» is a list of members.", name=name))
    return tuple(dict.fromkeys(str(one) for one in listed))


def _day(name: str, value: Any) -> date:
    try:
        return date.fromisoformat(value.isoformat()[:10] if isinstance(value, date) else str(value))
    except ValueError:
        raise UserError(say("«{name}» is a day like 2026-10-31.", name=name)) from None
