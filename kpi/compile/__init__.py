"""Catalogue + Query + sources → Statement (pure): what a question becomes in SQL."""

from kpi.compile.resolve import Resolution, not_by, resolve
from kpi.compile.statement import Compiled, compile_query, is_private
from kpi.compile.windows import Calendar, Period, calendar, elapsed, is_partial

__all__ = [
    "Calendar",
    "Compiled",
    "Period",
    "Resolution",
    "calendar",
    "compile_query",
    "elapsed",
    "is_partial",
    "is_private",
    "not_by",
    "resolve",
]
