"""What a browser may say over the websocket.

Invariant: of Streamlit's messages only those go on that the screens need. Streamlit lets anybody empty the caches of
the whole process, the open workspace among them, ask where the program lies, or make it watch its files.
"""

from google.protobuf.message import DecodeError
from starlette.types import Message
from streamlit.proto.BackMsg_pb2 import BackMsg

TAKEN = frozenset({"rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request"})
"""Names of the messages, as Streamlit calls them."""


def is_taken(message: Message) -> bool:
    """Whether an ASGI message goes on; one that is no message of Streamlit's does, for it hangs up then."""
    if message["type"] != "websocket.receive":
        return True
    data = message.get("bytes")
    if data is None:
        return False
    try:
        return BackMsg.FromString(data).WhichOneof("type") in TAKEN
    except DecodeError:
        return True
