"""What DuckDB must load for a lake, from packages that were installed.

Invariant: an extension is loaded from the file its package brought, never fetched; it fits exactly the DuckDB it was
made for.
"""

from importlib.util import find_spec
from pathlib import Path

import duckdb

from data.errors import UserError
from data.message import say
from data.store.identifiers import literal

LAKE = ("ducklake", "postgres_scanner")
"""What a lake needs, in the order it is loaded."""
BUCKET = ("httpfs",)
"""What it needs where its files lie at an S3-compatible service."""


def load(opened: duckdb.DuckDBPyConnection, names: tuple[str, ...] = LAKE) -> None:
    """Load extensions. `UserError` where a package is missing or of another DuckDB."""
    for name in names:
        path = _file(name)
        if path is None:
            raise UserError(
                say("For a lake the package {package} must be installed.", package=_package(name)),
                hint=say("Run: python -m pip install -r requirements-lake.txt"),
            )
        opened.execute(f"load {literal(str(path))}")


def _file(name: str) -> Path | None:
    """The extension for this DuckDB; None: its package is not here."""
    found = find_spec(f"duckdb_extension_{name}")
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).parent / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
    return path if path.exists() else None


def _package(name: str) -> str:
    return f"duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}"
