"""Names of facts and columns for people, from their schemas."""

from data.message import say
from data.schema.loader import facts
from pages._ui.session import View


def fact_title(view: View, name: str) -> str:
    """The fact's name in the person's language; a derived relation's by what it is made of."""
    known = facts()
    return view.language.catalogue(known[name].title) if name in known else view.language.render(_DERIVED[name])


def column_title(view: View, name: str, fact: str | None = None) -> str:
    """The column's name in the person's language; a kept column's header as found."""
    if name == "weekday":
        return view.language.t("Weekday")
    chosen = [facts()[fact]] if fact is not None and fact in facts() else []
    for known in (*chosen, *facts().values()):
        for column in known.columns:
            if column.name == name:
                return view.language.catalogue(column.title)
    return view.language.render(_COMPUTED[name]) if name in _COMPUTED else name


def word_title(view: View, word: str | None, column: str = "") -> str:
    """A schema's word for what a cell means («done») as people say it; `column`: of which, where it is computed."""
    t = view.language.t
    if word in _COMPUTED_WORDS.get(column, {}):
        return view.language.render(_COMPUTED_WORDS[column][str(word)])
    known = {"true": t("yes"), "false": t("no"), None: t("not known — leave empty")}
    return known.get(word) or view.language.catalogue(str(word).replace("_", " ").capitalize())


def says_words(name: str, fact: str) -> bool:
    """Whether a column's cells are words of its schema; a derived relation's, of the facts it is made of."""
    if name in _COMPUTED_WORDS:
        return fact in _DERIVED
    known = [facts()[fact]] if fact in facts() else facts().values()
    return any(column.name == name and column.type == "word" for one in known for column in one.columns)


_DERIVED = {
    "visits": say("Visits of clients"),
    "staff_posts": say("Staff"),
    "staff_days": say("Staff by day"),
    "ad_days": say("Advertising by day"),
    "ad_costs": say("Advertising costs"),
    "shift_days": say("Shifts"),
    "hires": say("Applicants"),
    "cases": say("Cases of the process"),
    "places": say("Places to fill"),
}
_COMPUTED = {
    "day": say("Day"),
    "is_spread": say("Spread over days"),
    "busy_derived": say("Busy hours from jobs"),
    "client_id": say("Client number"),
    "visit_no": say("Visit number"),
    "visited_at": say("Visit"),
    "first_at": say("First visit"),
    "next_at": say("Next visit"),
    "previous_at": say("Previous visit"),
    "tenure_days": say("Days in the business"),
    "amount": say("Amount"),
    "origin": say("Told by"),
    "match_branch": say("Branch"),
    "valid_from": say("Valid from"),
    "valid_to": say("Valid until"),
    "first_step_at": say("First step"),
    "last_step_at": say("Last step"),
    "events": say("Steps done"),
    "repeats": say("Steps done again"),
    "superfluous": say("Superfluous steps"),
    "throughput_hours": say("Hours from first to last step"),
    "work_hours": say("Hours of work"),
    "waiting_hours": say("Hours of waiting"),
    "has_repeats": say("Something was done again"),
    "has_loop": say("A step was done twice running"),
    "has_ping_pong": say("Went back and forth"),
    "handovers": say("Hand-overs"),
    "is_late": say("Took longer than meant"),
    "case_cost": say("Cost of the case"),
    "superfluous_cost": say("Cost of superfluous steps"),
    "sla_hours": say("the time a case may take (settings of the process)"),
    "vacancy_no": say("Vacancy"),
    "hire_no": say("Accepted as number"),
    "offer_at": say("Offer made"),
    "quality": say("Quality, 0–100"),
    "place_no": say("Place"),
    "ended_at": say("Filled or closed"),
    "place": say("State of the place"),
}
"""Columns of derived relations."""
_COMPUTED_WORDS = {
    "place": {
        "filled": say("filled"), "open": say("open"), "on_hold": say("put off"), "cancelled": say("given up"),
        "closed": say("closed with nobody"),
    },
}  # fmt: skip
"""Those of them whose cells are words of ours."""
