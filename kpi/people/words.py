"""What a scorecard says in words: to the person, plainly, without blame.

Invariant: every sentence names the figures it rests on; a word of comparison is said only of values with rows enough.
"""

import math

from kpi.language import Language
from kpi.people.contribution import Part
from kpi.people.lines import Line
from kpi.people.peers import Peers
from kpi.people.scorecard import Scorecard

TWICE = (1.8, 2.3)
"""What is called twice as much."""
CLEAR = 1.2
"""Below this it is no more than about the same."""


def sentence(card: Scorecard, words: Language) -> str:
    """«Анна: 4 из 5 целей; доп. продажи 31 % — вдвое больше медианы»."""
    t, tn, judged = words.t, words.tn, card.judged
    if not card.lines:
        return t("{name}: nothing is loaded for this month.", name=card.person.name)
    told = [t("{name}: no target can be judged yet", name=card.person.name)]
    if judged:
        told = [
            tn(
                "{name}: {reached} of {n} target reached", "{name}: {reached} of {n} targets reached", len(judged),
                name=card.person.name, reached=card.reached,
            )
        ]  # fmt: skip
    told += [*_best(card, words), *_next(card, words)]
    return "; ".join(told) + "."


def _best(card: Scorecard, words: Language) -> list[str]:
    """The KPI that stands out most for the good beside the team's median."""
    found = [(ahead, line) for line in card.lines if (ahead := _ahead(line, card.beside.peers.get(line.kpi.id)))]
    if not found or max(found, key=lambda one: one[0])[0] < CLEAR:
        return []
    _, line = max(found, key=lambda one: one[0])
    beside = card.beside.peers[line.kpi.id]
    parts = {
        "kpi": _inside(words.catalogue(line.kpi.title)), "value": words.value(line.value, line.kpi.unit),
        "median": words.value(beside.median, line.kpi.unit),
    }  # fmt: skip
    ratio = line.value / beside.median
    if TWICE[0] <= ratio <= TWICE[1]:
        return [words.t("{kpi} {value} — twice the median of {median}", **parts)]
    return [words.t("{kpi} {value}, the median is {median}", **parts)]


def _ahead(line: Line, beside: Peers | None) -> float:
    """How many times the median, where more is better; 0 where that cannot be said, or the month runs."""
    if beside is None or line.is_partial or line.status == "too_few" or line.kpi.better != "higher":
        return 0.0
    return line.value / beside.median if line.value > 0 and beside.median > 0 else 0.0


def _next(card: Scorecard, words: Language) -> list[str]:
    """The target that is furthest away."""
    missed = [line for line in card.judged if line.status == "missed"]
    if not missed:
        return []
    line = max(missed, key=_gap)
    aim = words.target(line.bounds.good_low, line.bounds.good_high, line.kpi.unit)
    value, title = words.value(line.value, line.kpi.unit), _inside(words.catalogue(line.kpi.title))
    return [words.t("next: {kpi} {value}, target {target}", kpi=title, value=value, target=aim)]


def _inside(title: str) -> str:
    """A KPI's name inside a sentence; «NPS» stays as it is."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _gap(line: Line) -> float:
    sides = [side for side in (line.bounds.good_low, line.bounds.good_high) if side is not None]
    near = min(sides, key=lambda side: abs(side - line.value))
    return abs(line.value - near) / (abs(near) or 1.0)


def aim_text(line: Line, words: Language) -> str:
    """«личная цель: не меньше 20 %»; empty where there is no target."""
    aim = words.target(line.bounds.good_low, line.bounds.good_high, line.kpi.unit)
    t = words.t
    return {
        "employee": t("own target: {target}", target=aim), "team": t("the team's target: {target}", target=aim),
        "role": t("target of the role: {target}", target=aim),
        "branch": t("the branch's target: {target}", target=aim),
        "business": t("target of all: {target}", target=aim),
    }.get(line.aim or "", "")  # fmt: skip


def median_text(line: Line, beside: Peers | None, words: Language) -> str:
    """«медиана: 19,8 % (Барбер, 5 чел.)»; empty where there is no group that is large enough."""
    if beside is None:
        return ""
    value = words.value(beside.median, line.kpi.unit)
    name = beside.group[1] or words.t("everybody")
    return words.tn(
        "median {value} ({name}, {n} person)", "median {value} ({name}, {n} people)", beside.people,
        value=value, name=name,
    )  # fmt: skip


def place_text(beside: Peers | None, words: Language) -> str:
    """«2-е место из 5»; empty where nothing is best."""
    if beside is None or beside.place is None:
        return ""
    return words.t("place {place} of {people}", place=beside.place, people=beside.people)


def part_text(part: Part, words: Language) -> str:
    """«183 тыс. ₽ из 640 тыс. ₽», «36 из 91, при 24 % работы»."""
    if part.work is None:
        own, whole = (words.value(figure, part.kpi.unit) for figure in (part.own, part.whole))
        return words.t("{own} of {whole}", own=own, whole=whole)
    parts = {"own": words.number(int(part.own)), "whole": words.number(int(part.whole))}
    return words.t("{own} of {whole}, with {work} of the work", work=words.value(part.work, "percent"), **parts)


def change_text(line: Line, words: Language) -> str:
    """The change since the month before; empty where there is none to tell."""
    if math.isnan(line.previous) or not line.has_value:
        return ""
    return words.t("{change} in a month", change=words.delta(line.value, line.previous, line.kpi.unit))
