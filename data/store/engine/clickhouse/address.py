"""Where ClickHouse is reached (pure).

Invariant: no password stands in the setting: it would be repeated in messages and logs.
"""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from data.errors import UserError
from data.message import say

SETTING = "KPI_ENGINE"
"""Environment variable that says which engine answers; unset: the store's own DuckDB."""
BEGINNING = "clickhouse:"
"""What it begins with for ClickHouse."""
DATABASE = "kpi"
"""The database where the setting names none."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")


@dataclass(frozen=True)
class Address:
    """The servers of one engine."""

    urls: tuple[str, ...]
    """One a server, the first is asked; several: each holds a part of the rows."""
    database: str
    """The database in each of them."""
    cluster: str | None
    """Name of the cluster by which the first server knows all of them, in the same order."""


def address(setting: str) -> Address:
    """`clickhouse:http://host:8123/database`, or `clickhouse:http://a:8123,http://b:8123/database?cluster=name`."""
    listed, _, options = setting.removeprefix(BEGINNING).partition("?")
    cluster = options.removeprefix("cluster=") or None
    parts = [urlsplit(url.strip()) for url in listed.split(",")]
    if any(part.username or part.password for part in parts):
        raise UserError(
            say("The password of ClickHouse must not stand in {setting}.", setting=SETTING),
            hint=say("Put it in KPI_ENGINE_USER and KPI_ENGINE_PASSWORD."),
        )
    database = parts[-1].path.strip("/") or DATABASE
    named = [name for name in (database, cluster) if name is not None]
    if not _is_whole(parts, cluster) or not all(_NAME.fullmatch(name) for name in named):
        raise UserError(
            say("{setting} names no engine that could answer.", setting=SETTING),
            hint=say("Leave it empty, or write it as {example}", example=f"{BEGINNING}http://host:8123/{DATABASE}"),
        )
    return Address(tuple(f"{part.scheme}://{part.netloc}" for part in parts), database, cluster)


def _is_whole(parts: list[SplitResult], cluster: str | None) -> bool:
    reached = all(part.scheme in ("http", "https") and part.hostname for part in parts)
    return reached and (len(parts) == 1) == (cluster is None)
