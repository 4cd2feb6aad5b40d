"""Experiments: two arms, one KPI that decides, a verdict that may be looked at every day, in roubles.

Invariant: numbers in, codes out; a sentence is made in `words` alone.
"""

from kpi.experiment.asking import Asking, NotTold
from kpi.experiment.study import Study, planned, studied

__all__ = ["Asking", "NotTold", "Study", "planned", "studied"]
