"""What the tests of delivery share: a parcel, and somebody who notes what left."""

import contextlib
from collections.abc import Iterator

import pytest

from data.access.people import People
from data.store.entries.database.sqlite import SqliteDatabase
from data.store.store import Store
from kpi.delivery.parcel import Attachment, Parcel
from tests.unit.delivery.clock import Clock
from tests.unit.delivery.servers.bot_api import BotApi
from tests.unit.delivery.servers.certificate import certificate
from tests.unit.delivery.servers.http import Receiver, served
from tests.unit.delivery.servers.mailbox import Mailbox, mail_server

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
PDF = Attachment("Отчёт за неделю, «Центр».pdf", "application/pdf", b"%PDF-1.7\r\n.\r\n..\r\n" + bytes(range(256)) * 40)


@pytest.fixture
def parcel() -> Parcel:
    """A report as it goes out."""
    return Parcel(
        "5f0c", "Неделя 26 окт. – 1 нояб.: выручка 1 234 ₽", "Выручка 1 234 ₽\n.\nвсё", "<p>Выручка <b>1 234 ₽</b></p>"
        '<img src="cid:chart1">', {"chart1": PICTURE}, (PDF,), {"period": "2026-10-26"},
    )  # fmt: skip


class Left:
    """Counts how often something may have left."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


@pytest.fixture
def left() -> Left:
    return Left()


@pytest.fixture(scope="session")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Certificate and key of this computer."""
    made = certificate(tmp_path_factory.mktemp("certificate"))
    return str(made[0]), str(made[1])


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def open_server(mailbox: Mailbox) -> Iterator[int]:
    """Port of a mail server that neither encrypts nor asks for a password."""
    controller = mail_server(mailbox)
    yield controller.port
    controller.stop()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with served(Receiver()) as running:
        yield running


@pytest.fixture
def bot_api() -> Iterator[BotApi]:
    double = BotApi()
    with served(double):
        yield double


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A workspace for all tests of a module: opening one is dear."""
    with Store.open(tmp_path_factory.mktemp("delivery") / "ws", Clock()) as store:
        yield store


@pytest.fixture
def clock(opened: Store) -> Clock:
    """Its clock, set back to a Monday morning."""
    assert isinstance(opened.clock, Clock)
    opened.clock.now = Clock().now
    return opened.clock


@pytest.fixture
def store(opened: Store, clock: Clock) -> Store:
    """The workspace, as if nothing had ever been entered and nobody had an account; numbers begin anew."""
    opened.entries.erase()
    database = opened.entries._database
    if isinstance(database, SqliteDatabase):
        with database.receive() as connection:
            connection.execute("delete from sqlite_sequence")
        for file in opened.workspace.folder.glob("people.sqlite*"):
            file.unlink()
    else:
        with contextlib.closing(People(opened.workspace.folder)) as people:
            people._database.erase()
    return opened
