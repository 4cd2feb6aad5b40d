"""What all tests share: which may run beside others, and an environment that no workspace of a person leaks into."""

import gc
import os
from pathlib import Path

import pytest

from tests.example import workspace

_OURS = (
    "KPI_WORKSPACE", "KPI_LANG", "KPI_NOW", "KPI_MEMORY", "KPI_ALONE", "KPI_ADDRESS", "KPI_PROXY", "KPI_SURVEY_URL",
    "KPI_STORE", "KPI_STORE_DATA", "KPI_S3_STYLE", "KPI_ENGINE",
    "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3",
)  # fmt: skip
_DEAR = (
    "test_watch",
    "pages.test_bonus",
    "pages.test_canary",
    "oracle.hiring",
    "oracle.test_why",
    "test_in_memory",
    "unit.report.",
    "lake.test_",
    "architecture.",
    "clickhouse.test_",
)
"""Modules whose tests share what takes seconds to make: one worker makes it, once."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share one Chromium and one machine, others what was dear to make: they run on one worker."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
        module = getattr(getattr(item, "module", None), "__name__", "")
        if dear := next((name for name in _DEAR if name in module), None):
            item.add_marker(pytest.mark.xdist_group(dear))


def pytest_collection_finish() -> None:
    """What collecting loaded stays for the whole run: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No setting of the person who runs the tests changes them, and no test touches their workspace."""
    for name in _OURS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KPI_WORKSPACE", str(tmp_path_factory.getbasetemp() / "no-workspace"))


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the example business, to be copied (tests/example.py)."""
    return workspace(tmp_path_factory)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of the data sets outside the project; the test is skipped where they are not."""
    folder = Path(os.environ.get("KPI_REAL_DATA") or Path(__file__).parents[2] / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("the data sets outside the project are not here")
    return folder
