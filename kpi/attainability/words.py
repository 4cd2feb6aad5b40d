"""What is said of a target's attainability.

Invariant: the word stands with the figures it rests on: how often it was met, and how likely it is now.
"""

from kpi.attainability.reach import Attainability, Reach, Suggestion
from kpi.language import Language
from kpi.model import Kpi


def reach_word(reach: Reach, words: Language) -> str:
    """The word."""
    t = words.t
    return {
        "effortless": t("met without effort already"), "reachable": t("within reach"), "ambitious": t("ambitious"),
        "out_of_reach": t("out of reach without changing how the work is done"),
    }[reach]  # fmt: skip


def told(found: Attainability, words: Language) -> str:
    """«within reach: met in 14 of 24 months, 60 % likely in the current one»."""
    share = 100 * found.chance
    likely = words.t("less than 1 %") if share < 1 else words.t("more than 99 %") if share > 99 else f"{share:.0f} %"
    return words.tn(
        "{word}: met in {met} of {n} month, chance in the current one {chance}",
        "{word}: met in {met} of {n} months, chance in the current one {chance}",
        found.periods, word=reach_word(found.reach, words), met=found.met, chance=likely.replace(" %", "\u00a0%"),
    )  # fmt: skip


def suggested(found: Suggestion, kpi: Kpi, words: Language) -> str:
    """The suggestion with its reason."""
    t, value = words.t, words.value(found.value, kpi.unit)
    if found.reason == "best_quarter":
        return t(
            "{value}: the level of the best quarter of the last twelve months, reached in {met} of {n} months",
            value=value, met=found.met, n=found.periods,
        )  # fmt: skip
    return t(
        "{value}: reached in the best {met} of the last {n} months; the best quarter was an exception",
        value=value, met=found.met, n=found.periods,
    )  # fmt: skip
