"""What hiring says in words: the sentence of the page, the stages, verdicts, dates to come.

Invariant: nobody is called fast without a word about who stays, and nobody is compared by what chance explains.
"""

import math
from collections.abc import Mapping, Sequence

from data.message import Message, say
from kpi.hiring.forecasting import Outlook, Spread
from kpi.hiring.recruiters import Interval, Recruiter
from kpi.hiring.waits import Waits
from kpi.language import Language

STAGES: Mapping[str, Message] = {
    "applied_at": say("Applied"),
    "screened_at": say("Screened"),
    "interviewed_at": say("Interviewed"),
    "offered_at": say("Offered"),
    "accepted_at": say("Accepted the offer"),
}
"""Stage → what those who reached it are called."""
DIMENSIONS: Mapping[str, Message] = {
    "employee": say("Recruiter"),
    "source": say("Source"),
    "title": say("Vacancy"),
    "account": say("Account"),
    "branch": say("Branch"),
}
"""Dimension → what it is called in hiring."""
BY: Mapping[str, Message] = {
    "employee": say("by recruiter"),
    "source": say("by source"),
    "title": say("by vacancy"),
    "account": say("by account"),
    "branch": say("by branch"),
}
CHANCE = 0.05
"""Chance below which curves are said to differ."""
VERDICTS: Mapping[str, Message] = {
    "fast_but_leave": say("fast, but the hires leave"),
    "fast_and_stay": say("fast, and the hires stay"),
    "slow_but_stay": say("slow, but the hires stay"),
    "slow_and_leave": say("slow, and the hires leave"),
}
"""What is said where chance explains neither speed nor staying."""
MARKS: Mapping[str, str] = {
    "fast_but_leave": "missed", "fast_and_stay": "good", "slow_but_stay": "acceptable", "slow_and_leave": "missed",
}  # fmt: skip
"""Verdict → the status whose mark and colour it has."""


def sentence(period: str, waits: Waits, people: Sequence[Recruiter], words: Language) -> str:
    """«За год из 97 мест занято 78, половина — за 26 дней. Кристина …: быстро, но через 90 дней остаются 42 %.»"""
    told = [_filled(period, waits, words)]
    worst = next((one for one in people if one.verdict == "fast_but_leave"), None)
    if worst is not None:
        told.append(fast_but_leave(worst, words))
    return " ".join(line.replace("..", ".") for line in told)  # «дн.» ends a sentence by itself


def applied(period: str, applications: int, hired: int, words: Language) -> str:
    """The sentence where no places are known: what became of the applications."""
    return words.tn(
        "{period}: {n} application, {hired} of them accepted an offer.",
        "{period}: {n} applications, {hired} of them accepted an offer.", applications,
        period=period[:1].upper() + period[1:], hired=words.number(hired),
    )  # fmt: skip


def wanted(period: str, places: int, words: Language) -> str:
    """The sentence where it is not known who accepted: how many people are wanted."""
    return words.tn(
        "{period}: {n} person is wanted. Load applicants to see how fast places are filled, and by whom.",
        "{period}: {n} people are wanted. Load applicants to see how fast places are filled, and by whom.", places,
        period=period[:1].upper() + period[1:],
    )  # fmt: skip


def _filled(period: str, waits: Waits, words: Language) -> str:
    n = waits.curve.size
    places = {"period": period[:1].upper() + period[1:], "filled": words.number(waits.filled)}
    if math.isnan(waits.median):
        return words.tn(
            "{period}: {filled} of {n} place filled; half of them are not filled yet.",
            "{period}: {filled} of {n} places filled; half of them are not filled yet.", n, **places,
        )  # fmt: skip
    return words.tn(
        "{period}: {filled} of {n} place filled, half of them within {days}.",
        "{period}: {filled} of {n} places filled, half of them within {days}.", n,
        days=words.value(waits.median, "days"), **places,
    )  # fmt: skip


def fast_but_leave(one: Recruiter, words: Language) -> str:
    """Speed and staying in one breath."""
    parts = {"name": one.member, "days": words.value(one.speed.value, "days")}
    if one.stay.is_enough and not math.isnan(one.stay.value):
        share = words.value(one.stay.value, "percent")
        return words.t("{name} fills places in {days}, but only {share} of the hires stay 90 days.", share=share,
                       **parts)  # fmt: skip
    quality = words.value(one.quality.value, "percent")
    return words.t("{name} fills places in {days}, but the quality of the hires is {quality}.", quality=quality,
                   **parts)  # fmt: skip


def interval(told: Interval, unit: str, words: Language) -> str:
    """«42 % (24–61)»; an open end is said so."""
    if math.isnan(told.value):
        return "—"
    value = words.value(told.value, unit)
    return f"{value} ({between(told.low, told.high, words)})" if not math.isnan(told.low) else value


def between(low: float, high: float, words: Language) -> str:
    """«24–61», «24 and more»."""
    if math.isinf(high):
        return words.t("{low} and more", low=words.value(low, "count"))
    return f"{words.value(low, 'count')}–{words.value(high, 'count')}"


def spread(told: Spread | None, words: Language) -> str:
    """«16 нояб. (8 нояб. – 13 дек.)»."""
    if told is None:
        return "—"
    later = words.t("over a year")
    low, median, high = (words.day(day, year=True) if day else later for day in (told.low, told.median, told.high))
    return f"{median} ({low} – {high})" if low != high else median


def log_rank(p: float, words: Language) -> str:
    """Whether chance explains that curves differ."""
    if p < CHANCE:
        shown = words.t("less than {p}", p=words.number(0.001)) if p < 0.001 else words.number(round(p, 3))
        return words.t("The times differ by more than chance (log-rank test, p {p}).", p=shown)
    return words.t("Chance alone may explain the difference (log-rank test, p {p}).", p=words.number(round(p, 2)))


def outlook(told: Outlook, words: Language) -> str:
    """What the open vacancies come to, in a sentence."""
    if told.why_not is not None:
        return words.render(told.why_not)
    if told.soon is None or told.all_filled is None:
        return words.t("No vacancy is open, so there is nothing to foretell.")
    median, low, high = told.soon
    day = spread(told.all_filled, words)
    return words.tn(
        "Of {n} open place {median} ({low}–{high}) will be filled in 30 days, the last one by {day}.",
        "Of {n} open places {median} ({low}–{high}) will be filled in 30 days, the last one by {day}.",
        told.places, median=words.number(median), low=words.number(low), high=words.number(high), day=day,
    )  # fmt: skip
