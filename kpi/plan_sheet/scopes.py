"""For whom a row of a plan is.

Invariant: a row that names somebody unknown is not read as one for the whole business.
"""

from collections.abc import Mapping, Sequence

from data.errors import did_you_mean
from data.message import Message, say
from data.schema.names import normalise, normalise_word
from kpi.plan_sheet.columns import Columns, dimension_names

Members = Mapping[str, Sequence[str]]
"""Dimension → its members."""
Scope = tuple[str, str] | None

EVERYBODY = ("", "все", "всё", "all", "весь бизнес", "вся компания", "компания", "whole business", "total", "-", "—")


def scope_of(cells: Sequence[str | None], columns: Columns, members: Members) -> Scope | Message:
    """(dimension, member), None for the whole business, or what is wrong."""
    named = [(name, text) for place, name in columns.dimensions.items() if _says(text := cells[place] or "")]
    if len(named) > 1:
        return say("A target is for one: a branch, a team or a person, not for several at once.")
    if named:
        return _member(*named[0], members)
    text = (cells[columns.scope] or "") if columns.scope is not None else ""
    return _written(text, members) if _says(text) else None


def _says(text: str) -> bool:
    return normalise_word(text) not in map(normalise_word, EVERYBODY)


def _written(text: str, members: Members) -> Scope | Message:
    """«Branch: North», «branch=North», or a name that only one dimension knows."""
    for sign in (":", "="):
        name, found, member = text.partition(sign)
        dimension = dimension_names().get(normalise(name))
        if found and dimension:
            return _member(dimension, member.strip(), members)
    places = [name for name, known in members.items() if _same(text, known) is not None]
    if len(places) == 1:
        return _member(places[0], text, members)
    return say(
        "«{written}» is not known: write «Branch: {written}», «Team: {written}» or «Employee: {written}».", written=text
    )


def _member(dimension: str, text: str, members: Members) -> Scope | Message:
    known = members.get(dimension, ())
    found = _same(text, known)
    if found is not None:
        return dimension, found
    unknown = say("Nobody and nothing is called «{name}» in what is loaded.", name=text)
    near = did_you_mean(text, known)
    return say("{what} {hint}", what=unknown, hint=near) if near else unknown


def _same(text: str, known: Sequence[str]) -> str | None:
    wanted = normalise_word(text)
    return next((member for member in known if normalise_word(member) == wanted), None)
