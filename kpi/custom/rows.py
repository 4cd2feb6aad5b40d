"""What is said of one row, as a person writes it → as definitions say it.

Invariant: every name that leaves here is the table's own, every constant fits what it is compared with, and every part
is of the kind that what is around it takes: so the SQL made of it can always be run.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from data.errors import ExpressionError, did_you_mean
from data.expression import Among, Binary, Call, Constant, IsNull, Name, Node, Unary
from data.message import Message, say
from data.schema.names import normalise_word
from kpi.custom.kinds import NAMES, Kind, Told
from kpi.custom.vocabulary import Table
from kpi.custom.words import COUNTING, OF_A_ROW, Word, word
from kpi.language import LANGUAGES, language

MOST_LATER = 100_000_000
"""Days or minutes a moment may be put off by: beyond, there is no calendar."""
_SAME, _ORDER, _ARITHMETIC, _LOGIC = ("=", "<>"), ("<", "<=", ">", ">="), ("+", "-", "*", "/"), ("and", "or")
_ROW_WORDS = {one.name: one for one in OF_A_ROW}
_COUNTING = {one.name for one in COUNTING}


class UnknownColumn(ExpressionError):
    """A name that the table does not tell."""


@dataclass(frozen=True)
class Bound:
    """A part as definitions say it."""

    node: Node
    """The part."""
    kind: Kind
    """What it is."""
    told: Told | None = None
    """The column, where it is one alone."""


def problem(node: Node, title: Message, hint: Message | None = None) -> ExpressionError:
    """What is wrong with a part, and where it stands."""
    place = say("See character {at} of the formula.", at=node.at + 1) if node.at >= 0 else None
    return ExpressionError(title, place, hint, at=node.at)


class RowBinder:
    """Reads row-level parts as speaking of one table."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def bind(self, node: Node, kind: Kind | None = None) -> Bound:
        """The part, and of which kind it is; `ExpressionError` unless it is of the kind wanted."""
        bound = self._bound(node)
        if kind is not None and bound.kind != kind:
            raise problem(
                node, say("Here must stand {wanted}, not {found}.", wanted=NAMES[kind], found=NAMES[bound.kind])
            )
        return bound

    def _bound(self, node: Node) -> Bound:
        match node:
            case Constant(value):
                return Bound(node, _kind_of(value))
            case Name():
                return self._column(node)
            case Unary("not", operand):
                inner = self.bind(operand, "truth").node
                if isinstance(inner, IsNull):
                    return Bound(replace(inner, negated=not inner.negated), "truth")
                return Bound(replace(node, operand=inner), "truth")
            case Unary(_, operand):
                return Bound(replace(node, operand=self.bind(operand, "number").node), "number")
            case Binary():
                return self._binary(node)
            case Among():
                return self._among(node)
            case IsNull(operand, _):
                return Bound(replace(node, operand=self.bind(operand).node), "truth")
            case Call():
                return self._call(node)

    def _column(self, node: Name) -> Bound:
        if node.of and not self.table.answers_to(node.of):
            raise UnknownColumn(
                say("«{name}» is no column of {table}.", name=node.name, table=Message(self.table.title))
            )
        told = self.table.find(node.name)
        if told is None:
            raise UnknownColumn(
                say("{table} have no column «{name}».", name=node.name, table=Message(self.table.title)),
                say("See character {at} of the formula.", at=node.at + 1),
                near(node.name, self.table.told.values()),
                at=node.at,
            )
        return Bound(Name(told.name, is_quoted=node.is_quoted, at=node.at), told.kind, told)

    def _binary(self, node: Binary) -> Bound:
        if node.operator in _LOGIC:
            return Bound(self._with(node, "truth"), "truth")
        if node.operator in _ARITHMETIC:
            return Bound(self._with(node, "number"), "number")
        left, right = self._compared((node.left, node.right))
        if node.operator in _ORDER and left.kind not in ("number", "moment"):
            raise problem(
                node, say("Only numbers and dates are smaller or larger than others."), say("Use = or <> here.")
            )
        return Bound(replace(node, left=left.node, right=right.node), "truth")

    def _with(self, node: Binary, kind: Kind) -> Binary:
        return replace(node, left=self.bind(node.left, kind).node, right=self.bind(node.right, kind).node)

    def _among(self, node: Among) -> Bound:
        if not node.members:
            raise problem(node, say("The list after «in» is empty."))
        operand, *members = self._compared((node.operand, *node.members))
        for member, bound in zip(node.members, members, strict=True):
            if not isinstance(bound.node, Constant | Call) or bound.told:
                raise problem(member, say("A list holds numbers and texts, no columns."))
        return Bound(replace(node, operand=operand.node, members=tuple(m.node for m in members)), "truth")

    def _compared(self, sides: Sequence[Node]) -> list[Bound]:
        """Things that are compared: constants are read as what they are compared with."""
        known = [self._bound(side) if not self._may_be_text(side) else None for side in sides]
        measure = next((one for one in known if one and not isinstance(one.node, Constant)), None)
        if measure is None:
            measure = next((one for one in known if one), None) or self._bound(sides[0])
        if measure.kind == "thing":
            raise problem(sides[0], say("It can be counted with count_distinct, not compared."))
        return [self._as_compared(side, one, measure) for side, one in zip(sides, known, strict=True)]

    def _may_be_text(self, node: Node) -> bool:
        """A name in double quotes that is no column: a text in the wrong quotes."""
        return isinstance(node, Name) and node.is_quoted and not node.of and self.table.find(node.name) is None

    def _as_compared(self, side: Node, bound: Bound | None, measure: Bound) -> Bound:
        if bound is None:
            if measure.kind not in ("text", "moment") or isinstance(measure.node, Constant):
                return self._bound(side)
            assert isinstance(side, Name)
            bound = Bound(Constant(side.name, at=side.at), "text")
        if isinstance(bound.node, Constant) and not isinstance(measure.node, Constant):
            bound = _fitting(bound.node, measure)
        if bound.kind != measure.kind:
            raise problem(
                side,
                say("It cannot be compared: {one} with {other}.", one=NAMES[measure.kind], other=NAMES[bound.kind]),
                say("Texts stand in quotes: 'done'; numbers do not.") if "text" in (bound.kind, measure.kind) else None,
            )
        return bound

    def _call(self, node: Call) -> Bound:
        found = word(node.function)
        if found is None or found.name not in _ROW_WORDS:
            raise self._no_such(node, found)
        _check_number(node, found)
        values = self._arguments(node, found)
        if found.name in ("add_days", "add_minutes"):
            _check_later(node.arguments[1])
        if found.name == "date":
            return _date(node.arguments[0])
        if found.name == "is_null":
            return Bound(IsNull(values[0].node, False, at=node.at), "truth")
        called = replace(node, function=found.name, arguments=tuple(value.node for value in values))
        return Bound(called, found.gives or values[0].kind)

    def _arguments(self, node: Call, found: Word) -> list[Bound]:
        kinds = (*found.takes, *[found.takes[-1]] * (len(node.arguments) - len(found.takes)))
        first = self.bind(node.arguments[0], kinds[0])
        if found.name != "is_null" and first.kind == "thing":
            raise problem(node, say("It can be counted with count_distinct, not compared."))
        rest = [self.bind(value, kind or first.kind) for value, kind in zip(node.arguments[1:], kinds[1:], strict=True)]
        return [first, *rest]

    def _no_such(self, node: Call, found: Word | None) -> ExpressionError:
        if found is not None and found.name in _COUNTING:
            return problem(
                node,
                say("«{name}» counts over all rows and cannot stand inside another word.", name=found.name),
                say("Inside a word each row is looked at by itself."),
            )
        return problem(
            node,
            say("There is no function «{name}» here.", name=node.function[:60]),
            did_you_mean(node.function[:60], [name for one in OF_A_ROW for name in (one.name, one.russian)]),
        )


