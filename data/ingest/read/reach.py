"""A file that is to be read, where a confined DuckDB may read it.

Invariant: which files are read is decided by the program, one by one; a statement alone reaches none of them.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb


@contextmanager
def within_reach(con: duckdb.DuckDBPyConnection, path: Path) -> Iterator[Path]:
    """The file itself, or a link to it among the temporary files, which a DuckDB may always read."""
    row = con.execute("select current_setting('enable_external_access')").fetchone()
    if row == (True,):
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder) / f"file{path.suffix}"
        link.symlink_to(path.absolute())
        yield link
