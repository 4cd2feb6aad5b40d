"""The demo business with its barbers, loaded once; tests that enter something take a copy."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

import data.demo.load as demo
from data.demo.business import SEED, generate
from data.model import OWNER, Scope
from data.store.store import Store
from kpi.bonus import Bonuses
from kpi.custom.joined import catalogue_of
from kpi.target_rows import target_book

UNTIL = date(2026, 11, 4)
NOW = datetime(2026, 11, 5, 12)
SEPTEMBER = date(2026, 9, 1)
Facts = Mapping[str, pd.DataFrame]


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bonus") / "workspace"
    with Store.open(folder, lambda: NOW) as store:
        demo.load(store, until=UNTIL)
    return folder


@pytest.fixture(scope="session")
def barbershop(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Only to be read."""
    folder = tmp_path_factory.mktemp("read") / "workspace"
    shutil.copytree(demo_folder, folder)
    with Store.open(folder, lambda: NOW) as store:
        yield store


@pytest.fixture
def own(demo_folder: Path, tmp_path: Path) -> Iterator[Store]:
    """One's own copy."""
    shutil.copytree(demo_folder, tmp_path / "workspace")
    with Store.open(tmp_path / "workspace", lambda: NOW) as store:
        yield store


@pytest.fixture(scope="session")
def facts() -> Facts:
    return generate(SEED, UNTIL)


Asking = Callable[..., Bonuses]


@pytest.fixture
def asking() -> Asking:
    """The bonuses of a store as somebody may see them."""

    def bonuses(store: Store, scope: Scope = OWNER) -> Bonuses:
        return Bonuses(store, catalogue_of(store), target_book(store), scope)

    return bonuses


def only(*names: str) -> Scope:
    """The scope of these people."""
    return Scope("viewer", frozenset({"bonus"}), (("employee", names),))
