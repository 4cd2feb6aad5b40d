"""What was seen in a document, in words.

Invariant: each rule of the child's notes has one sentence here; a rule without one is a bug, not silence.
"""

from collections.abc import Callable, Mapping

from data.ingest.read.documents.found import Note
from data.ingest.read.findings import found
from data.message import Message, say, say_n
from data.model import Finding

_WARNINGS = frozenset({
    "repeated_keys", "damaged_characters", "broken_off", "torn_documents", "paid_differs",
    "received_differs", "unknown_apart", "nested_attributes", "unnamed_cases", "empty_lists",
})  # fmt: skip


def said(note: Note) -> Finding:
    """The finding of a note."""
    return found(note.rule, note.count, SENTENCES[note.rule](note), note.examples, warning=note.rule in _WARNINGS)


def _beside_records(note: Note) -> Message:
    return say_n(
        "{n} value beside the records is not part of the table: {names}.",
        "{n} values beside the records are not part of the table: {names}.", note.count, names=note.about,
    )  # fmt: skip


def _repeated_keys(note: Note) -> Message:
    return say_n(
        "{n} field stands twice in one record; the last value was kept.",
        "{n} fields stand twice in one record; the last values were kept.", note.count,
    )  # fmt: skip


def _lists_added(note: Note) -> Message:
    return say_n(
        "In {n} record the amounts of a list were added: {names}.",
        "In {n} records the amounts of a list were added: {names}.", note.count, names=note.about,
    )  # fmt: skip


def _lists_joined(note: Note) -> Message:
    return say_n(
        "In {n} record the values of a list stand in one cell, with commas: {names}.",
        "In {n} records the values of a list stand in one cell, with commas: {names}.", note.count, names=note.about,
    )  # fmt: skip


def _empty_lists(note: Note) -> Message:
    return say_n(
        "{n} record has nothing in «{list}» and gave no row.", "{n} records have nothing in «{list}» and gave no row.",
        note.count, list=note.about,
    )  # fmt: skip


def _list_rows(note: Note) -> Message:
    return say_n(
        "{n} record became {rows} rows, one for each entry of «{list}».",
        "{n} records became {rows} rows, one for each entry of «{list}».", note.count, rows=note.other, list=note.about,
    )  # fmt: skip


def _encoding_differs(note: Note) -> Message:
    return say("The file says {said} but is written in {real}.", said=note.about, real=note.other)


def _damaged_characters(note: Note) -> Message:
    return say_n("{n} character of the file is damaged.", "{n} characters of the file are damaged.", note.count)


def _broken_off(_: Note) -> Message:
    return say("The file breaks off: its last line is missing. Download it again.")


def _torn_documents(note: Note) -> Message:
    return say_n(
        "{n} payment has no end; the next one begins in it.", "{n} payments have no end; the next ones begin in them.",
        note.count,
    )  # fmt: skip


def _own_transfers(note: Note) -> Message:
    return say_n(
        "{n} transfer between your own accounts, {amount} in all, is neither income nor expense and was left out.",
        "{n} transfers between your own accounts, {amount} in all, are neither income nor expense and were left out.",
        note.count, amount=note.about,
    )  # fmt: skip


def _received_apart(note: Note) -> Message:
    return say_n(
        "{n} payment received, {amount} in all, stands in a table of its own, «{table}», and is no expense.",
        "{n} payments received, {amount} in all, stand in a table of their own, «{table}», and are no expenses.",
        note.count, amount=note.about, table=note.other,
    )  # fmt: skip


def _unknown_apart(note: Note) -> Message:
    return say_n(
        "Nothing tells whether {n} payment, {amount} in all, came or went: it stands in the table «{table}».",
        "Nothing tells whether {n} payments, {amount} in all, came or went: they stand in the table «{table}».",
        note.count, amount=note.about, table=note.other,
    )  # fmt: skip


def _paid_differs(note: Note) -> Message:
    return say(
        "The statement says that {said} was paid, but its payments add up to {added}.", said=note.about,
        added=note.other,
    )  # fmt: skip


def _received_differs(note: Note) -> Message:
    return say(
        "The statement says that {said} was received, but its payments add up to {added}.", said=note.about,
        added=note.other,
    )  # fmt: skip


def _event_log(note: Note) -> Message:
    events, cases = say_n("{n} event", "{n} events", note.count), say_n("{n} case", "{n} cases", int(note.about))
    return say("An event log: {events}, {cases}.", events=events, cases=cases)


def _nested_attributes(note: Note) -> Message:
    return say_n(
        "{n} attribute stands within another and was left out.",
        "{n} attributes stand within others and were left out.", note.count,
    )  # fmt: skip


def _unnamed_cases(note: Note) -> Message:
    return say_n(
        "{n} case has no name and got its number in the file.",
        "{n} cases have no name and got their numbers in the file.", note.count,
    )  # fmt: skip


def _empty_cases(note: Note) -> Message:
    return say_n("{n} case has no event.", "{n} cases have no events.", note.count)


SENTENCES: Mapping[str, Callable[[Note], Message]] = {
    "beside_records": _beside_records,
    "repeated_keys": _repeated_keys,
    "lists_added": _lists_added,
    "lists_joined": _lists_joined,
    "empty_lists": _empty_lists,
    "list_rows": _list_rows,
    "encoding_differs": _encoding_differs,
    "damaged_characters": _damaged_characters,
    "broken_off": _broken_off,
    "torn_documents": _torn_documents,
    "own_transfers": _own_transfers,
    "received_apart": _received_apart,
    "unknown_apart": _unknown_apart,
    "paid_differs": _paid_differs,
    "received_differs": _received_differs,
    "event_log": _event_log,
    "nested_attributes": _nested_attributes,
    "unnamed_cases": _unnamed_cases,
    "empty_cases": _empty_cases,
}
"""Rule → its sentence."""
