"""Handing a command to the running app that owns the workspace.

Invariant: a command that reached the app is never run a second time here.
"""

import http.client
import json
import urllib.parse

from data.access.address import RunningApp, read_note
from kpi.command.session import Session

_ANSWER_WITHIN = 3600.0
"""Seconds; a large import takes minutes."""
_CONNECT_WITHIN = 3.0


def run(argv: list[str], session: Session) -> int | None:
    """The status of the command as the app carried it out; None when no app owns the workspace."""
    app = read_note(session.workspace)
    answer = _ask(app, argv, session) if app is not None else None
    if answer is None:
        return None
    session.out.write(answer["stdout"])
    session.err.write(answer["stderr"])
    return int(answer["status"])


def _ask(app: RunningApp, argv: list[str], session: Session) -> dict[str, str] | None:
    address = urllib.parse.urlsplit(app.url)
    connection = http.client.HTTPConnection(address.hostname or "localhost", address.port, timeout=_CONNECT_WITHIN)
    try:
        connection.connect()
    except OSError:
        return None  # the app ended without taking its note away
    try:
        connection.sock.settimeout(_ANSWER_WITHIN)
        body = json.dumps(
            {
                "argv": argv,
                "cwd": str(session.cwd),
                "language": session.code,
                "workspace": str(session.workspace),
                "given": session.given,
            }
        )
        headers = {"Authorization": f"Bearer {app.token}", "Content-Type": "application/json"}
        connection.request("POST", "/local/command", body, headers)
        response = connection.getresponse()
        text = response.read()
        # Another program may listen there by now: it does not know the token.
        return json.loads(text) if response.status == 200 else None
    finally:
        connection.close()
