"""What a definition says of one row: conditions and values → SQL with parameters.

Invariant: an empty cell is unknown; a part of which no row can be unknown says so, and is not counted apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from data.errors import ExpressionError
from data.expression import Binary, Call, IsNull, Name, Node, Params, children, names, to_sql
from data.message import say
from kpi.formula.arithmetic import OPERATORS

PARTIAL = frozenset({"any_of", "first_of"})
"""Words that use those of their arguments whose columns are loaded."""
ROW_WORDS = frozenset({"day", "now", "weekday"})
"""Names every relation has: its business date, the end of the KPI's data, the day of the week."""


@dataclass(frozen=True)
class Rows:
    """What a definition's row-level part needs to know of its relation."""

    column: Callable[[str], str]
    """Column name → SQL of the scan."""
    available: Callable[[str], bool]
    """Whether the relation has the column."""
    complete: Callable[[str], bool]
    """Whether no row of the relation lacks the column: what cannot be unknown is not counted apart."""
    now: datetime
    """End of the KPI's data, exclusive."""
    unit_key: str | None
    """SQL of the key that is counted once, where a key can have several rows; None: each row counts."""


@dataclass(frozen=True)
class Operand:
    """A row-level part of a definition."""

    sql: str
    """Its SQL."""
    may_be_empty: bool
    """Some row may leave it unknown."""


def columns_needed(node: Node, available: Callable[[str], bool]) -> tuple[frozenset[str], frozenset[str]]:
    """(columns used, columns missing) of a value definition; `any_of` and `first_of` need one argument only."""
    if isinstance(node, Call) and node.function in PARTIAL:
        present = _usable(node, available)
        used = frozenset().union(*(names(argument) for argument in present)) - ROW_WORDS
        return (used, frozenset()) if present else (frozenset(), names(node) - ROW_WORDS)
    if isinstance(node, Name):
        if node.name in ROW_WORDS:
            return frozenset(), frozenset()
        return frozenset({node.name}), frozenset() if available(node.name) else frozenset({node.name})
    needed = [columns_needed(child, available) for child in children(node)]
    return frozenset().union(*(n[0] for n in needed)), frozenset().union(*(n[1] for n in needed))


def _usable(call: Call, available: Callable[[str], bool]) -> tuple[Node, ...]:
    return tuple(a for a in call.arguments if all(n in ROW_WORDS or available(n) for n in names(a)))


def operand(node: Node, rows: Rows, params: Params) -> Operand:
    """A row-level part as SQL."""

    def column(name: str) -> str:
        return params.place(rows.now) if name == "now" else rows.column(name)

    def function(call: Call) -> str:
        if call.function in PARTIAL:
            known = [sql(argument) for argument in _usable(call, rows.available)]
            return f"({' or '.join(known)})" if call.function == "any_of" else f"coalesce({', '.join(known)})"
        template = _ROW_FUNCTIONS.get((call.function, len(call.arguments)))
        if template is None:
            raise ExpressionError(
                say("There is no function «{name}» with {n} values.", name=call.function, n=len(call.arguments))
            )
        return template.format(*(sql(argument) for argument in call.arguments))

    def sql(part: Node) -> str:
        return to_sql(part, column, params, function, OPERATORS)

    return Operand(sql(node), _may_be_empty(node, rows))


def _may_be_empty(node: Node, rows: Rows) -> bool:
    match node:
        case Name(name):
            return name not in ROW_WORDS and not rows.complete(name)
        case IsNull():
            return False
        case Binary("/", _, _):
            return True
        case Call(function, arguments) if function in ("coalesce", "first_of"):
            known = _usable(node, rows.available) if function == "first_of" else arguments
            return all(_may_be_empty(argument, rows) for argument in known)
        case Call("any_of", _):
            return any(_may_be_empty(argument, rows) for argument in _usable(node, rows.available))
    return any(_may_be_empty(child, rows) for child in children(node))


_ROW_FUNCTIONS: Mapping[tuple[str, int], str] = {
    ("hours", 2): "((epoch_us({1}::timestamp) - epoch_us({0}::timestamp)) / 3.6e9)",
    ("minutes", 2): "((epoch_us({1}::timestamp) - epoch_us({0}::timestamp)) / 6e7)",
    ("days", 2): "((epoch_us({1}::timestamp) - epoch_us({0}::timestamp)) / 8.64e10)",
    ("add_days", 2): "({0}::timestamp + to_days(({1})::integer))",
    ("add_minutes", 2): "({0}::timestamp + to_minutes(({1})::bigint))",
    ("is_null", 1): "({0} is null)",
    ("coalesce", 2): "coalesce({0}, {1})",
    ("coalesce", 3): "coalesce({0}, {1}, {2})",
    ("lower", 1): "lower({0})",
    ("date", 1): "cast({0} as date)",
}
"""(function, number of values) → SQL of what can be said of one row."""
