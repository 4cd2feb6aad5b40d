"""ClickHouse as the engine of one workspace.

Invariant: a statement is answered from the copies of exactly the version it is asked for; until they are there, and
whatever goes wrong, it is not answered here.
"""

import logging
import re
import threading
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic

import duckdb
import pyarrow as pa

from data.model import Reads, Statement
from data.schema.loader import facts
from data.store.derived import DERIVED
from data.store.engine.clickhouse.address import Address
from data.store.engine.clickhouse.copying import Copies
from data.store.engine.clickhouse.node import Call, Failed, Gone, Node
from data.store.engine.clickhouse.places import kinds, written
from data.store.engine.clickhouse.tables import BESIDE_FACTS, Table, table
from data.store.engine.clickhouse.translating import Translated, table_place, translated
from data.store.engine.contract import Reading, Unanswered
from data.store.fact_tables import table_of
from data.store.refresh import version as version_of

VERSIONS = 2
"""Versions whose copies are known at a time: the present one, and the one before for whoever still asks of it."""
PAUSE = 30.0
"""Seconds for which a server that did not answer is not asked again."""
SETTLED = 0.2
"""Seconds without a change after which it is copied: several imports in a row are one."""
ANSWERED, BEHIND, AWAY = "answered", "not copied yet", "out of reach"
AT_ONCE = 4
"""Scans that are asked at a time."""
_UNKNOWN_TABLE = "60"
_PLACE = re.compile(r"\$(\w+)")
_log = logging.getLogger(__name__)


def names() -> tuple[str, ...]:
    """The tables that are copied."""
    return (*map(table_of, facts().values()), *DERIVED, BESIDE_FACTS)


@dataclass(frozen=True)
class Held:
    """One version of the data."""

    tables: Mapping[str, Table]
    """The store's name of a table → its copy."""


class ClickHouse:
    """The engine, and the thread that copies to it."""

    def __init__(self, address: Address, reading: Reading) -> None:
        self._reading = reading
        self._nodes = tuple(Node(url, address.database) for url in address.urls)
        self._copies = Copies(self._nodes, address)
        self._held: dict[int, Held] = {}
        self._counted: Counter[str] = Counter()
        self._away_until = 0.0
        self._asking = ThreadPoolExecutor(AT_ONCE, "asking ClickHouse")
        self._changed, self._closing = threading.Event(), threading.Event()
        self._arrived = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="copying to ClickHouse", daemon=True)
        self._thread.start()

    @property
    def counted(self) -> Mapping[str, int]:
        """How often it answered, and why it did not."""
        return dict(self._counted)

    def follow(self) -> None:
        """The data may have changed."""
        self._changed.set()

    def wait(self, version: int, seconds: float) -> bool:
        """Wait until it holds this version; False once the time is over or no server answers."""
        self.follow()
        with self._arrived:
            self._arrived.wait_for(lambda: version in self._held or monotonic() < self._away_until, seconds)
        return version in self._held

    def answer(self, statement: Statement, version: int, seconds: float | None) -> tuple[pa.Table, ...]:
        """The rows of the statement's scans. `Unanswered`, `TookTooLong`."""
        try:
            calls = self._calls(statement, version, seconds)
            found = tuple(self._asking.map(lambda call: self._asked(call, version), calls))
        except Unanswered as error:
            self._counted[error.reason] += 1
            raise
        self._counted[ANSWERED] += 1
        return found

    def close(self) -> None:
        """Copy no more."""
        self._closing.set()
        self._changed.set()
        self._thread.join(PAUSE)
        self._asking.shutdown()
        for node in self._nodes:
            node.close()

    def _calls(self, statement: Statement, version: int, seconds: float | None) -> list[Call]:
        """Every scan in the server's words, over the copies of one version."""
        if monotonic() < self._away_until:
            raise Unanswered(AWAY)
        held = self._held.get(version)
        if held is None:
            self.follow()
            raise Unanswered(BEHIND)
        limit = {} if seconds is None else {"max_execution_time": str(max(1, round(seconds)))}
        return [_call(scan, statement, held, limit) for scan in statement.scans]

    def _asked(self, call: Call, version: int) -> pa.Table:
        try:
            return pa.ipc.open_stream(self._nodes[0].ask(call)).read_all()
        except Gone as error:
            self._rest()
            raise Unanswered(AWAY) from error
        except Unanswered as error:
            if error.reason == f"error {_UNKNOWN_TABLE}":  # somebody cleared it away
                self._held.pop(version, None)
                self.follow()
            raise

    def _rest(self) -> None:
        self._away_until = monotonic() + PAUSE

    def _run(self) -> None:
        while not self._closing.is_set():
            self._changed.wait()
            while self._changed.is_set() and not self._closing.is_set():
                self._changed.clear()
                self._closing.wait(SETTLED)
            if self._closing.is_set():
                return
            try:
                self._copy()
            except (Failed, Gone, Unanswered, duckdb.Error) as error:
                _log.warning("copying to ClickHouse ended early: %s", error)
                self._rest()
                self._closing.wait(PAUSE)
                self._changed.set()
            with self._arrived:
                self._arrived.notify_all()

    def _copy(self) -> None:
        """What stands now, under the version it is of."""
        with self._reading() as cursor:
            version = version_of(cursor)
            if version in self._held:
                return
            self._copies.prepare()
            tables = {name: table(cursor, name, parts=self._copies.parts(name)) for name in names()}
            present = self._copies.present()
            for made in tables.values():
                if self._closing.is_set():
                    return
                if made.copy not in present:
                    self._copies.bring(cursor, made)
        self._hold(version, Held(tables))

    def _hold(self, version: int, held: Held) -> None:
        kept = sorted({*self._held, version})[-VERSIONS:]
        self._held = {known: held if known == version else self._held[known] for known in kept}
        self._away_until = 0.0
        self._copies.clear(made.copy for one in self._held.values() for made in one.tables.values())


def _call(scan: Reads, statement: Statement, held: Held, limit: Mapping[str, str]) -> Call:
    sql = f"with {scan.given} {scan.sql}" if scan.given else scan.sql
    params = {name: statement.params[name] for name in dict.fromkeys(_PLACE.findall(sql))}
    said = translated(sql, kinds(params))
    values = {name: written(value) for name, value in params.items()} | _places(said, held)
    return Call(f"{said.sql} FORMAT ArrowStream", values, limit)


def _places(said: Translated, held: Held) -> dict[str, str]:
    """The copies in whose places the statement's tables stand. `Unanswered` for what they do not hold."""
    tables = {name: held.tables.get(name) for name in said.tables}
    for name, made in tables.items():
        if made is None:
            raise Unanswered(f"the table {name}")
        if said.columns & made.omitted:
            raise Unanswered("a column that is not copied")
        if said.as_text & (frozenset(made.columns) - made.texts):
            raise Unanswered("the text of a number")
    return {table_place(name): made.copy for name, made in tables.items() if made is not None}
