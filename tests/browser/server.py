"""The real app on a free port with a workspace of its own, for tests beside it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 240.0


@dataclass(frozen=True)
class Served:
    """A running app."""

    url: str
    """Its address, without a slash at the end."""
    workspace: Path
    """Its workspace."""
    log: Path
    """What it printed."""
    process: subprocess.Popen[bytes]
    """Its process."""


@contextmanager
def serve(folder: Path, **environment: str) -> Iterator[Served]:
    """Start the app with its workspace in `folder`; stopped at the end, by its process id."""
    port = free_port()
    workspace, log = folder / "workspace", folder / "app.log"
    settings = {**os.environ, "KPI_WORKSPACE": str(workspace), "PYTHONPATH": str(ROOT), "KPI_ALONE": "1", **environment}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *options(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=out, stderr=subprocess.STDOUT)
    served = Served(f"http://localhost:{port}", workspace, log, process)
    try:
        wait_until_up(served)
        yield served
    finally:
        stop(process)


def options(port: int) -> list[str]:
    """Streamlit's options for a server nobody looks at."""
    return [
        "--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true",
        "--server.fileWatcherType", "none",
    ]  # fmt: skip


def wait_until_up(served: Served, health: str = "health") -> None:
    """Return when the app answers; fail with its log when it does not."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and served.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{served.url}/{health}", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise AssertionError("The app did not start:\n" + served.log.read_text(encoding="utf-8", errors="replace"))


def stop(process: subprocess.Popen[bytes]) -> int:
    """End the app as Ctrl-C does."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            return process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()


def free_port() -> int:
    """A port nobody serves on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
