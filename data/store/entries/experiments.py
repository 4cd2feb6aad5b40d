"""The journal of experiments: every version of each, who entered it and when.

Invariant: a version is never changed or deleted. What an experiment is judged by (KPI, guards, arms, start, thresholds)
stays as it is from its first day on, so that nobody moves the goal once the data are seen.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from data.errors import UnknownName, UserError
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database
from data.store.entries.experiment_design import LONGEST_TEXT, Design, body_of, design_of, sound
from data.store.entries.target_log import THIS_COMPUTER

Action = Literal["create", "change", "decide", "stop", "reopen", "note", "remove"]
State = Literal["planned", "running", "decided", "stopped"]
Choice = Literal["a", "b", "none"]
CHOICES: tuple[Choice, ...] = ("a", "b", "none")
"""What can be decided: for A, for B, that there is no difference that matters."""
_FREE = ("title", "hypothesis", "a_is", "b_is", "end", "worth")
"""What may still be changed while it runs."""


@dataclass(frozen=True)
class Version:
    """One entry of an experiment's history."""

    number: int
    """Number of the entry in the journal."""
    experiment: int
    """Number of the experiment."""
    action: Action
    """What was done."""
    decided: Choice | None
    """What is decided since; None: nothing."""
    is_stopped: bool
    """It was given up, undecided."""
    who: str
    """By whom."""
    note: str
    """What was learned, in words, as of this version."""
    design: Design
    """The experiment as of this version."""
    at: datetime
    """When."""


@dataclass(frozen=True)
class Experiment:
    """An experiment as it stands."""

    id: int
    """Its number."""
    design: Design
    """What it is."""
    decided: Choice | None
    """What was decided; None: nothing yet."""
    is_stopped: bool
    """It was given up, undecided."""
    who: str
    """Who decided or stopped it, else who entered it last."""
    note: str
    """What was learned."""
    closed_on: date | None
    """The day it was decided or stopped."""
    history: tuple[Version, ...]
    """Every version, the first first."""

    @property
    def planned_days(self) -> int:
        """Days it was planned for when it began: moving its end later changes nothing of how it is judged."""
        begun = [one for one in self.history if one.at.date() <= self.design.start]
        return (begun[-1] if begun else self.history[0]).design.days

    def state(self, today: date) -> State:
        """Where it stands on a day."""
        if self.decided is not None:
            return "decided"
        if self.is_stopped:
            return "stopped"
        return "planned" if today < self.design.start else "running"


class Experiments:
    """Experiments of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[Experiment, ...]:
        """Those that stand, the latest start first."""
        grouped: dict[int, list[Version]] = {}
        for version in self._versions():
            grouped.setdefault(version.experiment, []).append(version)
        found = [_experiment(versions) for versions in grouped.values() if versions[-1].action != "remove"]
        return tuple(sorted(found, key=lambda one: (one.design.start, one.id), reverse=True))

    def get(self, number: int) -> Experiment:
        """The experiment of that number; `UnknownName` if there is none."""
        found = next((one for one in self.all() if one.id == number), None)
        if found is None:
            raise UnknownName(say("There is no experiment {number}.", number=number))
        return found

    def add(self, design: Design, who: str = "", at: datetime | None = None) -> int:
        """Enter an experiment; its number. `UserError` where it cannot be carried out.

        `at`: when it was entered, of one that was kept elsewhere until now.
        """
        return self._append(0, "create", sound(design), who, at=at)

    def change(self, number: int, design: Design, who: str = "") -> None:
        """Plan it otherwise. `UserError` for what stays once it runs, and for one that is over."""
        now = self.get(number)
        state = now.state(self._clock().date())
        if state not in ("planned", "running"):
            raise UserError(say("Experiment {number} is over: it stays as it was.", number=number))
        kept = replace(design, **{name: getattr(now.design, name) for name in _FREE})
        if state == "running" and kept != now.design:
            raise UserError(
                say("Experiment {number} is running: what it is judged by stays.", number=number),
                say("Stop it and plan another, or change its title, hypothesis, last day or worth."),
            )
        if design != now.design:
            self._append(number, "change", sound(design), who, now)

    def decide(self, number: int, choice: Choice, who: str, note: str = "", at: datetime | None = None) -> None:
        """Close it with a verdict, by a person, with what was learned; `at` as in `add`."""
        now = self._open(number)
        if choice not in CHOICES:
            raise UserError(say("Decide for a, b or none, not for «{choice}».", choice=choice))
        if self._clock().date() < now.design.start:
            raise UserError(say("Experiment {number} has not begun.", number=number))
        then = replace(now, decided=choice, note=_text(note) or now.note)
        self._append(number, "decide", now.design, who, then, at)

    def stop(self, number: int, who: str = "", note: str = "") -> None:
        """Give it up, undecided."""
        now = self._open(number)
        self._append(number, "stop", now.design, who, replace(now, is_stopped=True, note=_text(note) or now.note))

    def reopen(self, number: int, who: str = "") -> None:
        """Take a decision or a stop back."""
        now = self.get(number)
        if now.decided is not None or now.is_stopped:
            self._append(number, "reopen", now.design, who, replace(now, decided=None, is_stopped=False))

    def learn(self, number: int, note: str, who: str = "") -> None:
        """Write down what was learned."""
        now = self.get(number)
        if _text(note) != now.note:
            self._append(number, "note", now.design, who, replace(now, note=_text(note)))

    def remove(self, number: int, who: str = "") -> None:
        """Take it out of the journal; its history stays in the file."""
        now = self.get(number)
        self._append(number, "remove", now.design, who, now)

    def _open(self, number: int) -> Experiment:
        now = self.get(number)
        if now.decided is not None or now.is_stopped:
            raise UserError(say("Experiment {number} is over: it stays as it was.", number=number))
        return now

    def _append(
        self, number: int, action: Action, design: Design, who: str, now: Experiment | None = None,
        at: datetime | None = None,
    ) -> int:  # fmt: skip
        state = "stopped" if now is not None and now.is_stopped else (now.decided or "open") if now else "open"
        moment = (at or self._clock()).isoformat(timespec="seconds")
        text = json.dumps(body_of(design), ensure_ascii=False, allow_nan=False)
        rest = (action, state, " ".join(who.split()) or THIS_COMPUTER, now.note if now else "", text, moment)
        with self._database.change("experiments") as connection:
            known = connection.execute("select coalesce(max(experiment), 0) + 1 from experiment_log").fetchone()[0]
            connection.execute(
                "insert into experiment_log (experiment, action, state, who, note, body, entered_at)"
                " values (?, ?, ?, ?, ?, ?, ?)",
                (number or known, *rest),
            )
            return int(number or known)

    def _versions(self) -> Sequence[Version]:
        columns = "version, experiment, action, state, who, note, body, entered_at"
        return [
            Version(
                number, experiment, action, state if state in CHOICES else None, state == "stopped", who, note,
                design_of(json.loads(body)), datetime.fromisoformat(at),
            )
            for number, experiment, action, state, who, note, body, at in self._database.rows(
                f"select {columns} from experiment_log order by version"
            )
        ]  # fmt: skip


def _text(note: str) -> str:
    return note.strip()[:LONGEST_TEXT]


def _experiment(versions: Sequence[Version]) -> Experiment:
    last = versions[-1]
    closing = [one for one in versions if one.action in ("decide", "stop")]
    is_closed = last.decided is not None or last.is_stopped
    who = closing[-1].who if is_closed else last.who
    day = closing[-1].at.date() if is_closed else None
    return Experiment(last.experiment, last.design, last.decided, last.is_stopped, who, last.note, day, tuple(versions))
