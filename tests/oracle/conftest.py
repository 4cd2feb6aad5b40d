"""One real workspace with the tiny business in it, read, cleaned and published as any upload is."""

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from data.access.reader import Reader
from data.ingest.column_map import ColumnMap
from data.ingest.column_map import Mapping as FileMapping
from data.ingest.pipeline import ImportOptions
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.model import Query, Result
from kpi.process.settings import ProcessSettings, change_settings
from kpi.targets import TargetBook
from tests.oracle.plain import BUSINESS, TODAY, Plain

PROCESS = ProcessSettings(superfluous=("Approve",), hourly_cost=600.0, sla_hours=48.0)
"""What is said about the process."""


def publish(store: Store, path: Path, fact: str | None = None) -> None:
    """Publishes a CSV whose headers are the fact's own column names."""
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    columns = tuple(ColumnMap(name, name) for name in header)
    store.publish(path, (FileMapping(fact or path.stem, columns),), ImportOptions())


def opened(folder: Path) -> Store:
    """A workspace on the tiny business's day."""
    return Store.open(folder, clock=lambda: datetime(TODAY.year, TODAY.month, TODAY.day, 9))


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    found = opened(tmp_path_factory.mktemp("workspace"))
    for path in sorted(BUSINESS.glob("*.csv")):
        publish(found, path)
    change_settings(found, lambda _before: PROCESS)
    yield found
    found.close()


@pytest.fixture(scope="session")
def ask(store: Store) -> Callable[[Query], Result]:
    """Answers a query about the tiny business; equal queries once."""
    reader, answers = Reader(store), dict[Query, Result]()

    def answer(query: Query) -> Result:
        if query not in answers:
            answers[query] = evaluate(reader, catalogue(), query, TargetBook())
        return answers[query]

    return answer


@pytest.fixture(scope="session")
def plain() -> Plain:
    return Plain()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Callable[[Mapping[str, str]], Callable[[Query], pd.DataFrame]]]:
    """A workspace of a few rows: fact → CSV text. Gives a function from query to the result's rows."""
    stores: list[Store] = []

    def made(tables: Mapping[str, str]) -> Callable[[Query], pd.DataFrame]:
        found = opened(tmp_path / "workspace")
        stores.append(found)
        for fact, text in tables.items():
            path = tmp_path / f"{fact}.csv"
            path.write_text(text.strip() + "\n", "utf-8")
            publish(found, path)
        reader = Reader(found)
        return lambda query: evaluate(reader, catalogue(), query, TargetBook()).frame

    yield made
    for found in stores:
        found.close()
