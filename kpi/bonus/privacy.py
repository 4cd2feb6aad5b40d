"""Whose bonuses somebody may see.

Invariant: nothing leaves this package past `seen_by` but what belongs to people of the scope; a scope that says
something else than people and their posts sees nobody's. A person who moved is seen by the new team's lead only.
"""

from dataclasses import replace

from data.errors import NotAllowed
from data.message import say
from data.model import Scope
from kpi.bonus.inputs import PersonInput
from kpi.bonus.slip import Sheet

FEWEST = 3
"""People in a pool below which its amount tells what the others get."""


def is_open(scope: Scope) -> bool:
    """Whether everybody's bonuses may be seen; a viewer sees some people's, or none."""
    return not scope.where and scope.role != "viewer"


def may_manage(scope: Scope) -> bool:
    """Whether schemes may be written, months approved and others' money tried out."""
    return not scope.where and scope.role == "owner"


def check_open(scope: Scope) -> None:
    """`NotAllowed` for all but the owner: sums and changes would tell the others' bonuses."""
    if not may_manage(scope):
        raise NotAllowed(say("This shows everybody's bonuses: only the owner may see it."))


def may_see(scope: Scope, person: PersonInput) -> bool:
    """Whether a person's bonus may be seen."""
    told = {"employee": person.name, "team": person.team, "branch": person.branch, "role": person.role}
    return bool(scope.where) and all(name in told and told[name] in members for name, members in scope.where)


def seen_by(scope: Scope, sheet: Sheet) -> Sheet:
    """The bonuses that may be seen; a small pool does not tell what is in it."""
    if is_open(scope):
        return sheet
    slips = tuple(slip for slip in sheet.slips if may_see(scope, slip.person))
    given = replace(sheet.given, people=tuple(slip.person for slip in slips))
    if len(sheet.slips) < FEWEST:
        given = replace(given, pool=None, result=None)
        return Sheet(given, slips, sheet.claims if len(slips) == len(sheet.slips) else sheet.claims * 0)
    return Sheet(given, slips, sheet.claims)
