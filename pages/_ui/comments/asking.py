"""Which comments whoever is asking may see, and which are wanted of them.

Invariant: a comment about a member is seen only within a scope that holds the member; one about the whole business only
by who sees the whole business.
"""

import re
from collections.abc import Iterable, Sequence

from data.access.people import Person
from data.store.entries import Comment
from pages._ui import session
from pages._ui.board import Figure
from pages._ui.filters import Filters
from pages._ui.session import View

REQUIRED = "notes_required"
"""Setting: a key KPI that missed its target wants a comment."""


def seen(view: View, comments: Iterable[Comment]) -> tuple[Comment, ...]:
    """Those of them that may be seen."""
    return tuple(one for one in comments if view.shown is None or one.scope in view.shown)


def scope_of(view: View, chosen: Filters) -> tuple[str, str] | None:
    """The member a comment made here is about: the one the view is narrowed to, or one's own part."""
    for where in (chosen.where, view.reader.scope.where):
        alone = [(name, members[0]) for name, members in where if len(members) == 1]
        if alone:
            return alone[0]
    return None


def is_required(view: View) -> bool:
    """Whether the owner wants a comment wherever a key KPI missed its target."""
    return bool(view.store.entries.settings.get(REQUIRED, False))


def wanting(view: View, shown: Sequence[Figure], chosen: Filters) -> tuple[Figure, ...]:
    """Key KPIs that missed their target in a period that is over, and about which nobody said a word."""
    if not is_required(view) or not view.may("lead") or view.today <= chosen.span.until:
        return ()
    missed = [figure for figure in shown if figure.status == "missed"]
    said = view.store.entries.comments.about([f.kpi.id for f in missed], chosen.span.since, chosen.span.until)
    told = {one.kpi for one in seen(view, said)}
    return tuple(figure for figure in missed if figure.kpi.id not in told)


def mentioned(text: str, people: Iterable[Person]) -> tuple[Person, ...]:
    """The people a text calls: «@» and their name or what they sign in with, the longest that fits."""
    found: dict[int, Person] = {}
    named = [(name.casefold(), person) for person in people for name in (person.name, person.login)]
    for place in re.finditer("@", text):
        rest = text[place.end() :].casefold()
        fits = [(name, person) for name, person in named if rest.startswith(name) and _ends(rest[len(name) :])]
        if fits:
            person = max(fits, key=lambda fit: len(fit[0]))[1]
            found[person.id] = person
    return tuple(found.values())


def _ends(rest: str) -> bool:
    return not rest[:1].isalnum()


def colleagues() -> tuple[Person, ...]:
    """The people of the business that is looked at."""
    asking = session.visitor()
    return tuple(person for person, _ in session.people().persons.of_business(asking.business))
