"""A formula as a person writes it → the tree of a definition, each word with the table it counts.

Invariant: which table a word counts is told by the formula itself, never by what happens to be loaded; where two fit,
the person is asked.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from data.errors import ExpressionError, did_you_mean
from data.expression import Binary, Call, Constant, Name, Node, Unary, nodes_of, parse
from data.message import Message, say
from data.schema.names import normalise
from kpi.catalogue import Catalogue
from kpi.custom.limits import check_written
from kpi.custom.rows import RowBinder, UnknownColumn, near, problem
from kpi.custom.vocabulary import Table
from kpi.custom.words import BETWEEN, COUNTING, KEYWORDS, PERIOD_DAYS, Word, spellings, word
from kpi.language import LANGUAGES, language

_ARITHMETIC = ("+", "-", "*", "/")
_COUNTING = {one.name: one for one in COUNTING}
_BETWEEN = {one.name for one in BETWEEN}


@dataclass(frozen=True)
class Counted(Call):
    """A word of counting with the relation whose rows it counts."""

    relation: str = field(kw_only=True)
    """The relation."""


@dataclass(frozen=True)
class Known:
    """What a formula can name."""

    tables: Mapping[str, Table]
    """Relation → its table."""
    catalogue: Catalogue
    """The KPIs."""
    names: Mapping[str, str]
    """What a KPI is called, normalised → its id."""

    def kpi(self, name: str) -> str | None:
        """The id of the KPI that is called so."""
        return name if name in self.catalogue else self.names.get(normalise(name))


def known(tables: Mapping[str, Table], catalogue: Catalogue) -> Known:
    """The tables, and the KPIs under their titles in both languages."""
    words = [language(code) for code in LANGUAGES]
    names = {normalise(one.catalogue(kpi.title)): kpi.id for kpi in reversed(catalogue.visible()) for one in words}
    return Known(tables, catalogue, names)


def bind(text: str, what: Known) -> Node:
    """The tree of a formula; `ExpressionError` says what is wrong, and where."""
    tree = parse(text, KEYWORDS)
    check_written(tree, text)
    binder = _Binder(what)
    binder.gather(tree)
    if not binder.words and set(binder.kpis.values()) <= {PERIOD_DAYS}:
        raise problem(
            tree,
            say("The formula counts nothing and names no KPI."),
            say("For instance share(revenue > 5000, status = 'done')"),
        )
    binder.settle()
    return binder.bound(tree)


@dataclass(frozen=True)
class _Word:
    """A word of counting with what it would be for each table that fits."""

    call: Call
    candidates: Mapping[str, Counted]


class _Binder:
    def __init__(self, what: Known) -> None:
        self.what = what
        self.words: dict[int, _Word] = {}
        self.kpis: dict[int, str] = {}
        self.chosen: dict[int, Counted] = {}

    def gather(self, node: Node) -> None:
        """Reads what stands between words and KPIs, and notes these."""
        match node:
            case Constant(bool() | str()):
                raise problem(
                    node, say("A text cannot stand here."), say("Texts stand inside a word: share(service = 'Haircut')")
                )
            case Constant():
                return
            case Name():
                self.kpis[node.at] = self._kpi(node)
            case Unary("-", operand):
                self.gather(operand)
            case Binary(operator, left, right) if operator in _ARITHMETIC:
                self.gather(left)
                self.gather(right)
            case Call():
                self._call(node)
            case _:
                raise problem(
                    node,
                    say("A condition cannot stand here."),
                    say("Conditions stand inside a word: share(revenue > 5000)"),
                )

    def settle(self) -> None:
        """Chooses the table of every word."""
        sure = {next(iter(one.candidates)) for one in self.words.values() if len(one.candidates) == 1}
        fitting = [set(one.candidates) for one in self.words.values()]
        all_fit = set.intersection(*fitting) if fitting else set()
        for at, one in self.words.items():
            left = set(one.candidates) & (sure or all_fit)
            if len(one.candidates) > 1 and len(left) != 1:
                raise self._ambiguous(one)
            relation = next(iter(one.candidates)) if len(one.candidates) == 1 else left.pop()
            self.chosen[at] = one.candidates[relation]

    def bound(self, node: Node) -> Node:
        """The tree with its words and KPIs."""
        match node:
            case Name():
                return Name(self.kpis[node.at], at=node.at)
            case Unary(_, operand):
                return replace(node, operand=self.bound(operand))
            case Binary(_, left, right):
                return replace(node, left=self.bound(left), right=self.bound(right))
            case Call() if node.at in self.chosen:
                return self.chosen[node.at]
            case Call(function, arguments):
                found = word(function)
                assert found is not None
                return Call(found.name, tuple(map(self.bound, arguments)), at=node.at)
        return node

    def _kpi(self, node: Name) -> str:
        found = None if node.of else self.what.kpi(node.name)
        called = word(node.name)
        if found is None and called is not None and called.name == PERIOD_DAYS and not node.of:
            return PERIOD_DAYS
        if found is None:
            raise self._no_kpi(node)
        if self.what.catalogue.get(found).kind == "stage":
            raise problem(node, say("«{name}» cannot be a part of a formula.", name=node.name))
        return found

    def _no_kpi(self, node: Name) -> ExpressionError:
        column = next((t for table in self.what.tables.values() if (t := table.find(node.name))), None)
        if column is not None:
            return problem(
                node,
                say("«{name}» is a column: say what to do with it.", name=node.name),
                say("For instance {example}", example=f"total({column.name})"),
            )
        visible = self.what.catalogue.visible()
        russian = {language("ru").catalogue(kpi.title) for kpi in visible}
        meant = did_you_mean(node.name[:60], [kpi.id for kpi in visible]) or did_you_mean(node.name[:60], russian)
        return problem(node, say("There is no KPI «{name}».", name=node.name[:60]), meant)

    def _call(self, node: Call) -> None:
        found = word(node.function)
        if found is not None and found.name in _COUNTING:
            self.words[node.at] = _Word(node, self._candidates(node, found))
        elif found is not None and found.name in _BETWEEN:
            self._between(node, found)
        elif found is not None:
            raise problem(
                node,
                say("«{name}» is said of one row: it stands inside a word.", name=found.name),
                say("For instance {example}", example=f"median({found.name}(…))"),
            )
        else:
            raise problem(
                node,
                say("There is no function «{name}» here.", name=node.function[:60]),
                did_you_mean(node.function[:60], spellings()),
            )

    def _between(self, node: Call, found: Word) -> None:
        most = 1 if found.name == "or_zero" else 6
        if not 1 <= len(node.arguments) <= most or not all(isinstance(one, Name | Call) for one in node.arguments):
            raise problem(
                node,
                say("«{name}» takes KPIs or words of counting.", name=found.name),
                say("For instance {example}", example=found.example),
            )
        for argument in node.arguments:
            self.gather(argument)
            inner = word(argument.function) if isinstance(argument, Call) else None
            if inner is not None and inner.name in _BETWEEN:
                raise problem(argument, say("«{name}» cannot stand here.", name=inner.name))

    def _candidates(self, node: Call, found: Word) -> Mapping[str, Counted]:
        """What a word is for each table it can be said of; the best fitting table's error where there is none."""
        strange = {relation: _strange(node, table) for relation, table in self.what.tables.items()}
        nearest = [relation for relation, count in strange.items() if count == min(strange.values())]
        fitting: dict[str, Counted] = {}
        errors: list[ExpressionError] = []
        for relation in nearest:
            try:
                fitting[relation] = _word_of(node, found, self.what.tables[relation])
            except ExpressionError as wrong:
                errors.append(wrong)
        if fitting:
            said = _texts(node)
            return {name: one for name, one in fitting.items() if _texts(one) == said} or fitting
        if isinstance(errors[0], UnknownColumn) and len(nearest) > 1:
            raise self._no_column(node)
        raise errors[0]

    def _no_column(self, node: Call) -> ExpressionError:
        named = [part for part in nodes_of(node) if isinstance(part, Name)]
        tables = self.what.tables.values()
        lost = next((n for n in named if not any(table.find(n.name) for table in tables)), None)
        if lost is None:
            return problem(
                node,
                say("No table has all of these columns: {names}.", names=", ".join(f"«{n.name}»" for n in named)),
                say("A word counts the rows of one table. Of two tables, divide two words."),
            )
        told = [one for table in tables for one in table.told.values()]
        return problem(lost, say("No table has a column «{name}».", name=lost.name[:60]), near(lost.name[:60], told))

    def _ambiguous(self, one: _Word) -> ExpressionError:
        found = [self.what.tables[relation] for relation in one.candidates]
        listed = tuple(Message(table.title) for table in found[:6])
        name = next((n for n in nodes_of(one.call) if isinstance(n, Name)), None)
        examples = [
            f"{table.name}.{name.name}" if name else f"{one.call.function}({table.name})" for table in found[:3]
        ]
        return problem(
            name or one.call,
            say("This can be said of several tables: {tables}.", tables=listed),
            say("Say of which, for instance {example}", example=", ".join(examples)),
        )


