"""What a KPI's arithmetic is: a sum, or one sum over another. Only these can be told by member exactly.

Invariant: `above` and `below` are linear in the aggregates, so that of all rows each is the sum of its members'.
"""

from collections.abc import Collection
from dataclasses import dataclass

from data.expression import Binary, Call, Constant, Name, Node, Unary, children
from kpi.formula import KNOWN_TOTAL, OR_ZERO, replaced

_ONE = Constant(1.0)


@dataclass(frozen=True)
class Shape:
    """A sum (`below` is None), or a ratio of sums."""

    above: Node
    """What is added up, or the numerator."""
    below: Node | None
    """The denominator."""


def shape(node: Node, sums: Collection[str]) -> Shape | None:
    """The shape of arithmetic over columns; None: neither a sum nor a ratio of sums.

    `sums`: the columns that add up over members; every other column is one number a period.
    """
    if _is_scalar(node, sums):
        return None
    match node:
        case Name():
            return Shape(node, None)
        case Call(function, (first, *_)) if function in (KNOWN_TOTAL, OR_ZERO):
            return shape(first, sums)
        case Unary("-", operand):
            return _scaled(Binary("-", Constant(0.0), _ONE), shape(operand, sums))
        case Binary("+" | "-" as operator, left, right):
            return _added(operator, left, right, sums)
        case Binary("*", left, right):
            return _product(left, right, sums)
        case Binary("/", left, right):
            return _quotient(left, right, sums)
    return None


def _is_scalar(node: Node, sums: Collection[str]) -> bool:
    return node.name not in sums if isinstance(node, Name) else all(_is_scalar(child, sums) for child in children(node))


def _scaled(factor: Node, found: Shape | None) -> Shape | None:
    return found and Shape(Binary("*", factor, found.above), found.below)


def _product(left: Node, right: Node, sums: Collection[str]) -> Shape | None:
    if _is_scalar(left, sums):
        return _scaled(left, shape(right, sums))
    return _scaled(right, shape(left, sums)) if _is_scalar(right, sums) else None


def _quotient(left: Node, right: Node, sums: Collection[str]) -> Shape | None:
    if _is_scalar(right, sums):
        found = shape(left, sums)
        return found and Shape(Binary("/", found.above, right), found.below)
    above, below = shape(left, sums), shape(right, sums)
    if above is None or below is None or above.below is not None or below.below is not None:
        return None
    return Shape(above.above, below.above)


def _added(operator: str, left: Node, right: Node, sums: Collection[str]) -> Shape | None:
    """Sums with sums, ratios with ratios of the same denominator, and a ratio with a number."""
    one, other = (_as_shape(side, sums, of) for side, of in ((left, right), (right, left)))
    if one is None or other is None or one.below != other.below:
        return None
    return Shape(Binary(operator, one.above, other.above), one.below)


def _as_shape(node: Node, sums: Collection[str], beside: Node) -> Shape | None:
    """The shape of a side; of a number beside a ratio, so many times the ratio's denominator over it."""
    if not _is_scalar(node, sums):
        return shape(node, sums)
    ratio = shape(beside, sums)
    if ratio is None or ratio.below is None:
        return None
    return Shape(Binary("*", node, ratio.below), ratio.below)


def linear(node: Node) -> Node:
    """The tree for members: a total that no row of a member tells adds nothing."""
    return replaced(node, Name, lambda call: Call(OR_ZERO, (linear(call.arguments[0]),)))
