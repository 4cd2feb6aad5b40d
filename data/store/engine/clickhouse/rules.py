"""What DuckDB says otherwise than ClickHouse, a rule for each kind of node (pure).

Invariant: a rule gives a node of the same meaning, whatever the data: nothing unknown becomes known, no decimal place
is lost, nothing is counted that was not counted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from data.store.engine.clickhouse.aggregating import distinct_median, filtered, plain
from data.store.engine.clickhouse.places import elements
from data.store.engine.contract import Unanswered

MOMENT = "Nullable(DateTime64(6, 'UTC'))"
"""A timestamp without zone: all are read and written as if of one."""
_CAST = {
    exp.DType.VARCHAR: "Nullable(String)",
    exp.DType.TEXT: "Nullable(String)",
    exp.DType.DOUBLE: "Nullable(Float64)",
    exp.DType.DATE: "Nullable(Date32)",
    exp.DType.TIMESTAMP: MOMENT,
    exp.DType.TIMESTAMPNTZ: MOMENT,
}
_WHOLE = {exp.DType.INT, exp.DType.BIGINT}


@dataclass
class Context:
    """What a translation knows and finds."""

    kinds: Mapping[str, str]
    """Place → type."""
    named: frozenset[str]
    """Names of the parts the statement itself defines."""
    tables: set[str] = field(default_factory=set)
    """Tables it reads."""
    as_text: set[str] = field(default_factory=set)
    """Columns whose text is wanted."""


Rule = Callable[[exp.Expression, Context], exp.Expression]


def call(name: str, *arguments: exp.Expression) -> exp.Expression:
    """A call of a function of ClickHouse."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def of_type(node: exp.Expression, kind: str) -> exp.Expression:
    """A cast to a type of ClickHouse."""
    return call("CAST", node, exp.Literal.string(kind))


def _select(node: exp.Expression, _context: Context) -> exp.Expression:
    """Parallel `unnest` of arrays are rows of a tuple; a column chosen as `k.name` is called `name` outside."""
    listed = node.expressions
    if any(isinstance(chosen.unalias(), exp.Explode) for chosen in listed):
        return _rows_of_arrays(listed)
    for chosen in listed:
        if isinstance(chosen, exp.Column) and chosen.table and not isinstance(chosen.this, exp.Star):
            chosen.replace(exp.alias_(chosen.copy(), chosen.name, quoted=True))
    if isinstance(node, exp.Select):
        _cross(node)
    return node


def _rows_of_arrays(listed: list[exp.Expression]) -> exp.Expression:
    if not all(isinstance(chosen, exp.Alias) and isinstance(chosen.this, exp.Explode) for chosen in listed):
        raise Unanswered("unnest beside something else")
    rows = call("arrayJoin", call("arrayZip", *(chosen.this.this for chosen in listed)))
    inner = exp.Select(expressions=[exp.alias_(rows, "row_")]).subquery()
    cells = [
        exp.alias_(call("tupleElement", exp.column("row_"), exp.Literal.number(place)), chosen.alias)
        for place, chosen in enumerate(listed, 1)
    ]
    return exp.Select(expressions=cells).from_(inner)


def _cross(select: exp.Select) -> None:
    """An inner join without an equality is all pairs, filtered."""
    for join in select.args.get("joins") or []:
        condition = join.args.get("on")
        if condition is None or join.side:
            continue
        if not any(isinstance(part, exp.EQ | exp.NullSafeEQ) for part in condition.flatten()):
            join.set("on", None)
            join.set("kind", "cross")
            select.where(condition, copy=False)


def _table(node: exp.Expression, context: Context) -> exp.Expression:
    if node.name in context.named:
        return node
    context.tables.add(node.name)
    place = exp.Placeholder(this=f"t_{node.name}", kind=exp.Var(this="Identifier"))
    return exp.Table(this=place, alias=node.args.get("alias"))


def _place(node: exp.Expression, context: Context) -> exp.Expression:
    kind = context.kinds.get(node.name)
    if kind in (None, "list", "unknown"):
        return node  # the cast around it tells
    return exp.Placeholder(this=node.name, kind=exp.Var(this=kind))


