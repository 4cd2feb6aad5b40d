"""The words of the built-in questions, each under its code.

Invariant: short, about one thing, and no wish for an answer in it; a code never changes its meaning. They are our own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from data.message import Message, say


@dataclass(frozen=True)
class Item:
    """One built-in question."""

    code: str
    """Stands for it in surveys that were made."""
    text: Message
    """Its words."""
    theme: Message | None = None
    """What it belongs to, where several do."""


ENPS = (Item("enps", say("How likely are you to recommend working here to a friend?")),)
NPS = (Item("nps", say("How likely are you to recommend us to people you know?")),)
CSAT = (Item("csat", say("How satisfied are you with our work?")),)
CES = (Item("ces", say("How easy was it to get done what you came to us for?")),)

PULSE = (
    Item("pulse_time", say("This week there was enough time to do the work well")),
    Item("pulse_clear", say("It is clear to me what matters most now")),
    Item("pulse_help", say("When something was difficult, I got help")),
    Item("pulse_load", say("The work is divided fairly between us")),
    Item("pulse_stay", say("I would like to be working here in a year too")),
)
"""Suggestions: the owner may ask something else."""

_ORDER, _MEANS = say("How work is organised"), say("Means of work")
_PAY, _PEOPLE = say("Pay"), say("People")
STAFF_PAINS = (
    Item("staff_schedule", say("Schedule and shifts"), _ORDER),
    Item("staff_orders", say("How orders are handed out"), _ORDER),
    Item("staff_hurry", say("Hurry, too little time for a job"), _ORDER),
    Item("staff_tools", say("Tools and materials"), _MEANS),
    Item("staff_place", say("Workplace, travel to clients"), _MEANS),
    Item("staff_pay", say("Amount of pay"), _PAY),
    Item("staff_rules", say("How pay is worked out"), _PAY),
    Item("staff_lead", say("Help and attention of those in charge"), _PEOPLE),
    Item("staff_team", say("Relations in the team"), _PEOPLE),
    Item("staff_clients", say("Difficult clients"), _PEOPLE),
)

_BEFORE, _DURING, _AFTER = say("Before the visit"), say("During the work"), say("Payment and after")
CLIENT_PAINS = (
    Item("client_reach", say("Reaching us, waiting for an answer"), _BEFORE),
    Item("client_book", say("Finding a convenient time"), _BEFORE),
    Item("client_price", say("Knowing the price beforehand"), _BEFORE),
    Item("client_wait", say("Delays and waiting"), _DURING),
    Item("client_result", say("The result of the work"), _DURING),
    Item("client_care", say("Politeness and attention"), _DURING),
    Item("client_tidy", say("Tidiness and comfort"), _DURING),
    Item("client_bill", say("The final price"), _AFTER),
    Item("client_pay", say("How one can pay"), _AFTER),
    Item("client_repair", say("Having something put right"), _AFTER),
)

ITEMS: Mapping[str, Item] = {
    item.code: item for item in (*ENPS, *NPS, *CSAT, *CES, *PULSE, *STAFF_PAINS, *CLIENT_PAINS)
}
"""Code → question."""
