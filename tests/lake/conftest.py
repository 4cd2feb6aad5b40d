"""A lake for a test: a PostgreSQL of our own, and a workspace whose tables lie beside it."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from data.access.people import People
from data.store.connection import LAKE, SETTING
from data.store.entries import Entries
from data.store.remote.place import SETTING as DATA
from data.store.store import Store
from tests import machine
from tests.bucket.service import BUCKET, Service, started
from tests.postgres import Postgres
from tests.unit.store.files import clock

_NUMBERS = itertools.count(1)
_EMPTY = "empty"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server. Its folder lies where whoever it runs as may go."""
    found = machine.postgres()
    if found is None:
        pytest.skip("there is no PostgreSQL here, and it cannot be installed")
    with TemporaryDirectory(prefix="kpi-postgres-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = Postgres(found, Path(folder) / "server")
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def empty(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new workspace, to be copied with its catalogue: making one takes seconds."""
    folder = tmp_path_factory.mktemp("lake") / "workspace"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SETTING, LAKE + postgres.create(_EMPTY))
        Store.open(folder, clock).close()
    return folder


@pytest.fixture
def lake(postgres: Postgres, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a new workspace in a lake."""
    monkeypatch.setenv(SETTING, LAKE + postgres.create(f"lake{next(_NUMBERS)}", _EMPTY))
    shutil.copytree(empty, tmp_path / "lake")
    return tmp_path / "lake"


@pytest.fixture(scope="session")
def nothing_entered(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A catalogue in which nothing was entered yet, to be copied: making the tables takes a while."""
    folder, name = tmp_path_factory.mktemp("entered"), "nothing_entered"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SETTING, LAKE + postgres.create(name))
        Entries(folder / "app.sqlite", clock).close()
        People(folder, clock).close()
    return name


@pytest.fixture
def installation(postgres: Postgres, nothing_entered: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """How the PostgreSQL of a new installation is reached, with entries and people in it; the setting names it."""
    reached = postgres.create(f"entered{next(_NUMBERS)}", nothing_entered)
    monkeypatch.setenv(SETTING, LAKE + reached)
    return reached


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """An S3-compatible service."""
    found = started()
    if found is None:
        pytest.skip("an S3-compatible service cannot be installed here")
    try:
        yield found
    finally:
        found.stop()


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.slow)])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the files lie that every machine reaches: named in the settings."""
    named = str(tmp_path / "shared")
    if request.param == "bucket":
        for name, value in request.getfixturevalue("service").environment.items():
            monkeypatch.setenv(name, value)
        named = f"s3://{BUCKET}/place{next(_NUMBERS)}"
    monkeypatch.setenv(DATA, named)
    return named


@pytest.fixture
def shared(postgres: Postgres, place: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new lake whose files lie at a place; how its PostgreSQL is reached."""
    catalogue = postgres.create(f"shared{next(_NUMBERS)}")
    monkeypatch.setenv(SETTING, LAKE + catalogue)
    return catalogue
