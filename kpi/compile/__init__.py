"""Catalogue + Query + sources → Statement (pure): what a question becomes in SQL."""

from kpi.compile.plan import KINDS, Plan, is_private
from kpi.compile.resolve import Resolution, not_by, resolve
from kpi.compile.rows import Page, compile_rows, narrowed
from kpi.compile.scans import Scan
from kpi.compile.statement import Compiled, compile_query
from kpi.compile.windows import Calendar, Period, Window, add_months, calendar, elapsed, is_partial

__all__ = [
    "KINDS",
    "Calendar",
    "Compiled",
    "Page",
    "Plan",
    "Period",
    "Resolution",
    "Scan",
    "Window",
    "add_months",
    "calendar",
    "compile_query",
    "compile_rows",
    "elapsed",
    "is_partial",
    "is_private",
    "narrowed",
    "not_by",
    "resolve",
]
