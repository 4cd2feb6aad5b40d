"""KPI definitions, built-in and custom: the words of measuring → SQL with parameters.

Invariant: a `value` becomes arithmetic over aggregates of one relation, each with a FILTER, so that any number of KPIs
share one scan. An empty cell is unknown: it leaves numerator and denominator, and the count of what was usable is
kept beside the value. A division by nothing gives NULL.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from data.errors import ExpressionError
from data.expression import Binary, Call, IsNull, Name, Node, Params, children, names, parse, to_sql
from data.message import say

AGGREGATES = frozenset(
    {"share", "count", "count_distinct", "total", "average", "median", "minimum", "maximum", "ratio"}
)
"""Words that turn rows into a number."""
PARTIAL = frozenset({"any_of", "first_of"})
"""Words that use those of their arguments whose columns are loaded."""
ROW_WORDS = frozenset({"day", "now", "weekday"})
"""Names every relation has: its business date, the end of the KPI's data, the day of the week."""


@dataclass
class Aggregates:
    """The aggregate columns of one scan; equal ones are computed once."""

    prefix: str
    """First letters of the columns' names."""
    columns: dict[str, str] = field(default_factory=dict)
    """SQL of the aggregate → column name."""
    zero: set[str] = field(default_factory=set)
    """Columns that are 0 where a loaded period has no rows (counts and sums)."""

    def place(self, sql: str, *, zero: bool) -> str:
        """The column that holds this aggregate."""
        column = self.columns.setdefault(sql, f"{self.prefix}{len(self.columns)}")
        if zero:
            self.zero.add(column)
        return column


@dataclass(frozen=True)
class Measure:
    """One value definition over the aggregate columns of its scan."""

    value: str
    """SQL of the value."""
    rows: str
    """Column: rows the definition selects."""
    used: str
    """Column: those of them whose cells are known."""
    eligible: str
    """Column: rows selected, or not known whether."""


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


@lru_cache(maxsize=1024)
def parsed(definition: str) -> Node:
    """The tree of a definition."""
    return parse(definition)


def parts(node: Node) -> tuple[str, ...]:
    """KPI ids a formula is made of, in the order they are written."""
    found: list[str] = []

    def visit(part: Node) -> None:
        if isinstance(part, Name) and part.name != "period_days" and part.name not in found:
            found.append(part.name)
        for child in children(part):
            visit(child)

    visit(node)
    return tuple(found)


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


def measure(node: Node, rows: Rows, aggregates: Aggregates, params: Params) -> Measure:
    """The value, and the counts behind it, of a definition over one relation."""
    words = _Words(rows, aggregates, params)
    value = to_sql(node, _no_bare_column, params, words.aggregate)
    if not words.counts:
        raise ExpressionError(say("The definition counts nothing: it needs a word such as share, total or median."))
    return Measure(value, *words.counts[0])


def row_conditions(node: Node, rows: Rows, params: Params) -> tuple[str, str]:
    """(rows the definition selects or may select, rows it uses) as SQL conditions: the rows behind a number."""
    words = _Words(rows, Aggregates("a"), params)
    to_sql(node, _no_bare_column, params, words.aggregate)
    where, used = words.conditions[0]
    return f"({where}) is not false", f"coalesce({used}, false)"


def formula(node: Node, values: Mapping[str, str], chosen: Collection[str], days: str, params: Params) -> str:
    """SQL of a formula.

    `values`: KPI id → SQL of its value; `chosen`: the ids that `first_known` took; `days`: SQL of the period's days.
    """

    def column(name: str) -> str:
        return days if name == "period_days" else values[name]

    def call(part: Call) -> str:
        ids = [argument.name for argument in part.arguments if isinstance(argument, Name)]
        if part.function == "first_known":
            return next(values[i] for i in ids if i in chosen)
        if part.function == "or_zero":
            return f"coalesce({values[ids[0]]}, 0)"
        raise ExpressionError(say("There is no function «{name}» between KPIs.", name=part.function))

    return to_sql(node, column, params, call)


def _no_bare_column(name: str) -> str:
    raise ExpressionError(
        say("«{name}» stands alone: say what to do with it, for instance total({name}).", name=name),
    )


