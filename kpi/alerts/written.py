"""What one message says: a few alerts one by one, and how many more there are.

Invariant: kept as it was put together, in every language, so that the page of its link shows what was told and nothing
that came later.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from data.message import Message, say
from kpi.alerts.due import Due, Reason
from kpi.alerts.model import Said
from kpi.alerts.record import record
from kpi.language import Language

REASONS: dict[Reason, Message | None] = {
    "new": None, "worse": say("got worse"), "again": say("again"), "recalled": say("still open"),
}  # fmt: skip
"""Why it is told now; of what is new nothing has to be said."""


@dataclass(frozen=True)
class Line:
    """One alert of a message."""

    alert: int
    """Number of the alert."""
    kind: str
    """Its kind."""
    reason: Reason
    """Why it is told now."""
    said: dict[str, Said]
    """Language code → what is said."""

    def words(self, words: Language) -> Said:
        """What is said in a language."""
        return self.said[words.code]

    def mark(self, words: Language) -> str:
        """Why it is told now, in a word; empty: it is new."""
        told = REASONS[self.reason]
        return words.render(told) if told is not None else ""


@dataclass(frozen=True)
class Lines:
    """What one message says."""

    shown: tuple[Line, ...]
    """The alerts told one by one."""
    more: int
    """How many others there are."""
    channels: tuple[int, ...] = ()
    """Numbers of the channels it goes out by."""

    def told(self, words: Language) -> Iterator[tuple[Line, Said]]:
        """The alerts with what is said of them; the same advice stands once."""
        before = ""
        for line in self.shown:
            said = line.words(words)
            yield line, (replace(said, advice="") if said.advice == before else said)
            before = said.advice

    def subject(self, words: Language) -> str:
        """One line that says what it is about."""
        first, rest = self.shown[0].words(words).title, len(self.shown) + self.more - 1
        if not rest:
            return first
        return words.tn("{first} and {n} more", "{first} and {n} more", rest, first=first)

    def rest(self, words: Language) -> str:
        """«И ещё 3»; empty: all are told one by one."""
        return words.tn("And {n} more alert.", "And {n} more alerts.", self.more) if self.more else ""


def written(shown: Sequence[Due], more: int, channels: Sequence[int] = ()) -> str:
    """What is kept of a message that goes out by these channels."""
    lines = [
        {"alert": one.alert.id, "kind": one.alert.kind, "reason": one.reason, "said": record(one.alert).all_said()}
        for one in shown
    ]
    return json.dumps({"shown": lines, "more": more, "channels": [*channels]}, ensure_ascii=False)


def lines(text: str) -> Lines:
    """A message read back."""
    cells = json.loads(text)
    return Lines(tuple(_line(one) for one in cells["shown"]), cells["more"], tuple(cells.get("channels", ())))


def as_cells(told: Lines) -> list[dict[str, object]]:
    """The alerts of a message for programs."""
    return [asdict(line) for line in told.shown]


def _line(cells: dict[str, object]) -> Line:
    said = {str(code): Said(**parts) for code, parts in dict(cells["said"]).items()}  # type: ignore[call-overload]
    return Line(int(str(cells["alert"])), str(cells["kind"]), cells["reason"], said)  # type: ignore[arg-type]
