"""Experiments: the journal, a new one with its plan, one with its verdict of today."""

from pages._ui import address, frame
from pages._ui.experiments import form, listing, single
from pages._ui.session import View


def experiments(view: View) -> None:
    """The experiment of the address, the form, or the journal."""
    number, editing = address.one("experiment"), address.one("edit")
    if address.one("new") is not None:
        form.new(view)
    elif editing is not None and editing.isdecimal():
        form.change(view, int(editing))
    elif number is not None and number.isdecimal():
        single.show(view, int(number))
    else:
        listing.show(view)


frame.show(experiments)
