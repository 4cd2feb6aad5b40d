"""The steps from an impression to a rouble, what a step costs, and how many come through to the next.

Invariant: a ratio of two figures of one table uses only rows that tell both; where the two come from different tables,
only days on which both are loaded.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from data.message import Message, say

ADS, ORDERS, VISITS = "ad_days", "orders", "visits"
"""The relations the steps are counted in."""


@dataclass(frozen=True)
class Step:
    """Something that is counted on the way from an advertisement to money."""

    id: str
    """Its name in JSON and downloads."""
    title: Message
    """Its name for people."""
    relation: str
    """Where it is counted."""
    column: str
    """The figure that is added up; of orders and new clients, the rows are counted."""
    unit: str = "count"
    """Unit of `kpi.model.Unit`."""


@dataclass(frozen=True)
class Rate:
    """One figure for each of another."""

    id: str
    """Its name in JSON and downloads."""
    title: Message
    """Its name for people."""
    above: str
    """The step whose sum is divided."""
    below: str
    """The step it is divided by."""
    unit: str
    """Unit of the result."""
    better: str
    """higher or lower."""
    times: float = 1.0
    """What the quotient is multiplied by."""


SPEND = Step("spend", say("Spend"), ADS, "spend", "money")
STEPS = (
    Step("impressions", say("Impressions"), ADS, "impressions"),
    Step("views", say("Views"), ADS, "views"),
    Step("contacts", say("Contacts"), ADS, "contacts"),
    Step("ad_orders", say("Orders from ads"), ADS, "orders"),
    Step("orders", say("Done orders of the account"), ORDERS, "done"),
    Step("new_clients", say("New clients"), VISITS, "new_clients"),
    Step("revenue", say("Revenue of these orders"), ORDERS, "revenue", "money"),
)
"""From the first to the last; each named for what it is: orders as the advertisements count them are not the orders
that were done."""

YIELDS = (
    Rate("view_rate", say("From impression to view"), "views", "impressions", "percent", "higher", 100),
    Rate("contact_rate", say("From view to contact"), "contacts", "views", "percent", "higher", 100),
    Rate("order_rate", say("From contact to order"), "ad_orders", "contacts", "percent", "higher", 100),
    Rate("done_rate", say("Done orders for 100 contacts"), "orders", "contacts", "count", "higher", 100),
    Rate("ticket", say("Revenue of an order"), "revenue", "orders", "money", "higher"),
)
"""From step to step."""

COSTS = (
    Rate("cost_per_1000_impressions", say("1,000 impressions"), "spend", "impressions", "money", "lower", 1000),
    Rate("cost_per_view", say("View"), "spend", "views", "money", "lower"),
    Rate("cost_per_contact", say("Contact"), "spend", "contacts", "money", "lower"),
    Rate("cost_per_ad_order", say("Order from ads"), "spend", "ad_orders", "money", "lower"),
    Rate("cost_per_done_order", say("Done order"), "spend", "orders", "money", "lower"),
    Rate("cost_per_new_client", say("New client"), "spend", "new_clients", "money", "lower"),
)
"""What one of a step costs."""

RETURNS = (
    Rate("spend_share", say("Spend share of revenue"), "spend", "revenue", "percent", "lower", 100),
    Rate("return_per_rouble", say("Revenue per rouble of spend"), "revenue", "spend", "money", "higher"),
)
"""What comes back."""

RATES: Mapping[str, Rate] = {rate.id: rate for rate in (*YIELDS, *COSTS, *RETURNS)}
"""All, by id."""

STEP: Mapping[str, Step] = {step.id: step for step in (SPEND, *STEPS)}
"""All that is counted, by id."""


def inside(rate: Rate) -> bool:
    """Whether both figures stand in the rows of the advertisements."""
    return STEP[rate.above].relation == STEP[rate.below].relation == ADS