def _kind_of(value: object) -> Kind:
    if isinstance(value, bool):
        return "truth"
    return "text" if isinstance(value, str) else "number"


def near(name: str, told: Iterable[Told]) -> Message | None:
    """Columns that were meant, perhaps: by their titles where the name is Russian."""
    russian = bool(re.search("[а-яё]", name.lower()))
    return did_you_mean(name, {language("ru").catalogue(one.title) if russian else one.name for one in told})


def _fitting(node: Constant, measure: Bound) -> Bound:
    """A constant as what it is compared with: a word of the list, a day, a weekday."""
    told = measure.told
    if told and told.name == "weekday":
        return _weekday(node)
    if told and told.words and measure.kind == "text" and isinstance(node.value, str):
        return Bound(Constant(_word(node, told), at=node.at), "text")
    if measure.kind == "moment" and isinstance(node.value, str):
        return _date(node)
    return Bound(node, _kind_of(node.value))


def _weekday(node: Constant) -> Bound:
    if str(node.value) not in ("1", "2", "3", "4", "5", "6", "7"):
        raise problem(node, say("Weekdays are 1 (Monday) to 7 (Sunday)."))
    return Bound(Constant(str(node.value), at=node.at), "text")


def _word(node: Constant, told: Told) -> str:
    """The word of a closed list that a text means."""
    text = str(node.value)
    meant = {normalise_word(said): one for one, many in told.words.items() for said in (*many, *said_as(one))}
    found = meant.get(normalise_word(text))
    if found is None:
        raise problem(
            node,
            say("«{text}» is no word of {column}.", text=text[:60], column=Message(told.title)),
            did_you_mean(normalise_word(text), meant)
            or say("It knows: {words}.", words=", ".join(f"'{one}'" for one in told.words)),
        )
    return found


def said_as(one: str) -> tuple[str, ...]:
    """A word of a list as definitions say it, and as the screens of each language do."""
    shown = one.replace("_", " ").capitalize()
    return (one, shown, *(language(code).catalogue(shown) for code in LANGUAGES))


def _date(node: Node) -> Bound:
    day = _day(str(node.value)) if isinstance(node, Constant) else None
    if day is None:
        raise problem(node, say("A day is written '2026-10-31' or '31.10.2026'."))
    return Bound(Call("date", (Constant(day.isoformat(), at=node.at),), at=node.at), "moment")


def _day(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None


def _check_number(node: Call, found: Word) -> None:
    fewest, most = len(found.takes), max(len(found.takes), found.most)
    if not fewest <= len(node.arguments) <= most:
        raise problem(
            node,
            say("«{name}» does not take {n} values.", name=found.name, n=len(node.arguments)),
            say("For instance {example}", example=found.example),
        )


def _check_later(node: Node) -> None:
    inner = node.operand if isinstance(node, Unary) else node
    if not isinstance(inner, Constant) or not isinstance(inner.value, int) or inner.value > MOST_LATER:
        raise problem(node, say("Here stands a whole number, not too large."))
