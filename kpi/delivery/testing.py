"""A test by a channel, at once, to see whether it works.

Invariant: sent by the same way as everything else, but kept in no log; what went wrong is told in words.
"""

import secrets

from data.errors import UserError
from data.message import say
from data.store.entries import ChannelEntry
from data.store.store import Store
from kpi.delivery.channel import NotSent, Unclear
from kpi.delivery.kinds import open_channel
from kpi.delivery.parcel import Parcel
from kpi.language import Language


def send_test(store: Store, entry: ChannelEntry, to: str, words: Language) -> str:
    """Send a test; what the other side said. `UserError` where it did not take it."""
    text = words.t("This is a test from the KPI dashboard. If you can read it, reports will arrive by this way too.")
    parcel = Parcel(secrets.token_hex(12), words.t("A test from the KPI dashboard"), text)
    try:
        return open_channel(store, entry).send(parcel, to, _nothing)
    except (NotSent, Unclear) as error:
        raise UserError(say("The test did not go through."), error.reason) from None


def _nothing() -> None:
    """A test is not kept: there is nothing to write down before it leaves."""
