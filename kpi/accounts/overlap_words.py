"""What is said of clients and advertisements that several own accounts have.

Invariant: a cost that rests on an assumption is told with it, and what happened together is never called a cause.
"""

from kpi.accounts.overlap import WINDOW, Overlap
from kpi.accounts.texts import Twins
from kpi.language import Language

SAME = 0.995
"""Likeness from which the text is called the same."""


def clients_text(found: Overlap | None, words: Language) -> list[str]:
    """How many clients several accounts had, and what that cost."""
    t, tn = words.t, words.tn
    if found is None:
        return [
            t(
                "Clients of several accounts cannot be told: orders or calls must name account and client, of two "
                "accounts at least."
            )
        ]
    span = words.span(found.since, found.until)
    share = words.value(100 * found.share, "percent")
    several = words.number(found.several)
    told = [
        tn(
            "{several} of {n} client turned to more than one of your accounts ({share}), {span}.",
            "{several} of {n} clients turned to more than one of your accounts ({share}), {span}.", found.everybody,
            several=several, share=share, span=span,
        )
    ]  # fmt: skip
    turns = sum(turn.turns for turn in found.turns)
    if not turns:
        return told
    if found.cost is None:
        told.append(
            tn("{n} time it was within {days} days.", "{n} times it was within {days} days.", turns, days=WINDOW)
        )
        return told
    told.append(
        tn(
            "{n} time it was within {days} days of the other account: about {money} a month for second contacts, if "
            "each cost what a contact of that account costs on average.",
            "{n} times it was within {days} days of the other account: about {money} a month for second contacts, if "
            "each cost what a contact of that account costs on average.", turns, days=WINDOW,
            money=words.value(found.cost, "money"),
        )
    )  # fmt: skip
    return told


def twins_text(one: Twins, words: Language) -> str:
    """Two advertisements that say the same, and how they move."""
    t, (first, second) = words.t, one.accounts
    place = ", ".join(part for part in (one.city, one.category) if part) or t("city and category not told")
    parts = {"title": one.titles[0], "first": first, "second": second, "place": place}
    if one.alike >= SAME:
        said = t("«{title}» stands in «{first}» and «{second}» ({place}).", **parts)
    else:
        alike = words.value(100 * one.alike, "percent")
        said = t("«{title}» in «{first}» and «{other}» in «{second}» are {alike} alike ({place}).",
                 other=one.titles[1], alike=alike, **parts)  # fmt: skip
    return f"{said} {moved_text(one, words)}"


def moved_text(one: Twins, words: Language) -> str:
    """Whether one's contacts fall when the other is shown more."""
    t, moved = words.t, one.moved
    if moved is None:
        return t("Too few weeks to say whether one takes from the other.")
    interval = f"{words.number(moved.low, 2)}…{words.number(moved.high, 2)}"
    parts = {
        "first": one.accounts[0],
        "second": one.accounts[1],
        "r": words.number(moved.together, 2),
        "interval": interval,
    }
    if moved.falls:
        return words.tn(
            "In weeks when «{second}» is shown more, «{first}» has fewer contacts (correlation {r}, {interval}, {n} "
            "week). That is no proof: an experiment is.",
            "In weeks when «{second}» is shown more, «{first}» has fewer contacts (correlation {r}, {interval}, {n} "
            "weeks). That is no proof: an experiment is.", moved.weeks, **parts,
        )  # fmt: skip
    return words.tn(
        "No trace that «{first}» has fewer contacts when «{second}» is shown more (correlation {r}, {interval}, "
        "{n} week).",
        "No trace that «{first}» has fewer contacts when «{second}» is shown more (correlation {r}, {interval}, "
        "{n} weeks).",
        moved.weeks, **parts,
    )  # fmt: skip
