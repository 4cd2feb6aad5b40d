"""The C library's memory is told of few pieces, where there is one that can be told."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SHARED = """
import ctypes, sys, threading
from pages._ui.server.allocator import few_arenas
told = few_arenas() if sys.argv[1] == "told" else True
libc, hold = ctypes.CDLL(None), threading.Barrier(13)
libc.malloc.restype = ctypes.c_void_p
places = []
def take():
    places.append(libc.malloc(5000) >> 26)
    hold.wait(10)
threads = [threading.Thread(target=take) for _ in range(12)]
for thread in threads:
    thread.start()
hold.wait(10)
print(told, len({*places}))
"""
"""Twelve threads take memory at once; an arena of a thread is a piece of 64 MB."""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other libraries")
def test_threads_share_few_pieces() -> None:
    def found(how: str) -> list[str]:
        run = [sys.executable, "-c", SHARED, how]
        return subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()

    told, pieces = found("told")
    if told != "True":
        pytest.skip("not the GNU library")
    assert int(pieces) <= 2
    assert int(found("not told")[1]) > 2, "or the test proves nothing"
