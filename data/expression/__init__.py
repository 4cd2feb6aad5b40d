"""The small grammar of comparisons and arithmetic: text → tree → SQL with parameters.

Invariant: no text of a person becomes SQL. A name becomes whatever the caller's `column` returns for it (an identifier
of the schema), a constant becomes a parameter, and a call is handled by the caller or refused.
"""

from data.expression.parsing import MAX_DEPTH, MAX_HEIGHT, MAX_LENGTH, MAX_NODES, parse
from data.expression.sql import DIVISION, Params, refuse_calls, to_sql
from data.expression.tokens import KEYWORDS, Token, Unread, tokens
from data.expression.tree import (
    Among,
    Binary,
    Call,
    Constant,
    IsNull,
    Name,
    Node,
    Unary,
    children,
    height,
    names,
    nodes_of,
)
from data.expression.writing import written

__all__ = [
    "DIVISION",
    "KEYWORDS",
    "MAX_DEPTH",
    "MAX_HEIGHT",
    "MAX_LENGTH",
    "MAX_NODES",
    "Among",
    "Binary",
    "Call",
    "Constant",
    "IsNull",
    "Name",
    "Node",
    "Params",
    "Token",
    "Unary",
    "Unread",
    "children",
    "height",
    "names",
    "nodes_of",
    "parse",
    "refuse_calls",
    "to_sql",
    "tokens",
    "written",
]
