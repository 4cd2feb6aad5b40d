"""Aggregates of DuckDB in ClickHouse's words (pure).

Invariant: of no row a count is 0 and everything else unknown; a median is exact, between the two middle values.
"""

from sqlglot import exp

from data.store.engine.contract import Unanswered

_MEDIAN = "quantileExactInclusive"
_NAMES: dict[type[exp.Expression], str] = {exp.Sum: "sum", exp.Min: "min", exp.Max: "max"}


def plain(node: exp.Expression) -> exp.Expression:
    """An aggregate of all rows of a group."""
    return _aggregate(node, None)


def filtered(node: exp.Expression) -> exp.Expression:
    """An aggregate `filter (where …)`."""
    if isinstance(node.this, exp.ArrayAgg):
        return node  # `distinct_median` reads it
    return _aggregate(node.this, node.expression.this)


def distinct_median(node: exp.Expression) -> exp.Expression:
    """`list_median(list_transform(list(distinct {'key': k, 'value': v}) filter (where c), unit -> unit.value))`."""
    transform = node.expressions[0]
    aggregated = transform.this if isinstance(transform, exp.Transform) else None
    condition = aggregated.expression.this if isinstance(aggregated, exp.Filter) else None
    listed = aggregated.this if isinstance(aggregated, exp.Filter) else aggregated
    once = listed.this if isinstance(listed, exp.ArrayAgg) else None
    unit = once.expressions[0] if isinstance(once, exp.Distinct) else None
    if not isinstance(unit, exp.Struct) or [part.name for part in unit.expressions] != ["key", "value"]:
        raise Unanswered("list_median")
    cells = exp.Anonymous(this="tuple", expressions=[part.expression for part in unit.expressions])
    arguments = [cells] if condition is None else [cells, condition]
    units = exp.Anonymous(this=f"groupUniqArray{'' if condition is None else 'If'}", expressions=arguments)
    values = exp.Anonymous(this="tupleElement", expressions=[units, exp.Literal.number(2)])
    return exp.Anonymous(this="arrayReduce", expressions=[exp.Literal.string(f"{_MEDIAN}OrNull(0.5)"), values])


def _aggregate(node: exp.Expression, condition: exp.Expression | None) -> exp.Expression:
    ending = "" if condition is None else "If"
    last = [] if condition is None else [condition]
    if isinstance(node, exp.Count):
        return _count(node.this, ending, last)
    if isinstance(node, exp.Median):
        return exp.ParameterizedAgg(
            this=f"{_MEDIAN}OrNull{ending}", expressions=[exp.Literal.number("0.5")], params=[node.this, *last]
        )
    if type(node) not in _NAMES or isinstance(node.this, exp.Distinct):
        raise Unanswered(type(node).__name__)
    return exp.Anonymous(this=f"{_NAMES[type(node)]}OrNull{ending}", expressions=[node.this, *last])


def _count(counted: exp.Expression, ending: str, last: list[exp.Expression]) -> exp.Expression:
    if isinstance(counted, exp.Distinct):
        return exp.Anonymous(this=f"uniqExact{ending}", expressions=[*counted.expressions, *last])
    if not isinstance(counted, exp.Star):
        raise Unanswered("a count of cells")
    return exp.Anonymous(this=f"count{ending}", expressions=last)
