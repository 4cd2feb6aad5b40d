"""Formulas to begin with.

Invariant: every one is a formula; a test reads them all.
"""

from collections.abc import Sequence

from data.message import Message, say

EXAMPLES: Sequence[tuple[Message, str]] = (
    (say("Share of large jobs"), "share(revenue > 5000, status = 'done')"),
    (say("Revenue per hour of training"), "revenue / training_hours"),
    (say("Average ticket on weekends"), "average(revenue, status = 'done' and weekday in ('6', '7'))"),
    (say("Discounts in percent of the price"), "100 * ratio(discount, gross, status = 'done')"),
    (say("Different clients served"), "count_distinct(orders.client, status = 'done')"),
    (say("Revenue less advertising"), "revenue - or_zero(ad_spend)"),
    (say("Hours from the end of a job to payment"), "median(hours(finished_at, paid_at))"),
    (say("Share of the worst ratings"), "share(rating <= 2)"),
    (say("Visits of a client in the period"), "count(visits) / count_distinct(visits.client_id)"),
    (say("Long calls"), "share(talk_seconds > 180, answered)"),
)
"""(what it is, formula)."""
