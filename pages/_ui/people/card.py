"""One person's page: the sentence, the targets, what they add to the team, what they learned, what clients said.

Invariant: everything on it but the team's figures is asked within the page's Reader, so on a personal link no other
person's row is even read; what only the owner does (links, the way back to the list) is not drawn there.
"""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from data.errors import UnknownName
from data.message import say
from data.model import OWNER
from kpi.people import words as said
from kpi.people.lines import Line
from kpi.people.peers import Peers
from kpi.people.scorecard import Scorecard
from kpi.watch import words as watching
from pages._ui import cards, frame, markup
from pages._ui.markup import Html, joined, link, quiet, tag
from pages._ui.people import asking, growth, parts, sharing
from pages._ui.session import View

MOST_CARDS = 8
"""Cards; the other KPIs stand in a table."""
LEAST = 10
"""Rows of a team below which nobody's share of them says anything."""


def show(view: View, name: str) -> None:
    """The page of one person."""
    first = asking.month(view)
    person = asking.everybody(view, first).person(name)
    if person is None:
        raise UnknownName(say("Nobody here is called «{name}».", name=name))
    card = asking.everybody(view, first).scorecard(person, asking.beside(view, name, first))
    st.html(tag("div", _head(view, card, first), frame.said(said.sentence(card, view.language)), css="apart"))
    st.html(joined([_figures(view, card), *_adds(view, card), *_others(view, card), *growth.of_person(view, card)]))
    if view.reader.scope == OWNER:
        sharing.show(view, name)
    else:
        st.html(_private(view))


def _head(view: View, card: Scorecard, first: date) -> Html:
    """Who it is, since when, and the month."""
    t, person, owner = view.language.t, card.person, view.reader.scope == OWNER
    back = [link(parts.where(month=parts.month_code(first)), "‹ ", t("People"), css="back")] if owner else []
    told = [person.groups[group] for group in ("role", "team", "branch") if group in person.groups]
    if person.hired_on is not None:
        told.append(t("here since {day}", day=view.language.day(person.hired_on, year=True)))
    if person.left_on is not None and not person.here:
        told.append(t("left on {day}", day=view.language.day(person.left_on, year=True)))
    named = parts.months(view, first, person=person.name if owner else None)
    return tag("header", *back, tag("h1", person.name), quiet(" · ".join(told)), named, css="person-head")


def _figures(view: View, card: Scorecard) -> Html:
    """The targets first, then what has none, as cards."""
    shown = _shown(card)
    if not shown:
        return tag("p", view.language.t("Nothing of this month has a figure of its own."), css="lead")
    ranks = asking.ranks(view)
    found = [_card(view, line, card.beside.peers.get(line.kpi.id), ranks=ranks) for line in shown]
    return tag("div", *found, css="cards mine")


def _shown(card: Scorecard) -> Sequence[Line]:
    """What stands on cards: what is judged, then the key ones."""
    ranked = sorted(card.lines, key=lambda line: (not line.is_judged, line.aim is None))
    return [line for line in ranked if line.has_value][:MOST_CARDS]


def _card(view: View, line: Line, beside: Peers | None, *, ranks: bool) -> Html:
    kpi, words = line.kpi, view.language
    pale = "value small-sample" if line.status == "too_few" else "value"
    place = said.place_text(beside, words) if ranks else ""
    median = " · ".join(filter(None, (said.median_text(line, beside, words), place)))
    aim = tag("span", said.aim_text(line, words) or " ", css="goal")
    status = f"{words.mark(line.status)} {words.status(line.status)}"
    picture = tag("div", css="nospark")
    if sum(value == value for value in line.history) > 1:
        picture = cards.picture(view, line.history, line.aims, running=line.is_partial)
    return tag(
        "article",
        tag("p", words.catalogue(kpi.title), css="name", title=words.catalogue(kpi.question)),
        tag("p", words.value(line.value, kpi.unit), css=pale, title=words.value(line.value, kpi.unit, exact=True)),
        tag("p", status, aim, css=f"status {line.status}"),
        tag("p", median or " ", css="beside-team"),
        picture,
        quiet(" · ".join(filter(None, (said.change_text(line, words), _usual(view, line), _behind(view, line))))),
        css="card",
    )


def _usual(view: View, line: Line) -> str:
    """Whether the month is more than what the person's own figure does by itself; empty where it cannot be said."""
    if line.is_partial or line.state == "too_few":
        return ""
    if line.state == "no_change":
        return view.language.t("as usual")
    return watching.state_word(line.state, view.language).lower()


def _behind(view: View, line: Line) -> str:
    return view.language.tn("from {n} row", "from {n} rows", line.used)


def _adds(view: View, card: Scorecard) -> list[Html]:
    """What the person adds to the team's result."""
    t, told = view.language.t, card.beside
    order = [line.kpi.id for line in _shown(card)]
    shown = sorted(
        (part for part in told.parts.values() if part.kpi.additive or (part.kpi.id in order and part.whole >= LEAST)),
        key=lambda part: (not part.kpi.additive, order.index(part.kpi.id) if part.kpi.id in order else len(order)),
    )  # fmt: skip
    if not shown or told.group is None:
        return []
    lines = [
        parts.bar(
            view.language.catalogue(part.kpi.title), part.share, view.language.value(part.share, "percent"),
            said.part_text(part, view.language),
        )
        for part in shown
    ]  # fmt: skip
    titles = {"team": t("Share in the team's result"), "branch": t("Share in the branch's result")}
    title = titles.get(told.group[0], t("Share in the common result"))
    return [markup.section(title, told.group[1]), parts.bars(lines)]


def _others(view: View, card: Scorecard) -> list[Html]:
    """The KPIs that stand on no card, in a table behind a click."""
    t, words, shown = view.language.t, view.language, _shown(card)
    rest = [line for line in card.lines if line.has_value and line not in shown]
    if not rest:
        return []
    head = (t("KPI"), t("Value"), t("Team's median"), t("In a month"), t("Rows"))
    rows = []
    for line in rest:
        peer = card.beside.peers.get(line.kpi.id)
        median = words.value(peer.median, line.kpi.unit) if peer else "—"
        value = words.value(line.value, line.kpi.unit)
        change = words.delta(line.value, line.previous, line.kpi.unit)
        rows.append((words.catalogue(line.kpi.title), value, median, change, words.number(line.used)))
    table = parts.figures(head, rows)
    return [markup.folded(words.tn("{n} more KPI", "{n} more KPIs", len(rest)), table)]


def _private(view: View) -> Html:
    t = view.language.t
    note = t("Only you and the owner see this page. Medians stand for at least five people.")
    return tag("footer", quiet(note), tag("a", t("Close my page in this browser"), href="/leave"), css="private")
