"""A cluster of ClickHouse of the tests' own: real servers, each a process with a folder of its own.

Invariant: they listen on this machine only and end with who started them.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from tests import machine

NAME = "business"
"""What the servers call themselves together."""
_SERVING = Path(__file__).with_name("serving.py")
_PATIENCE = 60.0


class Cluster:
    """Servers that know each other."""

    def __init__(self, library: Path, folder: Path, size: int) -> None:
        self._library, self._folder = library, folder
        self._ports = [(_free(), _free()) for _ in range(size)]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "cluster.xml").write_text(_configured([tcp for tcp, _ in self._ports]), "utf-8")
        self._processes = [self._started(place) for place in range(size)]
        self.await_all()

    @property
    def pids(self) -> tuple[int, ...]:
        """Their processes."""
        return tuple(process.pid for process in self._processes)

    def setting(self, database: str, size: int | None = None) -> str:
        """How the engine is told of the first so many of them; of one alone it is no cluster."""
        urls = [f"http://127.0.0.1:{http}" for _, http in self._ports][:size]
        return f"clickhouse:{','.join(urls)}/{database}" + (f"?cluster={NAME}" if len(urls) > 1 else "")

    def ask(self, sql: str, place: int = 0) -> str:
        """What a server answers."""
        answer = httpx.post(f"http://127.0.0.1:{self._ports[place][1]}/", content=sql.encode(), timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.text.strip()

    def kill(self, place: int) -> None:
        """As when its machine fails."""
        self._processes[place].kill()
        self._processes[place].wait()

    def start(self, place: int) -> None:
        """It comes back with what it had on its disk."""
        self._processes[place] = self._started(place)
        self.await_all()

    def stop(self) -> None:
        """End all of them."""
        for place in range(len(self._processes)):
            self.kill(place)

    def await_all(self) -> None:
        """Until each answers."""
        until = time.monotonic() + _PATIENCE
        while not all(_answers(http) for _, http in self._ports):
            assert time.monotonic() < until, "ClickHouse does not answer"
            time.sleep(0.1)

    def _started(self, place: int) -> "subprocess.Popen[bytes]":
        tcp, http = self._ports[place]
        words: Sequence[str | Path] = (
            sys.executable, _SERVING, self._library, str(tcp), str(http), self._folder / f"server{place}",
            self._folder / "cluster.xml",
        )  # fmt: skip
        with (self._folder / f"log{place}").open("ab") as log:
            return subprocess.Popen(words, stdout=log, stderr=log, cwd=self._folder)


def library() -> Path | None:
    """The library of ClickHouse; None where it cannot be had."""
    return machine.clickhouse()


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/ping", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def _configured(ports: Sequence[int]) -> str:
    shards = "".join(f"<shard><replica><host>127.0.0.1</host><port>{port}</port></replica></shard>" for port in ports)
    return f"<clickhouse><remote_servers><{NAME}>{shards}</{NAME}></remote_servers></clickhouse>"


def _free() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
