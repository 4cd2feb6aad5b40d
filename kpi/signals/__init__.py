"""Telling a change from what a KPI does by itself: natural limits, run rules, seasons, members that stand apart.

Invariant: numbers in, numbers and codes out; no question is asked and no word is said here. Formulas and sources:
docs/signals.md.
"""

from kpi.signals.apart import Apart, apart
from kpi.signals.course import Course, Reading, course
from kpi.signals.limits import FEWEST, Limits, is_change, natural_limits
from kpi.signals.rules import RULES, Rule
from kpi.signals.seasons import Season, season
from kpi.signals.state import Assurance, Shift, State, assurance, shift, state

__all__ = [
    "FEWEST", "RULES", "Apart", "Assurance", "Course", "Limits", "Reading", "Rule", "Season", "Shift", "State", "apart",
    "assurance", "course", "is_change", "natural_limits", "season", "shift", "state",
]  # fmt: skip
