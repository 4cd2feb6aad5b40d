"""Findings of the reading step, with the line numbers they concern."""

from collections.abc import Iterable, Sequence

from data.message import Message
from data.model import Finding

RANGES = 20
"""Ranges of line numbers a sentence names before it ends in an ellipsis."""


def found(
    rule: str, count: int, message: Message, *, examples: Iterable[object] = (), warning: bool = False,
    column: str | None = None,
) -> Finding:
    """A finding of step "read"; `examples` beyond five are left out."""
    shown = tuple(str(example) for example in list(examples)[:5])
    return Finding("read", "warning" if warning else "info", column, rule, count, shown, message)


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
