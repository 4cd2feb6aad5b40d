"""Why a KPI changed: what each member of every dimension did, and what each part of its formula did."""

from kpi.why.explain import explain, is_quiet, is_thin
from kpi.why.model import Asked, Breakdown, Contribution, Driver, Pair, Why

__all__ = ["Asked", "Breakdown", "Contribution", "Driver", "Pair", "Why", "explain", "is_quiet", "is_thin"]
