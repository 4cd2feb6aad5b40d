"""Which way of looking closer is open.

Invariant: only the chosen one is asked and drawn, and none before a person asks: the charts stand first. The address
names it, so a link opens the same.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pages._ui import address, drill, navigation
from pages._ui.board import Figure
from pages._ui.comments import lens as comments
from pages._ui.filters import Filters
from pages._ui.lenses import forecast, signals, two, why
from pages._ui.markup import Html, link, tag
from pages._ui.session import View


@dataclass(frozen=True)
class Lens:
    """One way of looking closer."""

    code: str
    """Its name in the address."""
    title: Callable[[View], str]
    """Its name on the button."""
    show: Callable[[View, Figure, Filters, str | None], None]
    """Draws it, for a KPI, filters and the dimension of the breakdown."""


def _rows_title(view: View) -> str:
    return view.language.t("The rows behind the number")


def _why_title(view: View) -> str:
    return view.language.t("Why did it change?")


LENSES: tuple[Lens, ...] = (
    Lens("rows", _rows_title, drill.show),
    Lens("why", _why_title, why.show),
    Lens("forecast", forecast.title, forecast.show),
    Lens("signals", signals.title, signals.show),
    Lens("two", two.title, two.show),
    Lens("comments", comments.title, comments.show),
)
"""In the order of the buttons."""


def chosen() -> Lens | None:
    """The lens of the address; None: the charts are enough."""
    code = address.one("lens", tuple(lens.code for lens in LENSES))
    return next((lens for lens in LENSES if lens.code == code), None)


def buttons(view: View) -> Html:
    """A link to each lens; the one to the open lens closes it."""
    open_now = chosen()
    links = [_button(view, lens, on=lens is open_now) for lens in LENSES]
    return tag("nav", *links, css="lenses", aria_label=view.language.t("Look closer"))


def _button(view: View, lens: Lens, *, on: bool) -> Html:
    where = navigation.href(address.page(), address.here(lens=None if on else lens.code))
    return link(where, lens.title(view), on=on)


def show(view: View, figure: Figure, filters: Filters, dimension: str | None) -> None:
    """The open lens."""
    open_now = chosen()
    if open_now is not None:
        open_now.show(view, figure, filters, dimension)


def ask(view: View, figure: Figure, filters: Filters, dimension: str | None) -> None:
    """What the open lens would ask at first, and nothing shown."""
    if chosen() is LENSES[0]:
        drill.ask(view, figure, filters, dimension)
