"""What stands out: signals of KPIs over their periods, seasons and members.

Invariant: every figure comes from the evaluator, within the Reader's scope; the running period never speaks, nor does
one that holds too few rows. How many are looked at at once is counted against (docs/signals.md).
"""

from kpi.watch.judged import STEPS, begun, by_length, course_of, fitting, has_moved, is_move, judged
from kpi.watch.natural import naturals
from kpi.watch.scan import Look, courses, scan, stories
from kpi.watch.series import Watched, seen, watched
from kpi.watch.signal import Signal

__all__ = [
    "STEPS", "Look", "Signal", "Watched", "begun", "by_length", "course_of", "courses", "fitting", "has_moved",
    "is_move", "judged", "naturals", "scan", "seen", "stories", "watched",
]  # fmt: skip
