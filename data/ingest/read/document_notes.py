"""What was seen in a document, in words.

Invariant: each rule of the child's notes has one sentence here; a rule without one is a bug, not silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.ingest.read.documents.found import Note
from data.ingest.read.findings import found
from data.message import Message, say, say_n
from data.model import Finding


@dataclass(frozen=True)
class Sentence:
    """What a rule says; a sentence that counts is written for no particular number."""

    message: Message
    """Its texts."""
    about: str = ""
    """The place that the note's name or amount fills."""
    other: str = ""
    """The place that the second one fills."""
    warning: bool = False
    """Something may be missing or wrong."""

    def of(self, note: Note) -> Message:
        """The sentence about a note."""
        places = {self.about: note.about, self.other: note.other}
        params = {name: value for name, value in places.items() if name}
        if self.message.plural is None:
            return replace(self.message, params=params)
        return self.message.counting(note.count, **params)


def said(note: Note) -> Finding:
    """The finding of a note."""
    if note.rule == "event_log":
        return found(note.rule, note.count, _event_log(note), note.examples)
    sentence = SENTENCES[note.rule]
    return found(note.rule, note.count, sentence.of(note), note.examples, warning=sentence.warning)


def _event_log(note: Note) -> Message:
    events, cases = say_n("{n} event", "{n} events", note.count), say_n("{n} case", "{n} cases", int(note.about))
    return say("An event log: {events}, {cases}.", events=events, cases=cases)


SENTENCES: Mapping[str, Sentence] = {
    "beside_records": Sentence(say_n(
        "{n} value beside the records is not part of the table: {names}.",
        "{n} values beside the records are not part of the table: {names}.", 0,
    ), "names"),
    "repeated_keys": Sentence(say_n(
        "{n} field stands twice in one record; the last value was kept.",
        "{n} fields stand twice in one record; the last values were kept.", 0,
    ), warning=True),
    "lists_added": Sentence(say_n(
        "In {n} record the amounts of a list were added: {names}.",
        "In {n} records the amounts of a list were added: {names}.", 0,
    ), "names"),
    "lists_joined": Sentence(say_n(
        "In {n} record the values of a list stand in one cell, with commas: {names}.",
        "In {n} records the values of a list stand in one cell, with commas: {names}.", 0,
    ), "names"),
    "empty_lists": Sentence(say_n(
        "{n} record has nothing in «{list}» and gave no row.",
        "{n} records have nothing in «{list}» and gave no row.", 0,
    ), "list", warning=True),
    "list_rows": Sentence(say_n(
        "{n} record became {rows} rows, one for each entry of «{list}».",
        "{n} records became {rows} rows, one for each entry of «{list}».", 0,
    ), "list", "rows"),
    "encoding_differs": Sentence(say("The file says {said} but is written in {real}."), "said", "real"),
    "damaged_characters": Sentence(say_n(
        "{n} character of the file is damaged.", "{n} characters of the file are damaged.", 0,
    ), warning=True),
    "broken_off": Sentence(say("The file breaks off: its last line is missing. Download it again."), warning=True),
    "torn_documents": Sentence(say_n(
        "{n} payment has no end; the next one begins in it.",
        "{n} payments have no end; the next ones begin in them.", 0,
    ), warning=True),
    "own_transfers": Sentence(say_n(
        "{n} transfer between your own accounts, {amount} in all, is neither income nor expense and was left out.",
        "{n} transfers between your own accounts, {amount} in all, are neither income nor expense and were left out.",
        0,
    ), "amount"),
    "received_apart": Sentence(say_n(
        "{n} payment received, {amount} in all, stands in a table of its own, «{table}», and is no expense.",
        "{n} payments received, {amount} in all, stand in a table of their own, «{table}», and are no expenses.", 0,
    ), "amount", "table"),
    "unknown_apart": Sentence(say_n(
        "Nothing tells whether {n} payment, {amount} in all, came or went: it stands in the table «{table}».",
        "Nothing tells whether {n} payments, {amount} in all, came or went: they stand in the table «{table}».", 0,
    ), "amount", "table", warning=True),
    "paid_differs": Sentence(
        say("The statement says that {said} was paid, but its payments add up to {added}."), "said", "added",
        warning=True,
    ),
    "received_differs": Sentence(
        say("The statement says that {said} was received, but its payments add up to {added}."), "said", "added",
        warning=True,
    ),
    "nested_attributes": Sentence(say_n(
        "{n} attribute stands within another and was left out.",
        "{n} attributes stand within others and were left out.", 0,
    ), warning=True),
    "unnamed_cases": Sentence(say_n(
        "{n} case has no name and got its number in the file.",
        "{n} cases have no name and got their numbers in the file.", 0,
    ), warning=True),
    "empty_cases": Sentence(say_n("{n} case has no event.", "{n} cases have no events.", 0)),
}  # fmt: skip
"""Rule → its sentence."""
