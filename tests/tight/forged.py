"""Messages that no screen sends: a case each, made of what an owner's browser has seen."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.pages.canary import FORBIDDEN
from tests.tight.wire import Wire

PATHS = (
    "people", "../people", "pages/people", "People", "/people", "people.py", "%70eople", "people\x00", "access?as=1",
    "x" * 10_000, "..\\people", "//people", "local/command",
)  # fmt: skip
"""What may be written where the name of a page belongs."""
QUERIES = (
    "as=1", "as=0&as=1", "as=1&tab=people", "as=-1", f"person={FORBIDDEN['employee']}", "lens=rows&kpi=revenue",
    f"branch={FORBIDDEN['branch']}&lens=rows", f"compare=branch:{FORBIDDEN['branch']}", "own=new", "share=people",
    f"employee={FORBIDDEN['employee']}&kpi=nps", "tab=log", "x=" + "y" * 100_000, "lang=ru&lang=en&lang=%00",
)  # fmt: skip


FLAGS = ("clear_cache", "load_git_info", "set_run_on_save", "debug_disconnect_websocket", "debug_shutdown_runtime")
"""Messages that are about the whole program."""


@dataclass(frozen=True)
class Forged:
    """One case."""

    name: str
    """What is tried."""
    messages: tuple[BackMsg | bytes | str, ...]
    """Sent one after the other; the text is sent as such."""
    is_quick: bool = False
    """Whether it is tried at every run."""
    runs: bool = True
    """Whether the script is run by each of them."""


def cases(owned: Wire, forger: Wire) -> Iterator[Forged]:
    """All of them."""
    for name, number in owned.pages.items():
        yield Forged(f"page {name or 'first'} by its hash", (_rerun(number),), name == "access")
    for path in PATHS:
        yield Forged(f"page {path[:12]!r} by its name", (_rerun("", page_name=path),), path == "../people")
    for page in ("people", "access"):
        for query in QUERIES:
            quick = (page, query) == ("access", "as=1&tab=people")
            yield Forged(f"{page}?{query[:20]}", (_rerun(owned.pages[page], query_string=query),), quick)
    for kind, put in VALUES.items():
        yield Forged(f"every widget is set to {kind}", tuple(_set(owned, put)), kind == "trigger")
    for fragment in sorted(owned.fragments)[:12]:
        asked = _rerun(owned.pages["people"], fragment_id=fragment)
        yield Forged(f"fragment {fragment[:8]}", (asked,), fragment == min(owned.fragments), runs=False)
    for flag in ("is_auto_rerun", "is_history_navigation"):
        yield Forged(flag, (_rerun(owned.pages["access"], **{flag: True}),))
    known = [*owned.widgets.values()]
    yield Forged("what an owner has in memory", (_rerun(owned.pages["people"], cached_message_hashes=known),), True)
    yield from _messages(owned, forger)


def _rerun(page: str, **more: object) -> BackMsg:
    message = BackMsg()
    asked = message.rerun_script
    asked.page_script_hash = page
    for name, value in more.items():
        if isinstance(value, list):
            getattr(asked, name).extend(value)
        else:
            setattr(asked, name, value)
    asked.context_info.locale, asked.context_info.timezone = "ru-RU", "Europe/Moscow"
    return message


def _files(state: WidgetState) -> None:
    info = state.file_uploader_state_value.uploaded_file_info.add()
    info.file_id, info.name, info.size = "1", "orders.csv", 1


VALUES: dict[str, Callable[[WidgetState], object]] = {
    "trigger": lambda state: setattr(state, "trigger_value", True),
    "true": lambda state: setattr(state, "bool_value", True),
    "a number": lambda state: setattr(state, "double_value", 1e308),
    "a whole number": lambda state: setattr(state, "int_value", -(2**63)),
    "a text": lambda state: setattr(state, "string_value", FORBIDDEN["employee"]),
    "numbers": lambda state: state.double_array_value.data.extend([float("nan"), 1.0]),
    "whole numbers": lambda state: state.int_array_value.data.extend([0, 1, 2**62]),
    "texts": lambda state: state.string_array_value.data.extend(FORBIDDEN.values()),
    "JSON": lambda state: setattr(state, "json_value", json.dumps({"rows": {"0": {"role": "owner"}}})),
    "deep JSON": lambda state: setattr(state, "json_value", "[" * 3000 + "]" * 3000),
    "bytes": lambda state: setattr(state, "bytes_value", b"\x00\xff" * 100),
    "a table": lambda state: setattr(state.arrow_value, "data", b"ARROW1"),
    "files": _files,
    "a text that triggers": lambda state: setattr(state.string_trigger_value, "data", "owner"),
    "JSON that triggers": lambda state: setattr(state, "json_trigger_value", '{"event": "row"}'),
    "a chat": lambda state: setattr(state.chat_input_value, "data", "owner"),
}
"""Kind of value → puts it into the state of a widget."""


def _set(owned: Wire, put: Callable[[WidgetState], object]) -> Iterator[BackMsg]:
    """Every widget at once, on the pages where most of an owner's are."""
    for page in ("access", "data", "targets", "people"):
        message = _rerun(owned.pages[page])
        for number in owned.widgets.values():
            state = message.rerun_script.widget_states.widgets.add()
            state.id = number
            put(state)
        yield message


def _messages(owned: Wire, forger: Wire) -> Iterator[Forged]:
    """What is said beside questions for a rerun."""
    for name in FLAGS:
        told = BackMsg()
        setattr(told, name, True)
        yield Forged(name, (told,), is_quick=True, runs=False)
    yield Forged("nothing", (BackMsg(), b""), is_quick=True, runs=False)
    yield Forged("a text", ("rerun",), is_quick=True, runs=False)
    for session in (owned.session, forger.session, ""):
        message = BackMsg()
        message.backend_operation_request.session_id = session
        message.backend_operation_request.request_id = "1"
        yield Forged(f"an operation of {session[:8] or 'nobody'}", (message,), runs=False)
    asked = BackMsg()
    asked.file_urls_request.request_id = "1"
    asked.file_urls_request.file_names.append("../../people.sqlite")
    asked.file_urls_request.session_id = owned.session
    yield Forged("places for files", (asked,), runs=False)
