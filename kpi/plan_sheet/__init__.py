"""A plan in a spreadsheet: which number for which KPI, period and scope, and what was not understood."""

from kpi.plan_sheet.reading import PlanCell, PlanSheet, Problem, read_plan

__all__ = ["PlanCell", "PlanSheet", "Problem", "read_plan"]
