"""The variants: how often each way is gone, how long it takes; one of them narrows the map and the cases."""

import streamlit as st

from kpi.process import Variant
from pages._ui.markup import Html, folded, link, quiet, tag
from pages._ui.process import parts
from pages._ui.process.asked import Asked

FIRST, SHOWN = 8, 30
"""Variants listed at once, and with those behind a click."""


def show(asked: Asked) -> None:
    """The list."""
    words = asked.view.language
    ways, chosen = asked.variants[:SHOWN], asked.variant
    reached, rows = 0.0, []
    for number, way in enumerate(ways, 1):
        reached += way.share
        rows.append(_row(asked, number, way, reached, on=way is chosen))
    told = words.t(
        "{n} different ways; the {shown} shown are {share} of the cases.",
        n=asked.summary.variants, shown=len(ways), share=words.value(100 * reached, "percent"),
    )  # fmt: skip
    first, rest = rows[:FIRST], rows[FIRST:]
    more = words.tn("{n} more way", "{n} more ways", len(rest))
    folds = [folded(more, tag("div", *rest, css="ways"))] if rest else []
    st.html(tag("section", quiet(told), tag("div", *first, css="ways"), *folds, css="block"))


def _row(asked: Asked, number: int, way: Variant, reached: float, *, on: bool) -> Html:
    words = asked.view.language
    figures = (
        (words.value(100 * way.share, "percent"), words.tn("{n} case", "{n} cases", way.cases)),
        (words.value(100 * reached, "percent"), words.t("together")),
        (asked.duration(way.median_hours), words.t("median time")),
    )
    told = [tag("span", tag("b", value), tag("small", name), css="figure") for value, name in figures]
    where = parts.here(variant=None if on else str(number), tab="cases", case=None)
    return link(
        where, parts.chevrons(asked.view, way.path, asked.superfluous), tag("span", *told, css="way-figures"),
        css="way-row", on=on,
    )  # fmt: skip


def narrowed(asked: Asked) -> list[Html]:
    """What says that only one way is shown, with the way back to all."""
    one = asked.variant
    if one is None:
        return []
    t = asked.view.language.t
    share = asked.view.language.value(100 * one.share, "percent")
    told = asked.view.language.tn(
        "Only one way: {n} case, {share} of all.", "Only one way: {n} cases, {share} of all.", one.cases, share=share
    )
    return [tag("p", told, " ", link(parts.here(variant=None), t("Show all ways")), css="narrowed")]
