"""A process that forks others to send what waits, so that hundreds can be killed without starting Python each time.

Reads a workspace and a stage a line. The child it forks kills itself by SIGKILL when it reaches the stage for the
second time — its first delivery goes through — or is killed by whoever reads its number; `-` is no stage. Opens no
database itself: a fork must find no threads.
"""

import json
import os
import signal
import smtplib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data.store.entries.delivery.deliveries import Deliveries
from data.store.store import Store
from kpi.delivery import makers, making
from kpi.delivery.channels import folder, mail, telegram, webhook
from kpi.delivery.sending import Round
from tests.sturdy.files import clock

DOT = b".\r\n"
PLACES: dict[str, tuple[Any, str]] = {
    "claimed": (Deliveries, "claim"),
    "made": (making, "as_told"),
    "signed in": (mail.MailServer, "_connected"),
    "addressed": (mail.MailServer, "_address"),
    "leaving": (Deliveries, "leaving"),
    "begun": (mail, "_begin"),
    "taken": (mail, "_hand_over"),
    "written": (folder.Folder, "send"),
    "posted": (webhook.Webhook, "send"),
    "told": (telegram.Bot, "call"),
    "noted": (Deliveries, "sent"),
}
"""Stage → the function it is the end of."""
ON_THE_WIRE = ("half", "whole", "dot")
"""Stages of the mail itself: half of it, all of it, and the dot that ends it."""


def tell(*words: object) -> None:
    """One line, whole."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


class Fuse:
    """Ends the process when it is reached for the second time."""

    def __init__(self) -> None:
        self.reached = 0

    def burn(self) -> None:
        self.reached += 1
        if self.reached == 2:
            os.kill(os.getpid(), signal.SIGKILL)


def lay(stage: str) -> None:
    """Have the process end at a stage."""
    fuse = Fuse()
    if stage in PLACES:
        place, name = PLACES[stage]
        setattr(place, name, _then(getattr(place, name), fuse.burn))
    elif stage in ON_THE_WIRE:
        smtplib.SMTP.send = _cut(smtplib.SMTP.send, stage, fuse)  # type: ignore[method-assign]


def _then(work: Callable[..., Any], burn: Callable[[], None]) -> Callable[..., Any]:
    def run(*args: Any, **named: Any) -> Any:
        answer = work(*args, **named)
        burn()
        return answer

    return run


def _cut(send: Callable[..., None], stage: str, fuse: Fuse) -> Callable[..., None]:
    def run(server: smtplib.SMTP, content: bytes | str) -> None:
        is_mail = isinstance(content, bytes) and content.startswith(b"From:")
        if stage == "half" and is_mail:
            send(server, content[: len(content) // 2])
            fuse.burn()
            content = content[len(content) // 2 :]
        send(server, content)
        if (stage == "whole" and is_mail) or (stage == "dot" and content == DOT):
            fuse.burn()

    return run


def work(workspace: Path, stage: str) -> None:
    """Send what waits."""
    lay(stage)
    making_now = {**makers.MAKERS, "test": making.as_told}
    with Store.open(workspace, clock) as store:
        tell("begins")
        Round(store, making_now).send_all()


def main() -> None:
    """Fork, tell the child's number, wait for it."""
    for line in sys.stdin:
        workspace, stage = json.loads(line)
        child = os.fork()
        if child == 0:
            work(Path(workspace), stage)
            os._exit(0)
        tell("child", child)
        _, status = os.waitpid(child, 0)
        tell("over", "killed" if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
