"""Whether a target can be reached, and which one would be worth trying."""

from kpi.attainability.reach import Attainability, Reach, Suggestion, attainability, of_whom, suggest
from kpi.attainability.running import chance, months

__all__ = ["Attainability", "Reach", "Suggestion", "attainability", "chance", "months", "of_whom", "suggest"]
