"""What may come next in a formula, for somebody who does not know its words.

Invariant: a suggestion put in the place it names gives a text that can still become a formula; nothing is suggested
that is not known.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from data.errors import ExpressionError
from data.expression import Token, tokens
from data.message import Message, say
from data.schema.names import normalise
from kpi.custom.binding import Known
from kpi.custom.kinds import Kind, Told
from kpi.custom.speaking import column_in, kpi_in, table_in, value_in, word_in
from kpi.custom.vocabulary import Table
from kpi.custom.words import BETWEEN, COUNTING, KEYWORDS, OF_A_ROW, Word, word
from kpi.language import Language

MOST = 8
"""Suggestions shown at once."""
_COUNTING = {one.name for one in COUNTING}
_CONDITION: tuple[Kind, ...] = ("truth", "number", "text", "moment", "thing")
_VALUE: Mapping[str, tuple[Kind, ...]] = {
    **dict.fromkeys(("total", "average", "median", "minimum", "maximum", "ratio"), ("number", "moment")),
    "count_distinct": ("text", "thing"),
}
"""Kinds of columns that are likeliest in a condition, and as the value of a word."""

Members = Callable[[str], Sequence[str]]
"""Dimension → its members here."""


@dataclass(frozen=True)
class Suggestion:
    """One way to go on."""

    insert: str
    """What is put into the formula."""
    title: str
    """What it is, for people; English where it is the program's."""
    group: str
    """word, column, kpi, table, value or sign."""
    meaning: Message | None = None
    """What it does."""
    of: str = ""
    """English title of the table it belongs to."""


@dataclass(frozen=True)
class Completion:
    """What may come next, and where."""

    at: int
    """From this character on the suggestion stands instead of the text."""
    found: tuple[Suggestion, ...]
    """The likeliest first."""

    def put(self, text: str, suggestion: Suggestion) -> str:
        """The text with the suggestion."""
        before = text[: self.at]
        glue = "" if not before or before[-1] in " (" or suggestion.insert[0] in "),." else " "
        return f"{before}{glue}{suggestion.insert}"


@dataclass(frozen=True)
class Circle:
    """What somebody has to choose from."""

    what: Known
    """Tables and KPIs."""
    language: Language
    """The person's."""
    loaded: Callable[[Table, str], bool]
    """Whether a table's column is loaded here."""
    members: Members
    """Members of dimensions."""


def complete(text: str, circle: Circle) -> Completion:
    """What may come next at the end of a text."""
    try:
        read = list(tokens(text, KEYWORDS))[:-1]
    except ExpressionError:
        return _in_quotes(text, circle)
    partial = read.pop() if read and read[-1].until == len(text) and read[-1].kind in ("name", "quoted") else None
    begun = partial.name if partial else ""
    at = partial.at if partial else len(text)
    place = _place(read)
    return Completion(at, tuple(_ranked(begun, _after(place, read, circle), circle.language))[:MOST])


@dataclass(frozen=True)
class _Place:
    """Where the end of a text stands."""

    word: str
    """The word of counting it is inside of; empty: between words."""
    names: tuple[str, ...]
    """Names already said in that word."""
    is_first: bool
    """Nothing was said in it yet."""


def _place(read: Sequence[Token]) -> _Place:
    opened: list[tuple[str, int]] = []
    for number, token in enumerate(read):
        if token.text == "(" and token.kind == "operator":
            before = read[number - 1] if number else None
            called = word(before.text) if before is not None and before.kind == "name" else None
            opened.append((called.name if called else "", number))
        elif token.text == ")" and token.kind == "operator" and opened:
            opened.pop()
    inside = [(name, number) for name, number in opened if name in _COUNTING]
    if not inside:
        return _Place("", (), False)
    name, number = inside[0]
    said = read[number + 1 :]
    names = tuple(token.name for token in said if token.kind in ("name", "quoted"))
    return _Place(name, names, not said)


def _after(place: _Place, read: Sequence[Token], circle: Circle) -> Iterator[Suggestion]:
    last = read[-1] if read else None
    expects = last is None or (last.kind == "operator" and last.text != ")") or last.kind == "keyword"
    if not place.word:
        yield from _between(circle) if expects else _signs("/", "*", "+", "-")
    elif not expects:
        yield from _signs_in_word(place, circle)
    elif (told := _compared(read, place, circle)) is not None:
        yield from _values(told, circle)
    else:
        yield from _in_word(place, circle)


def _between(circle: Circle) -> Iterator[Suggestion]:
    """Words of counting, then KPIs."""
    yield from (_word(one, circle.language) for one in COUNTING)
    for kpi in circle.what.catalogue.visible():
        if kpi.kind != "stage":
            yield Suggestion(kpi_in(circle.language, kpi.id, circle.what), kpi.title, "kpi")
    yield from (_word(one, circle.language) for one in BETWEEN)


def _in_word(place: _Place, circle: Circle) -> Iterator[Suggestion]:
    """Columns of the tables that fit what was said, and words about a row."""
    fitting = _tables(place, circle)
    if place.word == "count" and place.is_first:
        for table in fitting:
            yield Suggestion(table_in(circle.language, table), table.title, "table")
        return
    first = _VALUE.get(place.word, _CONDITION) if place.is_first else _CONDITION
    told = [(one, table) for table in fitting for one in table.told.values() if circle.loaded(table, one.name)]
    told.sort(key=lambda pair: first.index(pair[0].kind) if pair[0].kind in first else len(first))
    for one, table in told:
        others = [other for other in _possible(place, circle) if other is not table and one.name in other.told]
        name = column_in(circle.language, one, table)
        written = f"{table_in(circle.language, table)}.{name}" if others else name
        yield Suggestion(written, one.title, "column", one.meaning, table.title)
    yield from (_word(one, circle.language) for one in OF_A_ROW)


