"""Natural limits and signals of a course, as charts draw them.

Invariant: a chart shows the limits and signals that the words are about, and computes none.
"""

from datetime import date, datetime, time

from kpi.charts import Natural, Naturals
from kpi.language import Language
from kpi.watch import words as said
from kpi.watch.series import Watched


def naturals(w: Watched, words: Language) -> Naturals:
    """The limits by first day of the period, in a language."""
    found: dict[datetime, Natural] = {}
    for place, ((first, _), reading) in enumerate(zip(w.days, w.course.readings, strict=True)):
        if reading.limits is not None:
            stretch = sum(place >= start for start in w.course.starts)
            why = words.list(said.rule_text(rule, words) for rule in reading.rules)
            edges = (reading.limits.mean, reading.limits.lower, reading.limits.upper)
            found[moment(first)] = Natural(*edges, stretch, _state(w, reading.side), why if reading.rules else "")
    return found


def moment(first: date) -> datetime:
    """The first day of a period, as the charts know it."""
    return datetime.combine(first, time())


def _state(w: Watched, side: int) -> str:
    """The colour of a signal."""
    if not side:
        return ""
    if w.kpi.better == "band":
        return "no_target"
    return "good" if (side > 0) == (w.kpi.better == "higher") else "missed"
