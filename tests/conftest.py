"""What all tests share: which may run beside others, and an environment that no workspace of a person leaks into."""

import os
from pathlib import Path

import pytest

_OURS = ("KPI_WORKSPACE", "KPI_LANG", "KPI_NOW", "KPI_MEMORY")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share one Chromium and one machine: with several workers they all run on the same one."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No setting of the person who runs the tests changes them, and no test touches their workspace."""
    for name in _OURS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KPI_WORKSPACE", str(tmp_path_factory.getbasetemp() / "no-workspace"))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of the data sets outside the project; the test is skipped where they are not."""
    folder = Path(os.environ.get("KPI_REAL_DATA") or Path(__file__).parents[2] / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("the data sets outside the project are not here")
    return folder
