"""The targets, goals, key KPIs, bonus scheme, first audit and experiments of the demo's owner.

Invariant: each kind is entered only where the workspace has none of it yet; what was entered is remembered in the
settings, and `withdraw` removes that and nothing a person entered or changed since.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from data.demo import audit, experiments
from data.demo.seasons import first_day
from data.demo.stories import STAR
from data.store.entries import Entries, Goal, KeyKpi, NewTarget

SETTING = "demo_entries"
"""The setting that remembers what the demo entered."""
_SOURCE = "Владелец"


@dataclass(frozen=True)
class Wish:
    """A target of the owner's."""

    kpi: str
    """KPI id."""
    good: float
    """The value that is good."""
    acceptable: float
    """The value that is still acceptable; where it is the smaller one, higher is better."""
    scope: tuple[str, str] | None = None
    """(dimension, member); None: the whole business."""

    def target(self, first: date) -> NewTarget:
        """The target, with its bounds on the side where they belong."""
        mine = NewTarget(self.kpi, scope=self.scope, valid_from=first, source=_SOURCE)
        if self.acceptable < self.good:
            return replace(mine, good_low=self.good, ok_low=self.acceptable)
        return replace(mine, good_high=self.good, ok_high=self.acceptable)


TARGETS = (
    Wish("revenue", 2_500_000, 2_200_000),
    Wish("rework_rate", 3, 5),
    Wish("on_time_rate", 85, 75),
    Wish("rating", 4.5, 4.2),
    Wish("addon_rate", 20, 15),
    Wish("cost_per_contact", 200, 280),
    Wish("enps", 30, 10),
    Wish("rework_rate", 5, 8, ("team", "Бригада 1")),
    Wish("rework_rate", 5, 8, ("team", "Бригада 2")),
    *(Wish("addon_rate", 20, 15, ("employee", name)) for name in (STAR, "Илья Громов", "Тимур Сафин", "Павел Кузьмин")),
    *(Wish("revenue", 150_000, 120_000, ("employee", name)) for name in (STAR, "Илья Громов", "Павел Кузьмин")),
)
"""What the owner wants; money is a month's."""
GOALS = (
    ("Зарабатывать 2,5 млн ₽ в месяц без новых филиалов", "Выручка за месяц", 120, "Владелец"),
    (
        "Чтобы клиенты возвращались и советовали нас",
        "Оценка не ниже 4,5 и не больше 3 % переделок",
        210,
        "Сергей Орлов",
    ),
)
"""Sentence, measure, days from the end of the history to the deadline, who answers for it."""
KEY_KPIS = (
    ("revenue", 0), ("addon_rate", 0), ("cost_per_contact", 0), ("utilisation", 0), ("rating", 1), ("rework_rate", 1),
    ("on_time_rate", 1), ("enps", 1),
)  # fmt: skip
"""KPI id and the place of the goal it serves."""


SCHEME = Path(__file__).with_name("barbers.toml")
"""The bonus scheme of the barbers; it is called as its file."""


def enter(entries: Entries, until: date) -> None:
    """Enter what the workspace has none of."""
    made: dict[str, Any] = {}
    if not entries.targets():
        made["targets"] = _enter_targets(entries, first_day(until))
    if not entries.goals():
        numbers = [entries.add_goal(*goal) for goal in _dated(until)]
        made["goals"] = [_goal_cells(goal) for goal in entries.goals() if goal.id in numbers]
        if not entries.key_kpis():
            chosen = [KeyKpi(kpi, numbers[place]) for kpi, place in KEY_KPIS]
            entries.choose_key_kpis(chosen)
            made["key_kpis"] = [asdict(key) for key in chosen]
    if not entries.schemes.all():
        entries.schemes.enter(SCHEME.stem, SCHEME.read_text("utf-8"))
        made["scheme"] = SCHEME.stem
    if not entries.audits.all():
        made["audits"] = [entries.audits.keep(*audit.kept(until))]
    if not entries.experiments.all():
        made["experiments"] = experiments.enter(entries.experiments, until)
    entries.settings.set(SETTING, made or None)


def withdraw(entries: Entries) -> None:
    """Remove what `enter` entered, as far as nobody changed it."""
    made = entries.settings.get(SETTING, {})
    if [asdict(key) for key in entries.key_kpis()] == made.get("key_kpis"):
        entries.choose_key_kpis([])
    for goal in entries.goals():
        if _goal_cells(goal) in made.get("goals", []):
            entries.delete_goal(goal.id)
    entries.forget_targets(made.get("targets", []))
    text = SCHEME.read_text("utf-8")
    if any((one.scheme, one.text) == (made.get("scheme"), text) for one in entries.schemes.all()):
        entries.schemes.remove(SCHEME.stem)
    for number in {one.id for one in entries.audits.all()} & {*made.get("audits", [])}:
        entries.audits.delete(number)
    experiments.withdraw(entries.experiments, made.get("experiments", {}))
    entries.settings.set(SETTING, None)


def _dated(until: date) -> list[tuple[str, str, date, str]]:
    return [(sentence, measure, until + timedelta(days=days), owner) for sentence, measure, days, owner in GOALS]


def _goal_cells(goal: Goal) -> dict[str, Any]:
    return {**asdict(goal), "deadline": goal.deadline.isoformat() if goal.deadline else None}


def _enter_targets(entries: Entries, first: date) -> list[int]:
    """The numbers of the steps."""
    return [entries.change_targets([wish.target(first) for wish in TARGETS])]
