"""What a definition tells of itself: its unit, whether it adds up over time, how many rows it takes to be judged."""

from collections.abc import Callable, Mapping
from functools import reduce

from data.expression import Binary, Call, Constant, Name, Node, Unary, nodes_of
from kpi.custom.binding import Counted
from kpi.custom.vocabulary import Table
from kpi.custom.words import PERIOD_DAYS
from kpi.model import Kpi, Unit

LEAST_ROWS = 10
"""Below so many rows a share, a mean or a median is not judged."""
_OF_FEW = frozenset({"share", "average", "median", "ratio"})
_DURATIONS: dict[str, Unit] = {"hours": "hours", "minutes": "minutes", "days": "days"}

_PER = ("count", "hours", "minutes", "days", "months", "per_person")
"""Units by which another may be divided and stays what it is: roubles an hour are roubles."""

KpiOf = Callable[[str], Kpi]
"""KPI id → its definition."""


def is_additive(node: Node, kpi: KpiOf) -> bool:
    """Whether the value of a year is the sum of its months'."""
    match node:
        case Counted(function, _):
            return function in ("count", "total")
        case Name(name):
            return name == PERIOD_DAYS or kpi(name).additive
        case Unary(_, operand):
            return is_additive(operand, kpi)
        case Binary("+" | "-", left, right):
            return is_additive(left, kpi) and is_additive(right, kpi)
        case Binary("*", Constant(), other) | Binary("*" | "/", other, Constant()):
            return is_additive(other, kpi)
        case Call(_, arguments):
            return all(is_additive(argument, kpi) for argument in arguments)
    return False


def least_rows(node: Node) -> int:
    """Rows below which it is not judged, where nobody says otherwise."""
    few = any(isinstance(part, Counted) and part.function in _OF_FEW for part in nodes_of(node))
    return LEAST_ROWS if few else 0


def unit_of(node: Node, kpi: KpiOf, tables: Mapping[str, Table]) -> Unit | None:
    """The unit of the value, where the definition tells it."""
    match node:
        case Counted(function, arguments):
            if function in ("count", "count_distinct"):
                return "count"
            return "percent" if function == "share" else _of_row(arguments[0], tables[node.relation], function)
        case Name(name):
            return "days" if name == PERIOD_DAYS else kpi(name).unit
        case Unary(_, operand):
            return unit_of(operand, kpi, tables)
        case Binary("*", Constant(100), Counted("ratio", _)):
            return "percent"
        case Binary(operator, left, right):
            return _joined(operator, left, right, lambda part: unit_of(part, kpi, tables))
        case Call(_, arguments):
            return unit_of(arguments[0], kpi, tables)
    return None


def _of_row(node: Node, table: Table, function: str) -> Unit | None:
    if function == "ratio":
        return None
    match node:
        case Name(name):
            told = table.find(name)
            unit: Unit | None = told.unit if told else None  # type: ignore[assignment]  # units of columns are units
            return unit
        case Call(name, _) if name in _DURATIONS:
            return _DURATIONS[name]
        case Call("coalesce" | "first_of", arguments):
            return _of_row(arguments[0], table, function)
        case Unary(_, operand):
            return _of_row(operand, table, function)
        case Binary(operator, left, right):
            return _joined(operator, left, right, lambda part: _of_row(part, table, function))
    return None


def _joined(operator: str, left: Node, right: Node, of: Callable[[Node], Unit | None]) -> Unit | None:
    """Sums keep the unit both have; by a plain number, a count or a time nothing changes."""
    if isinstance(left, Constant) and operator != "/":
        return of(right)
    if isinstance(right, Constant):
        return of(left)
    one, other = of(left), of(right)
    if operator in "+-":
        return one if one == other else None
    if operator == "/":
        return one if other in _PER and one != other and one != "count" else None
    return reduce(lambda a, b: b if a == "count" else a, (one, other))
