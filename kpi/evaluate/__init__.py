"""Query + Reader → Result: values with counts, comparisons, targets and status."""

from kpi.evaluate.availability import Availability, availability, needs
from kpi.evaluate.evaluation import evaluate

__all__ = ["Availability", "availability", "evaluate", "needs"]
