"""The first sentence: what matters, so that it can be read aloud.

Invariant: it is written from figures that stand below it, and names the one furthest from its target.
"""

from collections.abc import Callable, Sequence

from kpi.figures import phrases
from kpi.figures.figure import F, Figure, gap, judged
from kpi.language import Language


def sentence(words: Language, name: str, shown: Sequence[F], moved: Callable[[F], bool | None]) -> str:
    """«September: 5 of 7 KPIs reach their target; no-shows 9.8 %, up from 7.2 %, target at most 8 %.»

    `name`: what the period, or whose period, is called; `moved`: whether a figure's change is more than noise.
    """
    t, tn, name = words.t, words.tn, capital(name)
    told = judged(shown)
    if is_empty(shown):
        return t("{period}: there is nothing to show with these filters.", period=name)
    if not told:
        return t("{period}: no KPI can be judged yet — {why}.", period=name, why=_why(words, shown))
    reached = sum(figure.status == "good" for figure in told)
    first = tn(
        "{period}: {reached} of {n} KPI reaches its target",
        "{period}: {reached} of {n} KPIs reach their target",
        len(told), period=name, reached=reached,
    )  # fmt: skip
    worst = max(told, key=gap)
    return ended(first + (f"; {_worst(words, worst, moved(worst))}" if gap(worst) > 0 else ""))


def is_empty(shown: Sequence[Figure]) -> bool:
    """Whether no row is behind any figure: the filters leave nothing."""
    return not any((figure.number("rows") or 0) > 0 for figure in shown)


def one(words: Language, name: str, figure: Figure, moved: bool | None) -> str:
    """The sentence about one KPI: «Rework rate in September: 4.8 %, up from 3.9 %; target at most 4 %.»"""
    t, title = words.t, words.catalogue(figure.kpi.title)
    if figure.value is None:
        return t("{title}, {period}: no data.", title=title, period=name)
    value = phrases.movement(words, figure, moved)
    target = phrases.target_text(words, figure)
    if not target:
        return t("{title}, {period}: {value}. No target is set.", title=title, period=name, value=value)
    return ended(t("{title}, {period}: {value}; target {target}", title=title, period=name, value=value, target=target))


def _worst(words: Language, figure: Figure, moved: bool | None) -> str:
    return words.t(
        "furthest from it: {title} — {value}, target {target}",
        title=words.catalogue(figure.kpi.title),
        value=phrases.movement(words, figure, moved),
        target=phrases.target_text(words, figure),
    )  # fmt: skip


def _why(words: Language, shown: Sequence[Figure]) -> str:
    statuses = {figure.status for figure in shown if figure.value is not None}
    t = words.t
    if "partial" in statuses:
        return t("the period has only begun")
    return t("there is too little data") if "too_few" in statuses else t("no targets are set")


def ended(text: str) -> str:
    """With one full stop, also after a unit that ends with one («30 п.»)."""
    return text if text.endswith(".") else f"{text}."


def capital(text: str) -> str:
    """With a capital letter at the beginning."""
    return text[:1].upper() + text[1:]
