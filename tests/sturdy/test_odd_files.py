"""Odd and hostile files through the command line: a right result or one sentence, in bounded time and memory."""

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

import psutil
import pytest

from data.store.store import Store
from kpi.command.main import run
from kpi.command.session import Session
from tests.sturdy.files import clock
from tests.sturdy.odd_files import TABLE, large, write_all

ROOT = Path(__file__).parents[2]
SECONDS = 4.0
"""Processor time of this process and its readers, of one file."""
GROWTH = 200 << 20
READ = ("utf-16-le.csv", "utf-16-be.csv", "utf-32.csv", "cp866.csv", "koi8-r.csv", "marks twice.csv")
"""Encodings of one table that must be told apart."""


@dataclass(frozen=True)
class Told:
    """What the command did with a file."""

    status: int
    """Its exit status."""
    text: str
    """What it said."""
    seconds: float
    """Processor time it took."""
    grown: int
    """Bytes this process has grown by."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_all(tmp_path_factory.mktemp("odd"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "workspace", clock) as made:
        yield made


def imported(store: Store, path: Path) -> Told:
    """What `import` does with it; what it loads is taken back."""
    out, err, began = io.StringIO(), io.StringIO(), _used()
    before = psutil.Process().memory_info().rss
    session = Session(store.workspace.folder, path.parent, out, err, "en", lambda: store)
    status = run(["import", "--", str(path)], session)
    told = Told(status, out.getvalue() + err.getvalue(), _used() - began, psutil.Process().memory_info().rss - before)
    for entry in store.imports():
        if not entry.undone:
            store.undo(entry.import_id)
    return told


def _used() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def trial(store: Store, files: Sequence[Path]) -> None:
    told = {path.name: imported(store, path) for path in files}
    assert {name: each for name, each in told.items() if each.status not in (0, 1)} == {}
    assert {name: each for name, each in told.items() if not each.text.strip() or "Traceback" in each.text} == {}
    assert {name: each for name, each in told.items() if each.seconds > SECONDS or each.grown > GROWTH} == {}
    assert all(path.exists() for path in files)
    assert not Path("x").exists(), "a name was carried out"


def test_some_odd_files(store: Store, files: list[Path]) -> None:
    assert len(files) > 80
    trial(store, files[::9])


@pytest.mark.slow
def test_every_odd_file(store: Store, files: list[Path]) -> None:
    trial(store, files)


@pytest.mark.parametrize("name", READ)
def test_encodings(store: Store, files: list[Path], name: str) -> None:
    told = imported(store, next(path for path in files if path.name == name))
    assert f"{name}: orders," in told.text, "its headers were not read"


def test_a_name_cannot_write_on_the_terminal(store: Store, files: list[Path]) -> None:
    told = imported(store, next(path for path in files if "red" in path.name))
    assert "\x1b" not in told.text
    assert "[31mred" in told.text


def command(workspace: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], float, int]:
    """A real process; seconds it took and the most memory it had."""
    began = time.monotonic()
    call = [sys.executable, "-m", "kpi", "--workspace", str(workspace), *arguments]
    most = 0
    with (
        TemporaryFile("w+", encoding="utf-8") as out,  # a pipe nobody empties would stop it
        TemporaryFile("w+", encoding="utf-8") as err,
        subprocess.Popen(call, cwd=ROOT, stdout=out, stderr=err) as process,
    ):
        seen = psutil.Process(process.pid)
        while process.poll() is None:
            try:
                most = max(most, seen.memory_info().rss)
                process.wait(0.1)
            except (subprocess.TimeoutExpired, psutil.NoSuchProcess):
                continue
        said = [(file.seek(0), file.read())[1] for file in (out, err)]
    done = subprocess.CompletedProcess(call, process.returncode, *said)
    return done, time.monotonic() - began, most


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    done, _, _ = command(tmp_path / "workspace", "import", str(pipe))
    assert (done.returncode, "is no file" in done.stderr) == (1, True)


@pytest.mark.slow
def test_large_ones(tmp_path: Path) -> None:
    """Neither is read into memory, and 20 GB of nothing are not copied before they are refused."""
    for path in large(tmp_path):
        done, seconds, most = command(tmp_path / "workspace", "import", str(path))
        assert done.returncode == 1, path.name
        assert path.name in done.stderr
        assert "Traceback" not in done.stderr
        assert most < 600 << 20
        assert seconds < 60
        assert list((tmp_path / "workspace" / "originals").iterdir()) == []


@pytest.mark.slow
def test_ten_thousand_files_at_once(tmp_path: Path) -> None:
    """Half of them are empty and named; the others are written."""
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(10_000):
        (folder / f"{number:05}.csv").write_text(TABLE if number % 2 else "", "utf-8")
    names = [str(path) for path in sorted(folder.iterdir())]
    done, _, most = command(tmp_path / "workspace", "read", "--out", str(tmp_path / "out"), *names)
    assert done.returncode == 1
    assert len(list((tmp_path / "out").iterdir())) == 5_000
    assert most < 600 << 20
