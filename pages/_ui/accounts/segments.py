"""Whom each account brings: what a new client is worth in 90 days, and what the orders are made of.

Invariant: ▲ and ▼ stand only where a share differs from the other accounts' by more than chance.
"""

from collections.abc import Sequence

import streamlit as st

from kpi.accounts.coming import Coming, coming
from kpi.accounts.segments import HOURS, Segment, Share, segments
from kpi.accounts.value import WARM_UP, WINDOW, Worth, Worths, worths
from pages._ui import filters, frame, session
from pages._ui.accounts import asked
from pages._ui.filters import Filters
from pages._ui.markup import Html, joined, quiet, section, tag
from pages._ui.people import parts
from pages._ui.session import View

MOST = 10
"""Values of a segment in its table."""
SIGNS = {"more": "▲ ", "less": "▼ "}


def show(view: View, chosen: Filters) -> None:
    """The tab."""
    span = chosen.span
    question = ("segments of accounts", span, chosen.where)
    found = session.kept(view, question, lambda: segments(view.reader, span.since, span.until, chosen.where))
    worth = session.kept(view, ("worth", *question), lambda: worths(view.reader, span.until, chosen.where))
    came = session.kept(view, ("came", *question), lambda: coming(view.reader, span.since, span.until, chosen.where))
    filters.row(view, chosen)
    st.html(tag("div", asked.tabs(view, "segments"), frame.said(_sentence(view, worth, found)), css="apart"))
    tables = tag("div", *(parts.block(*_segment(view, one)) for one in found), css="abreast")
    whose = parts.block(*_coming(view, came)) if came else tag("span")
    st.html(joined([whose, parts.block(*_worth(view, worth)), tables]))
    if found:
        frame.quiet(
            view.language.t(
                "▲ and ▼: more and less than in the other accounts, beyond chance; all others are as usual."
            )
        )


def _sentence(view: View, worth: Worths | None, found: Sequence[Segment]) -> str:
    t, words = view.language.t, view.language
    if worth is not None and len(worth.accounts) > 1:
        first, last = worth.accounts[0], worth.accounts[-1]
        given = {
            "first": first.account, "last": last.account, "most": words.value(first.revenue, "money"),
            "least": words.value(last.revenue, "money"), "days": WINDOW,
        }  # fmt: skip
        if any(one.verdict in ("better", "worse") for one in (first, last)):
            return t("A new client of «{first}» brings {most} in {days} days, one of «{last}» {least}.", **given)
        return t(
            "New clients are worth about the same wherever they come from: {least} («{last}») to {most} («{first}») in "
            "{days} days, no difference beyond chance.", **given,
        )  # fmt: skip
    if worth is not None and worth.accounts:
        only = worth.accounts[0]
        return t("A new client of «{name}» brings {value} in {days} days; there is no other account to compare with.",
                 name=only.account, value=words.value(only.revenue, "money"), days=WINDOW)  # fmt: skip
    if found:
        return t("What the orders and contacts of each account are made of.")
    return t("Whom accounts bring cannot be told: load orders that name the account they came through.")


def _coming(view: View, came: Sequence[Coming]) -> list[Html]:
    """New and returning clients of each account."""
    t, words = view.language.t, view.language
    head = (t("Account"), t("Clients"), t("New clients"), t("Returning clients"), t("Repeat share"))
    rows = [
        (
            one.account, words.number(one.clients), words.number(one.new), words.number(one.returning),
            words.value(round(100 * one.repeat_share, 1), "percent"),
        )
        for one in came
    ]  # fmt: skip
    return [section(t("New and returning clients"), t("done orders of the period")), parts.figures(head, rows)]


