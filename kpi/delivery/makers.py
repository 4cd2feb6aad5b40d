"""What makes what goes out.

Invariant: whatever can be asked to go out has its maker here.
"""

from collections.abc import Mapping

from data.store.entries.delivery.model import What
from kpi.delivery.alert_parcel import alert_parcel
from kpi.delivery.making import Maker, as_told

MAKERS: Mapping[What, Maker] = {"test": as_told, "alert": alert_parcel}
"""What goes out → what makes it."""
