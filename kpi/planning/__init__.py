"""What targets come to in a period: numbers by the month, plans, sums with a pace, rules."""

from kpi.planning.resolve import Timeline, in_force
from kpi.planning.rule import Rule, rule_from_json, rule_to_json
from kpi.planning.spread import DAYS_A_MONTH, months, scaled

__all__ = ["DAYS_A_MONTH", "Rule", "Timeline", "in_force", "months", "rule_from_json", "rule_to_json", "scaled"]
