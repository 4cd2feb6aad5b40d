"""Findings of the reading step, with the line numbers they concern."""

from collections.abc import Iterable, Iterator, Sequence

from data.ingest.read.characters import Cleaner
from data.message import Message, say, say_n
from data.model import Finding

RANGES = 20
"""Ranges of line numbers a sentence names before it ends in an ellipsis."""


def found(rule: str, count: int, message: Message, examples: Iterable[object] = (), warning: bool = False) -> Finding:
    """A finding of step "read"; `examples` beyond five are left out."""
    shown = tuple(str(example) for example in list(examples)[:5])
    return Finding("read", "warning" if warning else "info", None, rule, count, shown, message)


def line_list(lines: Sequence[int]) -> str:
    """Line numbers as a person writes them: "1–3, 7"; at most `RANGES` ranges."""
    ranges: list[list[int]] = []
    for line in sorted(lines):
        if ranges and line == ranges[-1][1] + 1:
            ranges[-1][1] = line
        else:
            ranges.append([line, line])
    texts = [str(a) if a == b else f"{a}–{b}" for a, b in ranges[:RANGES]]
    return ", ".join(texts) + (" …" if len(ranges) > RANGES else "")


def head_findings(titles: Sequence[tuple[int, str]], headless: bool) -> Iterator[Finding]:
    """About what stands above the data: (line, text) of every title row, and a missing header."""
    if n := len(titles):
        message = say_n(
            "{n} title row above the table was left out (line {lines}).",
            "{n} title rows above the table were left out (lines {lines}).",
            n,
            lines=line_list([line for line, _ in titles]),
        )
        yield found("title_rows", n, message, [text for _, text in titles])
    if headless:
        yield found("no_header", 1, say("The table has no header row; its first row is data."), warning=True)


def sheets_left(names: Sequence[str]) -> Finding:
    """Sheets with a table that were not to be loaded."""
    message = say_n(
        "Sheet {names} was not loaded.", "{n} sheets were not loaded: {names}.", len(names), names=", ".join(names)
    )
    return found("sheets_left", len(names), message, warning=True)


def character_findings(cleaner: Cleaner) -> Iterator[Finding]:
    """About changed characters."""
    if n := cleaner.stripped:
        message = say_n(
            "Control characters were removed from {n} cell.", "Control characters were removed from {n} cells.", n
        )
        yield found("control_characters", n, message, cleaner.examples, warning=True)
    if n := cleaner.breaks:
        message = say_n(
            "In {n} cell line breaks or tabs became spaces.", "In {n} cells line breaks or tabs became spaces.", n
        )
        yield found("line_breaks", n, message)
    if n := cleaner.links:
        message = say_n("{n} link was replaced by its text.", "{n} links were replaced by their text.", n)
        yield found("links", n, message)
