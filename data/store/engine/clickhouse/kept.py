"""What means the same to DuckDB and ClickHouse as it stands, or is rewritten by a rule (pure).

Invariant: a list of what is known, not of what is forbidden: whatever the compiler learns to say is refused here until
somebody has tried it.
"""

from collections.abc import Iterable

from sqlglot import exp

from data.store.engine.contract import Unanswered

_KEPT: frozenset[type[exp.Expression]] = frozenset(
    {
        exp.Add, exp.Alias, exp.And, exp.Anonymous, exp.ArrayAgg, exp.ArrayContains, exp.Between, exp.Boolean,
        exp.CTE, exp.Case, exp.Cast, exp.Coalesce, exp.Column, exp.Count, exp.DataType, exp.DayOfWeekIso,
        exp.Distinct, exp.Div, exp.Dot, exp.EQ, exp.Explode, exp.Filter, exp.From, exp.GT, exp.GTE, exp.Group,
        exp.Grouping, exp.GroupingSets, exp.Identifier, exp.If, exp.In, exp.Is, exp.Join, exp.LT, exp.LTE,
        exp.Lambda, exp.Least, exp.Literal, exp.Max, exp.Median, exp.Min, exp.Mul, exp.NEQ, exp.Neg, exp.Not,
        exp.Null, exp.NullSafeEQ, exp.Nullif, exp.Or, exp.Order, exp.Ordered, exp.Paren, exp.Placeholder,
        exp.PropertyEQ, exp.Select, exp.Star, exp.Struct, exp.Sub, exp.Subquery, exp.Sum, exp.Table, exp.TableAlias,
        exp.TimestampTrunc, exp.ToDays, exp.Transform, exp.Tuple, exp.Union, exp.Var, exp.Where, exp.With,
    }
)  # fmt: skip
_FUNCTIONS = frozenset({"epoch_us", "list_median", "to_minutes", "to_months"})
"""Functions that sqlglot has no name for."""


def require_kept(nodes: Iterable[exp.Expression]) -> None:
    """`Unanswered` for the first that is not known."""
    for node in nodes:
        if type(node) not in _KEPT:
            raise Unanswered(type(node).__name__)
        if isinstance(node, exp.Anonymous) and node.name.lower() not in _FUNCTIONS:
            raise Unanswered(node.name.lower())
