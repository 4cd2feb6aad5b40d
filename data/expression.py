"""The small grammar of comparisons and arithmetic: text → tree → SQL with parameters.

Invariant: no text of a person becomes SQL. A name becomes whatever the caller's `column` returns for it (an identifier
of the schema), a constant becomes a parameter, and a call is handled by the caller or refused.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from data.errors import ExpressionError
from data.message import say

MAX_LENGTH = 2_000
"""Longest expression, in characters."""
MAX_DEPTH = 40
"""Deepest nesting."""


@dataclass(frozen=True)
class Constant:
    """A number, text or truth value."""

    value: float | int | str | bool


@dataclass(frozen=True)
class Name:
    """A column, KPI or word of the caller's; in double quotes or backticks where it is not one word."""

    name: str


@dataclass(frozen=True)
class Unary:
    """`not x`, `-x`."""

    operator: str
    operand: "Node"


@dataclass(frozen=True)
class Binary:
    """Arithmetic, a comparison, `and`, `or`."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Among:
    """`x in (a, b)`, `x not in (a, b)`."""

    operand: "Node"
    members: tuple["Node", ...]
    negated: bool


@dataclass(frozen=True)
class IsNull:
    """`x is null`, `x is not null`."""

    operand: "Node"
    negated: bool


@dataclass(frozen=True)
class Call:
    """`function(argument, …)`."""

    function: str
    arguments: tuple["Node", ...]


Node = Constant | Name | Unary | Binary | Among | IsNull | Call


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


_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)
    |(?P<text>'(?:[^']|'')*')
    |(?P<quoted>"[^"]+"|`[^`]+`)
    |(?P<name>[^\W\d]\w*)
    |(?P<operator><=|>=|<>|!=|==|[-+*/=<>(),])
    |(?P<end>$))""",
    re.VERBOSE,
)
_BINDING = {"or": 1, "and": 2, "=": 4, "<>": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "in": 4, "is": 4, "not": 4}
_BINDING |= {"+": 5, "-": 5, "*": 6, "/": 6}
_SPELLINGS = {"==": "=", "!=": "<>"}
_KEYWORDS = {"and", "or", "not", "in", "is", "null", "true", "false"}


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


def parse(text: str) -> Node:
    """The tree of an expression; `ExpressionError` names the character where it stops making sense."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError(say("The formula is longer than {most} characters.", most=MAX_LENGTH))
    parser = _Parser(text)
    node = parser.expression(0)
    parser.expect_end()
    return node


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while True:
        match = _TOKEN.match(text, at)
        if match is None:
            raise _stopped(text, at)
        kind = str(match.lastgroup)
        word, start = match.group(kind), match.start(kind)
        if kind == "name" and word.lower() in _KEYWORDS:
            kind, word = "keyword", word.lower()
        yield _Token(kind, _SPELLINGS.get(word, word), start)
        if kind == "end":
            return
        at = match.end()


def _stopped(text: str, at: int) -> ExpressionError:
    return ExpressionError(
        say("«{text}» cannot be read.", text=text[:200]),
        say("It stops making sense at character {at}: «{rest}».", at=at + 1, rest=text[at : at + 20] or "…"),
    )


class _Parser:
    """Precedence climbing over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_tokens(text))
        self.position = 0
        self.depth = 0

    @property
    def now(self) -> _Token:
        return self.tokens[self.position]

    def take(self) -> _Token:
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
            raise _stopped(self.text, self.now.at)

    def expect_end(self) -> None:
        if self.now.kind != "end":
            raise _stopped(self.text, self.now.at)

    def expression(self, binding: int) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(say("The formula is nested more than {most} deep.", most=MAX_DEPTH))
        left = self.operand()
        while self.now.kind in ("operator", "keyword") and _BINDING.get(self.now.text, 0) > binding:
            left = self.operation(left)
        self.depth -= 1
        return left

    def operation(self, left: Node) -> Node:
        token = self.take()
        if token.text == "is":
            negated = self.takes("not")
            self.expect("null")
            return IsNull(left, negated)
        if token.text == "not":
            self.expect("in")
            return Among(left, self.list(), True)
        if token.text == "in":
            return Among(left, self.list(), False)
        return Binary(token.text, left, self.expression(_BINDING[token.text]))

    def operand(self) -> Node:
        token = self.take()
        match token.kind, token.text:
            case "number", text:
                return Constant(float(text) if "." in text else int(text))
            case "text", text:
                return Constant(text[1:-1].replace("''", "'"))
            case "keyword", ("true" | "false") as text:
                return Constant(text == "true")
            case "keyword", "not":
                return Unary("not", self.expression(3))
            case "operator", "-":
                return Unary("-", self.expression(7))
            case "operator", "(":
                inner = self.expression(0)
                self.expect(")")
                return inner
            case "quoted", text:
                return Name(text[1:-1])
            case "name", text:
                return Call(text, self.list(opened=True)) if self.takes("(") else Name(text)
        raise _stopped(self.text, token.at)

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


def names(node: Node) -> frozenset[str]:
    """Every name an expression uses."""
    if isinstance(node, Name):
        return frozenset({node.name})
    return frozenset().union(*(names(child) for child in children(node)))


def refuse_calls(call: Call) -> str:
    """The `call` of a grammar without functions."""
    raise ExpressionError(say("There is no function «{name}» here.", name=call.function))


def to_sql(node: Node, column: Callable[[str], str], params: Params, call: Callable[[Call], str] = refuse_calls) -> str:
    """SQL of a tree. `column` gives the SQL of a name, `call` that of a function call; constants go to `params`."""

    def sql(part: Node) -> str:
        return to_sql(part, column, params, call)

    match node:
        case Constant(value):
            return params.place(value)
        case Name(name):
            return column(name)
        case Unary(operator, operand):
            return f"({operator} {sql(operand)})"
        case Binary("/", left, right):
            return f"({sql(left)} / nullif({sql(right)}, 0))"
        case Binary(operator, left, right):
            return f"({sql(left)} {operator} {sql(right)})"
        case Among(operand, members, negated):
            listed = ", ".join(sql(member) for member in members)
            return f"({sql(operand)} {'not in' if negated else 'in'} ({listed}))"
        case IsNull(operand, negated):
            return f"({sql(operand)} is {'not ' if negated else ''}null)"
        case Call():
            return call(node)
