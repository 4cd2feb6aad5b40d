"""Telegram, by a Bot API of this computer: one request a delivery, within the limits, and honest when it breaks."""

import json
import logging
import socket
from dataclasses import replace
from datetime import timedelta

import pytest

from kpi.delivery.channel import NotSent, Unclear
from kpi.delivery.channels import telegram
from kpi.delivery.channels.telegram import LONGEST_CAPTION, LONGEST_TEXT, Bot, cut
from kpi.delivery.parcel import Parcel
from tests.unit.delivery.conftest import PDF, Left
from tests.unit.delivery.servers.bot_api import TOKEN, BotApi

CHAT = "777"


def bot(api: BotApi, token: str = TOKEN) -> Bot:
    return Bot(token, api.url, seconds=20)


def test_a_report_is_one_message_with_its_file(bot_api: BotApi, parcel: Parcel, left: Left) -> None:
    assert bot(bot_api).send(parcel, CHAT, left) == "message 1"
    (sent,) = bot_api.sent
    assert (sent.chat, sent.files, left.times) == (CHAT, {PDF.name: PDF.content}, 1)
    assert sent.text.startswith(parcel.subject)
    assert len(bot_api.asked) == 1
    assert "parse_mode" not in sent.fields


def test_several_files_are_one_request_too(bot_api: BotApi, parcel: Parcel, left: Left) -> None:
    other = replace(PDF, name="Отчёт.xlsx", content=b"PK")
    bot(bot_api).send(replace(parcel, files=(PDF, other)), CHAT, left)
    (sent,) = bot_api.sent
    assert sent.files == {PDF.name: PDF.content, "Отчёт.xlsx": b"PK"}
    assert sent.text.startswith(parcel.subject)
    assert len(bot_api.asked) == 1


def test_a_text_alone_stays_text_whatever_is_in_it(bot_api: BotApi, parcel: Parcel, left: Left) -> None:
    naughty = "<b>*жирный*</b> [x](http://x) \U0001f9d4 &amp; _a_"
    bot(bot_api).send(replace(parcel, subject="Тема", text=naughty, files=()), CHAT, left)
    (sent,) = bot_api.sent
    assert sent.text == f"Тема\n\n{naughty}"
    assert "parse_mode" not in sent.fields
    assert json.loads(sent.fields["link_preview_options"]) == {"is_disabled": True}


@pytest.mark.parametrize("sign", ["я", "\U0001f9d4", "слово ", "строка текста\n"])
def test_long_texts_are_cut_to_what_it_takes(bot_api: BotApi, parcel: Parcel, left: Left, sign: str) -> None:
    """The double refuses what is too long, counted in UTF-16 as the service counts."""
    long = replace(parcel, subject="Тема", text=sign * 5000)
    bot(bot_api).send(long, CHAT, left)
    bot(bot_api).send(replace(long, files=()), CHAT, left)
    assert [sent.text[-1] for sent in bot_api.sent] == ["…", "…"]
    units = [len(sent.text.encode("utf-16-le")) // 2 for sent in bot_api.sent]
    assert LONGEST_CAPTION * 0.9 < units[0] <= LONGEST_CAPTION
    assert LONGEST_TEXT * 0.9 < units[1] <= LONGEST_TEXT


def test_what_fits_is_not_cut() -> None:
    assert cut("я" * 1024, 1024) == "я" * 1024
    assert cut("раз два\nтри четыре", 14) == "раз два\nтри…"


def test_it_waits_as_long_as_it_was_asked_to(bot_api: BotApi, parcel: Parcel, left: Left) -> None:
    bot_api.waits.append(37)
    with pytest.raises(NotSent) as told:
        bot(bot_api).send(parcel, CHAT, left)
    assert (told.value.again, told.value.after) == (True, timedelta(seconds=37))
    assert bot_api.sent == []


@pytest.mark.parametrize(
    ("chat", "words"), [("666", "blocked"), ("никто", "chat not found")]
)  # fmt: skip
def test_a_chat_it_may_not_write_to(bot_api: BotApi, parcel: Parcel, left: Left, chat: str, words: str) -> None:
    bot_api.blocked.add("666")
    with pytest.raises(NotSent, match=words) as told:
        bot(bot_api).send(parcel, chat, left)
    assert (told.value.again, told.value.is_channel) == (False, False)


def test_a_wrong_token_is_the_channel_s_fault(bot_api: BotApi, parcel: Parcel, left: Left) -> None:
    with pytest.raises(NotSent, match="token") as told:
        bot(bot_api, "1:other").send(parcel, CHAT, left)
    assert (told.value.again, told.value.is_channel) == (True, True)


def test_an_answer_that_never_came_is_unclear(bot_api: BotApi, parcel: Parcel, left: Left) -> None:
    bot_api.hangs_up = 1
    with pytest.raises(Unclear):
        bot(bot_api).send(parcel, CHAT, left)
    assert (len(bot_api.sent), left.times) == (1, 1)


@pytest.mark.parametrize(("status", "body"), [(502, b"<html>bad gateway"), (500, b"{}"), (200, b"<html>sign in")])
def test_an_answer_that_says_nothing_is_unclear(
    bot_api: BotApi, parcel: Parcel, left: Left, status: int, body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot_api, "answer", lambda _asked: (status, {}, body))
    with pytest.raises(Unclear):
        bot(bot_api).send(parcel, CHAT, left)


def test_nobody_there(parcel: Parcel, left: Left) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
    with pytest.raises(NotSent) as told:
        Bot(TOKEN, f"http://127.0.0.1:{port}").send(parcel, CHAT, left)
    assert (told.value.again, told.value.is_channel) == (True, True)


def test_a_file_that_is_too_large_does_not_leave(
    bot_api: BotApi, parcel: Parcel, left: Left, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram, "LARGEST", 100)
    with pytest.raises(NotSent, match="larger") as told:
        bot(bot_api).send(parcel, CHAT, left)
    assert (told.value.again, left.times, bot_api.asked) == (False, 0, [])


def test_the_token_is_in_no_log_and_no_error(
    bot_api: BotApi, parcel: Parcel, left: Left, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # as importing the channel sets it
    bot(bot_api).send(parcel, CHAT, left)
    with pytest.raises(NotSent) as told:
        bot(bot_api).send(parcel, "никто", left)
    assert TOKEN not in caplog.text + repr(told.value) + repr(bot(bot_api))
