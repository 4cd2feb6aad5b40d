"""A PostgreSQL of the tests' own.

Invariant: it listens on this machine only, takes no password, keeps nothing, and ends with who started it.
"""

import os
import pwd
import shutil
import socket
import subprocess
from pathlib import Path

USER = "kpi"
_NOBODY = ("postgres", "nobody")
"""PostgreSQL refuses to run as root: then it runs as one of these."""


class Postgres:
    """A server in a folder, running."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self._binaries, self._folder = binaries, folder
        self._as = _unprivileged()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        """Where it listens."""
        folder.mkdir(parents=True)
        if self._as is not None:
            shutil.chown(folder, self._as)
        self._run("initdb", "-D", str(folder / "data"), "-U", USER, "--auth=trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses=127.0.0.1 -p {self.port} -c unix_socket_directories='' -c fsync=off"
        self._run("pg_ctl", "-D", str(folder / "data"), "-o", options, "-l", str(folder / "log"), "-w", "start")

    def stop(self) -> None:
        """End it at once."""
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "-w", "stop")

    def create(self, name: str, template: str = "template1") -> str:
        """A new database, a copy of another; how it is reached."""
        reached = ("-h", "127.0.0.1", "-p", str(self.port), "-U", USER)
        subprocess.run([self._binaries / "createdb", *reached, "-T", template, name], check=True)
        return f"host=127.0.0.1 port={self.port} user={USER} dbname={name}"

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._binaries / program, *arguments], check=True, user=self._as, cwd=self._folder,
            stdout=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C"},
        )  # fmt: skip


def _unprivileged() -> str | None:
    """Whom to run it as; None: as whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in _NOBODY if name in known)
