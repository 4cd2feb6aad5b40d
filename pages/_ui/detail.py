"""One KPI in depth: since when, where and who, then on demand one lens: the rows behind the number, or another.

Invariant: the trend, the breakdown and the lens are about the same period and filters as the number above them.
"""

import streamlit as st

from data.model import Relation
from pages._ui import (
    address,
    breakdown,
    cards,
    drawing,
    filters,
    frame,
    headline,
    markup,
    session,
    trend,
)
from pages._ui.board import Figure
from pages._ui.compare.values import Beside
from pages._ui.filters import Filters
from pages._ui.lenses import choice as lenses
from pages._ui.markup import Html, joined
from pages._ui.session import View


def show(view: View, figure: Figure, chosen: Filters) -> None:
    """The section below its head."""
    if figure.unavailable is not None:
        frame.quiet(view.language.render(figure.unavailable))
        return
    dimension = by(view, figure)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        trend.show(view, figure, chosen)
        small = breakdown.panels(view, figure, chosen, dimension) if dimension else None
        if small is not None:
            drawing.show(small, "multiples")
    with right:
        if dimension is None:
            frame.quiet(view.language.t("This KPI cannot be broken down by anything that is loaded."))
        else:
            breakdown.show(view, figure, chosen, dimensions(view, figure), dimension)
    st.html(
        frame.written(view, ("foot", figure.kpi), lambda: joined([_definition(view, figure), lenses.buttons(view)]))
    )
    lenses.show(view, figure, chosen, dimension)


def head(view: View, figure: Figure, chosen: Filters, others: Beside | None) -> Html:
    """Status and target, the sentence, and the change against `others`, what the view is compared with."""
    parts = [markup.tag("div", cards.standing(view, figure), css="detail")]
    parts.append(markup.tag("p", headline.one(view, figure, chosen), css="headline"))
    if others is not None:
        change, beside = others.told(figure, view.language)
        parts.append(markup.tag("p", markup.tag("b", change), " · ", beside, css="beside"))
    return markup.tag("div", *parts)


def draw(view: View, figure: Figure, chosen: Filters) -> None:
    """Draws the section's charts without showing them."""
    dimension = by(view, figure)
    trend.drawn(view, figure, chosen)
    if dimension is not None and figure.unavailable is None:
        breakdown.drawn(view, figure, chosen, dimension)
        breakdown.panels(view, figure, chosen, dimension)


def ask(view: View, figure: Figure, chosen: Filters, dimension: str | None) -> None:
    """What the section would ask and draw, and nothing shown: the next time it is at hand."""
    trend.drawn(view, figure, chosen)
    if dimension is not None:
        breakdown.drawn(view, figure, chosen, dimension)
        breakdown.panels(view, figure, chosen, dimension)
    lenses.ask(view, figure, chosen, dimension)


def dimensions(view: View, figure: Figure) -> tuple[str, ...]:
    """What the KPI can be broken down by: what its definition offers first, then every other with two members."""
    return session.kept(view, ("dimensions", figure.kpi), lambda: _dimensions(view, figure))


def _dimensions(view: View, figure: Figure) -> tuple[str, ...]:
    facts = [view.reader.relations()[name] for name in session.available(view)[figure.kpi.id].facts]
    offered = [*figure.kpi.slice_by, *filters.DIMENSIONS, "role", "category", "source", "weekday"]
    return tuple(name for name in dict.fromkeys(offered) if all(has(fact, name) for fact in facts))


def has(fact: Relation, name: str) -> bool:
    """Whether rows of the fact tell this dimension."""
    return name in fact.columns or (name == "weekday" and fact.first_day is not None)


def by(view: View, figure: Figure) -> str | None:
    """The dimension of the address, else the first there is."""
    choices = dimensions(view, figure)
    return address.one("by", choices) or (choices[0] if choices else None)


def _definition(view: View, figure: Figure) -> Html:
    from pages._ui import definition

    return markup.folded(view.language.t("What it means and how it is computed"), definition.entry(view, figure.kpi))
