"""Secrets are read by who has the key, and stand nowhere else."""

import stat
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from data.errors import NotAllowed, UserError
from data.store.entries import Entries
from data.store.sealing import VARIABLE
from data.store.store import Store
from data.store.taking.backup import backup
from data.store.taking.export import export
from data.store.taking.restore import prepare
from tests.unit.store.files import load, opened

CANARY = "canary-Пароль-3f9c"
NOW = datetime(2026, 11, 23, 12)


@pytest.fixture
def entries(tmp_path: Path) -> Iterator[Entries]:
    made = Entries(tmp_path / "app.sqlite", lambda: NOW)
    yield made
    made.close()


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_secret_reads_back_until_it_is_forgotten(entries: Entries) -> None:
    entries.secrets.put("mail.password", CANARY)
    entries.secrets.put("bot.token", "другой")
    assert entries.secrets.get("mail.password") == CANARY
    assert [(one.name, one.changed_at, one.is_readable) for one in entries.secrets.known("mail.")] == [
        ("mail.password", NOW, True)
    ]
    entries.secrets.put("mail.password", "new")
    assert entries.secrets.get("mail.password") == "new"
    entries.secrets.forget("mail.password")
    assert entries.secrets.get("mail.password") is None
    assert [one.name for one in entries.secrets.known()] == ["bot.token"]


def test_nothing_of_it_is_readable_in_the_folder_but_by_the_key(entries: Entries, tmp_path: Path) -> None:
    entries.secrets.put("mail.password", CANARY)
    assert CANARY.encode() not in bytes_of(tmp_path)
    assert CANARY not in repr(entries.secrets.known()) + str(entries.table("sealed_secrets").to_dict())
    assert stat.S_IMODE((tmp_path / "secrets.key").stat().st_mode) == 0o600
    (tmp_path / "secrets.key").rename(tmp_path / "elsewhere")
    assert entries.secrets.get("mail.password") is None
    assert [one.is_readable for one in entries.secrets.known()] == [False]
    (tmp_path / "elsewhere").rename(tmp_path / "secrets.key")
    assert entries.secrets.get("mail.password") == CANARY


def test_a_sealed_text_stands_for_no_other_name_and_a_changed_one_for_nothing(entries: Entries) -> None:
    entries.secrets.put("a", CANARY)
    entries.secrets.put("b", "b")
    with entries._database.receive() as other:
        other.execute("update sealed_secrets set sealed = (select sealed from sealed_secrets where name = 'a')")
    assert (entries.secrets.get("a"), entries.secrets.get("b")) == (CANARY, None)
    sealed = entries._database.rows("select sealed from sealed_secrets where name = 'a'")[0][0]
    for place in range(len(sealed)):
        torn = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        assert entries.secrets._seal.open("a", torn) is None


def test_the_key_may_come_from_the_setting_and_be_followed_by_older_ones(
    entries: Entries, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries.secrets.put("before", "file")
    monkeypatch.setenv(VARIABLE, "o" * 32)
    entries.secrets.put("a", CANARY)
    assert entries.secrets.get("before") == "file"
    monkeypatch.setenv(VARIABLE, f"{'n' * 32} {'o' * 32}")
    assert entries.secrets.get("a") == CANARY
    assert entries.secrets.renew_key() == 2
    monkeypatch.setenv(VARIABLE, "n" * 32)
    (tmp_path / "secrets.key").unlink()
    assert (entries.secrets.get("a"), entries.secrets.get("before")) == (CANARY, "file")
    monkeypatch.setenv(VARIABLE, "short")
    with pytest.raises(UserError, match="too short") as told:
        entries.secrets.get("a")
    assert "short " not in str(told.value).replace("too short ", "")


def test_another_key_from_now_on_and_a_crash_in_between_loses_nothing(
    entries: Entries, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries.secrets.put("a", CANARY)
    first = (tmp_path / "secrets.key").read_bytes()
    with monkeypatch.context() as cut:
        cut.setattr(entries.secrets._seal, "end_anew", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            entries.secrets.renew_key()
    assert entries.secrets.get("a") == CANARY
    assert entries.secrets.renew_key() == 1
    assert entries.secrets.get("a") == CANARY
    assert len((tmp_path / "secrets.key").read_bytes().split()) == 1
    (tmp_path / "secrets.key").write_bytes(first)
    assert entries.secrets.get("a") is None


def test_only_owners_and_the_program_itself_read_one(entries: Entries) -> None:
    entries.secrets.put("a", CANARY)
    gate = entries._database.gate
    gate.kept_by(lambda *_asked: False)
    for deed in (lambda: entries.secrets.get("a"), lambda: entries.secrets.put("a", "x"), entries.secrets.renew_key):
        with pytest.raises(NotAllowed) as told:
            deed()
        assert CANARY not in str(told.value)
    with gate.itself():
        assert entries.secrets.get("a") == CANARY


def test_exports_and_backups_hold_no_secret_and_a_backup_elsewhere_says_what_is_missing(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        load(store, tmp_path, "costs.csv", "expenses", ["date,kind,amount", "2026-10-01,rent,100"])
        store.entries.secrets.put("mail.password", CANARY)
        export(store, tmp_path / "all.zip")
        backup(store, tmp_path / "b.zip")
        key = (store.workspace.folder / "secrets.key").read_bytes().strip()
    for name in ("all.zip", "b.zip"):
        with zipfile.ZipFile(tmp_path / name) as file:
            held = b"".join(file.read(one) for one in file.namelist())
        assert CANARY.encode() not in held
        assert key not in held
    here = restored(tmp_path, tmp_path / "b.zip")
    assert here.entries.secrets.get("mail.password") == CANARY
    here.close()
    elsewhere = restored(tmp_path / "other", tmp_path / "b.zip")
    assert [(one.name, one.is_readable) for one in elsewhere.entries.secrets.known()] == [("mail.password", False)]
    elsewhere.erase()
    assert elsewhere.entries.secrets.known() == ()
    elsewhere.close()


def restored(folder: Path, source: Path) -> Store:
    folder.mkdir(exist_ok=True)
    with opened(folder) as store:
        prepare(store, source)
    return opened(folder)
