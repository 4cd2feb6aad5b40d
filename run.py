#!/usr/bin/env python3
"""Start the dashboard: `python3 run.py`. Run all checks and tests: `python3 run.py test`. Benchmarks: `run.py bench`.

Invariant: needs nothing but Python; everything else goes into .venv beside this file, and nothing outside it but what
the tests need of the machine. Must parse on a Python too old to run it, so that it can say so.
"""

import argparse
import hashlib
import json
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
import webbrowser
from pathlib import Path
from typing import List, Optional

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PORT = 8501
STARTS_WITHIN = 90.0  # seconds


def main(argv: List[str]) -> int:
    """Carry out the command line."""
    if sys.version_info[:2] < OLDEST:
        found = platform.python_version()
        print("This needs Python {}.{} or newer; this is Python {}.".format(*OLDEST, found), file=sys.stderr)
        print("Get one at python.org, then run this again with it.", file=sys.stderr)
        return 1
    args, rest = arguments(argv)
    os.chdir(ROOT)
    try:
        if args.command == "test":
            return test(rest, slow=args.slow, browser=not args.no_browser)
        return bench(rest) if args.command == "bench" else start(args.port, not args.no_browser, args.phones)
    except subprocess.CalledProcessError as error:
        print(f"\nThis step failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def arguments(argv: List[str]) -> "tuple[argparse.Namespace, List[str]]":
    """What was asked for, and the arguments passed on to pytest or the benchmarks."""
    parser = argparse.ArgumentParser(description="Start the dashboard, or run its tests or benchmarks.")
    parser.add_argument("command", nargs="?", choices=("start", "test", "bench"), default="start")
    parser.add_argument("--port", type=int, help="port to serve on (default: 8501, or the next that is free)")
    parser.add_argument(
        "--no-browser", action="store_true", help="start: open none; test: leave out tests that need one"
    )
    parser.add_argument("--phones", action="store_true", help="start: phones in this network may answer surveys")
    parser.add_argument("--slow", action="store_true", help="test: the slow tests too")
    args, rest = parser.parse_known_args(argv)
    if rest and args.command == "start":
        parser.error(f"unknown: {' '.join(rest)}")
    return args, rest


def start(port: Optional[int], opens_browser: bool, for_phones: bool) -> int:
    """Serve the app until Ctrl-C."""
    running = running_here()
    if running:
        say(f"The dashboard is already running: {running}")
        return show(running) if opens_browser else 0
    python = environment("requirements.txt")
    port = port or free_port(PORT)
    url = f"http://localhost:{port}"
    say(f"Starting the dashboard at {url} (stop it with Ctrl-C)")
    os.environ.update({"KPI_ALONE": "1", **({"KPI_SURVEY_URL": "auto"} if for_phones else {})})
    address = "0.0.0.0" if os.environ.get("KPI_SURVEY_URL", "")[:5] in ("auto", "http:") else "127.0.0.1"
    options = ["--server.address", address, "--server.port", str(port), "--server.headless", "true"]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server = subprocess.Popen([str(python), "-m", "streamlit", "run", "app.py", *options])
    try:
        if not wait_for(f"{url}/health", server):
            return stopped(server) or 1
        say(f"Ready: {url}")
        if opens_browser:
            show(url)
        return server.wait()
    except KeyboardInterrupt:
        say("Stopping")
        return stopped(server)


NO_TESTS = 5
"""What pytest returns where it found no test."""


def test(rest: List[str], slow: bool, browser: bool) -> int:
    """All checks, then all tests; pytest's summary is the last line."""
    python = environment("requirements-dev.txt")
    for needed in (*(["office"] if slow else []), "mail_server", "postgres"):
        machine(python, needed)
    if browser:
        os.environ["KPI_CHROMIUM"] = machine(python, "chromium")
        if not os.environ["KPI_CHROMIUM"]:
            say("No browser for the tests could be found or installed. `run.py test --no-browser` leaves them out.")
            return 1
    failed = [
        command
        for command in (["ruff", "check", "."], ["ruff", "format", "--check", "."])
        if not checked(python, command)
    ]
    types = beside(python, "mypy")
    unhurried = [] if slow else ["not slow"]
    if memory_disk():
        os.environ["PYTEST_DEBUG_TEMPROOT"] = memory_disk()
    say("Tests")
    passed = ran(python, ["-n", "logical", "--dist", "loadgroup"], ["not browser", *unhurried], rest)
    if not told(types):
        failed.append(["mypy"])
    for command in failed:
        say(f"FAILED: {' '.join(command)}")
    if browser:
        say("Tests in a browser, two files at a time")
        how = ["-n", "2", "--dist", "loadfile", *([] if rest else ["tests/browser"])]
        passed = ran(python, how, ["browser", *unhurried], rest) and passed
    return 0 if passed and not failed else 1


def ran(python: Path, how: List[str], marks: List[str], rest: List[str]) -> bool:
    """Whether the tests of these marks pass; that a person's own choice of tests holds none of them is no failure."""
    found = subprocess.run([str(python), "-m", "pytest", *how, "-m", " and ".join(marks), *rest], check=False)
    return found.returncode in ((0, NO_TESTS) if rest else (0,))


def memory_disk() -> str:
    """A folder that lies in memory, with room for what the tests write: a fifth faster than a disk. Empty: none."""
    folder = Path("/dev/shm")
    roomy = folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > 8 * 2**30
    return str(folder) if roomy else ""


def bench(rest: List[str]) -> int:
    """The benchmarks; each prints its ratio."""
    python = environment("requirements-dev.txt")
    os.environ["KPI_CHROMIUM"] = machine(python, "chromium")
    return subprocess.run([str(python), "-m", "tests.bench", *rest], check=False).returncode


def beside(python: Path, checker: str) -> "subprocess.Popen[str]":
    """A checker that runs while the tests do: it uses one processor only."""
    say(f"{checker}, beside the tests")
    out = subprocess.PIPE
    return subprocess.Popen([str(python), "-m", checker], stdout=out, stderr=subprocess.STDOUT, text=True)


def told(running: "subprocess.Popen[str]") -> bool:
    """Wait for it and say what it said; whether it is content."""
    say(running.communicate()[0].rstrip())
    return running.returncode == 0


def checked(python: Path, command: List[str]) -> bool:
    """Run one checker; whether it is content."""
    say(" ".join(command))
    return subprocess.run([str(python), "-m", *command], check=False).returncode == 0


def environment(requirements: str) -> Path:
    """The Python of .venv, with what the file lists installed; does nothing when that was done before."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = VENV / f".{requirements}.stamp"
    wanted = fingerprint(requirements)
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    if not works(python):
        say(f"Making an environment in {VENV.name} with Python {platform.python_version()}")
        make_environment()
    say(f"Installing what {requirements} lists (a minute or two, once)")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", requirements], check=True)
    stamp.write_text(wanted)
    return python


def make_environment() -> None:
    """A fresh .venv; says what is missing where Python comes without the means."""
    try:
        venv.EnvBuilder(with_pip=True, clear=True).create(VENV)
    except (subprocess.CalledProcessError, OSError):
        shutil.rmtree(VENV, ignore_errors=True)
        say("Python's venv module does not work here. On Debian and Ubuntu: sudo apt install python3-venv")
        raise


def works(python: Path) -> bool:
    """Whether the environment's Python runs, has pip, and is of this version."""
    if not python.exists():
        return False
    ask = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    answer = subprocess.run([str(python), "-c", ask], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == "{}.{}".format(*sys.version_info[:2])


def fingerprint(requirements: str) -> str:
    """Changes when the pinned packages or Python do."""
    texts = [(ROOT / name).read_bytes() for name in listed(requirements)]
    return hashlib.sha256(b"\n".join([*texts, sys.version.encode(), str(VENV).encode()])).hexdigest()


def listed(requirements: str) -> List[str]:
    """The file, and those it lists."""
    lines = (ROOT / requirements).read_text(encoding="utf-8").splitlines()
    named = [line.split()[1] for line in lines if line.startswith("-r ")]
    return [requirements, *(name for file in named for name in listed(file))]


def machine(python: Path, what: str) -> str:
    """Where a program is that the tests need, installed where it can be; empty: it cannot be had (tests/machine.py)."""
    asked = [str(python), "-m", "tests.machine", what]
    return subprocess.run(asked, stdout=subprocess.PIPE, text=True, check=False).stdout.strip()


def running_here() -> Optional[str]:
    """Address of the app that already serves this workspace, if it answers."""
    note = Path(os.environ.get("KPI_WORKSPACE") or "workspace") / "app.json"
    try:
        url = str(json.loads(note.read_text(encoding="utf-8"))["url"])
    except (OSError, ValueError, KeyError):
        return None
    return url if answers(f"{url}/health") else None


def free_port(first: int) -> int:
    """The first port from `first` on that nobody serves on."""
    for port in range(first, first + 100):
        with socket.socket() as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise SystemExit(f"No free port between {first} and {first + 99}.")


def wait_for(url: str, server: "subprocess.Popen[bytes]") -> bool:
    """Whether the server answers before it ends or time is up."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        if answers(url):
            return True
        time.sleep(0.1)
    return False


def answers(url: str) -> bool:
    """Whether a GET gives 200."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False


def show(url: str) -> int:
    """Open the owner's browser, where there is a screen to open it on."""
    if has_screen() and not webbrowser.open(url):
        say(f"Open this address in your browser: {url}")
    return 0


def has_screen() -> bool:
    """Whether a browser window could be seen here."""
    if os.environ.get("CI") or os.environ.get("SSH_CONNECTION"):
        return False
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def stopped(server: "subprocess.Popen[bytes]") -> int:
    """The server's exit status. Ctrl-C reached it as well; it is asked to stop, and made to if it does not."""
    for patience, ask in ((3, server.terminate), (10, server.kill)):
        try:
            return max(server.wait(timeout=patience), 0)
        except subprocess.TimeoutExpired:
            ask()
    return max(server.wait(), 0)


def say(text: str) -> None:
    """Tell the person what is being done."""
    print(f"• {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
