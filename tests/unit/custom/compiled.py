"""A definition as the SQL of its aggregates."""

from datetime import datetime

from data.expression import Params
from kpi.formula import Aggregates, Rows, arithmetic_sql, measure, parsed
from kpi.model import Kpi


def sql_of(kpi: Kpi, params: Params) -> str:
    """The aggregates and the arithmetic of a value definition, every column known and none complete."""
    aggregates = Aggregates("a")
    rows = Rows(lambda name: f'"{name}"', lambda _: True, lambda _: False, datetime(2026, 11, 1), None)
    made = measure(parsed(kpi.definition), rows, aggregates, params)
    return "\n".join([*(one.sql for one in aggregates.columns), arithmetic_sql(made.value, params)])
