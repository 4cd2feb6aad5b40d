"""Catalogue + Query + sources → Statement (pure): what a question becomes in SQL."""

from kpi.compile.ahead import written_out
from kpi.compile.plan import KINDS, Plan, is_private, plan_query
from kpi.compile.resolve import Resolution, not_by, resolve
from kpi.compile.rows import Page, compile_rows, narrowed
from kpi.compile.scans import Scan
from kpi.compile.statement import Compiled, aggregates_statement, compile_query
from kpi.compile.waits import compile_waits
from kpi.compile.windows import (
    Calendar,
    Period,
    Window,
    add_months,
    aligned,
    calendar,
    earlier,
    elapsed,
    is_partial,
    last_year,
    outline,
    previous,
)

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
    "aggregates_statement",
    "aligned",
    "calendar",
    "compile_query",
    "compile_rows",
    "compile_waits",
    "earlier",
    "elapsed",
    "is_partial",
    "is_private",
    "last_year",
    "narrowed",
    "not_by",
    "outline",
    "plan_query",
    "previous",
    "resolve",
    "written_out",
]
