"""From a simplified map to what its chart shows.

Invariant: every figure is the log's; the commonest way is marked where all of its moves are shown, move by move.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kpi.charts.process_map import Emphasis, MapMove, MapStep
from kpi.language import NOTHING, Language
from kpi.process.flow import Activity, Edge
from kpi.process.log import ProcessLog
from kpi.process.simplify import BEGIN, END, Move, Shown
from kpi.process.words import duration

SLOW = 3
"""Moves that stand out as slow."""
SLOW_HOURS = 0.25
"""Shorter waits are nothing to stand out with."""


@dataclass(frozen=True)
class Flow:
    """A log's map, whole."""

    steps: tuple[Activity, ...]
    """Activities, the commonest first."""
    moves: tuple[Edge, ...]
    """What follows what, the commonest first."""
    order: Mapping[str, float]
    """Activity → how early in a case it comes: the median of its places, 0…1."""
    path: tuple[str, ...]
    """The commonest way."""


@dataclass(frozen=True)
class Look:
    """How a map is looked at."""

    by_time: bool
    """Widths tell waiting, not frequency."""
    superfluous: frozenset[str]
    """Activities that add nothing."""
    working: bool = False
    """Hours are those of a working calendar."""
    changes: Mapping[Move, tuple[str, bool]] = field(default_factory=dict)
    """Moves whose wait is another in a second group of cases → by how much, and whether it is longer there."""


def order_of(log: ProcessLog) -> Mapping[str, float]:
    """Activity → the median of its relative places in the cases."""
    rows = log.ask(
        """select activity, median((place - 1) / greatest(n - 1, 1)) as place from (
          select activity, place, count(*) over (partition by case_id) as n from executions) group by activity"""
    )
    return dict(zip(rows["activity"], rows["place"].astype(float), strict=True))


def drawn(flow: Flow, shown: Shown, look: Look, language: Language) -> tuple[list[MapStep], list[MapMove]]:
    """The boxes and arrows, the beginning first and the end last."""
    names = [BEGIN, *shown.steps, END]
    place = {name: n for n, name in enumerate(names)}
    on_path = {*pairwise((BEGIN, *flow.path, END))}
    steps = [_step(flow, name, look, language) for name in names]
    waits = {(one.before, one.after): one for one in flow.moves}
    slow = _slowest(shown, waits) if look.by_time else frozenset()
    often = _shares({move: float(count) for move, count in shown.moves.items()})
    wide = often
    if look.by_time:
        wide = _shares({move: waits[move].median_hours if move in waits else 0.0 for move in shown.moves})
    moves = [
        replace(
            _move(count, waits.get(move), look.changes.get(move), _emphasis(move, on_path, slow, look), look, language),
            before=place[move[0]], after=place[move[1]], often=often[move], weight=wide[move],
        )
        for move, count in shown.moves.items()
    ]  # fmt: skip
    return steps, moves


def _emphasis(move: Move, on_path: set[Move], slow: frozenset[Move], look: Look) -> Emphasis:
    if move in look.changes:
        return "slow" if look.changes[move][1] else "fast"
    if move in slow:
        return "slow"
    return "path" if move in on_path else ""


def _slowest(shown: Shown, waits: Mapping[Move, Edge]) -> frozenset[Move]:
    """The moves at which most time is lost: how often × how long."""
    ranked = sorted(shown.between, key=lambda move: -waits[move].count * waits[move].median_hours)
    return frozenset(move for move in ranked[:SLOW] if waits[move].median_hours > SLOW_HOURS)


def _shares(values: Mapping[Move, float]) -> dict[Move, float]:
    """0…1 of each: its part of the greatest."""
    most = max(values.values(), default=0.0) or 1.0
    return {move: value / most for move, value in values.items()}


def _step(flow: Flow, name: str, look: Look, language: Language) -> MapStep:
    t = language.t
    if name in (BEGIN, END):
        return MapStep(t("beginning") if name == BEGIN else t("end"), "", 0.0 if name == BEGIN else 2.0, is_end=True)
    step = next(one for one in flow.steps if one.name == name)
    works = step.median_hours == step.median_hours
    often, works_for = language.number(step.count), duration(step.median_hours, language, look.working)
    return MapStep(
        name, f"{often} · {works_for}" if works else often, flow.order.get(name, 0.5), on_path=name in flow.path,
        note=t("superfluous") if name in look.superfluous else "",
        told=(often, language.number(step.cases), works_for),
    )  # fmt: skip


def _move(
    count: int, edge: Edge | None, changed: tuple[str, bool] | None, emphasis: Emphasis, look: Look, language: Language
) -> MapMove:
    often = language.number(count)
    if edge is None:
        label = "" if look.by_time else often
        return MapMove(0, 0, 0.0, 0.0, label, label, emphasis, (often, often, NOTHING))
    wait = duration(edge.median_hours, language, look.working)
    told, slow = (often, language.number(edge.cases), wait), "▲ " if emphasis == "slow" else ""
    if changed is not None:
        text = ("▲ " if changed[1] else "● ") + changed[0]
        return MapMove(0, 0, 0.0, 0.0, text, text, emphasis, told)
    label, short = (slow + wait, slow + wait) if look.by_time else (f"{often} · {wait}", often)
    return MapMove(0, 0, 0.0, 0.0, label, short, emphasis, told)


def superfluous_of(log: ProcessLog, marked: Sequence[str]) -> frozenset[str]:
    """Activities people marked, and those all of whose executions the log itself calls superfluous."""
    if "is_superfluous" not in log.reader.sources()[log.source].relation.own:
        return frozenset(marked)
    own = log.ask("select activity from executions group by activity having bool_and(is_superfluous)")
    return frozenset({*marked, *own["activity"]})
