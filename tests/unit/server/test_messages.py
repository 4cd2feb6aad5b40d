"""What a browser may say over the websocket: what the screens need, and nothing that is about everybody's program."""

import pytest
from starlette.types import Message
from streamlit.proto.BackMsg_pb2 import BackMsg

from pages._ui.server.door.messages import TAKEN, is_taken


def said(**message: object) -> Message:
    return {"type": "websocket.receive", "bytes": BackMsg(**message).SerializeToString()}  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime"])
def test_what_is_about_everybody_s_program_stays_outside(name: str) -> None:
    assert not is_taken(said(**{name: True}))


def test_what_screens_say_goes_on() -> None:
    message = BackMsg()
    message.rerun_script.query_string = "kpi=nps"
    assert is_taken(said(rerun_script=message.rerun_script))
    assert is_taken(said(stop_script=True))
    assert is_taken({"type": "websocket.connect"})
    assert is_taken({"type": "websocket.disconnect", "code": 1000})


def test_what_says_nothing_stays_outside_and_what_is_broken_is_hung_up_on() -> None:
    assert not is_taken(said())
    assert not is_taken({"type": "websocket.receive", "text": "rerun_script"})
    assert is_taken({"type": "websocket.receive", "bytes": b"\xff\xff\xff"})


def test_streamlit_knows_the_names() -> None:
    assert {field.name for field in BackMsg.DESCRIPTOR.fields} >= TAKEN
