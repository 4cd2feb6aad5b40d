"""Whatever a message is, its tables come out under the names people gave them."""

from email.message import EmailMessage

import pytest

from data.collect.mail.attachments import attachments, head
from data.collect.mail.folder_names import decoded, encoded

CSV = b"order_id,revenue\n1,10\n"


def letter(*files: tuple[str, bytes], subject: str = "Отчёт за неделю") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = "Касса <till@example.ru>", subject, "<1@example.ru>"
    made.set_content("Здравствуйте! Отчёт во вложении.")
    for name, content in files:
        made.add_attachment(content, "application", "octet-stream", filename=name)
    return made


def test_tables_and_archives_come_and_nothing_else() -> None:
    raw = letter(("Заказы за октябрь.xlsx", b"PK"), ("логотип.png", b"x"), ("a.CSV", CSV), ("b.zip", b"PK")).as_bytes()
    assert [(one.name, one.content) for one in attachments(raw, "")] == [
        ("Заказы за октябрь.xlsx", b"PK"), ("a.CSV", CSV), ("b.zip", b"PK"),
    ]  # fmt: skip
    assert [one.name for one in attachments(raw, "заказы*.xlsx")] == ["Заказы за октябрь.xlsx"]


def test_a_message_in_a_message_is_looked_through() -> None:
    outer = letter()
    outer.add_attachment(letter(("a.csv", CSV)))
    assert [one.name for one in attachments(outer.as_bytes(), "")] == ["a.csv"]


@pytest.mark.parametrize(
    "written",
    [
        'filename="=?utf-8?B?0JfQsNC60LDQt9GLLmNzdg==?="',
        'filename="=?windows-1251?B?x+Dq4Of7LmNzdg==?="',
        "filename*=UTF-8''%D0%97%D0%B0%D0%BA%D0%B0%D0%B7%D1%8B.csv",
        "filename*0*=UTF-8''%D0%97%D0%B0%D0%BA; filename*1*=%D0%B0%D0%B7%D1%8B.csv",
        'filename="Заказы.csv"',
        'filename="=?utf-8?B?0JfQsNC6?= =?utf-8?B?0LDQt9GLLmNzdg==?="',
    ],
)
def test_every_way_of_writing_a_russian_name(written: str) -> None:
    raw = (
        "From: a@b.ru\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\nContent-Type: text/csv\r\n"
        f"Content-Disposition: attachment; {written}\r\nContent-Transfer-Encoding: base64\r\n\r\nYSxiCg==\r\n--X--\r\n"
    ).encode()
    assert [(one.name, one.content) for one in attachments(raw, "")] == [("Заказы.csv", b"a,b\n")]
    assert [one.name for one in attachments(raw.replace("Заказы".encode(), "Заказы".encode("cp1251")), "")] == [
        "Заказы.csv"
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\x00\xff", b"Content-Type: multipart/mixed\r\n\r\n",
        b"Content-Type: multipart/mixed; boundary=X\r\n\r\n--X",
        b"Content-Disposition: attachment; filename=a.csv\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b"Subject: =?x-unknown?B?!!!?=\r\n\r\n", b"Content-Type: ; ;;\r\n\r\nx",
        b"Content-Type: text/csv; name*=unknown''%ff.csv\r\n\r\nx",
    ],
)  # fmt: skip
def test_a_damaged_message_is_no_error(raw: bytes) -> None:
    list(attachments(raw, ""))
    head(raw)


def test_the_head_in_letters_of_old() -> None:
    told = head("From: =?koi8-r?B?68HT08E=?= <k@x.ru>\r\nSubject: Отчёт\r\nMessage-ID: <a>\r\n".encode())
    assert (told.sender, told.subject, told.id) == ("Касса <k@x.ru>", "Отчёт", "<a>")


@pytest.mark.parametrize(
    ("name", "written"),
    [("INBOX", "INBOX"), ("Отчёты", "&BB4EQgRHBFEEQgRL-"), ("A&B", "A&-B"), ("Заказы/2026", "&BBcEMAQ6BDAENwRL-/2026"),
     ("台北", "&U,BTFw-"), ("a 😀", "a &2D3eAA-")],
)  # fmt: skip
def test_names_of_folders(name: str, written: str) -> None:
    assert (encoded(name), decoded(written)) == (written, name)


def test_what_is_no_encoded_name_stays() -> None:
    assert decoded("&x-&") == "&x-&"
