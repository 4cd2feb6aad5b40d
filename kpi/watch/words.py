"""What signals say, for people who never heard of control charts.

Invariant: every sentence names the figures it rests on; «no real change» is said of noise, never of too little data.
"""

from kpi.language import Language
from kpi.signals import Assurance, Rule, State
from kpi.watch.series import Watched
from kpi.watch.signal import Signal


def state_word(state: State, words: Language) -> str:
    """The word for where a KPI stands."""
    t = words.t
    return {
        "improved": t("Improved"), "sustained": t("The improvement holds"), "worsened": t("Worsened"),
        "changed": t("Changed"), "no_change": t("No real change"), "too_few": t("Too few periods to say"),
    }[state]  # fmt: skip


def assurance_word(assurance: Assurance, words: Language) -> str:
    """Whether the target will be kept."""
    t = words.t
    return {
        "will_pass": t("The target will be kept: it lies outside what this KPI does by itself, on the good side."),
        "will_fail": t("The target will be missed until something changes in how the work is done."),
        "hit_and_miss": t("The target is hit or missed by chance: it lies within what this KPI does by itself."),
    }[assurance]  # fmt: skip


def rule_text(rule: Rule, words: Language) -> str:
    """What was seen, as a phrase."""
    t = words.t
    return {
        "outside": t("a value outside the usual range"),
        "near": t("two of three values close to the edge of the usual range"),
        "run": t("seven or more values in a row on one side of the middle"),
        "trend": t("seven or more values in a row rising, or falling"),
    }[rule]  # fmt: skip


def sentence(w: Watched, words: Language) -> str:
    """One sentence about the latest complete period: the value, the usual range, and why it is a signal or is not."""
    t, tn = words.t, words.tn
    if w.state == "too_few" or w.course.last.limits is None:
        since = len(w.course.readings) - (w.course.starts[-1] if w.course.starts else 0)
        return tn(
            "There is {n} complete period with enough rows; to tell a change from chance it takes ten, and six since a "
            "marked change.",
            "There are {n} complete periods with enough rows; to tell a change from chance it takes ten, and six since "
            "a marked change.",
            since,
        )
    last, limits = w.course.last, w.course.last.limits
    parts = {
        "period": _capital(words.period(w.days[-1][0], w.grain)), "value": words.value(last.value, w.kpi.unit),
        "low": words.value(limits.lower, w.kpi.unit), "high": words.value(limits.upper, w.kpi.unit),
    }  # fmt: skip
    if last.rules:
        why = words.list(rule_text(rule, words) for rule in last.rules)
        return t("{period}: {value}; usual is {low} to {high}. This is more than chance: {why}.", why=why, **parts)
    if limits.holds(last.value):
        return t("{period}: {value}. Values from {low} to {high} come by chance here: nothing to explain.", **parts)
    return t("{period}: {value}; usual is {low} to {high}, but so few rows can be so far out by chance.", **parts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def where(signal: Signal, words: Language) -> str:
    """Whose signal it is."""
    return member(signal.scope, words) if signal.scope else words.t("Whole business")


def member(scope: tuple[str, str], words: Language) -> str:
    """A member as people read it."""
    dimension, name = scope
    return words.weekday(name) if dimension == "weekday" and name.isdigit() else words.member(name)


def told(signal: Signal, words: Language) -> str:
    """A finding in one sentence, without the KPI's name and the member."""
    t = words.t
    parts = {"value": words.value(signal.value, signal.kpi.unit), "usual": words.value(signal.usual, signal.kpi.unit)}
    if signal.kind == "apart":
        return t("{value}, the others {usual}, month after month", **parts)
    if signal.kind == "season":
        months = words.list(words.month(month) for month in signal.months)
        return t("every year in {months}: {value}, in the other months {usual}", months=months, **parts)
    span = words.span(signal.since, signal.until)
    if signal.lasts:
        return t("{value}, usually {usual} ({span}, and it lasts)", span=span, **parts)
    return t("{value}, usually {usual} ({span}; over now)", span=span, **parts)


def verdict(signal: Signal, words: Language) -> str:
    """Better, worse, or other: in one word."""
    t = words.t
    if signal.good is None:
        return t("different")
    return t("better") if signal.good else t("worse")


def also(signal: Signal, words: Language) -> str:
    """Whom else it was seen with; empty: nobody."""
    if not signal.also:
        return ""
    return words.t("also: {names}", names=words.list(member(scope, words) for scope in signal.also))
