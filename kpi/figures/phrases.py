"""Short phrases about a figure: target, change, count, freshness. All are plain text, not escaped.

Invariant: every phrase is written from the figure alone, so that a card, a letter and a paper say the same.
"""

from kpi.figures.figure import Figure
from kpi.language import Language
from kpi.model import Bounds, Kpi

KNOWN = 0.95
"""Share of rows with known cells below which it is told."""


def bounds_text(words: Language, kpi: Kpi, low: float | None, high: float | None) -> str:
    """«at least 90 %», «at most 8 %», «75 % to 85 %»; empty when neither side is given."""
    write = words.value
    if low is not None and high is not None:
        return words.t("{low} to {high}", low=write(low, kpi.unit), high=write(high, kpi.unit))
    if low is not None:
        return words.t("at least {value}", value=write(low, kpi.unit))
    return words.t("at most {value}", value=write(high, kpi.unit)) if high is not None else ""


def default_target(words: Language, kpi: Kpi, bounds: Bounds | None) -> str:
    """A target given as bounds."""
    return bounds_text(words, kpi, bounds.good_low, bounds.good_high) if bounds else ""


def target_text(words: Language, figure: Figure) -> str:
    """The target in force in the period."""
    return bounds_text(words, figure.kpi, figure.number("good_low"), figure.number("good_high"))


def goal_text(words: Language, figure: Figure) -> str:
    """«target at most 5 %», «plan for November 2026: at least 2.5 M ₽»; empty where there is none."""
    target = target_text(words, figure)
    if not target:
        return ""
    if figure.target_kind not in ("plan", "cumulative") or figure.days is None:
        return words.t("target {target}", target=target)
    return words.t("plan for {period}: {target}", period=words.span(*figure.days), target=target)


def due_text(words: Language, figure: Figure) -> str:
    """«by 4 Nov it should be 333 000 ₽»: where a running sum should be by the last day with data."""
    due, now = figure.number("due"), figure.now
    if due is None or now is None:
        return ""
    value, day = words.value(due, figure.kpi.unit), words.day(now)
    if figure.number("good_low") is None:
        return words.t("by {day} at most {value}", day=day, value=value)
    return words.t("by {day} it should be {value}", day=day, value=value)


def status_text(words: Language, figure: Figure) -> str:
    """The status in a word; a missing value and a value too early to judge say so."""
    if figure.value is None:
        return words.t("No data")
    return words.status(figure.status)


def changes(words: Language, figure: Figure, grain: str, without: str = "") -> list[tuple[str, str]]:
    """(signed change, compared with what) against the previous equal period and last year, where they exist.

    `grain`: length of the period; `without`: the column of a comparison that is told elsewhere.
    """
    found = []
    for column, label in (("previous", previous_name(words, grain)), ("last_year", last_year_name(words))):
        before = None if column == without else figure.number(column)
        if before is not None and figure.value is not None and not (column == "last_year" and grain == "year"):
            found.append((words.delta(figure.value, before, figure.kpi.unit), label))
    return found


def previous_name(words: Language, grain: str) -> str:
    """What the previous equal period is called."""
    t = words.t
    return {
        "day": t("vs the day before"),
        "week": t("vs the week before"),
        "month": t("vs the month before"),
        "quarter": t("vs the quarter before"),
        "year": t("vs the year before"),
    }.get(grain, t("vs the period before"))


def last_year_name(words: Language) -> str:
    """What the same period a year before is called."""
    return words.t("vs a year ago")


def behind(words: Language, figure: Figure) -> str:
    """«from 812 rows · data until 5 Oct»."""
    used, eligible = figure.number("used"), figure.number("eligible")
    parts = []
    if used is not None and figure.value is not None:
        parts.append(words.tn("from {n} row", "from {n} rows", int(used)))
    if used is not None and eligible and used / eligible < KNOWN:
        parts.append(words.t("known for {share}", share=words.value(100 * used / eligible, "percent")))
    if figure.now is not None:
        parts.append(words.t("data until {day}", day=words.day(figure.now)))
    return " · ".join(parts)


def movement(words: Language, figure: Figure, change: bool | None) -> str:
    """The value with where it came from: «9.8 %, up from 7.2 %».

    `change`: whether it is more than the KPI does by itself; None: nobody knows.
    """
    value, before = figure.value, figure.number("previous")
    now = words.value(value, figure.kpi.unit)
    if value is None or before is None or words.value(before, figure.kpi.unit) == now:
        return now
    was = words.value(before, figure.kpi.unit)
    if change is None:
        return words.t("{value}, was {previous}", value=now, previous=was)
    if not change:
        return words.t("{value}, no real change (was {previous})", value=now, previous=was)
    if value > before:
        return words.t("{value}, up from {previous}", value=now, previous=was)
    return words.t("{value}, down from {previous}", value=now, previous=was)
