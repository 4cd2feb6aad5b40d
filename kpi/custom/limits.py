"""How much a custom formula may ask for.

Invariant: what passes is small however it is made of others: its whole definition, with every KPI in it written out,
has few parts; and what runs is stopped after `SECONDS`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from data.errors import ExpressionError
from data.expression import Among, Constant, Node, height, nodes_of
from data.message import say

MAX_LENGTH = 1_000
"""Longest formula, in characters."""
MAX_NODES = 200
"""Most parts of a formula as it is written."""
MAX_WORDS = 12
"""Most words that count, each of which reads all rows of its table."""
MAX_LISTED = 50
"""Most members of a list."""
MAX_TEXT = 200
"""Longest text in it."""
MAX_WHOLE = 600
"""Most parts with every KPI in it written out."""
MAX_HEIGHT = 90
"""Longest way from the whole to a part, likewise."""
MAX_KPIS = 100
"""Most KPIs of their own in a workspace."""
SECONDS = 5.0
"""Longest a query with a custom KPI may run."""


def check_written(tree: Node, text: str) -> None:
    """`ExpressionError` unless the formula, as it is written, is small."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError(say("The formula is longer than {most} characters.", most=MAX_LENGTH))
    parts = list(nodes_of(tree))
    if len(parts) > MAX_NODES:
        raise ExpressionError(say("The formula has more than {most} parts.", most=MAX_NODES))
    for part in parts:
        if isinstance(part, Among) and len(part.members) > MAX_LISTED:
            raise ExpressionError(say("A list has more than {most} members.", most=MAX_LISTED), at=part.at)
        if isinstance(part, Constant) and isinstance(part.value, str) and len(part.value) > MAX_TEXT:
            raise ExpressionError(say("A text is longer than {most} characters.", most=MAX_TEXT), at=part.at)


@dataclass(frozen=True)
class Size:
    """How large a definition is with every KPI in it written out."""

    nodes: int
    """Its parts."""
    height: int
    """Longest way from the whole to a part."""
    words: int
    """Words that count."""


def size(tree: Node, kpis: Sequence[Size], words: int) -> Size:
    """The size of a tree. `kpis`: of each KPI it names, as often as it does; `words`: its own words that count."""
    return Size(
        sum(1 for _ in nodes_of(tree)) + sum(one.nodes for one in kpis),
        height(tree) + max((one.height for one in kpis), default=0),
        words + sum(one.words for one in kpis),
    )


def check_size(whole: Size) -> None:
    """`ExpressionError` unless a definition is small with every KPI in it written out."""
    if whole.nodes > MAX_WHOLE or whole.height > MAX_HEIGHT:
        raise ExpressionError(
            say("With every KPI in it written out the formula has too many parts."),
            hint=say("Make it of fewer KPIs, or of simpler ones."),
        )
    if whole.words > MAX_WORDS:
        raise ExpressionError(
            say("With every KPI in it the formula counts {n} times; {most} is the most.", n=whole.words, most=MAX_WORDS)
        )
