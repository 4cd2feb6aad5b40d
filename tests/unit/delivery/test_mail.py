"""Mail, by a real mail server of this computer: what arrives, and what each way of failing is told as."""

import random
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.headerregistry import Address

import pytest

from data.errors import UserError
from kpi.delivery.channel import NotSent, Unclear
from kpi.delivery.channels.mail import MailServer
from kpi.delivery.channels.written import written
from kpi.delivery.parcel import Parcel
from tests.unit.delivery.conftest import PDF, PICTURE, Left
from tests.unit.delivery.servers.mailbox import PASSWORD, USER, Mailbox, mail_server

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
TO = "anna@example.org"


@pytest.mark.parametrize("words", [3, 12, 40])
def test_no_space_of_a_subject_or_name_is_lost(words: int) -> None:
    """Long headers are folded; the standard library of Python 3.11 and 3.12 loses spaces there."""
    chance, known = (
        random.Random(words),
        ["отчёт", "за", "неделю", "North", "Иван", "1", "234", "₽", "и", "ещё", "(12", "%)", "«Усы»", "😀", "выручка"],
    )
    for _ in range(60):
        subject, name = (" ".join(chance.choice(known) for _ in range(words)) for _ in range(2))
        raw = written(Parcel("k", subject, "x"), Address(name, addr_spec="a@example.org"), TO, NOW)
        mail = message_from_bytes(raw)
        read = [str(make_header(decode_header(mail[header]))) for header in ("Subject", "From")]
        assert read == [subject, f"{name} <a@example.org>"]
        assert max(map(len, raw.split(b"\r\n"))) <= 78


def server(port: int, **changed: object) -> MailServer:
    """A mail server as somebody set it up."""
    made = MailServer("localhost", port, "none", "kpi@центр.example", lambda: NOW, "Барбершоп «Центр»", seconds=20)
    return replace(made, **changed)  # type: ignore[arg-type]


def test_text_html_picture_and_file_arrive_as_they_were(
    open_server: int, mailbox: Mailbox, parcel: Parcel, left: Left
) -> None:
    assert "taken" in server(open_server).send(parcel, TO, left)
    (mail,) = mailbox.mails
    assert (mailbox.to, left.times) == ([TO], 1)
    assert mail["Message-ID"] == "<5f0c@xn--e1aqjhr.example>"
    assert (str(mail["Subject"]), str(mail["Auto-Submitted"])) == (parcel.subject, "auto-generated")
    assert "Барбершоп «Центр»" in str(mail["From"])
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n").rstrip("\n") == parcel.text
    assert html.get_content().strip() == parcel.html
    pictures = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert [(part["Content-ID"], part.get_payload(decode=True)) for part in pictures] == [("<chart1>", PICTURE)]
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == (PDF.name, "application/pdf")
    assert file.get_payload(decode=True) == PDF.content
    assert [part.get_content_type() for part in mail.walk() if part.is_multipart()] == [
        "multipart/mixed", "multipart/alternative", "multipart/related",
    ]  # fmt: skip


def test_every_byte_fits_old_servers_and_the_name_is_written_as_rfc_2231(
    open_server: int, mailbox: Mailbox, parcel: Parcel, left: Left
) -> None:
    server(open_server).send(parcel, TO, left)
    raw = mailbox.raw[0]
    assert max(raw) < 128
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"filename*" in raw
    assert b"utf-8''" in raw


@pytest.mark.parametrize("subject", ["Один\nBcc: x@y.ru", "a\r\n\r\nтело", "\u2028", "я" * 500])
def test_no_subject_or_file_name_becomes_a_header(
    open_server: int, mailbox: Mailbox, parcel: Parcel, left: Left, subject: str
) -> None:
    named = replace(parcel, subject=subject, files=(replace(PDF, name=f"{subject}.pdf"),))
    server(open_server, sender_name=subject.replace("\n", " ").replace("\r", " ")).send(named, TO, left)
    (mail,) = mailbox.mails
    assert mail["Bcc"] is None
    assert mailbox.to == [TO]
    assert str(mail["Subject"]).split() == subject.split()


