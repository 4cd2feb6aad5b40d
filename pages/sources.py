"""Sources: what is asked by itself, what waits for a decision, connecting another one."""

from pages._ui import frame
from pages._ui.session import View
from pages._ui.sources import form, listing, log, sentence, waiting


def sources(view: View) -> None:
    """What needs somebody first, then what is connected, then the form and the log."""
    waiting.lead_on()
    frame.headline(sentence.told(view))
    waiting.show(view)
    listing.show(view)
    form.show(view)
    log.show(view)


frame.show(sources, needs_data=False)
