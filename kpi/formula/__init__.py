"""KPI definitions: the words of measuring → aggregates with SQL parts, and the arithmetic between them."""

from kpi.formula.aggregates import Aggregate, Aggregates, Function, Measure
from kpi.formula.arithmetic import KNOWN_TOTAL, OR_ZERO, arithmetic_sql, computed, is_arithmetic, replaced
from kpi.formula.rows import PARTIAL, ROW_WORDS, Rows, columns_needed
from kpi.formula.words import (
    AGGREGATES,
    SURVIVAL,
    formula,
    is_limited_to,
    measure,
    parsed,
    parts,
    row_conditions,
    waits,
)

__all__ = [
    "AGGREGATES",
    "KNOWN_TOTAL",
    "OR_ZERO",
    "PARTIAL",
    "ROW_WORDS",
    "SURVIVAL",
    "Aggregate",
    "Aggregates",
    "Function",
    "Measure",
    "Rows",
    "arithmetic_sql",
    "columns_needed",
    "computed",
    "formula",
    "is_arithmetic",
    "is_limited_to",
    "measure",
    "parsed",
    "parts",
    "replaced",
    "row_conditions",
    "waits",
]
