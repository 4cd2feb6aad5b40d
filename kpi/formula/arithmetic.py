"""Arithmetic between aggregates and between KPIs: one tree, read as SQL and as arrays.

Invariant: both readings give the same: what is unknown stays unknown (NULL, NaN), and a division by nothing is unknown.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from data.errors import ExpressionError
from data.expression import DIVISION, Binary, Call, Constant, Name, Node, Params, Unary, children, to_sql
from data.message import say

Array = np.ndarray[Any, Any]
OPERATORS = {**DIVISION, "*": "({0}::double * {1}::double)"}
"""Operators as SQL: products of amounts would outgrow decimals."""
KNOWN_TOTAL, OR_ZERO = "known_total", "or_zero"
"""Words of these trees: a total that is unknown where no row tells it; what counts as 0 where it is unknown."""


def replaced(node: Node, name: Callable[[str], Node], call: Callable[[Call], Node]) -> Node:
    """The tree with its names and calls replaced."""
    match node:
        case Name(text):
            return name(text)
        case Call():
            return call(node)
        case Unary(operator, operand):
            return Unary(operator, replaced(operand, name, call))
        case Binary(operator, left, right):
            return Binary(operator, replaced(left, name, call), replaced(right, name, call))
        case Constant():
            return node
    raise ExpressionError(say("Between KPIs and totals there can be arithmetic only."), at=node.at)


def arithmetic_sql(node: Node, params: Params) -> str:
    """SQL of a tree over columns."""

    def call(part: Call) -> str:
        columns = [arithmetic_sql(argument, params) for argument in part.arguments]
        if part.function == KNOWN_TOTAL:
            total, used, eligible = columns
            return f"(case when {used} > 0 or {eligible} = 0 then {total} end)"
        return f"coalesce({columns[0]}, 0)"

    return to_sql(node, lambda name: name, params, call, OPERATORS)


def computed(node: Node, column: Callable[[str], Array]) -> Array:
    """The tree's value over arrays of columns; NaN is unknown."""
    match node:
        case Constant(value):
            return np.float64(value)  # type: ignore[return-value]  # an array of no dimensions
        case Name(name):
            return column(name)
        case Call(function, arguments):
            return _call(function, [computed(argument, column) for argument in arguments])
        case Unary(_, operand):
            return -computed(operand, column)
        case Binary(operator, left, right):
            return _binary(operator, computed(left, column), computed(right, column))
    raise ExpressionError(say("Between KPIs and totals there can be arithmetic only."))


def is_arithmetic(node: Node) -> bool:
    """Whether a tree can be computed over arrays."""
    match node:
        case Constant(value):
            return isinstance(value, int | float)
        case Unary(operator, _) if operator != "-":
            return False
        case Binary(operator, _, _) if operator not in "+-*/":
            return False
    return all(is_arithmetic(child) for child in children(node))


def _call(function: str, values: list[Array]) -> Array:
    if function == KNOWN_TOTAL:
        total, used, eligible = values
        return np.where((used > 0) | (eligible == 0), total, np.nan)
    return np.where(np.isnan(values[0]), 0.0, values[0])


def _binary(operator: str, left: Array, right: Array) -> Array:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / np.where(right == 0, np.nan, right)
