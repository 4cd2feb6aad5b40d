"""What the DuckDB of a lake may reach.

Invariant: once confined it reads and writes nothing but the workspace, temporary files and the place of the data; no
address of the web; it attaches no other PostgreSQL; and none of it can be loosened while it runs.
"""

import tempfile
from pathlib import Path

import duckdb

from data.errors import UserError
from data.message import say
from data.store.identifiers import literal
from data.store.remote.place import Place
from data.store.workspace import Workspace


def secret(opened: duckdb.DuckDBPyConnection, place: Place, spill: Path) -> None:
    """Who we are at the service of the files, for this place alone and in memory; none of the person's own secrets."""
    opened.execute(f"set secret_directory = {literal(str(spill / 'secrets'))}")
    if place.account is None:
        return
    try:
        opened.execute(place.account.secret("files", f"{place.root}/"))
    except duckdb.Error:
        # What DuckDB says of a statement may repeat it.
        raise UserError(say("DuckDB refuses what the environment says of the place of the files.")) from None
    opened.execute("set enable_http_metadata_cache = true")  # what lies under a name never changes


def confine(opened: duckdb.DuckDBPyConnection, workspace: Workspace, place: Place) -> None:
    """From here on, for good."""
    folders = [f"{workspace.folder}/", f"{Path(tempfile.gettempdir())}/", place.lake]
    if place.account is not None:
        opened.execute("set disabled_filesystems = 'HTTPFileSystem'")
    opened.execute(f"set allowed_directories = [{', '.join(map(literal, folders))}]")
    opened.execute("set enable_external_access = false")
