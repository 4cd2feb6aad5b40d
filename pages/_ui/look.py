"""How a view looks beside its filters, behind one button: what it is compared with, what its charts show, saved views.

Invariant: what is behind the button is asked and sent only while it is open; one button, for each costs a browser as
much as a chart.
"""

from collections.abc import Callable

from pages._ui import opened, saved_views
from pages._ui.compare import picker
from pages._ui.filters import Filters
from pages._ui.session import View


def show(view: View, chosen: Filters, charts: Callable[[], None] | None) -> None:
    """The button, which says what stands out of the usual; `charts` adds the choices of a page's charts."""
    keeps = view.may("lead")
    label = (
        (saved_views.label(view) if keeps else None)
        or picker.label(view, chosen)
        or view.language.t("Compare and view")
    )
    with opened.popover("look_open", label, ":material/tune:") as choosing:
        if choosing.open:
            picker.show(view, chosen)
            if charts is not None:
                charts()
            if keeps:
                saved_views.show(view)
