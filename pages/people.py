"""People: everybody on one list, one person on a page; with a personal link only one's own."""

from data.access.visitor import own_name
from pages._ui import address, frame
from pages._ui.people import card, develop, listing
from pages._ui.session import View


def people(view: View) -> None:
    """The person of the link, else of the address, else the list."""
    name = own_name(view.reader.scope) or address.one("person")
    if name is not None:
        card.show(view, name)
    elif address.one("tab") == develop.TAB:
        listing.tabs(view, develop.TAB)
        develop.show(view)
    else:
        listing.tabs(view)
        listing.show(view)


frame.show(people)
