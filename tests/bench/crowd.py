"""Many viewers of a Streamlit page at once, by websocket and without browsers.

Each opens the page, then changes something every few seconds (exponentially distributed) and waits until the script has
run. What is timed is from the change to the end of the run; an exception shown on the page is an error.
"""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE = 120.0
"""Seconds an answer may take."""
AT_ONCE = 4
"""How many pages are opened at the same time: people do not all come in the same second."""


@dataclass(frozen=True)
class Change:
    """What somebody does on the page."""

    query: str = ""
    """The address's part after the question mark from now on."""
    widgets: tuple[tuple[str, str], ...] = ()
    """Key of a widget → its text."""


Next = Callable[[random.Random], Change]
"""What somebody does next."""
Seen = Callable[["Viewer", Change], None]
"""Told of what somebody has just done, while they look at what came back."""


@dataclass
class Viewer:
    """One open page."""

    socket: ClientConnection
    """Its connection."""
    page: str
    """Name of the page."""
    number: int
    """Which of the crowd: the seed of what it does."""
    hash: str = ""
    """The page, as Streamlit calls it."""
    widgets: dict[str, str] = field(default_factory=dict)
    """Key of a widget → its id."""
    cached: set[str] = field(default_factory=set)
    """Hashes of the messages it need not be sent again."""
    received: list[bytes] = field(default_factory=list)
    """What the last run sent."""
    errors: list[str] = field(default_factory=list)
    """Exceptions that were shown."""

    async def do(self, change: Change) -> float:
        """Seconds from a change to the end of the run it asks for."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash = change.query, self.hash
        if not self.hash:
            asked.page_name = self.page
        for key, text in change.widgets:
            state = asked.widget_states.widgets.add()
            state.id, state.string_value = self.widgets[key], text
        asked.cached_message_hashes.extend(self.cached)
        asked.context_info.locale, asked.context_info.timezone = "ru-RU", "Europe/Moscow"
        began = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        await asyncio.wait_for(self._finished(), PATIENCE)
        return time.perf_counter() - began

    async def _finished(self) -> None:
        self.received = []
        while True:
            data = await self.socket.recv()
            assert isinstance(data, bytes)
            self.received.append(data)
            told = ForwardMsg.FromString(data)
            kind = told.WhichOneof("type")
            if told.metadata.cacheable and told.hash:
                self.cached.add(told.hash)
            if kind == "new_session":
                self.hash = told.new_session.page_script_hash or self.hash
            elif kind == "navigation":
                self.hash = told.navigation.page_script_hash or self.hash
            elif kind == "delta":
                self._learn(told.delta)
            elif kind == "script_finished":
                return

    def _learn(self, delta: Any) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        kind = delta.new_element.WhichOneof("type")
        element = getattr(delta.new_element, kind)
        if kind == "exception":
            self.errors.append(str(element.message))
        number = str(getattr(element, "id", ""))
        if number.startswith("$$ID-"):
            self.widgets[number.split("-", 2)[2]] = number


async def gather(url: str, page: str, cookies: Sequence[str], first: Change) -> list[Viewer]:
    """One viewer a cookie, each of whom has opened the page."""
    few = asyncio.Semaphore(AT_ONCE)

    async def come(number: int, cookie: str) -> Viewer:
        async with few:
            told = {"Origin": url, **({"Cookie": cookie} if cookie else {})}
            socket = await connect(
                url.replace("http", "ws", 1) + "/_stcore/stream",
                subprotocols=[Subprotocol("streamlit"), Subprotocol("PLACEHOLDER")], additional_headers=told,
                max_size=None, compression=None, ping_interval=None, open_timeout=PATIENCE,
            )  # fmt: skip
            viewer = Viewer(socket, page, number)
            await viewer.do(first)
            return viewer

    return list(await asyncio.gather(*(come(number, cookie) for number, cookie in enumerate(cookies))))


async def watch(
    viewers: Sequence[Viewer], every: float, seconds: float, act: Next, seen: Seen = lambda _viewer, _change: None
) -> list[float]:
    """So long everybody looks on, each changing something every so often; how long every change took."""
    until, took = time.monotonic() + seconds, list[float]()

    async def one(viewer: Viewer) -> None:
        chance = random.Random(f"{viewer.number} {until}")
        while True:
            await asyncio.sleep(chance.expovariate(1 / every))
            if time.monotonic() > until:
                return
            change = act(chance)
            took.append(await viewer.do(change))
            seen(viewer, change)

    await asyncio.gather(*map(one, viewers))
    return took


async def leave(viewers: Sequence[Viewer]) -> None:
    """Everybody goes."""
    await asyncio.gather(*(viewer.socket.close() for viewer in viewers))
