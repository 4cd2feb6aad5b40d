"""The first sentence of a page about the figures it shows."""

from collections.abc import Sequence

from kpi.figures import headline
from pages._ui import watching
from pages._ui.board import Figure
from pages._ui.filters import Filters
from pages._ui.session import View


def sentence(view: View, shown: Sequence[Figure], chosen: Filters) -> str:
    """What matters in the chosen period, in one sentence."""
    name = view.language.span(chosen.span.since, chosen.span.until)
    return headline.sentence(view.language, name, shown, lambda figure: watching.is_change(view, figure, chosen))


def one(view: View, figure: Figure, chosen: Filters) -> str:
    """The sentence about one KPI."""
    name, moved = view.language.span(chosen.span.since, chosen.span.until), watching.is_change(view, figure, chosen)
    return headline.one(view.language, name, figure, moved)
