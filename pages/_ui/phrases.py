"""Short phrases about a figure: target, change, count, freshness. All are plain text, not yet escaped."""

from kpi.model import Bounds, Kpi
from pages._ui.board import Figure
from pages._ui.compare.values import Beside
from pages._ui.period import Span
from pages._ui.session import View


def bounds_text(view: View, kpi: Kpi, low: float | None, high: float | None) -> str:
    """«≥ 90 %», «≤ 8 %», «75–85 %»; empty when neither side is given."""
    write = view.language.value
    if low is not None and high is not None:
        return view.language.t("{low} to {high}", low=write(low, kpi.unit), high=write(high, kpi.unit))
    if low is not None:
        return view.language.t("at least {value}", value=write(low, kpi.unit))
    return view.language.t("at most {value}", value=write(high, kpi.unit)) if high is not None else ""


def target_text(view: View, figure: Figure) -> str:
    """The target in force in the period."""
    return bounds_text(view, figure.kpi, figure.number("good_low"), figure.number("good_high"))


def goal_text(view: View, figure: Figure) -> str:
    """«target at most 5 %», «plan for November 2026: at least 2.5 M ₽»; empty where there is none."""
    target, t = target_text(view, figure), view.language.t
    if not target:
        return ""
    if figure.row.get("target_kind") not in ("plan", "cumulative"):
        return t("target {target}", target=target)
    first, last = figure.row["period"], figure.row["period_end"]
    return t("plan for {period}: {target}", period=view.language.span(first.date(), last.date()), target=target)


def due_text(view: View, figure: Figure) -> str:
    """«by 4 Nov it should be 333 000 ₽»: where a running sum should be by the last day with data."""
    due, now = figure.number("due"), figure.now
    if due is None or now is None:
        return ""
    value, day = view.language.value(due, figure.kpi.unit), view.language.day(now)
    if figure.number("good_low") is None:
        return view.language.t("by {day} at most {value}", day=day, value=value)
    return view.language.t("by {day} it should be {value}", day=day, value=value)


def default_target(view: View, kpi: Kpi, bounds: Bounds | None) -> str:
    """A target given as bounds."""
    return bounds_text(view, kpi, bounds.good_low, bounds.good_high) if bounds else ""


def status_text(view: View, figure: Figure) -> str:
    """The status in a word; a missing value and a value too early to judge say so."""
    if figure.value is None:
        return view.language.t("No data")
    return view.language.status(figure.status)


def beside(view: View, figure: Figure, others: Beside) -> tuple[str, str]:
    """(signed change, «a year ago: 5.1 %») against what the view is compared with."""
    value = others.of(figure)
    was = view.language.value(value, figure.kpi.unit)
    return view.language.delta(figure.value, value, figure.kpi.unit), f"{others.name}: {was}"


def changes(view: View, figure: Figure, span: Span, without: str = "") -> list[tuple[str, str]]:
    """(signed change, compared with what) against the previous equal period and last year, where they exist.

    `without`: the column of a comparison that is told elsewhere.
    """
    found = []
    for column, label in (("previous", previous_name(view, span)), ("last_year", last_year_name(view))):
        before = None if column == without else figure.number(column)
        if before is not None and figure.value is not None and not (column == "last_year" and span.grain == "year"):
            found.append((view.language.delta(figure.value, before, figure.kpi.unit), label))
    return found


def previous_name(view: View, span: Span) -> str:
    """What the previous equal period is called."""
    t = view.language.t
    return {
        "day": t("vs the day before"),
        "week": t("vs the week before"),
        "month": t("vs the month before"),
        "quarter": t("vs the quarter before"),
        "year": t("vs the year before"),
    }.get(span.grain, t("vs the period before"))


def last_year_name(view: View) -> str:
    """What the same period a year before is called."""
    return view.language.t("vs a year ago")


def behind(view: View, figure: Figure) -> str:
    """«from 812 rows · data until 5 Oct»."""
    tn, t = view.language.tn, view.language.t
    used, eligible = figure.number("used"), figure.number("eligible")
    parts = []
    if used is not None and figure.value is not None:
        parts.append(tn("from {n} row", "from {n} rows", int(used)))
    if used is not None and eligible and used / eligible < 0.95:
        parts.append(t("known for {share}", share=view.language.value(100 * used / eligible, "percent")))
    if figure.now is not None:
        parts.append(t("data until {day}", day=view.language.day(figure.now)))
    return " · ".join(parts)


def movement(view: View, figure: Figure, change: bool | None) -> str:
    """The value with where it came from: «9.8 %, up from 7.2 %».

    `change`: whether it is more than the KPI does by itself; None: nobody knows.
    """
    value, before = figure.value, figure.number("previous")
    now = view.language.value(value, figure.kpi.unit)
    if value is None or before is None or view.language.value(before, figure.kpi.unit) == now:
        return now
    was = view.language.value(before, figure.kpi.unit)
    if change is None:
        return view.language.t("{value}, was {previous}", value=now, previous=was)
    if not change:
        return view.language.t("{value}, no real change (was {previous})", value=now, previous=was)
    if value > before:
        return view.language.t("{value}, up from {previous}", value=now, previous=was)
    return view.language.t("{value}, down from {previous}", value=now, previous=was)
