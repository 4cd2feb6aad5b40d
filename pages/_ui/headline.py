"""The first sentence of a page: what matters, so that it can be read aloud."""

from collections.abc import Sequence

from pages._ui import board, phrases, watching
from pages._ui.board import Figure
from pages._ui.filters import Filters
from pages._ui.session import View


def sentence(view: View, shown: Sequence[Figure], chosen: Filters) -> str:
    """«September: 5 of 7 KPIs reach their target; no-shows 9.8 %, up from 7.2 %, target at most 8 %.»"""
    t, tn = view.language.t, view.language.tn
    name = _capital(view.language.span(chosen.span.since, chosen.span.until))
    judged = board.judged(shown)
    if is_empty(shown):
        return t("{period}: there is nothing to show with these filters.", period=name)
    if not judged:
        return t("{period}: no KPI can be judged yet — {why}.", period=name, why=_why(view, shown))
    reached = sum(figure.status == "good" for figure in judged)
    first = tn(
        "{period}: {reached} of {n} KPI reaches its target",
        "{period}: {reached} of {n} KPIs reach their target",
        len(judged), period=name, reached=reached,
    )  # fmt: skip
    worst = max(judged, key=board.gap)
    return _ended(first + (f"; {_worst(view, worst, chosen)}" if board.gap(worst) > 0 else ""))


def is_empty(shown: Sequence[Figure]) -> bool:
    """Whether no row is behind any figure: the filters leave nothing."""
    return not any((figure.number("rows") or 0) > 0 for figure in shown)


def one(view: View, figure: Figure, chosen: Filters) -> str:
    """The sentence about one KPI: «Rework rate in September: 4.8 %, up from 3.9 %; target at most 4 %.»"""
    t = view.language.t
    name = view.language.span(chosen.span.since, chosen.span.until)
    title = view.language.catalogue(figure.kpi.title)
    if figure.value is None:
        return t("{title}, {period}: no data.", title=title, period=name)
    moved = phrases.movement(view, figure, watching.is_change(view, figure, chosen))
    target = phrases.target_text(view, figure)
    if not target:
        return t("{title}, {period}: {value}. No target is set.", title=title, period=name, value=moved)
    return _ended(
        t("{title}, {period}: {value}; target {target}", title=title, period=name, value=moved, target=target)
    )


def _worst(view: View, figure: Figure, chosen: Filters) -> str:
    return view.language.t(
        "furthest from it: {title} — {value}, target {target}",
        title=view.language.catalogue(figure.kpi.title),
        value=phrases.movement(view, figure, watching.is_change(view, figure, chosen)),
        target=phrases.target_text(view, figure),
    )  # fmt: skip


def _why(view: View, shown: Sequence[Figure]) -> str:
    statuses = {figure.status for figure in shown if figure.value is not None}
    t = view.language.t
    if "partial" in statuses:
        return t("the period has only begun")
    return t("there is too little data") if "too_few" in statuses else t("no targets are set")


def _ended(text: str) -> str:
    """With one full stop, also after a unit that ends with one («30 п.»)."""
    return text if text.endswith(".") else f"{text}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
