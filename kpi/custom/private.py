"""Staff answers stay anonymous: no custom formula reads them row by row.

Invariant: a word over surveys counts clients' answers only; what is made of staff answers is a built-in KPI, which
hides what fewer than five people said, and hides it in every formula made of it.
"""

from data.expression import Node, nodes_of
from data.message import say
from kpi.custom.binding import Counted
from kpi.custom.rows import problem
from kpi.formula import is_limited_to

SURVEYS = "surveys"


def check_private(tree: Node) -> None:
    """`ExpressionError` for a word that could read what one of the staff answered."""
    for part in nodes_of(tree):
        if isinstance(part, Counted) and part.relation == SURVEYS and not is_limited_to(part, "audience", "client"):
            raise problem(
                part,
                say("Answers of staff are anonymous: a formula can count those of clients only."),
                say("Add the condition audience = 'client'. Of staff answers use the built-in KPIs, such as enps."),
            )