def _texts(node: Node) -> list[object]:
    return [part.value for part in nodes_of(node) if isinstance(part, Constant) and isinstance(part.value, str)]


def _strange(node: Call, table: Table) -> int:
    """How many names of a word the table does not know."""
    named = [part for part in nodes_of(node) if isinstance(part, Name)]
    return sum(
        (bool(n.of) and not table.answers_to(n.of)) * 10 or not (table.find(n.name) or table.answers_to(n.name))
        for n in named
    )


def _word_of(node: Call, found: Word, table: Table) -> Counted:
    """A word of counting said of one table."""
    arguments = node.arguments
    if found.name == "count" and arguments and _is_table(arguments[0], table):
        arguments = arguments[1:]
    takes = len(found.takes)
    if not takes <= len(arguments) <= takes + 1:
        raise problem(
            node,
            say("«{name}» does not take {n} values.", name=found.name, n=len(node.arguments)),
            say("For instance {example}", example=found.example),
        )
    binder = RowBinder(table)
    values = [binder.bind(value, kind) for value, kind in zip(arguments, found.takes, strict=False)]
    for value, bound in zip(arguments, values, strict=False):
        if not any(isinstance(part, Name) for part in nodes_of(bound.node)):
            raise problem(value, say("This says nothing of a row: it names no column."))
    conditions = [binder.bind(condition, "truth").node for condition in arguments[takes:]]
    listed = (*(value.node for value in values), *conditions)
    return Counted(found.name, listed, at=node.at, relation=table.relation)


def _is_table(node: Node, table: Table) -> bool:
    return isinstance(node, Name) and not node.of and table.find(node.name) is None and table.answers_to(node.name)


def relations_of(node: Node) -> Collection[str]:
    """The relations whose rows a tree counts."""
    return {part.relation for part in nodes_of(node) if isinstance(part, Counted)}
