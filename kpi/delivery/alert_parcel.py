"""What a delivery of alerts says, made when it is sent.

Invariant: it says what was put together, and only to whom it was put together for: where somebody may see less, or
other things, than then, nothing is sent. Its link is made with it; what was not sent leaves no link that works.
"""

from datetime import datetime

from data.access.address import ALERT, public_address
from data.message import say
from data.store.entries import Delivery
from data.store.entries.alerts import Sent
from data.store.store import Store
from kpi.alerts import rights
from kpi.alerts.due import stands
from kpi.alerts.mail import mail
from kpi.alerts.text import text
from kpi.alerts.written import as_cells, lines
from kpi.delivery.audience import Recipient
from kpi.delivery.making import Never
from kpi.delivery.parcel import Parcel
from kpi.language import language

PAGE = "/alerts"
"""Address of the page of alerts."""


def alert_parcel(store: Store, delivery: Delivery, whom: Recipient, _now: datetime) -> Parcel:
    """The parcel of one message. `Never`: there is nothing to be told any more."""
    sent = store.entries.alerts.messages.get(int((delivery.content or {}).get("message", 0)))
    if sent is None or not _stands(store, sent):
        raise Never(say("It was over, or somebody had acknowledged it, before it could be sent."))
    if rights(whom.scope) != sent.rights:
        raise Never(say("They see other figures now than when it was put together."))
    rule = next((rule for rule in store.entries.alerts.rules.all() if rule.id == sent.rule), None)
    if rule is None:
        raise Never(say("The rule was removed."))
    words, told = language(rule.language), lines(sent.lines)
    address = public_address(store.workspace.folder)
    link, page = f"{address}{ALERT}{store.entries.alerts.links.make(sent.id)}", f"{address}{PAGE}"
    facts = {"alerts": as_cells(told), "more": told.more, "language": rule.language, "acknowledge": link}
    return Parcel(
        delivery.key, told.subject(words), text(told, link, page, words), mail(told, link, page, words), facts=facts
    )


def _stands(store: Store, sent: Sent) -> bool:
    """Whether anything it tells is open still."""
    return any(stands(one) == "open" for one in store.entries.alerts.journal.get(sent.alerts))
