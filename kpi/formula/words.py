"""KPI definitions, built-in and custom: the words of measuring → SQL with parameters.

Invariant: a `value` becomes arithmetic over aggregates of one relation, each with a FILTER, so that any number of KPIs
share one scan. An empty cell is unknown: it leaves numerator and denominator, and the count of what was usable is
kept beside the value. A division by nothing gives NULL.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache

from data.errors import ExpressionError
from data.expression import Binary, Call, Constant, Name, Node, Params, children, parse
from data.message import say
from kpi.formula.aggregates import Aggregate, Aggregates, Function, Measure
from kpi.formula.arithmetic import KNOWN_TOTAL, OR_ZERO, replaced
from kpi.formula.rows import Operand, Rows, operand

AGGREGATES = frozenset(
    {"share", "count", "count_distinct", "total", "average", "median", "minimum", "maximum", "ratio", "survival_median"}
)
"""Words that turn rows into a number."""
SURVIVAL = "survival_median"
"""The word whose number is not an aggregate: `kpi/survival.py` takes it from the rows (kpi/evaluate/waits.py)."""
_TAKES = {"count": 0, "ratio": 2, SURVIVAL: 2}
"""Word → values it takes, where that is not one."""


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


def measure(node: Node, rows: Rows, aggregates: Aggregates, params: Params) -> Measure:
    """The value, and the counts behind it, of a definition over one relation."""
    words = _Words(rows, aggregates, params)
    value = replaced(node, _no_bare_column, words.aggregate)
    if not words.counts:
        raise ExpressionError(say("The definition counts nothing: it needs a word such as share, total or median."))
    return Measure(value, *words.counts[_behind(node)])


def _behind(node: Node) -> int:
    """Which of the words, in their order, tells the rows behind the value: the first; but a count that is divided is a
    part of what it is divided by, and where it is none the whole is still there."""
    quotient = node.right if isinstance(node, Binary) and isinstance(node.left, Constant) else node
    if not (isinstance(quotient, Binary) and quotient.operator == "/"):
        return 0
    above, below = _words_of(quotient.left), _words_of(quotient.right)
    return len(above) if below and {*above} <= {"count", "count_distinct"} else 0


def _words_of(node: Node) -> list[str]:
    """The counting words of a definition, in order."""
    if isinstance(node, Call) and node.function in AGGREGATES:
        return [node.function]
    return [word for child in children(node) for word in _words_of(child)]


def row_conditions(node: Node, rows: Rows, params: Params) -> tuple[str, str]:
    """(rows the definition selects or may select, rows it uses) as SQL conditions: the rows behind a number."""
    words = _Words(rows, Aggregates("a"), params)
    replaced(node, _no_bare_column, words.aggregate)
    where, used = words.conditions[0]
    return f"({where}) is not false", f"coalesce({used}, false)"


def waits(node: Node, rows: Rows, params: Params) -> tuple[str, str, str]:
    """(wait, whether it is over, rows that enter) of a survival median, as SQL of one row."""
    assert isinstance(node, Call)
    assert node.function == SURVIVAL
    waited, happened = (operand(argument, rows, params).sql for argument in node.arguments[:2])
    return waited, happened, row_conditions(node, rows, params)[1]


def formula(node: Node, values: Mapping[str, Node], chosen: Collection[str], days: str) -> Node:
    """Arithmetic of a formula.

    `values`: KPI id → its value; `chosen`: the ids that `first_known` took; `days`: column of the period's days.
    """

    def name(text: str) -> Node:
        return Name(days) if text == "period_days" else values[text]

    def call(part: Call) -> Node:
        ids = [argument.name for argument in part.arguments if isinstance(argument, Name)]
        if part.function == "first_known":
            return next(values[i] for i in ids if i in chosen)
        if part.function == OR_ZERO:
            return Call(OR_ZERO, (values[ids[0]],))
        raise ExpressionError(say("There is no function «{name}» between KPIs.", name=part.function))

    return replaced(node, name, call)


def _no_bare_column(name: str) -> Node:
    raise ExpressionError(
        say("«{name}» stands alone: say what to do with it, for instance total({name}).", name=name),
    )


class _Words:
    """Turns the aggregate words of one definition into columns of its scan."""

    def __init__(self, rows: Rows, aggregates: Aggregates, params: Params) -> None:
        self.rows, self.aggregates, self.params = rows, aggregates, params
        self.counts: list[tuple[str, str, str]] = []
        self.conditions: list[tuple[str, str]] = []

    def aggregate(self, call: Call) -> Node:
        if call.function not in AGGREGATES:
            raise ExpressionError(say("There is no function «{name}» here.", name=call.function))
        takes = _TAKES.get(call.function, 1)
        if not takes <= len(call.arguments) <= takes + 1:
            raise ExpressionError(say("«{name}» takes {n} values and a condition.", name=call.function, n=takes))
        values = [operand(argument, self.rows, self.params) for argument in call.arguments[:takes]]
        condition = call.arguments[takes:]
        where = operand(condition[0], self.rows, self.params) if condition else None
        result: Node = getattr(self, f"_{call.function}")(*values, where)
        return result

    def count_rows(self, *conditions: str | None) -> str:
        """Column that counts rows (or keys, where a key has several rows) for which all conditions hold."""
        return self._column("count", None, *conditions, once=True)

    def known(self, where: Operand | None, *values: Operand) -> tuple[str | None, str | None]:
        """Notes the counts behind a word: selected, usable, eligible. Returns the conditions (selected, usable)."""
        selected = where.sql if where else None
        usable = " and ".join(f"{value.sql} is not null" for value in values if value.may_be_empty) or None
        eligible = f"{where.sql} is not false" if where and where.may_be_empty else selected
        self.conditions.append((selected or "true", " and ".join(filter(None, (selected, usable))) or "true"))
        counts = (self.count_rows(selected), self.count_rows(selected, usable), self.count_rows(eligible))
        self.counts.append(counts)
        return selected, usable

    def _column(self, function: Function, value: Operand | None, *conditions: str | None, once: bool = False) -> str:
        holding = tuple(condition for condition in conditions if condition)
        key = self.rows.unit_key if once else None
        return self.aggregates.place(Aggregate(function, value.sql if value else "", holding, key))

    def _count(self, where: Operand | None) -> Node:
        selected, _ = self.known(where)
        return Name(self.count_rows(selected))

    def _share(self, condition: Operand, where: Operand | None) -> Node:
        selected, usable = self.known(where, condition)
        matching = Binary("*", Constant(100.0), Name(self.count_rows(selected, condition.sql)))
        return Binary("/", matching, Name(self.count_rows(selected, usable)))

    def _count_distinct(self, value: Operand, where: Operand | None) -> Node:
        selected, _ = self.known(where, value)
        return Name(self._column("distinct", value, selected))

    def _total(self, value: Operand, where: Operand | None) -> Node:
        selected, _ = self.known(where, value)
        total = Name(self._column("sum", value, selected))
        _, used, eligible = self.counts[-1]
        return total if used == eligible else Call(KNOWN_TOTAL, (total, Name(used), Name(eligible)))

    def _average(self, value: Operand, where: Operand | None) -> Node:
        selected, usable = self.known(where, value)
        return Binary("/", Name(self._column("sum", value, selected)), Name(self.count_rows(selected, usable)))

    def _ratio(self, above: Operand, below: Operand, where: Operand | None) -> Node:
        selected, usable = self.known(where, above, below)
        sums = (Name(self._column("sum", value, selected, usable)) for value in (above, below))
        return Binary("/", *sums)

    def _median(self, value: Operand, where: Operand | None) -> Node:
        selected, usable = self.known(where, value)
        if self.rows.unit_key is None:
            return Name(self._column("median", value, selected))
        return Name(self._column("median", value, selected, usable, once=True))

    def _survival_median(self, waited: Operand, happened: Operand, where: Operand | None) -> Node:
        """In the place of the estimate, the median of all that waited: evaluating puts the estimate there."""
        selected, usable = self.known(where, waited, happened)
        return Name(self._column("median", waited, selected, usable))

    def _minimum(self, value: Operand, where: Operand | None) -> Node:
        return self._extreme("minimum", value, where)

    def _maximum(self, value: Operand, where: Operand | None) -> Node:
        return self._extreme("maximum", value, where)

    def _extreme(self, function: Function, value: Operand, where: Operand | None) -> Node:
        selected, _ = self.known(where, value)
        return Name(self._column(function, value, selected))


def is_limited_to(node: Node, column: str, value: str) -> bool:
    """Whether every word of counting in a definition counts only rows whose column holds the value."""
    if isinstance(node, Call) and node.function in AGGREGATES:
        takes = _TAKES.get(node.function, 1)
        wanted = Binary("=", Name(column), Constant(value))
        return any(wanted in _all_of(condition) for condition in node.arguments[takes:])
    return all(is_limited_to(child, column, value) for child in children(node))


def _all_of(condition: Node) -> tuple[Node, ...]:
    """The conditions that must all hold."""
    if isinstance(condition, Binary) and condition.operator == "and":
        return (*_all_of(condition.left), *_all_of(condition.right))
    return (condition,)
