"""The six steps, each a list of conditions (pure).

Sources: Parmenter, Key Performance Indicators (few, with an owner and a rhythm); Kaplan and Norton, The Balanced
Scorecard (no goal without a measure, balance over groups); Deming's circle (what is measured is reviewed).
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from kpi.audit.known import Known
from kpi.audit.model import Check, Step
from kpi.key import FEWEST, GROUPS, MOST

FRESH = timedelta(days=14)
"""Data older than this are history."""
MONTH, HALF_YEAR = timedelta(days=31), timedelta(days=183)


def steps(known: Known) -> tuple[Step, ...]:
    """The score, step by step."""
    return tuple(Step(id_, tuple(made(known))) for id_, made in _STEPS)


def _data(known: Known) -> list[Check]:
    facts = [r for r in known.relations.values() if r.live_filter and r.rows]
    until = [r.data_until for r in facts if r.data_until]
    visible = known.catalogue.visible()
    can = sum(kpi.id in known.computable for kpi in visible)
    areas = {kpi.area for kpi in visible if kpi.id in known.computable} & {*GROUPS}
    return [
        Check("something_loaded", bool(facts), str(len(facts))),
        Check("three_facts", len(facts) >= 3, str(len(facts))),
        Check("fresh", bool(until) and max(until) >= known.day - FRESH, max(until).isoformat() if until else ""),
        Check("four_areas", len(areas) == len(GROUPS), _of(len(areas), len(GROUPS))),
        Check("half_computable", 2 * can >= len(visible), _of(can, len(visible))),
    ]


def _kpis(known: Known) -> list[Check]:
    n, areas = len(known.chosen), {kpi.area for kpi in known.kpis} & {*GROUPS}
    can = sum(key.kpi in known.computable for key in known.chosen)
    served = {key.goal for key in known.chosen} & {goal.id for goal in known.goals}
    return [
        Check("goals", bool(known.goals), str(len(known.goals))),
        Check("key_kpis", FEWEST <= n <= MOST, str(n)),
        Check("key_computable", n > 0 and can == n, _of(can, n)),
        Check(
            "goals_served", bool(known.goals) and len(served) == len(known.goals), _of(len(served), len(known.goals))
        ),
        Check("balanced", len(areas) == len(GROUPS), _of(len(areas), len(GROUPS))),
    ]


def _targets(known: Known) -> list[Check]:
    n, aimed = len(known.chosen), known.aimed_at()
    with_target = sum(key.kpi in aimed for key in known.chosen)
    own = {t.kpi for t in known.targets.targets if t.undone is None and t.kind != "none"}
    mine = sum(key.kpi in own for key in known.chosen)
    scoped = [t for t in known.targets.targets if t.undone is None and t.kind != "none" and t.scope]
    judged = sum(key.status in ("good", "acceptable", "missed") for key in known.keys)
    return [
        Check("own_target", bool(own), str(len(own))),
        Check("key_targets", n > 0 and with_target == n, _of(with_target, n)),
        Check("own_half", n > 0 and 2 * mine >= n, _of(mine, n)),
        Check("judged", n > 0 and 2 * judged >= n, _of(judged, n)),
        Check("team_targets", bool(scoped), str(len(scoped))),
    ]


def _monitoring(known: Known) -> list[Check]:
    n = len(known.chosen)
    seen = sum(known.looked.get(key.kpi, known.day - 2 * MONTH) >= known.day - MONTH for key in known.chosen)
    lately = {(day.year, day.month) for day in known.loaded_on if day > known.day - 3 * MONTH}
    return [
        Check("looked_at", seen > 0, _of(seen, n)),
        Check("looked_at_half", n > 0 and 2 * seen >= n, _of(seen, n)),
        Check("loaded_monthly", len(lately) >= 3, _of(min(len(lately), 3), 3)),
        Check("marked", known.marks > 0, str(known.marks)),
    ]


def _motivation(known: Known) -> list[Check]:
    n, mine = len(known.people), known.people_with_targets()
    return [
        Check("personal_target", mine > 0, _of(mine, n)),
        Check("personal_half", n > 0 and 2 * mine >= n, _of(mine, n)),
        Check("bonus_scheme", known.schemes > 0, str(known.schemes)),
        Check("bonus_approved", known.approved > 0, str(known.approved)),
        Check("personal_links", known.links > 0, str(known.links)),
        Check("links_opened", known.links_opened > 0, _of(known.links_opened, known.links)),
    ]


def _review(known: Known) -> list[Check]:
    last = max(known.audits, default=None)
    changed = known.targets_changed
    return [
        Check("staff_asked", "staff" in known.asked, ""),
        Check("clients_asked", "client" in known.asked, ""),
        Check("targets_reviewed", changed is not None and changed >= known.day - HALF_YEAR,
              changed.isoformat() if changed else ""),
        Check("audited", last is not None, last.isoformat() if last else ""),
        Check("audited_again", len({*known.audits}) >= 2 and last is not None and last >= known.day - HALF_YEAR,
              str(len({*known.audits}))),
    ]  # fmt: skip


_STEPS: Sequence[tuple[str, Callable[[Known], list[Check]]]] = (
    ("data", _data), ("kpis", _kpis), ("targets", _targets), ("monitoring", _monitoring),
    ("motivation", _motivation), ("review", _review),
)  # fmt: skip


def _of(part: int, whole: int) -> str:
    return f"{part} / {whole}"
