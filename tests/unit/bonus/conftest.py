"""The demo business with its barbers, loaded once; tests that enter something take a copy."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data.demo.business import SEED, generate
from data.model import OWNER, Scope
from data.store.store import Store
from kpi.bonus import Bonuses
from kpi.custom.joined import catalogue_of
from kpi.target_rows import target_book
from tests.example import NOW, UNTIL, copied

SEPTEMBER = date(2026, 9, 1)
Facts = Mapping[str, pd.DataFrame]


@pytest.fixture(scope="session")
def barbershop(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Only to be read."""
    with Store.open(copied(example, tmp_path_factory.mktemp("read")), lambda: NOW) as store:
        yield store


@pytest.fixture
def own(example: Path, tmp_path: Path) -> Iterator[Store]:
    """One's own copy."""
    with Store.open(copied(example, tmp_path), lambda: NOW) as store:
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
