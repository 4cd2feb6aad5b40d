"""One server of ClickHouse, spoken to by HTTP.

Invariant: a statement's values travel as parameters of their own, in the body of the request; what the server says of
an error is kept out of messages, for it repeats them.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import httpx

from data.store.engine.contract import TookTooLong, Unanswered

_UTC = {"session_timezone": "UTC"}
SETTINGS: Mapping[str, str] = {
    "enable_materialized_cte": "1",
    "join_use_nulls": "1",
    "group_by_use_nulls": "1",
    "prefer_column_name_to_alias": "1",
    "union_default_mode": "DISTINCT",
    "skip_unavailable_shards": "0",
    "enable_extended_results_for_datetime_functions": "1",
    **_UTC,
    "wait_end_of_query": "1",
    "output_format_arrow_compression_method": "none",
}
"""What makes ClickHouse mean by SQL what DuckDB means."""
USER, PASSWORD = "KPI_ENGINE_USER", "KPI_ENGINE_PASSWORD"
"""Environment variables of who asks; the setting itself holds no password."""
WAIT = 600.0
"""Seconds to wait for a server that is at work."""
_CODE = re.compile(r"Code: (\d+)")
_TOO_LONG = {"159", "160"}
_TOO_LARGE = {"241", "307", "396"}


Post = Callable[[], httpx.Response]


class Failed(Exception):
    """The server answered with an error."""

    def __init__(self, code: str) -> None:
        super().__init__(f"ClickHouse answered with error {code}")
        self.code = code
        """Its number."""


class Gone(Exception):
    """The server does not answer."""


@dataclass(frozen=True)
class Call:
    """One statement for a server."""

    sql: str
    """Its text."""
    params: Mapping[str, str]
    """Place → value as ClickHouse reads it."""
    settings: Mapping[str, str]
    """Settings of this call alone."""


class Node:
    """A server, and a database of it."""

    def __init__(self, url: str, database: str) -> None:
        self.url, self.database = url, database
        headers = {"X-ClickHouse-User": os.environ.get(USER, ""), "X-ClickHouse-Key": os.environ.get(PASSWORD, "")}
        self._client = httpx.Client(
            base_url=url, timeout=httpx.Timeout(WAIT, connect=5.0), trust_env=False,
            headers={name: value for name, value in headers.items() if value},
        )  # fmt: skip

    def ask(self, call: Call) -> bytes:
        """The answer to a SELECT. `Unanswered`, `TookTooLong`, `Gone`."""
        fields = {"query": (None, call.sql), **{f"param_{name}": (None, v) for name, v in call.params.items()}}
        settings = {"database": self.database, **SETTINGS, **call.settings}
        try:
            return self._said(lambda: self._client.post("/", params=settings, files=fields))
        except Failed as error:
            if error.code in _TOO_LONG:
                raise TookTooLong from error
            reason = "too much memory" if error.code in _TOO_LARGE else f"error {error.code}"
            raise Unanswered(reason) from error

    def do(self, sql: str, *, database: bool = True) -> str:
        """A command. `Failed`, `Gone`."""
        named = {"database": self.database} if database else {}
        return self._said(lambda: self._client.post("/", params=named, content=sql.encode())).decode()

    def insert(self, table: str, rows: Iterable[bytes]) -> None:
        """Rows, as a stream of Arrow. `Failed`, `Gone`."""
        query = {
            "database": self.database,
            "query": f"insert into {table} format ArrowStream",
            **_UTC,
            "wait_end_of_query": "1",
        }
        self._said(lambda: self._client.post("/", params=query, content=iter(rows)))

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def _said(self, post: Post) -> bytes:
        try:
            response = post()
        except httpx.HTTPError as error:
            raise Gone from error
        if response.status_code == 200 and "X-ClickHouse-Exception-Code" not in response.headers:
            return response.content
        code = response.headers.get("X-ClickHouse-Exception-Code") or (_CODE.findall(response.text) or ["?"])[0]
        raise Failed(code)
