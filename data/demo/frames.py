"""Rows between the parts of the business: columns of the schemas and their cells.

Invariant: a row's cells are Python values; frames are made of rows only.
"""

from collections.abc import Hashable, Mapping

Row = dict[str, object]
"""Column name → cell; None where nobody filled it in."""


def named(record: Mapping[Hashable, object]) -> Row:
    """A record of a frame as a row."""
    return {str(name): cell for name, cell in record.items()}
