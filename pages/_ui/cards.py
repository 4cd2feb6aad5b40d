"""KPI cards and tiles: HTML whose whole surface opens the KPI.

Invariant: a card is HTML without scripts, every text escaped; the link over it is a real one that keeps the session
(server/links.js) and the filters. Status is a mark, a word and a colour.
"""

import base64
from collections.abc import Sequence

import streamlit as st

from kpi import charts
from kpi.figures import phrases
from kpi.language import NBSP
from kpi.model import Kpi
from pages._ui import address, board, navigation, watching
from pages._ui.board import Figure
from pages._ui.compare.values import COLUMN, Beside, beside
from pages._ui.escape import html
from pages._ui.filters import Filters
from pages._ui.markup import Html, joined, link, quiet, tag
from pages._ui.session import View


def grid(view: View, shown: Sequence[Figure], chosen: Filters) -> None:
    """The cards, each opening its KPI's page; one element, for a browser lays out one faster than a dozen."""
    others = beside(view, tuple(figure.kpi.id for figure in shown), chosen)
    st.html(tag("div", *(_opening(view, figure, card(view, figure, chosen, others)) for figure in shown), css="cards"))


def tiles(view: View, shown: Sequence[Figure], selected: str, others: Beside | None = None) -> Html:
    """The KPIs of a page as a selector; the selected one is framed."""
    label = view.language.t("KPI")
    page_, here = address.page(), address.here(kpi=None)
    wheres = [navigation.href(page_, {**here, "kpi": [figure.kpi.id]}) for figure in shown]
    found = [tile(view, f, where, others, on=f.kpi.id == selected) for f, where in zip(shown, wheres, strict=True)]
    return tag("nav", *found, css="tiles", aria_label=label)


def _opening(view: View, figure: Figure, body: Html) -> Html:
    """The body under a link that covers it."""
    label = view.language.t("Open {title}", title=view.language.catalogue(figure.kpi.title))
    where = navigation.href(page_of(figure), address.link(kpi=figure.kpi.id))
    return tag("div", body, link(where, css="cover", aria_label=label), css=f"open open-{figure.kpi.id}")


def page_of(figure: Figure) -> str:
    """The page of the figure's KPI."""
    return page(figure.kpi)


def page(kpi: Kpi) -> str:
    """The page a KPI lives on."""
    return kpi.area if kpi.area in navigation.AREAS else "catalogue"


def card(view: View, figure: Figure, chosen: Filters, others: Beside | None = None) -> Html:
    """One card, top to bottom: name, value, status and target, changes, sparkline, what is behind it."""
    kpi, language = figure.kpi, view.language
    pale = "value small-sample" if figure.status == "too_few" else "value"
    exact = language.value(figure.value, kpi.unit, exact=True)
    return tag(
        "article",
        _name(view, figure),
        tag("p", language.value(figure.value, kpi.unit), css=pale, title=exact),
        status_line(view, figure),
        *_due(view, figure),
        _changes(view, figure, chosen, others),
        sparkline(view, figure),
        quiet(phrases.behind(view.language, figure)),
        css="card",
    )


def tile(view: View, figure: Figure, where: str, others: Beside | None = None, *, on: bool) -> Html:
    """A small card that leads to `where`: name, mark, value, and the change against what it is compared with."""
    status = figure.status if figure.value is not None else "no_target"
    shape = view.language.mark(status) if status != "no_target" else ""
    mark = tag("span", shape, css=f"mark {status}", title=phrases.status_text(view.language, figure))
    value = view.language.value(figure.value, figure.kpi.unit)
    name = tag("span", view.language.catalogue(figure.kpi.title), css="name")
    told = tag("span", mark, value, *_against(view, figure, others), css="value")
    return link(where, name, told, css=f"tile kpi-{figure.kpi.id}", on=on)


def _against(view: View, figure: Figure, others: Beside | None) -> list[Html]:
    """The change of a tile, where something is compared."""
    if others is None:
        return []
    change, beside_it = others.told(figure, view.language)
    return [tag("small", change, title=beside_it)]


def status_line(view: View, figure: Figure) -> Html:
    """Mark, word and colour of the status, with the target beside it."""
    status = figure.status if figure.value is not None else "no_target"
    goal = tag("span", phrases.goal_text(view.language, figure) or NBSP, css="goal")
    word = f"{view.language.mark(status)} {phrases.status_text(view.language, figure)}"
    return tag("p", word, goal, css=f"status {status}")


def standing(view: View, figure: Figure) -> Html:
    """The status, and where a running sum should be today."""
    return joined([status_line(view, figure), *_due(view, figure)])


def sparkline(view: View, figure: Figure) -> Html:
    """The last periods as a small picture; an empty place of the same height where there is nothing to draw."""
    if figure.history["value"].notna().sum() < 2:
        return tag("div", css="nospark")
    last = figure.history.tail(board.SPARK)
    running = bool(last["is_partial"].iloc[-1])
    return picture(view, last["value"].tolist(), last["target"].tolist(), running=running)


def picture(view: View, values: Sequence[float], targets: Sequence[float], *, running: bool) -> Html:
    """A sparkline as an image: what `st.html` lets through of a drawing."""
    svg = charts.sparkline_svg(values, targets, running, view.theme)
    data = base64.b64encode(svg.encode()).decode()
    alt = html(view.language.t("Course of the last periods"))
    return Html(f'<img alt="{alt}" src="data:image/svg+xml;base64,{data}">')


def _due(view: View, figure: Figure) -> list[Html]:
    """Where a running sum should be by the last day with data; nothing for anything else."""
    due = phrases.due_text(view.language, figure)
    return [tag("p", due, css="due")] if due else []


def _changes(view: View, figure: Figure, chosen: Filters, others: Beside | None) -> Html:
    """Each change with its sign, what the view is compared with first; grey where it is what the KPI does by itself."""
    told = COLUMN[chosen.compare.kind] if chosen.compare and chosen.compare.kind != "days" else ""
    changes = phrases.changes(view.language, figure, chosen.span.grain, told)
    if others is not None:
        changes = [others.told(figure, view.language), *changes][:2]
    parts = [tag("span", tag("b", text), to) for text, to in changes]
    nothing = [tag("span", tag("b", NBSP), view.language.t("nothing to compare with"))]
    return tag("div", *(parts or nothing), css="change noise" if _is_quiet(view, figure, chosen) else "change")


def _is_quiet(view: View, figure: Figure, chosen: Filters) -> bool:
    """Whether a change is told in grey: it is none, or its period is not over."""
    return bool(figure.row.get("is_partial")) or watching.is_change(view, figure, chosen) is False


def _name(view: View, figure: Figure) -> Html:
    """The name with «?», which never stands alone on a line."""
    begin, _, last = view.language.catalogue(figure.kpi.title).rpartition(" ")
    end = tag("span", last, _tip(view, figure), css="nobreak")
    return tag("p", *([begin, " ", end] if begin else [end]), css="name")


def _tip(view: View, figure: Figure) -> Html:
    """«?» with the question, the definition's notes and the advice."""
    language, question = view.language, view.language.catalogue(figure.kpi.question)
    notes = [language.catalogue(figure.kpi.advice), *(language.render(note) for note in figure.notes)]
    tip = tag("span", question, *(tag("i", note) for note in notes), css="tip")
    return tag("span", tag("span", "?", css="ring"), tip, css="q", tabindex="0", aria_label=question)