class _Words:
    """Turns the aggregate words of one definition into columns of its scan."""

    def __init__(self, rows: Rows, aggregates: Aggregates, params: Params) -> None:
        self.rows, self.aggregates, self.params = rows, aggregates, params
        self.counts: list[tuple[str, str, str]] = []
        self.conditions: list[tuple[str, str]] = []

    def aggregate(self, call: Call) -> str:
        if call.function not in AGGREGATES:
            raise ExpressionError(say("There is no function «{name}» here.", name=call.function))
        takes = {"count": 0, "ratio": 2}.get(call.function, 1)
        if not takes <= len(call.arguments) <= takes + 1:
            raise ExpressionError(say("«{name}» takes {n} values and a condition.", name=call.function, n=takes))
        values = [self.row(argument) for argument in call.arguments[:takes]]
        where = self.row(call.arguments[takes]) if len(call.arguments) > takes else None
        result: str = getattr(self, f"_{call.function}")(*values, where)
        return result

    def row(self, node: Node) -> Operand:
        sql = to_sql(node, self.column, self.params, self.function)
        return Operand(sql, _may_be_empty(node, self.rows))

    def column(self, name: str) -> str:
        return self.params.place(self.rows.now) if name == "now" else self.rows.column(name)

    def function(self, call: Call) -> str:
        if call.function in PARTIAL:
            known = [self.row(argument).sql for argument in _usable(call, self.rows.available)]
            return f"({' or '.join(known)})" if call.function == "any_of" else f"coalesce({', '.join(known)})"
        template = _ROW_FUNCTIONS.get((call.function, len(call.arguments)))
        if template is None:
            raise ExpressionError(
                say("There is no function «{name}» with {n} values.", name=call.function, n=len(call.arguments))
            )
        return template.format(*(self.row(argument).sql for argument in call.arguments))

    def count_rows(self, *conditions: str | None) -> str:
        """Column that counts rows (or keys, where a key has several rows) for which all conditions hold."""
        key = self.rows.unit_key
        counted = f"count(distinct {key})" if key else "count(*)"
        return self.aggregates.place(counted + _filter(*conditions), zero=True)

    def sum(self, value: Operand, *conditions: str | None) -> str:
        return self.aggregates.place(f"sum({value.sql})" + _filter(*conditions), zero=True)

    def known(self, where: Operand | None, *values: Operand) -> tuple[str | None, str | None]:
        """Notes the counts behind a word: selected, usable, eligible. Returns the conditions (selected, usable)."""
        selected = where.sql if where else None
        usable = " and ".join(f"{value.sql} is not null" for value in values if value.may_be_empty) or None
        eligible = f"{where.sql} is not false" if where and where.may_be_empty else selected
        self.conditions.append((selected or "true", " and ".join(filter(None, (selected, usable))) or "true"))
        counts = (self.count_rows(selected), self.count_rows(selected, usable), self.count_rows(eligible))
        self.counts.append(counts)
        return selected, usable

    def _count(self, where: Operand | None) -> str:
        selected, _ = self.known(where)
        return self.count_rows(selected)

    def _share(self, condition: Operand, where: Operand | None) -> str:
        selected, usable = self.known(where, condition)
        return f"(100.0 * {self.count_rows(selected, condition.sql)} / nullif({self.count_rows(selected, usable)}, 0))"

    def _count_distinct(self, value: Operand, where: Operand | None) -> str:
        selected, _ = self.known(where, value)
        return self.aggregates.place(f"count(distinct {value.sql})" + _filter(selected), zero=True)

    def _total(self, value: Operand, where: Operand | None) -> str:
        selected, _ = self.known(where, value)
        total = self.sum(value, selected)
        _, used, eligible = self.counts[-1]
        return total if used == eligible else f"(case when {used} > 0 or {eligible} = 0 then {total} end)"

    def _average(self, value: Operand, where: Operand | None) -> str:
        selected, usable = self.known(where, value)
        return f"({self.sum(value, selected)} / nullif({self.count_rows(selected, usable)}, 0))"

    def _ratio(self, above: Operand, below: Operand, where: Operand | None) -> str:
        selected, usable = self.known(where, above, below)
        return f"({self.sum(above, selected, usable)} / nullif({self.sum(below, selected, usable)}, 0))"

    def _median(self, value: Operand, where: Operand | None) -> str:
        selected, usable = self.known(where, value)
        key = self.rows.unit_key
        if key is None:
            return self.aggregates.place(f"median({value.sql})" + _filter(selected), zero=False)
        once = f"list(distinct {{'key': {key}, 'value': {value.sql}}})" + _filter(selected, usable)
        return self.aggregates.place(f"list_median(list_transform({once}, lambda unit: unit.value))", zero=False)

    def _minimum(self, value: Operand, where: Operand | None) -> str:
        return self._extreme("min", value, where)

    def _maximum(self, value: Operand, where: Operand | None) -> str:
        return self._extreme("max", value, where)

    def _extreme(self, function: str, value: Operand, where: Operand | None) -> str:
        selected, _ = self.known(where, value)
        return self.aggregates.place(f"{function}({value.sql})" + _filter(selected), zero=False)


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


def _filter(*conditions: str | None) -> str:
    given = [condition for condition in conditions if condition]
    return f" filter (where {' and '.join(given)})" if given else ""


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
}
"""(function, number of values) → SQL of what can be said of one row."""