def _cast(node: exp.Expression, context: Context) -> exp.Expression:
    inner, kind = node.this.unnest(), node.args["to"]
    if kind.this == exp.DType.ARRAY:
        return _array_place(inner, kind, context)
    if kind.this in _WHOLE:
        if not _is_whole(inner):
            raise Unanswered("a number that is rounded")
        return of_type(node.this, "Nullable(Int64)")
    if kind.this not in _CAST:
        raise Unanswered(f"a cast to {kind.this.value}")
    wanted = _CAST[kind.this]
    if isinstance(inner, exp.Placeholder) and not inner.args.get("kind"):
        return exp.Placeholder(this=inner.name, kind=exp.Var(this=wanted))
    if wanted == "Nullable(String)" and not isinstance(inner, exp.Null | exp.DayOfWeekIso):
        context.as_text |= {column.name for column in inner.find_all(exp.Column)}
        if not isinstance(inner, exp.Column | exp.Coalesce | exp.Anonymous):
            raise Unanswered("the text of something computed")
    return of_type(node.this, wanted)


def _is_whole(node: exp.Expression) -> bool:
    if isinstance(node, exp.Neg | exp.Paren):
        return _is_whole(node.this)
    is_place = isinstance(node, exp.Placeholder) and node.args.get("kind") is not None
    return (is_place and node.args["kind"].name == "Int64") or (isinstance(node, exp.Literal) and node.is_int)


def _array_place(node: exp.Expression, kind: exp.Expression, context: Context) -> exp.Expression:
    if not isinstance(node, exp.Placeholder) or context.kinds.get(node.name) != "list":
        raise Unanswered("an array that is no parameter")
    name = {exp.DType.INT: "integer", exp.DType.BIGINT: "bigint"}.get(kind.expressions[0].this)
    return exp.Placeholder(this=node.name, kind=exp.Var(this=elements(name or kind.expressions[0].this.value.lower())))


def _divided(node: exp.Expression, _context: Context) -> exp.Expression:
    """As doubles: ClickHouse keeps a decimal's places in a quotient."""
    return call("divide", *(of_type(side, "Nullable(Float64)") for side in (node.this, node.expression)))


def _is(node: exp.Expression, _context: Context) -> exp.Expression:
    """`is true`, `is false` of what may be unknown."""
    if isinstance(node.expression, exp.Null):
        return node
    if not isinstance(node.expression, exp.Boolean):
        raise Unanswered("is")
    this = exp.paren(node.this, copy=False)
    known = this if node.expression.this else exp.Not(this=this)
    return exp.paren(call("ifNull", exp.paren(known, copy=False), exp.false()), copy=False)


def _truncated(node: exp.Expression, _context: Context) -> exp.Expression:
    unit = node.args["unit"].name.lower()
    if unit not in ("day", "week", "month", "quarter", "year"):
        raise Unanswered(f"a day cut to {unit}")
    return call("dateTrunc", exp.Literal.string(unit), of_type(node.this, "Nullable(Date32)"))


_NAMES = {"epoch_us": "toUnixTimestamp64Micro", "to_minutes": "toIntervalMinute", "to_months": "toIntervalMonth"}


def _named(node: exp.Expression, _context: Context) -> exp.Expression:
    name = node.name.lower()
    if name == "list_median":
        return distinct_median(node)
    return call(_NAMES[name], *node.expressions) if name in _NAMES else node


def _days(node: exp.Expression, _context: Context) -> exp.Expression:
    return call("toIntervalDay", node.this)


def _has(node: exp.Expression, _context: Context) -> exp.Expression:
    return call("has", node.this, node.expression)


def _filter(node: exp.Expression, _context: Context) -> exp.Expression:
    return filtered(node)


def _aggregate(node: exp.Expression, _context: Context) -> exp.Expression:
    return node if isinstance(node.parent, exp.Filter) else plain(node)


RULES: Mapping[type[exp.Expression], Rule] = {
    exp.Select: _select,
    exp.Table: _table,
    exp.Placeholder: _place,
    exp.Cast: _cast,
    exp.Div: _divided,
    exp.Is: _is,
    exp.TimestampTrunc: _truncated,
    exp.Anonymous: _named,
    exp.ToDays: _days,
    exp.ArrayContains: _has,
    exp.Filter: _filter,
    **dict.fromkeys((exp.Count, exp.Sum, exp.Min, exp.Max, exp.Median), _aggregate),
}
"""Kind of node → its rule; nodes within it have been rewritten before."""
