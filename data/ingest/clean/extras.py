"""Columns nobody mapped: kept with the row under names made from their headers.

Invariant: every header gets a name of its own, the same for the same header list, whatever it is called.
"""

MOST_CHARACTERS = 60
"""Longest header kept in a name."""


def extra_names(header: tuple[str, ...]) -> tuple[str, ...]:
    """One `x_…` name a column, by position: «Комментарий» → `x_комментарий`, a second one → `x_комментарий_2`."""
    taken: set[str] = set()
    names = []
    for place, text in enumerate(header, start=1):
        base = f"x_{_clean(text) or f'column {place}'}"
        name, number = base, 1
        while name in taken:
            number += 1
            name = f"{base}_{number}"
        taken.add(name)
        names.append(name)
    return tuple(names)


def quoted(name: str) -> str:
    """A SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _clean(text: str) -> str:
    printable = "".join(character if character.isprintable() else " " for character in text.casefold())
    return " ".join(printable.split())[:MOST_CHARACTERS].strip()
