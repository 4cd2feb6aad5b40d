"""A mailbox on a real server gives the tables of its new messages, once each."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.collect import mail
from data.collect.mail.fetching import prove
from data.collect.model import Arrived, Asked, Found, Later, Limits, State, Trouble, Value
from data.collect.net.addresses import PRIVATE
from data.collect.running import run
from data.store.entries.collect import NewConnection
from tests.machine import found_mail_server
from tests.unit.collect import asking
from tests.unit.collect.post_office import PASSWORD, USER, PostOffice, open_office
from tests.unit.collect.test_attachments import CSV, letter
from tests.unit.store.files import opened

pytestmark = [
    pytest.mark.skipif(found_mail_server() is None, reason="Dovecot is not installed here"),
    pytest.mark.xdist_group("mailbox"),
]


@pytest.fixture(scope="module")
def running() -> Iterator[PostOffice]:
    with open_office() as office:
        yield office


@pytest.fixture
def office(running: PostOffice, monkeypatch: pytest.MonkeyPatch) -> PostOffice:
    monkeypatch.setenv("SSL_CERT_FILE", str(running.trust))
    monkeypatch.setenv(PRIVATE, "1")
    running.empty()
    return running


def told(office: PostOffice, state: State | None = None, password: str = PASSWORD, **more: Any) -> Asked:
    given: Mapping[str, Value] = {
        "host": "localhost", "user": USER, "port": office.tls, "days": 3650, **more,
    }  # fmt: skip
    return asking.asked(mail.KIND, given, state, {"password": password})


def looked(office: PostOffice, state: State | None = None, **more: Any) -> list[Found]:
    return list(mail.KIND.fetch(told(office, state, **more)))


def unread(office: PostOffice) -> int:
    with office.inside() as box:
        return len(box.search(None, "UNSEEN")[1][0].split())


def test_new_messages_come_once_and_stay_unread(office: PostOffice) -> None:
    assert looked(office) == []
    office.deliver(letter(("Заказы.csv", CSV), ("b.zip", b"PK")))
    office.deliver(letter())
    found = looked(office)
    assert [(one.name, one.key) for one in asking.files(found)] == [
        ("Заказы.csv", "<1@example.ru>:0:Заказы.csv"), ("b.zip", "<1@example.ru>:1:b.zip"),
    ]  # fmt: skip
    state = asking.state(found)
    assert looked(office, state) == []
    office.deliver(letter(("c.csv", CSV)))
    assert [one.name for one in asking.files(looked(office, state))] == ["c.csv"]
    assert unread(office) == 3


def test_only_what_fits_and_only_that_is_marked_as_read_where_it_is_wanted(office: PostOffice) -> None:
    office.deliver(letter(("a.csv", CSV), subject="Отчёт за неделю"))
    office.deliver(letter(("b.csv", CSV), subject="Реклама"))
    found = looked(office, subject="отчёт", sender="TILL@", seen=True)
    assert [one.name for one in asking.files(found)] == ["a.csv"]
    assert unread(office) == 1
    assert asking.files(looked(office, sender="somebody@else")) == []
    assert [one.name for one in asking.files(looked(office, names="b*"))] == ["b.csv"]


def test_nothing_is_marked_before_it_was_taken(office: PostOffice) -> None:
    office.deliver(letter(("a.csv", CSV)))
    fetched = mail.KIND.fetch(told(office, seen=True))
    assert isinstance(next(fetched), Arrived)
    fetched.close()  # type: ignore[attr-defined]
    assert unread(office) == 1
    list(mail.KIND.fetch(replace(told(office, seen=True), is_trial=True)))
    assert unread(office) == 1


def test_a_mailbox_that_numbers_its_messages_anew_is_read_anew(office: PostOffice) -> None:
    office.deliver(letter(("a.csv", CSV)))
    first = looked(office)
    office.empty()
    office.deliver(letter(("a.csv", CSV)))
    with office.inside() as box:
        assert box.response("UIDVALIDITY")
    state = {**asking.state(first), "validity": "of-before"}
    assert [one.key for one in asking.files(looked(office, state))] == [asking.files(first)[0].key]


def test_more_than_one_run_takes_is_left_for_the_next(office: PostOffice) -> None:
    for n in range(5):
        office.deliver(letter((f"{n}.csv", CSV)))
    asked = replace(told(office), limits=Limits(files=2))
    found = list(mail.KIND.fetch(asked))
    assert isinstance(found[-1], Later)
    rest = list(mail.KIND.fetch(replace(asked, state=asking.state(found), limits=Limits())))
    assert [one.name for one in asking.files(found + rest)] == [f"{n}.csv" for n in range(5)]


def test_a_message_that_is_too_large_is_told_and_not_fetched(office: PostOffice) -> None:
    office.deliver(letter(("large.csv", b"x" * 300_000)))
    office.deliver(letter(("a.csv", CSV)))
    found = list(mail.KIND.fetch(replace(told(office), limits=Limits(bytes=100_000))))
    assert [one.name for one in asking.files(found)] == ["a.csv"]
    assert len(asking.notes(found)) == 1


def test_another_folder_by_its_russian_name(office: PostOffice) -> None:
    office.deliver(letter(("a.csv", CSV)), folder="&BB4EQgRHBFEEQgRL-")
    assert [one.name for one in asking.files(looked(office, folder="Отчёты"))] == ["a.csv"]
    with pytest.raises(Trouble, match="has no folder «Отчеты»") as error:
        looked(office, folder="Отчеты")
    assert "Отчёты" in str(error.value.hint)


def test_starttls_on_the_other_port(office: PostOffice) -> None:
    office.deliver(letter(("a.csv", CSV)))
    assert len(asking.files(looked(office, port=office.plain))) == 1


def test_a_wrong_password_and_a_silent_server_are_told(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Trouble, match="does not take this address and password") as error:
        list(mail.KIND.fetch(told(office, password="canary-wrong")))
    assert error.value.is_lasting
    assert "canary" not in repr(error.value.__cause__) + str(error.value)
    with pytest.raises(Trouble, match="cannot be reached"):
        looked(office, port=1)
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Trouble, match="its certificate is not good"):
        looked(office)
    monkeypatch.delenv(PRIVATE)
    with pytest.raises(Trouble, match="leads to this computer"):
        looked(office)


def test_a_try_says_what_works(office: PostOffice) -> None:
    office.deliver(letter(("a.csv", CSV)))
    assert [str(line) for line in prove(told(office))] == [
        "The mailbox lets us in.", "1 message of the last 3650 days fits.",
    ]  # fmt: skip


def test_from_the_mailbox_into_the_workspace(office: PostOffice, tmp_path: Path) -> None:
    table = b"order_id,finished_at,status,revenue\n1,2026-10-01,done,10\n"
    office.deliver(letter(("a.csv", table)))
    with opened(tmp_path) as store:
        asked = told(office)
        connection = store.entries.connections.add(NewConnection("Почта", "mail", asked.settings, "30m"))
        store.entries.secrets.put(connection.secret_name("password"), PASSWORD)
        made = run(store, connection)
        assert made is not None
        assert (made.ended.outcome, made.ended.rows_new) == ("came", 1)
        office.deliver(letter(("a.csv", table)))
        again = run(store, connection)
        assert again is not None
        assert (again.ended.outcome, len(store.imports())) == ("nothing", 1)
