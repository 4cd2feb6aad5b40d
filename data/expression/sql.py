"""Tree → SQL with parameters.

Invariant: the SQL holds identifiers the caller gave and places for values, nothing else.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from data.errors import ExpressionError
from data.expression.tree import Among, Binary, Call, Constant, IsNull, Name, Node, Unary
from data.message import say

DIVISION: Mapping[str, str] = {"/": "({0} / nullif({1}, 0))"}
"""Operators whose SQL is not their own sign: a division by nothing is unknown."""


@dataclass
class Params:
    """Collects the values of a statement; equal values share one place."""

    prefix: str = "p"
    """First letters of the places' names."""
    values: dict[str, Any] = field(default_factory=dict)
    """Place name → value."""

    def place(self, value: Any) -> str:
        """The place (`$p0`) that stands for a value."""
        for name, known in self.values.items():
            if type(known) is type(value) and known == value:
                return f"${name}"
        name = f"{self.prefix}{len(self.values)}"
        self.values[name] = value
        return f"${name}"

    def used_in(self, sql: str) -> dict[str, Any]:
        """The values of the places a text holds: a statement takes no others."""
        found = set(re.findall(r"\$(\w+)", sql))
        return {name: value for name, value in self.values.items() if name in found}


def refuse_calls(call: Call) -> str:
    """The `call` of a grammar without functions."""
    raise ExpressionError(say("There is no function «{name}» here.", name=call.function), at=call.at)


def to_sql(
    node: Node,
    column: Callable[[str], str],
    params: Params,
    call: Callable[[Call], str] = refuse_calls,
    operators: Mapping[str, str] = DIVISION,
) -> str:
    """SQL of a tree. `column` gives the SQL of a name, `call` that of a function call; constants go to `params`.

    `operators`: operators whose SQL is not their own sign, with places for both sides.
    """

    def sql(part: Node) -> str:
        return to_sql(part, column, params, call, operators)

    match node:
        case Constant(value):
            return params.place(value)
        case Name(name):
            if node.of:
                raise ExpressionError(say("«{name}»: there is nothing before a dot here.", name=name), at=node.at)
            return column(name)
        case Unary(operator, operand):
            return f"({operator} {sql(operand)})"
        case Binary(operator, left, right):
            plain = "({0} " + operator + " {1})"
            return operators.get(operator, plain).format(sql(left), sql(right))
        case Among(operand, members, negated):
            listed = ", ".join(sql(member) for member in members)
            return f"({sql(operand)} {'not in' if negated else 'in'} ({listed}))"
        case IsNull(operand, negated):
            return f"({sql(operand)} is {'not ' if negated else ''}null)"
        case Call():
            return call(node)
