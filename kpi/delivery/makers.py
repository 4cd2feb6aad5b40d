"""What makes what goes out.

Invariant: whatever can be asked to go out has its maker here.
"""

from collections.abc import Mapping
from datetime import datetime

from data.store.entries import Delivery
from data.store.entries.delivery.model import What
from data.store.store import Store
from kpi.delivery.alert_parcel import alert_parcel
from kpi.delivery.audience import Recipient
from kpi.delivery.making import Maker, as_told
from kpi.delivery.parcel import Parcel


def _report(store: Store, delivery: Delivery, whom: Recipient, now: datetime) -> Parcel:
    from kpi.delivery.reports import report  # brings all that reports are made of: once there is one to make

    return report(store, delivery, whom, now)


MAKERS: Mapping[What, Maker] = {"test": as_told, "alert": alert_parcel, "report": _report}
"""What goes out → what makes it."""
