"""Query + Reader → Result: values with counts, comparisons, targets and status."""

from kpi.evaluate.availability import Availability, availability, needs
from kpi.evaluate.behind import Behind, leaves_of, rows_behind
from kpi.evaluate.evaluation import evaluate

__all__ = ["Availability", "Behind", "availability", "evaluate", "leaves_of", "needs", "rows_behind"]
