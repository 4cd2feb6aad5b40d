"""A client of the dashboard's websocket that sends whatever it likes."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.VegaLiteChart_pb2 import VegaLiteChart
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE = 60.0
"""Seconds an answer may take."""
Value = str | bool | float | tuple[str, ...]
"""What a widget is set to; True of a button: it was pressed."""


@dataclass
class Wire:
    """One open websocket."""

    socket: ClientConnection
    """The connection."""
    page: str = ""
    """Hash of the page it is on."""
    pages: dict[str, str] = field(default_factory=dict)
    """Name of a page → hash, as the navigation told."""
    widgets: dict[str, str] = field(default_factory=dict)
    """Key of a widget → its id."""
    fragments: set[str] = field(default_factory=set)
    """Ids of the parts that run by themselves."""
    charts: list[VegaLiteChart] = field(default_factory=list)
    """The charts that were sent."""
    session: str = ""
    """The session's id."""

    def run(
        self, *, page: str = "", name: str = "", query: str = "", fragment: str = "",
        widgets: Mapping[str, Value] | None = None,
    ) -> bytes:  # fmt: skip
        """Ask for a rerun; all that came back. `page`: hash of a page; `name`: name of one."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.fragment_id = query, fragment
        if name:
            asked.page_name = name
        else:
            asked.page_script_hash = page or self.page
        for number, value in (widgets or {}).items():
            _set(asked.widget_states.widgets.add(), number, value)
        asked.context_info.locale, asked.context_info.timezone = "ru-RU", "Europe/Moscow"
        return self.send(message)

    def send(self, message: BackMsg) -> bytes:
        """Send a question for a rerun; all that came back."""
        self.socket.send(message.SerializeToString())
        return self.answer()

    def answer(self) -> bytes:
        """All that comes until a script has run to its end."""
        received = []
        while True:
            data = self.socket.recv(PATIENCE)
            assert isinstance(data, bytes)
            received.append(data)
            told = ForwardMsg()
            told.ParseFromString(data)
            self._learn(told)
            if told.WhichOneof("type") == "script_finished":
                return b"\n".join(received)

    def _learn(self, told: ForwardMsg) -> None:
        kind = told.WhichOneof("type")
        if kind == "new_session":
            self.page = told.new_session.page_script_hash or self.page
            self.session = told.new_session.initialize.session_id or self.session
        elif kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in told.navigation.app_pages}
        elif kind == "delta" and told.delta.fragment_id:
            self.fragments.add(told.delta.fragment_id)
        if kind == "delta" and told.delta.WhichOneof("type") == "new_element":
            element = told.delta.new_element
            if element.WhichOneof("type") == "vega_lite_chart":
                self.charts.append(element.vega_lite_chart)
            number = str(getattr(getattr(element, element.WhichOneof("type") or "", None), "id", ""))
            if number.startswith("$$ID-"):
                self.widgets[number.split("-", 2)[2]] = number


def _set(state: object, number: str, value: Value) -> None:
    state.id = number  # type: ignore[attr-defined]
    if value is True:
        state.trigger_value = True  # type: ignore[attr-defined]
    elif isinstance(value, bool):
        state.bool_value = value  # type: ignore[attr-defined]
    elif isinstance(value, float):
        state.double_value = value  # type: ignore[attr-defined]
    elif isinstance(value, tuple):
        state.string_array_value.data.extend(value)  # type: ignore[attr-defined]
    else:
        state.string_value = value  # type: ignore[attr-defined]


@contextlib.contextmanager
def wire(url: str, cookie: str = "", session: str = "", **headers: str) -> Iterator[Wire]:
    """A websocket with a cookie; `session`: the id of a session to take over. `InvalidStatus` where it is refused."""
    told = {"Origin": url, **({"Cookie": cookie} if cookie else {}), **headers}
    protocols = [Subprotocol(name) for name in ("streamlit", "PLACEHOLDER", *([session] if session else []))]
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(address, subprotocols=protocols, additional_headers=told, max_size=None, compression=None) as socket:
        yield Wire(socket)


__all__ = ["ConnectionClosed", "InvalidStatus", "Wire", "wire"]
