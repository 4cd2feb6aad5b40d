"""Query + Reader → Result: values with counts, comparisons, targets and status."""

from kpi.evaluate.aggregating import aggregates
from kpi.evaluate.answer import Aggregated
from kpi.evaluate.availability import Availability, availability, needs, why_not
from kpi.evaluate.behind import Behind, leaves_of, rows_behind
from kpi.evaluate.evaluation import evaluate

__all__ = [
    "Aggregated",
    "Availability",
    "Behind",
    "aggregates",
    "availability",
    "evaluate",
    "leaves_of",
    "needs",
    "rows_behind",
    "why_not",
]
