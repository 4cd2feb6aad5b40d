"""The command line as a process of its own, alone and beside the running app."""

import json
import os
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data.access.address import RunningApp, read_note, write_note
from tests.browser.server import ROOT, Served, serve
from tests.unit.command.conftest import ORDERS


def kpi(folder: Path, *argv: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "KPI_WORKSPACE": str(folder / "workspace"), **environment}
    return subprocess.run(
        [sys.executable, "-m", "kpi", *argv],
        cwd=folder,
        env=settings,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_alone(tmp_path: Path) -> None:
    (tmp_path / "заказы.csv").write_bytes(ORDERS.encode("cp1251"))
    assert kpi(tmp_path, "import", "заказы.csv").returncode == 0
    done = kpi(tmp_path, "value", "revenue", "--format", "json", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)[0]["value"] == pytest.approx(4000.5)
    assert kpi(tmp_path, "value", "nothing").returncode == 1
    assert kpi(tmp_path, "value").returncode == 2


def test_the_workspace_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text(ORDERS, encoding="utf-8")
    assert kpi(tmp_path, "--workspace", "other", "import", "o.csv").returncode == 0
    assert (tmp_path / "other").is_dir()
    assert not (tmp_path / "workspace").exists()


def test_a_note_left_by_an_app_that_ended_is_no_hindrance(tmp_path: Path) -> None:
    write_note(tmp_path / "workspace", RunningApp("http://localhost:1", "gone", 1))
    assert kpi(tmp_path, "imports", "--json").stdout.strip() == "[]"


def test_two_commands_at_once_wait_for_each_other(tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text(ORDERS, encoding="utf-8")
    with ThreadPoolExecutor(2) as both:
        first, second = both.map(lambda source: kpi(tmp_path, "import", "o.csv", "--source", source), ("a", "b"))
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert len(json.loads(kpi(tmp_path, "imports", "--json").stdout)) == 2


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(tmp_path_factory.mktemp("beside")) as served:
        yield served


def test_beside_the_app_a_command_works_through_it(app: Served) -> None:
    folder = app.workspace.parent
    (folder / "заказы.csv").write_bytes(ORDERS.encode("cp1251"))
    done = kpi(folder, "import", "заказы.csv", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["rows_out"] == 4
    assert "Выручка" in kpi(folder, "value", "revenue", KPI_LANG="ru").stdout
    wrong = kpi(folder, "value", "nothing")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "nothing" in wrong.stderr
    with urllib.request.urlopen(f"{app.url}/health") as health:
        assert json.loads(health.read())["data_version"] > 0


def test_only_the_owner_of_the_workspace_can_read_the_note(app: Served) -> None:
    note = app.workspace / "app.json"
    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    running = read_note(app.workspace)
    assert running is not None
    assert running.url == app.url
    assert running.token not in app.log.read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer wrong", "Bearer ключ"])
def test_the_door_for_commands_needs_the_token(app: Served, token: str) -> None:
    headers = {"Authorization": token.encode("utf-8").decode("latin-1"), "Content-Type": "application/json"}
    asked = urllib.request.Request(f"{app.url}/local/command", b'{"argv": ["imports"], "cwd": "/"}', headers)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked)
    assert refused.value.code == 403


def test_the_app_ends_and_takes_its_note_with_it(tmp_path: Path) -> None:
    with serve(tmp_path) as served:
        assert (served.workspace / "app.json").exists()
    assert not (served.workspace / "app.json").exists()
    assert kpi(tmp_path, "imports", "--json").stdout.strip() == "[]"
