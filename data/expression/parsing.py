"""Text → tree.

Invariant: length, depth, height and number of nodes are bounded, so that whoever walks a tree never runs out of stack;
whatever cannot be read is an `ExpressionError` that names the character.
"""

from collections.abc import Mapping

from data.errors import ExpressionError
from data.expression.tokens import Token, Unread, tokens
from data.expression.tree import Among, Binary, Call, Constant, IsNull, Name, Node, Unary, height
from data.message import say

MAX_LENGTH = 2_000
"""Longest expression, in characters."""
MAX_DEPTH = 40
"""Deepest nesting."""
MAX_HEIGHT = 100
"""Longest way from the whole to a part: `a + b + c` is two high."""
MAX_NODES = 600
"""Most parts."""

MAX_NUMBER = 10**15
"""Numbers are smaller: sums of them fit 64 bits."""

_BINDING = {"or": 1, "and": 2, "=": 4, "<>": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "in": 4, "is": 4, "not": 4}
_BINDING |= {"+": 5, "-": 5, "*": 6, "/": 6}


def parse(text: str, spellings: Mapping[str, str] | None = None) -> Node:
    """The tree of an expression; `ExpressionError` names the character where it stops making sense.

    `spellings`: other words → the keyword they mean (`{"и": "and"}`).
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(say("The formula is longer than {most} characters.", most=MAX_LENGTH))
    parser = _Parser(text, list(tokens(text, spellings)))
    node = parser.expression(0)
    parser.expect_end()
    if parser.nodes > MAX_NODES or height(node) > MAX_HEIGHT:
        raise _too_many()
    return node


def _too_many() -> ExpressionError:
    return ExpressionError(
        say("The formula has too many parts."), hint=say("A long list of choices is shorter with «in (…)».")
    )


class _Parser:
    """Precedence climbing over the tokens of one text."""

    def __init__(self, text: str, read: list[Token]) -> None:
        self.text, self.tokens = text, read
        self.position = 0
        self.depth = 0
        self.nodes = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.position]

    def take(self) -> Token:
        token = self.now
        self.position += 1
        return token

    def takes(self, text: str) -> bool:
        if self.now.kind in ("operator", "keyword") and self.now.text == text:
            self.position += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.takes(text):
            raise Unread(self.text, self.now.at)

    def expect_end(self) -> None:
        if self.now.kind != "end":
            raise Unread(self.text, self.now.at)

    def expression(self, binding: int) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(say("The formula is nested more than {most} deep.", most=MAX_DEPTH))
        left, chain = self.operand(), 0
        while self.now.kind in ("operator", "keyword") and _BINDING.get(self.now.text, 0) > binding:
            left, chain = self.operation(left), chain + 1
            if chain > MAX_HEIGHT:
                raise _too_many()
        self.depth -= 1
        return left

    def operation(self, left: Node) -> Node:
        token = self.take()
        self.nodes += 1
        if token.text == "is":
            negated = self.takes("not")
            self.expect("null")
            return IsNull(left, negated, at=token.at)
        if token.text == "not":
            self.expect("in")
            return Among(left, self.list(), True, at=token.at)
        if token.text == "in":
            return Among(left, self.list(), False, at=token.at)
        return Binary(token.text, left, self.expression(_BINDING[token.text]), at=token.at)

    def operand(self) -> Node:
        token = self.take()
        self.nodes += 1
        match token.kind, token.text:
            case "number", _:
                return self.number(token)
            case "text", _:
                return Constant(token.value, at=token.at)
            case "keyword", ("true" | "false") as text:
                return Constant(text == "true", at=token.at)
            case "keyword", "not":
                return Unary("not", self.expression(3), at=token.at)
            case "operator", "-":
                return Unary("-", self.expression(7), at=token.at)
            case "operator", "(":
                inner = self.expression(0)
                self.expect(")")
                return inner
            case (("quoted" | "name"), _):
                return self.named(token)
        raise Unread(self.text, token.at)

    def number(self, token: Token) -> Node:
        """A number that every engine can hold."""
        value = float(token.text) if "." in token.text else int(token.text)
        if value >= MAX_NUMBER:
            raise ExpressionError(say("The number at character {at} is too large.", at=token.at + 1), at=token.at)
        return Constant(value, at=token.at)

    def named(self, token: Token) -> Node:
        """A name, one with what it belongs to before a dot, or a call."""
        if token.kind == "name" and self.takes("("):
            return Call(token.text, self.list(opened=True), at=token.at)
        if not self.takes("."):
            return Name(token.name, is_quoted=token.kind == "quoted", at=token.at)
        column = self.take()
        if column.kind not in ("name", "quoted"):
            raise Unread(self.text, column.at)
        return Name(column.name, of=token.name, is_quoted=column.kind == "quoted", at=token.at)

    def list(self, opened: bool = False) -> tuple[Node, ...]:
        if not opened:
            self.expect("(")
        items: list[Node] = []
        if self.takes(")"):
            return ()
        while True:
            items.append(self.expression(0))
            if self.takes(")"):
                return tuple(items)
            self.expect(",")
