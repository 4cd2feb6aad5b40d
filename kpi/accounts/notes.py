"""What must be known to read the figures of a comparison.

Invariant: what added-up unique visitors are is said wherever they are counted, and so are days that are missing, rows
that do not say what they cost, and steps that nothing tells.
"""

from collections.abc import Sequence
from datetime import timedelta

from kpi.accounts.model import PERIODS, Comparison, Unknown
from kpi.accounts.steps import STEP
from kpi.accounts.value import WARM_UP
from kpi.accounts.words import name, slice_title
from kpi.language import Language
from kpi.why.telling import dimension_title

KNOWN = 0.95
"""Share of rows below which it is said that only a part tells something."""
MOST = 5
"""Members named in one note."""


def notes(comparison: Comparison, words: Language) -> list[str]:
    """What must be known to read the figures: uniqueness, days, what is not told."""
    found = [*_unique(comparison, words), *_lengths(comparison, words), *_days(comparison, words)]
    found += [*_unknown(comparison, words), *_new(comparison, words)]
    if comparison.unattributed:
        found.append(
            words.tn(
                "{n} done order of these days names no account and is in none of them.",
                "{n} done orders of these days name no account and are in none of them.", comparison.unattributed,
            )
        )  # fmt: skip
    return found


def unique_text(comparison: Comparison, words: Language) -> str:
    """What views and contacts are, in one line; empty where none are counted."""
    t, total = words.t, comparison.total
    if total.kind is None or (comparison.since == comparison.until and total.kind == "daily"):
        return ""
    if total.kind == "period" and comparison.asked.by in PERIODS:
        return t(
            "Views and contacts of a month or week are each advertisement's uniques, as in the file; all together adds "
            "them up."
        )
    return {
        "daily": t("Views and contacts are sums of daily unique visitors: whoever came on two days counts twice."),
        "period": t("Views and contacts are each advertisement's unique visitors of the whole period, as in the file."),
        "parts": t("Views and contacts are parts of the uniques of longer periods, spread evenly over their days."),
        "mixed": t(
            "Views and contacts are partly sums of daily unique visitors, partly uniques of longer periods spread over "
            "their days."
        ),
    }[total.kind]  # fmt: skip


def _unique(comparison: Comparison, words: Language) -> list[str]:
    told = [text] if (text := unique_text(comparison, words)) else []
    total = comparison.total
    if total.uniques and total.kind not in (None, "period"):
        values = {n: words.number(int(value)) for n, value in total.uniques.items()}
        if "contacts" in values:
            told.append(
                words.t(
                    "The files also tell the uniques of exactly this period: {contacts} contacts (sum of days: "
                    "{days}); a visitor of two advertisements is in both.",
                    contacts=values["contacts"], days=words.number(round(total.counts["contacts"] or 0.0)),
                )
            )  # fmt: skip
    return told


def _lengths(comparison: Comparison, words: Language) -> list[str]:
    """Stretches of time that are not equally long."""
    if comparison.asked.by not in PERIODS or len({one.days for one in comparison.named}) < 2:
        return []
    return [words.t("The stretches are not equally long: compare what they cost and what they bring a day, not sums.")]


def _new(comparison: Comparison, words: Language) -> list[str]:
    """Whether it can be told who is new."""
    since = comparison.clients_since
    if since is None or comparison.since >= since + timedelta(days=WARM_UP):
        return []
    return [
        words.t(
            "Orders are loaded since {day} only: in the first {days} days after it who came before is taken for new.",
            day=since, days=WARM_UP,
        )
    ]  # fmt: skip


def _days(comparison: Comparison, words: Language) -> list[str]:
    """Whose days are not the whole period."""
    t, found = words.t, []
    length = (comparison.until - comparison.since).days + 1
    short = [] if comparison.asked.by in PERIODS else [one for one in comparison.named if one.days < length]
    if short and comparison.asked.by not in ("ad_id", "title"):
        parts = tuple(t("«{name}» {days}", name=name(comparison, one, words), days=one.days) for one in short[:MOST])
        found.append(
            t(
                "Not everybody has rows on all {length} days: {members}. They are compared over the days that both "
                "have; sums are of their own days.", length=length, members=parts,
            )
        )  # fmt: skip
    asked = comparison.asked
    if comparison.until < (asked.until or comparison.until) or (asked.since or comparison.since) < comparison.since:
        found.append(t("Loaded are only the days {span}.", span=words.span(comparison.since, comparison.until)))
    if comparison.both is not None and comparison.both != (comparison.since, comparison.until):
        span = words.span(*comparison.both)
        found.append(t("Costs of orders and what comes back are of the days that both tables have: {span}.", span=span))
    unclear = [one for one in comparison.named if one.spend_known < KNOWN]
    if unclear and comparison.total.counts["spend"] is not None:
        parts = tuple(
            t(
                "«{name}» {share}",
                name=name(comparison, one, words),
                share=words.value(100 * one.spend_known, "percent"),
            )
            for one in unclear[:MOST]
        )
        found.append(t("What they cost is told by a part of the rows only: {members}.", members=parts))
    if comparison.total.revenue_known < KNOWN:
        share = words.value(100 * comparison.total.revenue_known, "percent")
        found.append(t("Only {share} of the done orders say what they brought.", share=share))
    return found


def _unknown(comparison: Comparison, words: Language) -> list[str]:
    """Steps that nothing tells here, by reason."""
    groups: dict[Unknown, list[str]] = {}
    for step, reason in comparison.unknown.items():
        groups.setdefault(reason, []).append(words.t(STEP[step].title.text))
    return [unknown_text(reason, steps, words) for reason, steps in groups.items()]


def unknown_text(reason: Unknown, steps: Sequence[str], words: Language) -> str:
    """Why these steps are not known."""
    told = words.list(steps)
    if reason.reason == "nothing":
        return words.t("Not known: {steps}. Nothing that tells them is loaded.", steps=told)
    if reason.reason == "hidden":
        return words.t("Not open to you: {steps}.", steps=told)
    if reason.reason == "column":
        title = dimension_title(reason.name, words)
        return words.t("Not known: {steps}. The loaded table has no column «{column}».", steps=told, column=title)
    title = slice_title(reason.name, words)
    return words.t("Not known here: {steps}. Their rows do not tell «{slice}».", steps=told, slice=title)
