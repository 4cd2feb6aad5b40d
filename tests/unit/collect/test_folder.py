"""A watched folder gives whole files, each once, and nothing from elsewhere."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.collect import folder
from data.collect.folder.allowed import ALONE, VARIABLE
from data.collect.model import Asked, Found, Limits, Reached, State, Trouble, Value
from tests.unit.collect import asking


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(ALONE, "1")
    made = tmp_path / "incoming"
    made.mkdir()
    return made


def told(place: Path, state: State | None = None, **given: Value) -> Asked:
    return asking.asked(folder.KIND, {"folder": str(place), **given}, state)


def looked(place: Path, state: State | None = None, **given: Value) -> list[Found]:
    return list(folder.KIND.fetch(told(place, state, **given)))


def test_new_and_changed_files_come_the_oldest_first_and_others_do_not_come_again(place: Path) -> None:
    for n, name in enumerate(("b.csv", "a.xlsx", "readme.md", ".hidden.csv", "~$open.xlsx", "x.csv.part")):
        (place / name).write_text(name)
        os.utime(place / name, (1_700_000_000 + n, 1_700_000_000 + n))
    found = looked(place)
    assert [(one.name, one.key, one.content) for one in asking.files(found)] == [
        ("b.csv", "b.csv", b"b.csv"), ("a.xlsx", "a.xlsx", b"a.xlsx"),
    ]  # fmt: skip
    state = asking.state(found)
    assert looked(place, state) == []
    (place / "b.csv").write_text("changed")
    again = looked(place, state)
    assert [one.content for one in asking.files(again)] == [b"changed"]
    os.utime(place / "a.xlsx")
    assert asking.files(looked(place, asking.state(again))) == []  # touched, not changed


def test_a_file_that_grows_waits_until_it_is_whole(place: Path) -> None:
    (place / "a.csv").write_text("half")
    ask = told(place)

    def grow(seconds: float) -> None:
        (place / "a.csv").write_text("half and more")

    assert list(folder.KIND.fetch(replace(ask, sleep=grow))) == []
    assert [one.content for one in asking.files(looked(place))] == [b"half and more"]


def test_folders_inside_are_accounts_where_that_is_wanted(place: Path) -> None:
    (place / "Центр" / "октябрь").mkdir(parents=True)
    (place / "Центр" / "октябрь" / "a.csv").write_text("a")
    (place / "b.csv").write_text("b")
    accounts = {one.key: one.account for one in asking.files(looked(place, accounts=True))}
    assert accounts == {"Центр/октябрь/a.csv": "Центр", "b.csv": None}
    assert {one.account for one in asking.files(looked(place))} == {None}


def test_only_files_named_so_and_no_links_or_pipes(place: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("secret")
    (place / "link.csv").symlink_to(tmp_path / "secret.csv")
    (place / "away").symlink_to(tmp_path)
    os.mkfifo(place / "pipe.csv")
    (place / "orders 1.csv").write_text("1")
    (place / "costs.csv").write_text("2")
    assert [one.name for one in asking.files(looked(place))] in (
        ["orders 1.csv", "costs.csv"],
        ["costs.csv", "orders 1.csv"],
    )
    assert [one.name for one in asking.files(looked(place, names="ORDERS*"))] == ["orders 1.csv"]


def test_what_was_taken_is_moved_only_after_it_was_taken(place: Path) -> None:
    (place / "a.csv").write_text("a")
    run: Iterator[Found] = folder.KIND.fetch(told(place, afterwards="move"))
    next(run)
    assert (place / "a.csv").exists()
    assert isinstance(next(run), Reached)
    assert (place / "taken" / "a.csv").read_text() == "a"
    run.close()  # type: ignore[attr-defined]
    (place / "a.csv").write_text("b")
    list(folder.KIND.fetch(told(place, afterwards="move")))
    assert sorted(path.name for path in (place / "taken").iterdir()) == ["a (1).csv", "a.csv"]


def test_a_trial_changes_nothing(place: Path) -> None:
    (place / "a.csv").write_text("a")
    trial = replace(told(place, afterwards="move"), is_trial=True)
    assert len(asking.files(list(folder.KIND.fetch(trial)))) == 1
    assert (place / "a.csv").exists()


def test_too_large_and_too_many_are_told_or_left_for_later(place: Path) -> None:
    for n in range(5):
        (place / f"{n}.csv").write_text("x" * (10 if n else 2_000_001))
    ask = replace(told(place), limits=Limits(bytes=2_000_000, files=3))
    found = list(folder.KIND.fetch(ask))
    assert len(asking.files(found)) == 3
    assert asking.notes(found) == ["0.csv is larger than 2 MB and was not taken."]
    rest = list(folder.KIND.fetch(replace(ask, state=asking.state(found))))
    assert len(asking.files(rest)) == 1


def test_only_folders_that_were_named_on_a_server(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ALONE)
    with pytest.raises(Trouble, match="may not be watched"):
        told(place)
    monkeypatch.setenv(VARIABLE, str(place))
    assert looked(place) == []
    (place / "out").symlink_to(tmp_path)
    for elsewhere in (place.parent, place / "..", place / "out", Path("/etc")):
        with pytest.raises(Trouble, match="may not be watched"):
            told(elsewhere)


def test_a_folder_that_is_gone_or_shut_is_told(place: Path) -> None:
    ask = told(place)
    place.rmdir()
    with pytest.raises(Trouble, match="There is no folder"):
        list(folder.KIND.fetch(ask))
    with pytest.raises(Trouble, match="not a full path"):
        told(Path("incoming"))
