"""Two servers for the tests, and the tiny business with its rows spread over both."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from data.access.reader import Reader
from data.store.engine import SETTING
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.model import Query, Result
from kpi.process.settings import change_settings
from kpi.targets import TargetBook
from tests.clickhouse.cluster import Cluster, library
from tests.oracle.conftest import PROCESS, opened, publish
from tests.oracle.plain import BUSINESS, Plain

PATIENCE = 120.0
"""Seconds for which a copy is awaited."""


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    found = library()
    if found is None:
        pytest.skip("there is no ClickHouse here, and it cannot be installed")
    with TemporaryDirectory(prefix="kpi-clickhouse-", ignore_cleanup_errors=True) as folder:
        servers = Cluster(found, Path(folder), 2)
        try:
            yield servers
        finally:
            servers.stop()


@pytest.fixture(scope="session")
def store(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The oracle's workspace, once both servers have their parts of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SETTING, cluster.setting("oracle"))
        found = opened(tmp_path_factory.mktemp("workspace"))
    for path in sorted(BUSINESS.glob("*.csv")):
        publish(found, path)
    change_settings(found, lambda _before: PROCESS)
    assert found.engine is not None
    assert found.engine.wait(found.data_version, PATIENCE)
    yield found
    found.close()


@pytest.fixture(scope="session")
def ask(store: Store) -> Callable[[Query], Result]:
    """Answers a query over the engine; equal queries once, and none is left to DuckDB."""
    reader, answers = Reader(store), dict[Query, Result]()

    def answer(query: Query) -> Result:
        if query not in answers:
            answers[query] = evaluate(reader, catalogue(), query, TargetBook())
            assert store.engine is not None
            assert set(store.engine.counted) == {"answered"}
        return answers[query]

    return answer


@pytest.fixture(scope="session")
def plain() -> Plain:
    return Plain()
