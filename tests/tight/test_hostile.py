"""Whoever means harm and is unknown does not make the server grow, and keeps nobody from it."""

import random
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from socket import socket

import psutil
import pytest

from tests.browser.server import Served, serve
from tests.tight.hostile import KINDS, Kind, strangers
from tests.tight.place import Place
from tests.tight.wire import ConnectionClosed, InvalidStatus, wire

pytestmark = pytest.mark.xdist_group("tight")
MOST = 50 << 20
"""Bytes that the process may have grown by after a thousand of them."""
OPEN = 100
"""Connections that are left open at a time."""


def attack(app: Served, kinds: Sequence[Kind], times: int, seed: int) -> None:
    """So many requests, each kind in turn, then all connections are let go of."""
    where, chance, left_open = ("127.0.0.1", int(app.url.rpartition(":")[2])), random.Random(seed), deque[socket]()
    for number in range(times):
        left_open.append(kinds[number % len(kinds)](where, chance))
        if len(left_open) > OPEN:
            left_open.popleft().close()
    for one in left_open:
        one.close()


def held(app: Served) -> int:
    """Bytes of memory, once it is quiet."""
    time.sleep(1)
    return int(psutil.Process(app.process.pid).memory_info().rss)


def grown(app: Served, kinds: Sequence[Kind], times: int) -> int:
    """Bytes that the server has grown by; who is unknown is unknown still."""
    attack(app, kinds, len(kinds) * 3, 0)  # what the first ones of all make is made once
    before = held(app)
    attack(app, kinds, times, 1)
    with pytest.raises((InvalidStatus, ConnectionClosed)), wire(app.url, "kpi_session=x") as nobody:
        nobody.run()
    return held(app) - before


def test_the_server_does_not_grow(place: Place) -> None:
    gentle = [kind for kind in KINDS if kind is not strangers]  # whose tries would be counted in the tests beside it
    assert grown(place.app, gentle, 40) < MOST


@pytest.mark.slow
def test_a_thousand_times(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    with serve(tmp_path, KPI_ALONE="0") as app:
        size = grown(app, KINDS, 1_000)
    record_property("grown by megabytes", size / 1e6)
    assert size < MOST
