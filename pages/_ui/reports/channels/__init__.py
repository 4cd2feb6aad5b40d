"""By which channels things go out, and where people are reached. For owners."""

from pages._ui import frame
from pages._ui.reports.channels import form, listing, reach
from pages._ui.session import View


def show(view: View) -> None:
    """The sentence, the channels, a new one, where people are reached."""
    frame.headline(listing.sentence(view))
    listing.show(view)
    form.show(view)
    reach.show(view)
