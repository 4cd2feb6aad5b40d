"""Surveys: what was asked and what came of it; a new one in two clicks; its links and QR codes for phones."""

from pages._ui import address, frame
from pages._ui.session import View
from pages._ui.surveys import creating, listing, single


def surveys(view: View) -> None:
    """The survey of the address, a new one, or the list."""
    number, new = address.one("survey"), address.one("new")
    if number is not None and number.isdecimal():
        single.show(view, int(number))
    elif new is not None:
        creating.show(view, new)
    else:
        listing.show(view)


frame.show(surveys, needs_data=False)
