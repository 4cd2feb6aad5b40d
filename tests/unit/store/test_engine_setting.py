"""Which engine answers is one setting; what it cannot mean is told before anything is opened."""

from pathlib import Path

import pytest

from data.errors import UserError
from data.store.engine import SETTING
from data.store.engine.clickhouse.address import Address, address
from data.store.store import Store
from tests.unit.store.files import clock


def test_without_it_nobody_else_answers(tmp_path: Path) -> None:
    with Store.open(tmp_path, clock) as store:
        assert store.engine is None


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("clickhouse:http://host:8123", Address(("http://host:8123",), "kpi", None)),
        ("clickhouse:https://host/salon", Address(("https://host",), "salon", None)),
        (
            "clickhouse:http://a:8123, http://b:8123/salon?cluster=business",
            Address(("http://a:8123", "http://b:8123"), "salon", "business"),
        ),
    ],
)
def test_where_it_is(setting: str, expected: Address) -> None:
    assert address(setting) == expected


@pytest.mark.parametrize(
    "setting",
    [
        "trino:http://host",
        "clickhouse:",
        "clickhouse:host:8123",
        "clickhouse:http://host/a;drop table t",
        "clickhouse:http://a,http://b/kpi",  # two servers that are no cluster
        "clickhouse:http://a/kpi?cluster=one server is none",
        "clickhouse:http://somebody:secret@host:8123/kpi",
    ],
)
def test_what_it_cannot_be(setting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, setting)
    with pytest.raises(UserError) as told:
        Store.open(tmp_path, clock)
    assert "secret" not in f"{told.value} {told.value.title} {told.value.hint}"
    monkeypatch.delenv(SETTING)
    Store.open(tmp_path, clock).close()  # the refusal left nothing behind that holds the file
