"""Which columns of the fact `surveys` are filled by answers to our own forms.

Invariant: their rows are those of import 0, which is in no ledger.
"""

import duckdb

from data.store.entries.surveys import GROUPS
from data.store.fact_tables import columns_of

FORMS = 0
"""Number of the import that no file made."""

FACT = "surveys"
TABLE = f"fact_{FACT}"
_ALWAYS = (
    "response_id", "answered_at", "survey", "audience", "question", "score", "scale_min", "scale_max", "comment",
)  # fmt: skip
OF_GROUPS = tuple(dict.fromkeys(name for names in GROUPS.values() for name in names))
"""Dimensions that a link can be for."""

COLUMNS = (*_ALWAYS, *OF_GROUPS)
"""Columns of the fact that answers can fill."""


def filled(cursor: duckdb.DuckDBPyConnection, within: str = "") -> frozenset[str]:
    """Columns of the fact that answers fill now; none where nobody answered. `within`: schema with a point, as SQL."""
    rows = f"{within}{TABLE} where _import = {FORMS}"
    if cursor.execute(f"select 1 from {rows} limit 1").fetchone() is None:
        return frozenset()
    present = sorted(columns_of(cursor, within + TABLE) & {"comment", *OF_GROUPS})
    counts = ", ".join(f"count({name})" for name in present)
    known = cursor.execute(f"select {counts} from {rows}").fetchone() if present else ()
    some = {name for name, n in zip(present, known or (), strict=True) if n}
    return frozenset({*_ALWAYS} - {"comment"} | some)
