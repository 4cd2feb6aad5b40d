"""The one renderer of this process: a child that is started when first asked and kept for what comes next.

Invariant: a request is answered or fails within `SECONDS`; a child that crashed, hung or ended is replaced by the next
request; requests are carried out one at a time, whoever asks.
"""

import json
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from data.errors import UserError
from data.message import say
from kpi.report.pictures.protocol import DONE

SECONDS = 60.0
"""Longest a picture may take, the start of the child included."""
PICTURES = 500
"""After so many a child is replaced: what it holds grows slowly."""
_ROOT = Path(__file__).resolve().parents[3]
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What makes the renderer abort."""
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
"""What it fails at where it shortens a text."""


class PictureFailed(UserError):
    """A chart could not be rendered."""


class Renderer:
    """Renders Vega-Lite specifications in a child process. May be asked from any thread."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._asked = 0

    def ask(self, what: str, spec: dict[str, Any], scale: float = 1.0) -> bytes:
        """A picture (`svg`, `png`, `pdf`), or the `scripts` that show charts in a browser. `PictureFailed`."""
        message = json.dumps({"what": what, "spec": printable(spec), "scale": scale}).encode()
        with self._lock:
            answer = self._answer(message)
        if answer is None or answer[:1] != DONE:
            raise PictureFailed(
                say("The chart could not be drawn."), hint=say("Its figures stand in the table; nothing is lost.")
            )
        return answer[1:]

    def close(self) -> None:
        """End the child; the next request starts another."""
        with self._lock:
            self._end()

    def _answer(self, message: bytes) -> bytes | None:
        """The child's answer; None: it crashed or took too long. One that ended while idle is replaced at once."""
        for _ in range(2):
            child = self._running()
            watch = threading.Timer(self._seconds, child.kill)
            watch.start()
            try:
                return _exchanged(child, message)
            except _Gone as gone:
                self._end()
                if gone.took:
                    return None
            finally:
                watch.cancel()
        return None

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._child is not None and (self._child.poll() is not None or self._asked >= PICTURES):
            self._end()
        if self._child is None:
            command = [sys.executable, "-m", "kpi.report.pictures.child"]
            self._child = subprocess.Popen(
                command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            self._asked = 0
        self._asked += 1
        return self._child

    def _end(self) -> None:
        if self._child is None:
            return
        self._child.kill()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                _closed(pipe)
        self._child.wait()
        self._child = None


class _Gone(Exception):
    """The child is not there; `took`: it had taken the request."""

    def __init__(self, *, took: bool) -> None:
        self.took = took


def _exchanged(child: "subprocess.Popen[bytes]", message: bytes) -> bytes:
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdin.write(len(message).to_bytes(4, "big") + message)
        child.stdin.flush()
    except OSError:
        raise _Gone(took=False) from None
    head = child.stdout.read(4)
    size = int.from_bytes(head, "big")
    answer = child.stdout.read(size) if len(head) == 4 else b""
    if len(head) < 4 or len(answer) < size:
        raise _Gone(took=child.wait() != 0)  # one that ended by itself had been idle: it took nothing
    return answer


def _closed(pipe: Any) -> None:
    """A pipe to a dead child may still hold what was not sent."""
    try:
        pipe.close()
    except OSError:
        return


def printable(part: Any) -> Any:
    """A specification without the signs that crash the renderer."""
    if isinstance(part, str):
        return _BEYOND.sub("□", _UNPRINTABLE.sub("", part))
    if isinstance(part, dict):
        return {name: printable(value) for name, value in part.items()}
    return [printable(value) for value in part] if isinstance(part, list | tuple) else part


RENDERER = Renderer()
"""The one of this process: starting a child costs more than ten pictures."""
