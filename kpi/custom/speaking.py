"""A definition in the words of a person's language, as they could have written it.

Invariant: what is spoken is read back as the same definition, whatever the language.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from data.errors import ExpressionError
from data.expression import Among, Binary, Call, Constant, IsNull, Name, Node, Unary, written
from data.expression.writing import Spelling, quoted
from data.schema.names import normalise_word
from kpi.custom.binding import Counted, Known, bind
from kpi.custom.kinds import Told
from kpi.custom.vocabulary import ROW_SPELLINGS, Table
from kpi.custom.words import KEYWORDS, Word, word
from kpi.language import Language

_SPELLINGS: Mapping[str, Spelling] = {
    "ru": Spelling({keyword: said for said, keyword in KEYWORDS.items()}, are_names_ready=True),
    "en": Spelling(are_names_ready=True),
}
_ROW_WORDS = {name: said.replace(" ", "_") for said, name in ROW_SPELLINGS.items()}


def spoken(tree: Node, what: Known, language: Language) -> str:
    """The text of a bound formula; columns say of which table where they must."""
    short, long = (written(_between(tree, what, _Voice(language, q)), _SPELLINGS[language.code]) for q in (False, True))
    try:
        return short if bind(short, what) == tree else long
    except ExpressionError:
        return long


def word_in(language: Language, one: Word) -> str:
    """What a word is called."""
    return one.russian if language.code == "ru" else one.name


def column_in(language: Language, told: Told, table: Table) -> str:
    """What a column is called: in Russian by its title, where only this one has it."""
    if language.code == "ru" and told.name in _ROW_WORDS:
        return _ROW_WORDS[told.name]
    title = language.catalogue(told.title)
    by_title = language.code == "ru" and "`" not in title and table.find(title) is told
    return quoted(title if by_title else told.name)


def table_in(language: Language, table: Table) -> str:
    """What a table is called."""
    title = language.catalogue(table.title)
    return quoted(title) if language.code == "ru" and table.answers_to(title) else table.name


def kpi_in(language: Language, id_: str, what: Known) -> str:
    """What a KPI is called: in Russian, and where a person named it, by its title."""
    kpi = what.catalogue.get(id_)
    title = language.catalogue(kpi.title)
    by_title = (language.code == "ru" or kpi.is_custom) and "`" not in title and what.kpi(title) == id_
    return quoted(title if by_title else id_)


def value_in(language: Language, told: Told, value: str) -> str:
    """What a value of a column is called, without quotes."""
    shown = language.catalogue(value.replace("_", " ").capitalize())
    known = {normalise_word(said) for said in told.words.get(value, ())}
    is_said = language.code == "ru" and value in told.words and normalise_word(shown) in known
    return shown if is_said else value


@dataclass(frozen=True)
class _Voice:
    """How a tree is said."""

    language: Language
    """In which language."""
    says_tables: bool
    """Whether every column says of which table it is."""

    def column(self, told: Told, table: Table) -> str:
        """What a column is called."""
        name = column_in(self.language, told, table)
        return f"{table_in(self.language, table)}.{name}" if self.says_tables else name


def _between(node: Node, what: Known, voice: _Voice) -> Node:
    """KPIs and words by what they are called; `count` says of which table."""
    match node:
        case Counted(function, arguments):
            table = what.tables[node.relation]
            inner = tuple(_row(argument, table, voice) for argument in arguments)
            of = (Name(table_in(voice.language, table)),) if function == "count" else ()
            return Call(_called(function, voice.language), (*of, *inner))
        case Name(name):
            return Name(kpi_in(voice.language, name, what) if name in what.catalogue else _called(name, voice.language))
        case Unary(operator, operand):
            return Unary(operator, _between(operand, what, voice))
        case Binary(operator, left, right):
            return Binary(operator, _between(left, what, voice), _between(right, what, voice))
        case Call(function, arguments):
            return Call(_called(function, voice.language), tuple(_between(one, what, voice) for one in arguments))
    return node


def _row(node: Node, table: Table, voice: _Voice) -> Node:
    """What is said of a row by what it is called."""

    def row(part: Node) -> Node:
        return _row(part, table, voice)

    match node:
        case Name(name):
            told = table.find(name)
            return Name(voice.column(told, table) if told else quoted(name))
        case Unary(operator, operand):
            return Unary(operator, row(operand))
        case Binary(operator, left, right):
            told = _told(left, table) or _told(right, table)
            return Binary(operator, *(_value(side, told, voice) or row(side) for side in (left, right)))
        case Among(operand, members, negated):
            told = _told(operand, table)
            return Among(row(operand), tuple(_value(m, told, voice) or row(m) for m in members), negated)
        case IsNull(operand, negated) if voice.language.code == "ru":
            empty = Call(_called("is_null", voice.language), (row(operand),))
            return Unary("not", empty) if negated else empty
        case IsNull(operand, negated):
            return IsNull(row(operand), negated)
        case Call(function, arguments):
            return Call(_called(function, voice.language), tuple(map(row, arguments)))
    return node


def _told(node: Node, table: Table) -> Told | None:
    return table.find(node.name) if isinstance(node, Name) else None


def _value(node: Node, told: Told | None, voice: _Voice) -> Node | None:
    """A value of a closed list by what it is called."""
    if told is None or not told.words or not isinstance(node, Constant) or not isinstance(node.value, str):
        return None
    return Constant(value_in(voice.language, told, node.value))


def _called(name: str, language: Language) -> str:
    found = word(name)
    return word_in(language, found) if found else name
