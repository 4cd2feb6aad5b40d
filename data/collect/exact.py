"""Numbers that came as numbers (pure).

Invariant: where a source tells numbers apart from texts, their decimal mark is a point and is asked of nobody.
"""

from collections.abc import Collection
from dataclasses import replace

from data.ingest.column_map import Mapping
from data.schema.loader import fact

_NUMERIC = ("number", "money", "percent", "integer")
"""Types of columns that hold numbers."""


def exactly(mapping: Mapping, numbers: Collection[str]) -> Mapping:
    """The mapping with columns of such numbers read as what they are."""
    numeric = {column.name for column in fact(mapping.fact).columns if column.type in _NUMERIC}
    columns = tuple(
        replace(column, format="decimal point")
        if column.source in numbers and column.target in numeric and column.format is None
        else column
        for column in mapping.columns
    )
    return replace(mapping, columns=columns)
