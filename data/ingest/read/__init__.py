"""Reading: any spreadsheet becomes tables of trimmed text in DuckDB, with a finding for whatever was left out.

Invariant: no row, column or cell disappears without a finding, and a file that cannot be read ends in `UnreadableFile`.
The names are resolved on first use, so that the child process that reads workbooks need not load DuckDB.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from data.ingest.read.finish import NoRows
    from data.ingest.read.staging import stage
    from data.ingest.read.table import RawTable, drop

__all__ = ["NoRows", "RawTable", "drop", "stage"]


def __getattr__(name: str) -> Any:
    if name == "stage":
        from data.ingest.read.staging import stage

        return stage
    if name in ("RawTable", "drop"):
        from data.ingest.read import table

        return getattr(table, name)
    if name == "NoRows":
        from data.ingest.read import finish

        return finish.NoRows
    raise AttributeError(name)
