"""A message as text: for messengers, and for mail programs that show nothing else.

Invariant: no markup; texts of people stand as they are, each alert in a paragraph of its own.
"""

from collections.abc import Iterator

from kpi.alerts.model import Said
from kpi.alerts.written import Line, Lines
from kpi.language import Language


def text(told: Lines, link: str, page: str, words: Language) -> str:
    """The whole message. `link`: where it is acknowledged; `page`: where all alerts are."""
    parts = ["\n".join(_lines(line, said, words)) for line, said in told.told(words)]
    ends = [words.t("I know of it (no sign-in): {link}", link=link), words.t("All alerts: {page}", page=page)]
    return "\n\n".join(part for part in (*parts, told.rest(words), "\n".join(ends)) if part)


def _lines(line: Line, said: Said, words: Language) -> Iterator[str]:
    mark = line.mark(words)
    yield f"▲ {said.title}" + (f" — {mark}" if mark else "")
    yield said.text
    if said.why:
        yield words.t("Why: {why}", why=said.why)
    if said.advice:
        yield words.t("What to do: {advice}", advice=said.advice)
