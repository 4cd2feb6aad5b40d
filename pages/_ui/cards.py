"""KPI cards and tiles: HTML whose whole surface opens the KPI.

Invariant: a card is HTML without scripts, every text escaped; the link over it is a real one that keeps the session
and the filters. Status is a mark, a word and a colour.
"""

import base64
from collections.abc import Sequence

import streamlit as st

from kpi import charts
from kpi.language import NBSP
from kpi.model import Kpi
from pages._ui import address, board, navigation, phrases
from pages._ui.board import Figure
from pages._ui.compare.values import COLUMN, Beside, beside
from pages._ui.escape import html, markdown
from pages._ui.filters import Filters
from pages._ui.markup import Html, joined, quiet, tag
from pages._ui.session import View


def grid(view: View, shown: Sequence[Figure], chosen: Filters) -> None:
    """The cards, each opening its KPI's page."""
    others = beside(view, tuple(figure.kpi.id for figure in shown), chosen)
    with st.container(key="cards"):
        for figure in shown:
            _opening(view, figure, card(view, figure, chosen, others))


def tiles(view: View, shown: Sequence[Figure], selected: str, others: Beside | None = None) -> None:
    """The KPIs of a page as a selector; the selected one is framed.

    The pictures are one element and the buttons over them another (style.css lays them on one grid): an element for
    each of a dozen tiles would cost a browser more than the charts.
    """
    titles = {figure.kpi.id: view.language.catalogue(figure.kpi.title) for figure in shown}
    with st.container(key="tiles"):
        st.html(tag("div", *(tile(view, f, others, on=f.kpi.id == selected) for f in shown), css="tiles"))
        st.session_state["w_kpi"] = selected
        st.segmented_control(
            view.language.t("KPI"), list(titles), key="w_kpi", on_change=_choose, required=True,
            format_func=lambda kpi: markdown(titles[kpi]), label_visibility="collapsed",
        )  # fmt: skip


def _choose() -> None:
    address.write("kpi", st.session_state["w_kpi"])


def _opening(view: View, figure: Figure, body: Html) -> None:
    """The body with a link over it."""
    with st.container(key=f"open-{figure.kpi.id}"):
        st.html(body)
        label = view.language.t("Open {title}", title=markdown(view.language.catalogue(figure.kpi.title)))
        navigation.link(page_of(figure), label, address.link(kpi=figure.kpi.id))


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
        quiet(phrases.behind(view, figure)),
        css="card",
    )


def tile(view: View, figure: Figure, others: Beside | None = None, *, on: bool) -> Html:
    """A small card: name, mark and value, and the change against what the view is compared with."""
    status = figure.status if figure.value is not None else "no_target"
    shape = view.language.mark(status) if status != "no_target" else ""
    mark = tag("span", shape, css=f"mark {status}", title=phrases.status_text(view, figure))
    return tag(
        "article",
        tag("p", view.language.catalogue(figure.kpi.title), css="name"),
        tag(
            "p", mark, view.language.value(figure.value, figure.kpi.unit), *_against(view, figure, others), css="value"
        ),
        css=f"tile kpi-{figure.kpi.id}{' on' if on else ''}",
    )


def _against(view: View, figure: Figure, others: Beside | None) -> list[Html]:
    """The change of a tile, where something is compared."""
    if others is None:
        return []
    change, beside_it = phrases.beside(view, figure, others)
    return [tag("small", change, title=beside_it)]


def status_line(view: View, figure: Figure) -> Html:
    """Mark, word and colour of the status, with the target beside it."""
    status = figure.status if figure.value is not None else "no_target"
    goal = tag("span", phrases.goal_text(view, figure) or NBSP, css="goal")
    word = f"{view.language.mark(status)} {phrases.status_text(view, figure)}"
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
    due = phrases.due_text(view, figure)
    return [tag("p", due, css="due")] if due else []


def _changes(view: View, figure: Figure, chosen: Filters, others: Beside | None) -> Html:
    """Each change with its sign, what the view is compared with first; grey where it is what the KPI does by itself."""
    told = COLUMN[chosen.compare.kind] if chosen.compare and chosen.compare.kind != "days" else ""
    changes = phrases.changes(view, figure, chosen.span, told)
    if others is not None:
        changes = [phrases.beside(view, figure, others), *changes][:2]
    parts = [tag("span", tag("b", text), to) for text, to in changes]
    nothing = [tag("span", tag("b", NBSP), view.language.t("nothing to compare with"))]
    return tag("div", *(parts or nothing), css="change noise" if phrases.is_noise(figure) else "change")


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
