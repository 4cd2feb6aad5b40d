"""KPI definitions: the words of measuring → aggregates with SQL parts, and the arithmetic between them."""

from kpi.formula.aggregates import Aggregate, Aggregates, Measure
from kpi.formula.arithmetic import arithmetic_sql, computed, is_arithmetic
from kpi.formula.rows import PARTIAL, ROW_WORDS, Rows, columns_needed
from kpi.formula.words import AGGREGATES, formula, measure, parsed, parts, row_conditions

__all__ = [
    "AGGREGATES",
    "PARTIAL",
    "ROW_WORDS",
    "Aggregate",
    "Aggregates",
    "Measure",
    "Rows",
    "arithmetic_sql",
    "columns_needed",
    "computed",
    "formula",
    "is_arithmetic",
    "measure",
    "parsed",
    "parts",
    "row_conditions",
]
