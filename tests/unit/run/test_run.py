"""run.py: what it decides without installing anything."""

import ast
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import run

SOURCE = Path(run.__file__).read_text(encoding="utf-8")


def test_only_the_standard_library_is_needed() -> None:
    modules = {
        name.name.split(".")[0]
        for node in ast.walk(ast.parse(SOURCE))
        if isinstance(node, ast.Import)
        for name in node.names
    }
    modules |= {
        str(node.module).split(".")[0] for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.ImportFrom)
    }
    assert modules <= sys.stdlib_module_names


def test_an_old_python_can_parse_it_and_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ast.parse(SOURCE, feature_version=(3, 7))
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr("platform.python_version", lambda: "3.9.2")
    assert run.main([]) == 1
    assert "needs Python 3.11 or newer; this is Python 3.9.2" in capsys.readouterr().err


def test_the_fingerprint_follows_the_requirements(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(run, "ROOT", tmp_path)
    (tmp_path / "requirements.txt").write_text("a==1")
    (tmp_path / "requirements-lake.txt").write_text("-r requirements.txt\nc==1")
    (tmp_path / "requirements-dev.txt").write_text("-r requirements-lake.txt\nb==1")
    dev, app = run.fingerprint("requirements-dev.txt"), run.fingerprint("requirements.txt")
    (tmp_path / "requirements.txt").write_text("a==2")
    assert run.fingerprint("requirements-dev.txt") != dev
    assert run.fingerprint("requirements.txt") != app
    dev, app = run.fingerprint("requirements-dev.txt"), run.fingerprint("requirements.txt")
    (tmp_path / "requirements-lake.txt").write_text("-r requirements.txt\nc==2")
    assert run.fingerprint("requirements-dev.txt") != dev
    assert run.fingerprint("requirements.txt") == app


def test_a_taken_port_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        assert port < run.free_port(port) < port + 100


def test_a_workspace_without_a_running_app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KPI_WORKSPACE", str(tmp_path))
    assert run.running_here() is None
    (tmp_path / "app.json").write_text(json.dumps({"url": "http://localhost:1", "token": "", "pid": 1}))
    assert run.running_here() is None


@pytest.mark.parametrize("name", ["CI", "SSH_CONNECTION"])
def test_no_browser_is_opened_where_nobody_looks(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv(name, "true")
    assert not run.has_screen()


def test_wrong_usage() -> None:
    done = subprocess.run([sys.executable, run.__file__, "fly"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "usage" in done.stderr


def test_an_environment_that_is_ready_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    (tmp_path / "requirements.txt").write_text("a==1")
    python = tmp_path / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    python.parent.mkdir(parents=True)
    python.touch()
    (tmp_path / ".venv" / ".requirements.txt.stamp").write_text(run.fingerprint("requirements.txt"))
    assert run.environment("requirements.txt") == python
