"""The sentence at the top of the page of processes, which a person could read aloud."""

from kpi.process import Summary
from pages._ui.process import costs
from pages._ui.process.asked import Asked

FEW = 2
"""A share below one in so many is told as «one in N»."""


def sentence(asked: Asked) -> str:
    """How many cases, how long half of them take, how many do a step twice, what the dearest superfluous step costs."""
    words, found = asked.view.language, asked.summary
    period = words.span(asked.chosen.span.since, asked.chosen.span.until)
    told = words.tn(
        "{period}: {n} case; half of them take at most {time}", "{period}: {n} cases; half of them take at most {time}",
        found.cases, period=period[:1].upper() + period[1:], time=asked.duration(found.median_hours),
    )  # fmt: skip
    return "; ".join(filter(None, (told, _repeats(asked, found), _superfluous(asked)))) + "."


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


def _superfluous(asked: Asked) -> str:
    """«the superfluous step «Call» costs ₽4,300 a month»; hours where roubles are not known."""
    words = asked.view.language
    marked = [waste for waste in costs.of(asked) if waste.why == "superfluous"]
    if not marked:
        return ""
    groups = {name: [waste for waste in marked if waste.activity == name] for name in {w.activity for w in marked}}
    name = max(sorted(groups), key=lambda one: costs.weight(groups[one]))
    cost = costs.monthly(asked, groups[name])
    if cost == cost:
        told = words.value(cost, "money")
        return words.t("the superfluous step «{step}» costs {cost} a month", step=name, cost=told)
    added = sum(w.hours for w in groups[name]) / sum(w.count for w in groups[name])
    return words.t(
        "the superfluous step «{step}» adds {time} to a case, on average", step=name, time=asked.duration(added)
    )
