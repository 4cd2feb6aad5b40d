"""What an audit says: the name of each step and condition, and what to do where one does not hold.

Invariant: every condition of every step has its words and a place to begin (a test keeps it).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from data.message import Message, say


@dataclass(frozen=True)
class Said:
    """The words of a condition."""

    holds: Message
    """What is true where it holds."""
    todo: Message
    """What to do where it does not."""
    page: str
    """Code of the page where that is done."""


STEPS: Mapping[str, Message] = {
    "data": say("Data"),
    "kpis": say("KPIs chosen"),
    "targets": say("Targets set"),
    "monitoring": say("Watching"),
    "motivation": say("People"),
    "review": say("Review"),
}
"""Step → its name."""

LEVELS: Mapping[str, Message] = {
    "no_data": say("no data"),
    "computable": say("can be computed"),
    "target": say("has a target"),
    "key": say("key KPI with a target"),
    "reached": say("key KPI, target reached"),
}
"""Level of maturity → its name."""

CHECKS: Mapping[str, Said] = {
    "something_loaded": Said(say("Data are loaded"), say("Load the first spreadsheet: jobs or visits."), "data"),
    "three_facts": Said(
        say("Three kinds of tables or more"), say("Load two more tables: reviews, shifts or expenses."), "data"
    ),
    "fresh": Said(say("Data are at most two weeks old"), say("Load what has been since the last upload."), "data"),
    "four_areas": Said(
        say("Quality, operations, finance and team can be counted"),
        say("Load what the missing area needs; the data page names the columns."), "data",
    ),
    "half_computable": Said(
        say("At least half of the KPIs can be computed"), say("Add the column that unlocks most KPIs."), "data"
    ),
    "goals": Said(say("Goals are written down"), say("Write down what shall be true in a year."), "targets"),
    "key_kpis": Said(say("Three to nine key KPIs"), say("Choose three to nine key KPIs."), "targets"),
    "key_computable": Said(
        say("All key KPIs can be computed"), say("Load what they lack, or choose others."), "targets"
    ),
    "goals_served": Said(
        say("Every goal has a KPI"), say("Give every goal a KPI that shows whether it is reached."), "targets"
    ),
    "balanced": Said(
        say("Key KPIs from all four areas"), say("Add a key KPI of the area that has none."), "targets"
    ),
    "own_target": Said(say("A target of one's own"), say("Set the first target."), "targets"),
    "key_targets": Said(
        say("Every key KPI has a target"), say("Set targets for the key KPIs that have none."), "targets"
    ),
    "own_half": Said(
        say("Half of the key targets are one's own"), say("Replace the ready targets by your own."), "targets"
    ),
    "judged": Said(
        say("Half of the key KPIs were judged last month"),
        say("See why the others are not judged: too few rows, or no target."), "overview",
    ),
    "team_targets": Said(
        say("Targets for teams, branches or people"), say("Give a team or a person a target of their own."), "targets"
    ),
    "looked_at": Said(
        say("A key KPI was opened within a month"), say("Open a key KPI and see why it moved."), "overview"
    ),
    "looked_at_half": Said(
        say("Half of the key KPIs were opened within a month"),
        say("Go through the key KPIs once a week, ten minutes are enough."), "overview",
    ),
    "loaded_monthly": Said(
        say("Data were loaded in each of three months"), say("Load the data every month, on the same day."), "data"
    ),
    "marked": Said(
        say("Events are marked on the time axis"), say("Mark what you change: a price, a schedule, a course."),
        "overview",
    ),
    "personal_target": Said(say("Somebody has a personal target"), say("Set the first personal target."), "targets"),
    "personal_half": Said(
        say("Half of the people have personal targets"), say("Give personal targets to half of the people."), "targets"
    ),
    "bonus_scheme": Said(
        say("Bonuses follow written rules"), say("Write down what a bonus is paid for."), "bonus"
    ),
    "bonus_approved": Said(
        say("A bonus was approved by the rules"), say("Approve the first month's bonuses."), "bonus"
    ),
    "personal_links": Said(say("People have their own page"), say("Send somebody a personal link."), "people"),
    "links_opened": Said(say("People open their page"), say("Show people how to open their page."), "people"),
    "staff_asked": Said(
        say("Staff were asked within half a year"), say("Ask the staff: five questions, anonymously."), "surveys"
    ),
    "clients_asked": Said(
        say("Clients were asked within half a year"), say("Ask clients after the visit."), "surveys"
    ),
    "targets_reviewed": Said(
        say("Targets were reviewed within half a year"), say("Look through the targets: which are too low?"), "targets"
    ),
    "audited": Said(say("The first audit is kept"), say("Keep this audit as the starting point."), "audit"),
    "audited_again": Said(
        say("The audit was repeated within half a year"), say("Repeat the audit after three and six months."), "audit"
    ),
}  # fmt: skip
"""Condition → its words."""

CHANGES: Mapping[str, Message] = {
    "less": say("fewer"),
    "more": say("more"),
    "same": say("within chance"),
    "unknown": say("too little to compare"),
}
"""Change of a share of people → its word."""
