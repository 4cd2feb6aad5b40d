"""What goes out by itself: by which channels, what was sent to whom, and what went wrong.

Invariant: nothing here sends anything; it is written down here before and after it is sent.
"""

from data.store.entries.delivery.addressees import Addressee, Addressees
from data.store.entries.delivery.channels import ChannelEntry, Channels
from data.store.entries.delivery.clockwork import Clockwork, Fault
from data.store.entries.delivery.codes import Codes
from data.store.entries.delivery.deliveries import Deliveries
from data.store.entries.delivery.model import Delivery, NewDelivery, State
from data.store.entries.delivery.schedules import Audience, NewSchedule, Rhythm, Schedule, Schedules, Wanted

__all__ = [
    "Addressee",
    "Addressees",
    "Audience",
    "ChannelEntry",
    "Channels",
    "Clockwork",
    "Codes",
    "Deliveries",
    "Delivery",
    "Fault",
    "NewDelivery",
    "NewSchedule",
    "Rhythm",
    "Schedule",
    "Schedules",
    "State",
    "Wanted",
]
