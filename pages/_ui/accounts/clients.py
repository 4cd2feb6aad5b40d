"""What own accounts share: the same clients, and advertisements that say the same.

Invariant: what second contacts cost is told with its assumption; that two advertisements move against each other is
never called a proof.
"""

from itertools import chain

import streamlit as st

from kpi.accounts.overlap import WINDOW, Overlap
from kpi.accounts.overlap_words import clients_text, moved_text, twins_text
from kpi.accounts.texts import ALIKE, Twins, twins
from pages._ui import address, filters, frame, navigation, session
from pages._ui.accounts import asked
from pages._ui.filters import Filters
from pages._ui.markup import Html, joined, link, quiet, section, tag
from pages._ui.people import parts
from pages._ui.session import View

EXPERIMENTS = "experiments"
"""The page where it is tried whether one advertisement takes from another."""
MOST = 8
"""Accounts across the matrix."""


def show(view: View, chosen: Filters) -> None:
    """The tab."""
    found, span = asked.shared(view, chosen), chosen.span
    question = ("same advertisements", span, chosen.where)
    same = session.kept(view, question, lambda: twins(view.reader, span.since, span.until, chosen.where))
    filters.row(view, chosen)
    told = clients_text(found, view.language)
    first = [asked.tabs(view, "clients"), frame.said(told[0]), *(tag("p", line, css="beside") for line in told[1:])]
    st.html(tag("div", *first, css="apart"))
    blocks = [_matrix(view, found), _turns(view, found), _twins(view, same)]
    st.html(joined(parts.block(*pieces) for pieces in blocks if pieces))


def _matrix(view: View, found: Overlap | None) -> list[Html]:
    """Account × account: clients of both, and how much that is of the row's."""
    if found is None:
        return []
    t, words = view.language.t, view.language
    names = list(found.clients)[:MOST]
    head = (t("Account"), t("Clients"), *names)
    rows = [
        (name, words.number(found.clients[name]), *(_both(view, found, name, other) for other in names))
        for name in names
    ]
    note = {
        ("orders",): t("clients told by orders"), ("calls",): t("clients told by calls"),
        ("orders", "calls"): t("clients told by orders and calls"),
    }[found.sources]  # fmt: skip
    more = len(found.clients) - len(names)
    rest = [quiet(words.tn("and {n} more", "and {n} more", more))] if more > 0 else []
    return [section(t("Clients of two accounts"), note), parts.figures(head, rows), *rest]


def _both(view: View, found: Overlap, name: str, other: str) -> str:
    if name == other:
        return ""
    first, second = sorted((name, other))
    n = found.both.get((first, second), 0)
    share = view.language.value(100 * n / found.clients[name], "percent")
    return f"{view.language.number(n)} ({share})"


def _turns(view: View, found: Overlap | None) -> list[Html]:
    if found is None or not found.turns:
        return []
    t, words = view.language.t, view.language
    head = (t("From the account"), t("To the account"), t("How often"), t("Second contacts cost"))
    rows = [
        (turn.before, turn.then, words.number(turn.turns), words.value(turn.cost, "money")) for turn in found.turns[:10]
    ]
    note = t(
        "A client turned to one account and within {days} days to another. Assumed: each such time cost what a contact "
        "of the second account costs on average in {span}.", days=WINDOW, span=words.span(found.since, found.until),
    )  # fmt: skip
    return [section(t("From account to account")), quiet(note), parts.figures(head, rows, frozenset({1}))]


def _twins(view: View, same: tuple[Twins, ...]) -> list[Html]:
    """Advertisements that say the same."""
    t, words = view.language.t, view.language
    alike = words.value(100 * ALIKE, "percent")
    rule = t("same city and category; at least {share} of their letter triples in common", share=alike)
    title = section(t("The same advertisement in several accounts"), rule)
    if not same:
        return [title, quiet(t("No two accounts advertise the same text in one city and category."))]
    blocks = [_pair(view, one) for one in same]
    where = navigation.href(EXPERIMENTS, address.language())
    allowed = view.reader.scope.pages
    tried = (
        [link(where, t("Try it: switch one of them off for a while"))]
        if allowed is None or EXPERIMENTS in allowed
        else []
    )
    return [title, *chain(*blocks), *tried]


def _pair(view: View, one: Twins) -> list[Html]:
    t, words = view.language.t, view.language
    said = twins_text(one, words).removesuffix(moved_text(one, words)).strip()
    head = (t("Account"), t("Title"), t("Contacts"), t("Spend"))
    rows = [
        (one.accounts[n], one.titles[n], words.value(one.contacts[n], "count"), words.value(one.spend[n], "money"))
        for n in (0, 1)
    ]
    return [tag("p", said, css="finding"), parts.figures(head, rows, frozenset({1})), quiet(moved_text(one, words))]
