"""Tree → text, in the one spelling of the grammar or in another.

Invariant: what is written in the grammar's own spelling reads back as the same tree.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from data.expression.tokens import KEYWORDS
from data.expression.tree import Among, Binary, Call, Constant, IsNull, Name, Node, Unary

_PLAIN = re.compile(r"[^\W\d]\w*\Z")
_BINDING = {"or": 1, "and": 2, "=": 4, "<>": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6}
_NOT, _COMPARED, _MINUS, _WHOLE = 3, 4, 7, 9


@dataclass(frozen=True)
class Spelling:
    """How a tree is written."""

    keywords: Mapping[str, str] = field(default_factory=dict)
    """Keyword → what it is called."""
    are_names_ready: bool = False
    """Names stand as they are to be written, quotes and all."""

    def word(self, keyword: str) -> str:
        """What a keyword is called."""
        return self.keywords.get(keyword, keyword)


PLAIN = Spelling()
"""The grammar's own."""


def written(node: Node, spelling: Spelling = PLAIN) -> str:
    """The text of a tree, with as few brackets as it takes."""
    return _written(node, 0, spelling)


def _written(node: Node, binding: int, spelling: Spelling) -> str:
    """The text of a part; in brackets where what is around it binds as strongly or more."""
    text, own = _text(node, spelling)
    return text if own > binding else f"({text})"


def _text(node: Node, s: Spelling) -> tuple[str, int]:
    """The text of a part without brackets, and how strongly it holds together."""
    match node:
        case Constant(value):
            return _constant(value, s), _WHOLE
        case Name(name):
            return _name(name, node.of, s), _WHOLE
        case Unary("not", operand):
            return f"{s.word('not')} {_written(operand, _NOT, s)}", _NOT
        case Unary(_, operand):
            return f"-{_written(operand, _MINUS, s)}", _MINUS
        case Binary(operator, left, right):
            own = _BINDING[operator]
            return f"{_written(left, own - 1, s)} {s.word(operator)} {_written(right, own, s)}", own
        case Among(operand, members, negated):
            listed = ", ".join(written(member, s) for member in members)
            sign = f"{s.word('not')} {s.word('in')}" if negated else s.word("in")
            return f"{_written(operand, _COMPARED - 1, s)} {sign} ({listed})", _COMPARED
        case IsNull(operand, negated):
            return f"{_written(operand, _COMPARED - 1, s)} is {'not ' if negated else ''}null", _COMPARED
        case Call(function, arguments):
            return f"{function}({', '.join(written(argument, s) for argument in arguments)})", _WHOLE
    raise AssertionError(node)


def quoted(name: str) -> str:
    """A name as it stands in a text: in quotes where it is not one word."""
    if _PLAIN.match(name) and name.lower() not in KEYWORDS:
        return name
    return f"`{name}`" if '"' in name else f'"{name}"'


def _name(name: str, of: str, spelling: Spelling) -> str:
    if spelling.are_names_ready:
        return name
    return f"{quoted(of)}.{quoted(name)}" if of else quoted(name)


def _constant(value: float | int | str | bool, spelling: Spelling) -> str:
    match value:
        case bool():
            return spelling.word("true" if value else "false")
        case str():
            return "'" + value.replace("'", "''") + "'"
        case float():
            text = format(Decimal(repr(value)), "f")
            return text if "." in text else f"{text}.0"
    return str(value)
