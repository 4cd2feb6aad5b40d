"""Words told by a part of a text: «Оплата аренды за март» contains «аренд».

Invariant: parts are looked for only where the whole text has no meaning, the first part that is found counts, and how
many cells were told so is said.
"""

from collections.abc import Mapping

from data.ingest.clean.finding import found
from data.ingest.clean.reading import Cells, Session
from data.message import say_n
from data.model import Finding
from data.schema.names import normalise_word


def parts_of(contains: Mapping[str, str]) -> dict[str, str]:
    """Part, as it is compared → canonical word, in the order they are looked for."""
    return {part: word for text, word in contains.items() if (part := normalise_word(text))}


def by_parts(session: Session, cells: Cells, parts: Mapping[str, str]) -> str:
    """SQL of the word of the first part that a cell contains."""
    text = f"replace(lower({cells.sql}), 'ё', 'е')"
    cases = (
        f"when contains({text}, {session.params.place(part)}) then {session.params.place(word)}"
        for part, word in parts.items()
    )
    return f"case {' '.join(cases)} end"


def told_by_parts(
    session: Session, cells: Cells, parts: Mapping[str, str], otherwise: str | None
) -> tuple[Finding, ...]:
    """How many cells were told by a part, and how many have none of them."""
    (told,) = session.counts(f"select count({by_parts(session, cells, parts)}) from {cells.table}")
    if not told:
        return ()
    rest = cells.filled - told if otherwise is not None else 0
    message = say_n(
        "What {n} cell of «{column}» means was told by words in it; {rest} have none of these words.",
        "What {n} cells of «{column}» mean was told by words in them; {rest} have none of these words.", told,
        column=cells.header, rest=rest,
    )  # fmt: skip
    return (found("info", cells, "told_by_parts", told, cells.sample[:2], message),)
