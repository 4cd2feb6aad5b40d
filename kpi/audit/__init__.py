"""Where a business stands with controlling KPIs: step by step, what hinders, which goals nothing measures; kept by day.

Invariant: every point of the score is a condition anybody can check for themselves, named with its figure: no judgement
is hidden in a number.
"""

from kpi.audit.comparing import Comparison, compared
from kpi.audit.gathering import gathered, with_keys
from kpi.audit.model import Audit, Check, Key, Pain, Step
from kpi.audit.snapshot import audit_of, body_of

__all__ = [
    "Audit",
    "Check",
    "Comparison",
    "Key",
    "Pain",
    "Step",
    "audit_of",
    "body_of",
    "compared",
    "gathered",
    "with_keys",
]
