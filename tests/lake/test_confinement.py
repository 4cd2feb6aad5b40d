"""What the DuckDB of a lake does not reach, even where somebody's words became a statement."""

from contextlib import closing
from pathlib import Path

import duckdb

from data.store.connection import connect
from data.store.workspace import Workspace

OUTSIDE = (
    "from read_csv('/etc/passwd')",
    "from read_text('/etc/../etc/passwd')",
    "from glob('/etc/*')",
    "copy (select 1) to '/var/tmp/kpi-made.csv'",
    "attach '/var/tmp/kpi-made.duckdb' as beside",
    "from read_text('http://127.0.0.1:1/x')",
    "from read_text('https://127.0.0.1:1/x')",
    "attach '{catalogue}' as again (type postgres)",
    "install spatial",
    "load '/var/tmp/kpi-made.duckdb_extension'",
    "set enable_external_access = true",
    "set allowed_directories = ['/']",
    "call postgres_execute('catalogue', 'create table made (x int)')",
)
"""Each must fail."""


REASONS = (
    "disabled by configuration",
    "disabled through configuration",
    "extension httpfs to be loaded",
    "while database is running",
    "when enable_external_access is disabled",
    "cannot be re-enabled",
    "read-only",
)
"""What DuckDB says of what it may not do."""


def refused(cursor: duckdb.DuckDBPyConnection, statement: str) -> bool:
    """Whether it fails for want of permission, and for nothing else."""
    try:
        cursor.execute(statement).fetchall()
    except duckdb.Error as error:
        return any(reason in str(error) for reason in REASONS)
    return False


def test_nothing_outside_is_reached(shared: str, place: str, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    workspace.prepare()
    statements = [one.format(catalogue=shared) for one in OUTSIDE]
    if place.startswith("s3://"):
        bucket = place.removeprefix("s3://").partition("/")[0]
        statements += [
            f"from read_text('s3://{bucket}/other')",
            f"copy (select 1) to 's3://{bucket}/made.csv'",
            "set disabled_filesystems = ''",
        ]
    with closing(connect(workspace)) as connection:
        assert [one for one in statements if not refused(connection.cursor(), one)] == []
        connection.cursor().execute("create table made as select range as x from range(5000)")
        assert connection.cursor().execute("select count(*) from made").fetchall() == [(5000,)]
