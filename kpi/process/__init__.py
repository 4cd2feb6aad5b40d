"""What a process log tells: its map, its variants, its cases.

Invariant: start and complete rows of one activity are one execution; nothing is counted twice.
"""

from kpi.process.figures import Figures, figures
from kpi.process.flow import Activity, Edge, activities, edges
from kpi.process.log import NoLog, ProcessLog
from kpi.process.outline import Outline, Variant, outline, variants
from kpi.process.summary import Summary, summary

__all__ = [
    "Activity", "Edge", "Figures", "NoLog", "Outline", "ProcessLog", "Summary", "Variant", "activities", "edges",
    "figures", "outline", "summary", "variants",
]  # fmt: skip