def _tables(place: _Place, circle: Circle) -> list[Table]:
    """The loaded tables that tell every name said so far; all of them where none does."""
    known = [table for table in circle.what.tables.values() if any(circle.loaded(table, name) for name in table.told)]
    return [table for table in _possible(place, circle) if table in known] or known


def _possible(place: _Place, circle: Circle) -> list[Table]:
    """The tables that tell every name said so far, loaded or not."""
    every = list(circle.what.tables.values())
    named = [name for name in place.names if word(name) is None]
    of = [table for table in every if any(table.answers_to(name) for name in named)]
    return of[:1] or [table for table in every if all(table.find(name) for name in named)]


def _compared(read: Sequence[Token], place: _Place, circle: Circle) -> Told | None:
    """The column that the next value is compared with."""
    signs = [token.text for token in read]
    while signs and signs[-1] not in ("=", "<>", "in"):
        if signs[-1] != "(" and read[len(signs) - 1].kind not in ("text",) and signs[-1] != ",":
            return None
        signs.pop()
    before = read[len(signs) - 2] if len(signs) > 1 else None
    if before is not None and before.text == "not" and len(signs) > 2:
        before = read[len(signs) - 3]
    if before is None or before.kind not in ("name", "quoted"):
        return None
    return next((told for table in _tables(place, circle) if (told := table.find(before.name))), None)


def _values(told: Told, circle: Circle) -> Iterator[Suggestion]:
    """Values of a column: of its list, or the members there are."""
    language = circle.language
    if told.kind == "truth":
        yield from (Suggestion("да" if language.code == "ru" else "true", say("yes").text, "value"),)
        yield from (Suggestion("нет" if language.code == "ru" else "false", say("no").text, "value"),)
        return
    names = list(told.words) or list(circle.members(told.name))
    for name in names:
        shown = value_in(language, told, name)
        yield Suggestion("'" + shown.replace("'", "''") + "'", name.replace("_", " ").capitalize(), "value")


def _signs_in_word(place: _Place, circle: Circle) -> Iterator[Suggestion]:
    told = None
    for table in _tables(place, circle):
        told = told or (table.find(place.names[-1]) if place.names else None)
    comparing = ("=", "<>") if told is not None and told.kind == "text" else (">", "<", ">=", "<=", "=")
    yield from _signs(*(() if told is not None and told.kind == "truth" else comparing))
    yield Suggestion(")", ")", "sign", say("Closes the word."))
    yield Suggestion(", ", ",", "sign", say("Then the condition: of which rows."))
    russian = circle.language.code == "ru"
    yield Suggestion("и " if russian else "and ", "and", "sign", say("Both conditions hold."))
    yield Suggestion("или " if russian else "or ", "or", "sign", say("One of both conditions holds."))


def _signs(*signs: str) -> Iterator[Suggestion]:
    meanings = {
        "/": say("Divided by"), "*": say("Times"), "+": say("Plus"), "-": say("Minus"), "=": say("Equals"),
        "<>": say("Is not"), ">": say("More than"), "<": say("Less than"), ">=": say("At least"),
        "<=": say("At most"),
    }  # fmt: skip
    yield from (Suggestion(f"{sign} ", sign, "sign", meanings[sign]) for sign in signs)


def _word(one: Word, language: Language) -> Suggestion:
    return Suggestion(f"{word_in(language, one)}(", one.name, "word", one.meaning)


def _in_quotes(text: str, circle: Circle) -> Completion:
    """What may come in an open text: the values of the column it is compared with, or nothing."""
    at = max(text.rfind(sign) for sign in "'«“\"")
    if at < 0:
        return Completion(len(text), ())
    try:
        read = list(tokens(text[:at], KEYWORDS))[:-1]
    except ExpressionError:
        return Completion(len(text), ())
    told = _compared(read, _place(read), circle) if read else None
    found = _values(told, circle) if told is not None else iter(())
    return Completion(at, tuple(_ranked(text[at + 1 :], found, circle.language))[:MOST])


def _ranked(begun: str, found: Iterable[Suggestion], language: Language) -> list[Suggestion]:
    """Those that begin as what was begun, then those that hold it; all where nothing was."""
    wanted = normalise(begun)
    once = {one.insert: one for one in reversed(list(found))}
    listed = [once[name] for name in reversed(list(once))]
    if not wanted:
        return listed

    def place(one: Suggestion) -> int:
        names = [normalise(text) for text in (one.insert.strip("'\"( "), one.title, language.catalogue(one.title))]
        if any(name.startswith(wanted) for name in names):
            return 0
        return 1 if any(wanted in name for name in names) else 2

    return [one for one in sorted(listed, key=place) if place(one) < 2]


def everything(circle: Circle) -> tuple[Suggestion, ...]:
    """All that can be named here: words, columns, KPIs."""
    once: dict[str, Suggestion] = {}
    for one in (*_between(circle), *_in_word(_Place("share", (), False), circle)):
        known = once.setdefault(one.insert, one)
        if known.group == "kpi" and one.group == "column":
            once[one.insert] = replace(known, of=one.of)
    return tuple(once.values())
