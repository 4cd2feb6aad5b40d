"""Identifiers and literals of the store's own SQL.

Invariant: names come from the schema or from a table this process made; a person's text never reaches this module but
as the name of an extra column, quoted.
"""

from collections.abc import Iterable


def quoted(name: str) -> str:
    """An identifier as SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def listed(names: Iterable[str], prefix: str = "") -> str:
    """Several identifiers, separated by commas, each with a table alias in front."""
    return ", ".join(f"{prefix}{quoted(name)}" for name in names)
