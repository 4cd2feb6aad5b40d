"""How a service is reached, by what the environment says."""

from pathlib import Path

import pytest

from data.errors import UserError
from data.store.remote.account import STYLE, account
from data.store.remote.objects import Folder
from data.store.remote.place import SETTING, place_of
from data.store.workspace import Workspace, sha256_of

KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "it's secret"}
YANDEX = {**KEYS, "AWS_ENDPOINT_URL": "https://storage.yandexcloud.net/", "AWS_REGION": "ru-central1"}


def test_amazon_wants_the_bucket_in_the_host() -> None:
    assert account({**KEYS, "AWS_REGION": "eu-west-1"}).address_of("ours") == (
        "https://ours.s3.eu-west-1.amazonaws.com"
    )


def test_others_want_it_in_the_path_unless_told() -> None:
    assert account(YANDEX).address_of("ours") == "https://storage.yandexcloud.net/ours"
    assert account({**YANDEX, STYLE: "host"}).address_of("ours") == "https://ours.storage.yandexcloud.net"


def test_what_duckdb_is_told() -> None:
    assert account(YANDEX).secret("files", "s3://ours/kpi/") == (
        "create temporary secret files (type s3, key_id 'key', secret 'it''s secret', region 'ru-central1',"
        " endpoint 'storage.yandexcloud.net', url_style 'path', scope 's3://ours/kpi/', use_ssl true)"
    )


@pytest.mark.parametrize("missing", KEYS)
def test_what_is_missing_is_named(missing: str) -> None:
    with pytest.raises(UserError, match=missing) as told:
        account({name: value for name, value in KEYS.items() if name != missing})
    assert "secret" not in str(told.value).replace(missing, "")


@pytest.mark.parametrize(("name", "value"), [("AWS_ENDPOINT_URL", "storage.example"), (STYLE, "virtual")])
def test_what_cannot_be_is_refused(name: str, value: str) -> None:
    with pytest.raises(UserError, match=name):
        account({**KEYS, name: value})


@pytest.mark.parametrize("named", ["lake", "s3://", "s3://B/x", "gs://ours/x", "https://ours/x"])
def test_a_place_that_is_none_is_refused(named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, named)
    with pytest.raises(UserError, match=SETTING):
        place_of(Workspace(tmp_path), "business")


def test_files_in_a_folder_by_name(tmp_path: Path) -> None:
    source, folder = tmp_path / "source", Folder(tmp_path / "shared")
    source.write_bytes(b"some")
    assert (folder.has("a/b.csv"), list(folder.names("a"))) == (False, [])
    with pytest.raises(FileNotFoundError):
        folder.get("a/b.csv", tmp_path / "back")
    for name in ("a/b.csv", "a/c.csv", "d"):
        folder.put(name, source, sha256_of(source))
    folder.get("a/b.csv", tmp_path / "back")
    assert ((tmp_path / "back").read_bytes(), list(folder.names("a"))) == (b"some", ["b.csv", "c.csv"])
    folder.delete("a/b.csv")
    folder.delete("a/b.csv")
    assert list(folder.names("a")) == ["c.csv"]
