"""The tree of an expression.

Invariant: two expressions that mean the same words in the same order are equal, wherever they stood in their text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Placed:
    """A part of an expression."""

    at: int = field(default=-1, compare=False, repr=False, kw_only=True)
    """Where it stands in the text it was read from, from 0; −1: it was not read."""


@dataclass(frozen=True)
class Constant(Placed):
    """A number, text or truth value."""

    value: float | int | str | bool


@dataclass(frozen=True)
class Name(Placed):
    """A column, KPI or word of the caller's; in double quotes or backticks where it is not one word."""

    name: str
    of: str = field(default="", kw_only=True)
    """What stands before the dot: whose column it is; empty where there is none."""
    is_quoted: bool = field(default=False, compare=False, repr=False, kw_only=True)
    """It stood in quotes."""


@dataclass(frozen=True)
class Unary(Placed):
    """`not x`, `-x`."""

    operator: str
    operand: "Node"


@dataclass(frozen=True)
class Binary(Placed):
    """Arithmetic, a comparison, `and`, `or`."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Among(Placed):
    """`x in (a, b)`, `x not in (a, b)`."""

    operand: "Node"
    members: tuple["Node", ...]
    negated: bool


@dataclass(frozen=True)
class IsNull(Placed):
    """`x is null`, `x is not null`."""

    operand: "Node"
    negated: bool


@dataclass(frozen=True)
class Call(Placed):
    """`function(argument, …)`."""

    function: str
    arguments: tuple["Node", ...]


Node = Constant | Name | Unary | Binary | Among | IsNull | Call


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node."""
    match node:
        case Unary(_, operand) | IsNull(operand, _):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Among(operand, members, _):
            return (operand, *members)
        case Call(_, arguments):
            return arguments
    return ()


def nodes_of(node: Node) -> Iterator[Node]:
    """The node and everything below it, in the order of the text."""
    yield node
    for child in children(node):
        yield from nodes_of(child)


def height(node: Node) -> int:
    """How many nodes lie on the longest way down."""
    return 1 + max(map(height, children(node)), default=0)


def names(node: Node) -> frozenset[str]:
    """Every name an expression uses."""
    if isinstance(node, Name):
        return frozenset({node.name})
    return frozenset().union(*(names(child) for child in children(node)))
