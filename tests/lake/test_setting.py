"""What the setting may name, and what is said where it names nothing that works."""

from pathlib import Path

import pytest

from data.errors import UserError
from data.store.connection import LAKE, SETTING
from data.store.store import Store
from data.store.taking import restore
from tests.unit.store.files import clock


@pytest.mark.parametrize("reached", ["host=127.0.0.1 password=secret dbname=x", "postgresql://ann:secret@127.0.0.1/x"])
def test_a_password_may_not_stand_in_the_setting(reached: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, LAKE + reached)
    with pytest.raises(UserError, match="password") as told:
        Store.open(tmp_path / "workspace", clock)
    assert "secret" not in f"{told.value} {told.value.detail} {told.value.hint}"


def test_a_server_that_does_not_answer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, f"{LAKE}host=127.0.0.1 port=1 dbname=x")
    with pytest.raises(UserError, match="PostgreSQL"):
        Store.open(tmp_path / "workspace", clock)


def test_another_kind_of_place_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "oracle:x")
    with pytest.raises(UserError, match=SETTING):
        Store.open(tmp_path / "workspace", clock)


@pytest.mark.slow
def test_nothing_is_deleted_or_replaced_under_another_process(lake: Path, tmp_path: Path) -> None:
    with Store.open(lake, clock) as store:
        with pytest.raises(UserError, match="Other processes"):
            store.erase()
        with pytest.raises(UserError, match="Other processes"):
            restore.prepare(store, tmp_path / "backup.zip")
