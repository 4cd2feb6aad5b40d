"""`export` and `erase`."""

import zipfile

from tests.unit.command.conftest import Terminal


def test_everything_is_copied_in_the_persons_language(loaded: Terminal) -> None:
    loaded.language = "ru"
    assert loaded("export", "all.zip").status == 0
    with zipfile.ZipFile(loaded.folder / "all.zip") as file:
        assert "originals/1 заказы.csv" in file.namelist()
        assert "1200,5000" in file.read("facts/orders.csv").decode()
        assert "как вы их загрузили" in file.read("README.txt").decode()
    again = loaded("export", "all.zip")
    assert (again.status, "all.zip" in again.err) == (1, True)
    loaded.language = "en"
    assert loaded("export", "folder").status == 0
    assert (loaded.folder / "folder" / "facts" / "orders.parquet").exists()


def test_everything_is_deleted_only_when_it_is_said_twice(loaded: Terminal) -> None:
    assert loaded("erase").status == 2
    assert len(loaded("imports", "--json").json) == 1
    assert loaded("erase", "--yes").status == 0
    assert loaded("imports", "--json").json == []
