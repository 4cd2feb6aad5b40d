"""The sentence at the top of the page of processes, which a person could read aloud."""

from kpi.process import Summary
from kpi.process.words import duration
from pages._ui.process.asked import Asked

FEW = 2
"""A share below one in so many is told as «one in N»."""


def sentence(asked: Asked) -> str:
    """How many cases, how long half of them take, how many do a step twice."""
    words, found = asked.view.language, asked.summary
    period = words.span(asked.chosen.span.since, asked.chosen.span.until)
    told = words.tn(
        "{period}: {n} case; half of them take at most {time}", "{period}: {n} cases; half of them take at most {time}",
        found.cases, period=period[:1].upper() + period[1:], time=duration(found.median_hours, words),
    )  # fmt: skip
    return "; ".join(filter(None, (told, _repeats(asked, found)))) + "."


def _repeats(asked: Asked, found: Summary) -> str:
    """«in one case in seven a step is done again»."""
    words = asked.view.language
    if not found.rework_cases:
        return words.t("no step is done twice")
    if found.rework_share * FEW > 1:
        share = words.value(100 * found.rework_share, "percent")
        return words.t("in {share} of them a step is done again", share=share)
    return words.tn(
        "in one of {n} a step is done again", "in one of {n} a step is done again", round(1 / found.rework_share)
    )
