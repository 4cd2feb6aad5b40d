"""Why a KPI is where it is: what made it change, or that nothing did.

Invariant: a change within what the KPI does by itself is given no cause; then what is said is whether the target can be
kept at all as the work is done now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from data.errors import UserError
from kpi.alerts.model import Place
from kpi.compile import aligned
from kpi.language import LANGUAGES, language
from kpi.model import Kpi
from kpi.watch import Look, fitting, judged
from kpi.watch.words import assurance_word
from kpi.why import Asked, Why, explain, is_quiet
from kpi.why.telling import reason as cause

NOTHING: Mapping[str, str] = dict.fromkeys(LANGUAGES, "")
"""No reason is known."""


@dataclass(frozen=True)
class Span:
    """Days, both inclusive."""

    since: date
    """First day."""
    until: date
    """Last day."""


def reason(look: Look, kpi: Kpi, span: Span, place: Place) -> Mapping[str, str]:
    """Language code → why the KPI of a place changed in these days from those before; empty: nobody can tell."""
    asked = Asked(kpi.id, span.since, span.until, "previous", place, aligned(span.since, span.until))
    try:
        why = explain(look.reader, look.catalogue, asked, look.marks)
    except UserError:  # it takes too long, or a custom definition fails: the alert stands without its reason
        return NOTHING
    if why.silent is not None:
        return NOTHING
    return {code: cause(why, language(code)) for code in LANGUAGES} if not is_quiet(why) else NOTHING


def standing(look: Look, kpi: Kpi, span: Span, place: Place) -> Mapping[str, str]:
    """Language code → why a target is missed: the change, or that the process does not reach it."""
    found = reason(look, kpi, span, place)
    if found is not NOTHING:
        return found
    grain = fitting(span.since, span.until)
    word = judged(replace(look, where=place, kpis=(kpi.id,)), kpi.id, grain, span.until).assurance
    if word is None:
        return NOTHING
    return {code: assurance_word(word, language(code)) for code in LANGUAGES}


__all__ = ["NOTHING", "Span", "Why", "reason", "standing"]
