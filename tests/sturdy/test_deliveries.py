"""`kill -9` at any moment of sending: everything arrives exactly once, or is listed as uncertain and never sent again.

By a real mail server, a Bot API, a web server and a folder of this computer; what arrived is counted there.
"""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from data.store.entries import NewDelivery
from data.store.store import Store
from data.store.zone import instant
from kpi.delivery.kinds import set_up
from kpi.delivery.sending import Round
from tests.sturdy.files import clock
from tests.unit.delivery.servers.bot_api import TOKEN, BotApi
from tests.unit.delivery.servers.http import Receiver, served
from tests.unit.delivery.servers.mailbox import Mailbox, mail_server

ROOT = Path(__file__).parents[2]
MAY_BE_UNCERTAIN = {
    "mail": {"leaving", "begun", "half", "whole", "dot", "taken"}, "telegram": {"leaving", "told"}, "folder": set(),
    "webhook": set(),
}  # fmt: skip
"""Kind → the stages after which nobody can know; after any other a kill leaves nothing open."""
CERTAIN = {
    "mail": ("claimed", "made", "signed in", "addressed", "noted"), "telegram": ("claimed", "made", "noted"),
    "folder": ("claimed", "leaving", "written", "noted"), "webhook": ("leaving", "posted", "noted"),
}  # fmt: skip
ALWAYS = {
    ("mail", "addressed"), ("mail", "leaving"), ("mail", "half"), ("mail", "dot"), ("mail", "noted"),
    ("telegram", "told"), ("folder", "written"), ("webhook", "posted"),
}  # fmt: skip
"""Tried in every run; the others in slow ones."""
STAGES = [
    pytest.param(kind, stage, marks=[] if (kind, stage) in ALWAYS else pytest.mark.slow)
    for kind in CERTAIN
    for stage in (*CERTAIN[kind], *sorted(MAY_BE_UNCERTAIN[kind]))
]
LONG_TEXT = "Выручка 1 234 ₽\n" * 3000


@dataclass
class World:
    """The other ends, and the workspace that sends to them."""

    workspace: Path
    folder: Path
    mailbox: Mailbox = field(default_factory=Mailbox)
    bot: BotApi = field(default_factory=BotApi)
    hook: Receiver = field(default_factory=Receiver)
    channels: dict[str, int] = field(default_factory=dict)
    whom: int = 0

    def put(self, store: Store, occasion: str, kinds: Sequence[str]) -> None:
        """Deliveries of an occasion, whose text names them."""
        store.entries.deliveries.put(
            *(
                NewDelivery(
                    "test", kind, f"{occasion}-{number}", f"addressee:{self.whom}", self.channels[kind], "",
                    instant(clock), {"subject": f"{kind} {occasion}-{number}", "text": LONG_TEXT},
                )
                for number, kind in enumerate(kinds)
            )
        )  # fmt: skip

    def arrived(self) -> Counter[str]:
        """What arrived, as its receiver counts it: a web address by key, as it was told to."""
        hooks = {asked.headers["idempotency-key"]: json.loads(asked.body)["subject"] for asked in self.hook.asked}
        return Counter(
            [str(mail["Subject"]) for mail in self.mailbox.mails]
            + [sent.text.partition("\n")[0] for sent in self.bot.sent]
            + list(hooks.values())
            + [path.stem for path in self.folder.iterdir() if not path.name.startswith(".")]
        )


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("sends")
    made = World(folder / "workspace", folder / "out")
    made.folder.mkdir()
    controller = mail_server(made.mailbox)
    with served(made.bot), served(made.hook), Store.open(made.workspace, clock) as store:
        mail = {"host": "127.0.0.1", "port": controller.port, "security": "none", "sender": "kpi@example.org"}
        made.channels["mail"] = set_up(store, "mail", "mail", mail)
        made.channels["telegram"] = set_up(store, "bot", "telegram", {"token": TOKEN, "address": made.bot.url})
        made.channels["folder"] = set_up(store, "folder", "folder", {"path": str(made.folder)})
        made.channels["webhook"] = set_up(store, "hook", "webhook", {"url": made.hook.url, "allows_private": True})
        made.whom = store.entries.addressees.add("Анна", email="anna@example.org", chat="777")
        store.close()
        yield made
    controller.stop()


@pytest.fixture(scope="module")
def sender() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.sturdy.sender"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.stdin.close()  # type: ignore[union-attr]


def send(sender: subprocess.Popen[str], world: World, stage: str, kill_after: float | None = None) -> str:
    """Have what waits sent; how the process ended: killed, or 0."""
    assert sender.stdin is not None
    assert sender.stdout is not None
    sender.stdin.write(json.dumps([str(world.workspace), stage]) + "\n")
    sender.stdin.flush()
    child = 0
    for line in sender.stdout:
        match line.split():
            case ["child", number]:
                child = int(number)
            case ["begins"] if kill_after is not None:
                time.sleep(kill_after)
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            case ["over", end]:
                return end
    raise AssertionError("the sender ended")


def settled(world: World) -> dict[str, str]:
    """What the next starts make of it: subject → state; nothing is left open."""
    for _ in range(2):
        with Store.open(world.workspace, clock) as store:
            Round(store).send_all()
            found = store.entries.deliveries.latest(100_000)
    return {f"{one.source} {one.occasion}": one.state for one in found}


def check(states: dict[str, str], arrived: Counter[str]) -> None:
    """Sent: once. Uncertain: once or never. Nothing else is left."""
    assert set(states.values()) <= {"sent", "uncertain"}
    assert set(arrived) <= set(states)
    for subject, state in states.items():
        times = arrived[subject]
        assert times == 1 or (state == "uncertain" and times == 0), f"{subject} is {state} and arrived {times} times"


@pytest.mark.parametrize(("kind", "stage"), STAGES)
def test_killed_at_each_stage(world: World, sender: subprocess.Popen[str], kind: str, stage: str) -> None:
    """Three wait, the process dies at the second: the first and third are sent, the second is what it must be."""
    occasion = stage.replace(" ", "_")
    with Store.open(world.workspace, clock) as store:
        world.put(store, occasion, (kind,) * 3)
    assert send(sender, world, stage) == "killed"
    states, arrived = settled(world), world.arrived()
    check(states, arrived)
    mine = [states[f"{kind} {occasion}-{number}"] for number in range(3)]
    second = "uncertain" if stage in MAY_BE_UNCERTAIN[kind] else "sent"
    assert mine == ["sent", second, "sent"]


@pytest.mark.slow
def test_hundreds_of_kills_at_any_moment(world: World, sender: subprocess.Popen[str]) -> None:
    chance, kinds, ends = random.Random(8), list(CERTAIN), Counter[str]()
    for trial in range(400):
        with Store.open(world.workspace, clock) as store:
            world.put(store, f"any{trial}", [chance.choice(kinds) for _ in range(6)])
        ends[send(sender, world, "-", chance.uniform(0, 0.25))] += 1
        check(settled(world), world.arrived())
    assert ends["killed"] >= 300