def _worth(view: View, found: Worths | None) -> list[Html]:
    """A row an account: its new clients and what they brought."""
    t, words = view.language.t, view.language
    if found is None:
        told = t(
            "What a new client brings in {days} days cannot be told: orders must name account, client and revenue, and "
            "reach back over {days} days.", days=WINDOW,
        )  # fmt: skip
        return [section(t("What a new client is worth")), quiet(told)]
    head = (
        t("Account"), t("New clients"), t("Revenue in {days} days", days=WINDOW), t("Interval"), t("Came again"),
        t("What it says"),
    )  # fmt: skip
    note = t(
        "Clients whose first done order lies in {span}: at least {days} days old. Everything they paid in their first "
        "{days} days counts, through whatever account.", span=words.span(found.since, found.until), days=WINDOW,
    )  # fmt: skip
    old = t("Orders are loaded for less than {days} days before: some of these clients may not be new.", days=WARM_UP)
    rows = [_worth_row(view, one) for one in found.accounts]
    notes = [quiet(note)] + ([] if found.warm else [quiet(old)])
    if found.left_out:
        notes.append(quiet(words.tn(
            "{n} new client is left out: an order of theirs does not say what it brought.",
            "{n} new clients are left out: an order of theirs does not say what it brought.", found.left_out,
        )))  # fmt: skip
    return [section(t("What a new client is worth")), *notes, parts.figures(head, rows, frozenset({5}))]


def _worth_row(view: View, one: Worth) -> tuple[str, ...]:
    t, words = view.language.t, view.language
    verdicts = {
        "better": t("● more than the others"), "worse": t("▲ less than the others"),
        "none": t("○ no difference beyond chance"), "too_few": t("○ too few clients to say"),
    }  # fmt: skip
    known = one.low is not None and one.high is not None
    interval = f"{words.value(one.low, 'count')}–{words.value(one.high, 'count')}" if known else "—"
    return (
        one.account, words.number(one.clients), words.value(one.revenue, "money"), interval,
        words.value(round(100 * one.returned, 1), "percent"), verdicts[one.verdict],
    )  # fmt: skip


def _segment(view: View, found: Segment) -> list[Html]:
    """A table: values down, accounts across."""
    t, words = view.language.t, view.language
    titles = {
        "service": t("By service"), "category": t("By category"), "city": t("By city"),
        "weekday": t("By day of asking"), "hour": t("By hour of asking"), "ticket": t("By ticket"),
    }  # fmt: skip
    notes = {
        "city": t("shares of contacts: uniques added up"), "weekday": t("shares of all orders asked for"),
        "hour": t("shares of all orders asked for"),
    }  # fmt: skip
    accounts = list(found.accounts)[:MOST]
    head = ("", *(f"{name} ({words.number(round(found.accounts[name]))})" for name in accounts))
    rows = [
        (_value(view, found, value), *(_cell(view, found.of(name, value)) for name in accounts))
        for value in found.values[:MOST]
    ]
    more = len(found.values) - len(rows)
    rest = [quiet(words.tn("and {n} more", "and {n} more", more))] if more > 0 else []
    note = notes.get(found.kind, t("shares of done orders"))
    return [section(titles[found.kind], note), parts.figures(head, rows), *rest]


def _cell(view: View, one: Share | None) -> str:
    if one is None:
        return "—"
    return SIGNS.get(one.word, "") + view.language.value(round(100 * one.share, 1), "percent")


def _value(view: View, found: Segment, value: str | None) -> str:
    t, words = view.language.t, view.language
    if value is None:
        return t("not filled in")
    if found.kind == "weekday":
        return words.weekday(value)
    if found.kind == "hour":
        low, high = next((low, high) for low, high in HOURS if str(low) == value)
        return t("{low}:00 to {high}:00", low=low, high=high)
    if found.kind == "ticket":
        place, edges = int(value), [words.value(edge, "money") for edge in found.edges]
        if place == 0:
            return t("below {value}", value=edges[0])
        if place == len(edges):
            return t("{value} and more", value=edges[-1])
        return t("{low} to {high}", low=edges[place - 1], high=edges[place])
    return value
