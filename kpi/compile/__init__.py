"""Catalogue + Query + sources → Statement (pure): what a question becomes in SQL."""

from kpi.compile.resolve import Resolution, not_by, resolve
from kpi.compile.rows import Page, compile_rows, narrowed
from kpi.compile.statement import Compiled, compile_query, is_private
from kpi.compile.windows import Calendar, Period, calendar, elapsed, is_partial

__all__ = [
    "Calendar",
    "Compiled",
    "Page",
    "Period",
    "Resolution",
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