def test_starttls_with_a_password(
    own_certificate: tuple[str, str], mailbox: Mailbox, parcel: Parcel, left: Left, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = mail_server(mailbox, tls=own_certificate, starttls=True)
    known = server(controller.port, security="starttls", user=USER, password=PASSWORD)
    try:
        with pytest.raises(NotSent, match="certificate"):
            known.send(parcel, TO, left)
        monkeypatch.setenv("SSL_CERT_FILE", own_certificate[0])
        with pytest.raises(NotSent, match="user and password") as wrong:
            replace(known, password="другой").send(parcel, TO, left)
        assert (wrong.value.again, wrong.value.is_channel, left.times) == (True, True, 0)
        known.send(parcel, TO, left)
    finally:
        controller.stop()
    assert len(mailbox.mails) == 1


def test_tls_from_the_first_byte(
    own_certificate: tuple[str, str], mailbox: Mailbox, parcel: Parcel, left: Left, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", own_certificate[0])
    controller = mail_server(mailbox, tls=own_certificate)
    try:
        server(controller.port, security="tls").send(parcel, TO, left)
    finally:
        controller.stop()
    assert len(mailbox.mails) == 1


def test_a_server_without_starttls_gets_nothing(open_server: int, mailbox: Mailbox, parcel: Parcel, left: Left) -> None:
    with pytest.raises(NotSent, match="encrypt"):
        server(open_server, security="starttls", user=USER, password=PASSWORD).send(parcel, TO, left)
    assert (mailbox.tried, left.times) == ([], 0)


def test_no_password_over_an_open_line() -> None:
    with pytest.raises(UserError, match="unencrypted"):
        replace(server(25, user=USER, password=PASSWORD), host="mail.example.org").check()
    server(25, user=USER, password=PASSWORD).check()


def test_the_password_is_in_no_text_about_the_server() -> None:
    assert PASSWORD not in repr(server(25, user=USER, password=PASSWORD))


@pytest.mark.parametrize(("answer", "again"), [("451 4.3.0 later", True), ("550 5.1.1 <anna@example.org>: no", False)])
def test_a_refused_recipient(
    open_server: int, mailbox: Mailbox, parcel: Parcel, left: Left, answer: str, again: bool
) -> None:
    mailbox.rcpt[TO] = answer
    with pytest.raises(NotSent) as refused:
        server(open_server).send(parcel, TO, left)
    assert (refused.value.again, refused.value.is_channel, left.times) == (again, False, 0)
    assert TO not in str(refused.value)
    assert mailbox.mails == []


@pytest.mark.parametrize(("answer", "again"), [("452 4.2.2 full", True), ("554 5.7.1 spam", False)])
def test_a_mail_refused_at_its_end(
    open_server: int, mailbox: Mailbox, parcel: Parcel, left: Left, answer: str, again: bool
) -> None:
    mailbox.data.append(answer)
    with pytest.raises(NotSent, match=answer.split()[-1]) as refused:
        server(open_server).send(parcel, TO, left)
    assert (refused.value.again, left.times) == (again, 1)


def test_a_line_that_breaks_after_the_dot_is_unclear(
    open_server: int, mailbox: Mailbox, parcel: Parcel, left: Left
) -> None:
    mailbox.data.append("hang up")
    with pytest.raises(Unclear):
        server(open_server).send(parcel, TO, left)
    assert (len(mailbox.mails), left.times) == (1, 1)


def test_a_mail_larger_than_the_server_takes_does_not_leave(mailbox: Mailbox, parcel: Parcel, left: Left) -> None:
    controller = mail_server(mailbox, data_size_limit=1000)
    try:
        with pytest.raises(NotSent, match="larger") as refused:
            server(controller.port).send(parcel, TO, left)
    finally:
        controller.stop()
    assert (refused.value.again, left.times) == (False, 0)


def scripted(lines: list[bytes | None]) -> tuple[int, threading.Thread]:
    """A server that says these lines, one at each command, and hangs up at None: its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        with listening, listening.accept()[0] as line:
            line.sendall(b"220 here\r\n")
            with line.makefile("rb") as commands:
                for answer in lines:
                    if not commands.readline() or answer is None:
                        return
                    line.sendall(answer)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return int(listening.getsockname()[1]), thread


@pytest.mark.parametrize("place", range(5))
def test_a_line_that_breaks_before_the_dot_is_not_sent(place: int, parcel: Parcel, left: Left) -> None:
    answers: list[bytes | None] = [b"250 here\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n", None]
    port, thread = scripted([*answers[:place], None])
    large = replace(parcel, files=(replace(PDF, content=bytes(8_000_000)),))
    with pytest.raises(NotSent) as broken:
        server(port).send(large if place == 4 else parcel, TO, left)
    thread.join(10)
    assert broken.value.again
    assert left.times == (1 if place > 2 else 0)


def test_nobody_there(parcel: Parcel, left: Left) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
    with pytest.raises(NotSent) as refused:
        server(port).send(parcel, TO, left)
    assert (refused.value.again, refused.value.is_channel, left.times) == (True, True, 0)


def test_whoever_notes_it_may_keep_it_back(open_server: int, mailbox: Mailbox, parcel: Parcel) -> None:
    """If it cannot be written down that the mail leaves, it does not."""

    def broken() -> None:
        raise OSError("disk full")

    note: Callable[[], None] = broken
    with pytest.raises(OSError, match="disk full"):
        server(open_server).send(parcel, TO, note)
    assert mailbox.mails == []


@pytest.mark.parametrize("to", ["анна@example.org", "a@" + "я" * 80 + ".ru"])
def test_an_address_no_mail_can_be_written_to(to: str, parcel: Parcel, left: Left) -> None:
    with pytest.raises(NotSent, match="letters") as refused:
        server(1).send(parcel, to, left)
    assert not refused.value.again


def test_addresses_with_a_russian_domain(open_server: int, mailbox: Mailbox, parcel: Parcel, left: Left) -> None:
    server(open_server).send(parcel, "anna@почта.рф", left)
    assert mailbox.to == ["anna@xn--80a1acny.xn--p1ai"]
