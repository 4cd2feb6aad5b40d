"""A Bot API of this computer, after its published description: limits of texts, files and albums, its errors."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from tests.unit.delivery.servers.http import Asked, Receiver

TOKEN = "1234567:AAE-a_very-secret_token"
LONGEST_TEXT, LONGEST_CAPTION, MOST_FILES = 4096, 1024, 10


@dataclass
class Sent:
    """One message as it arrived."""

    chat: str
    text: str
    files: dict[str, bytes] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)


@dataclass
class BotApi(Receiver):
    """The double; `sent` holds what chats got."""

    sent: list[Sent] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)
    updates: list[dict[str, Any]] = field(default_factory=list)
    """What people wrote to the bot."""
    hangs_up: int = 0
    """So many of the next messages are taken, and nothing is said about it."""
    waits: list[int] = field(default_factory=list)
    """To the next requests it says to wait so many seconds."""

    def answer(self, asked: Asked) -> tuple[int, Mapping[str, str], bytes] | None:
        token, _, method = asked.path.removeprefix("/bot").partition("/")
        if token != TOKEN:
            return _error(401, "Unauthorized")
        if self.waits:
            wait = self.waits.pop(0)
            return _error(429, f"Too Many Requests: retry after {wait}", {"retry_after": wait})
        fields, files = _read(asked)
        if method == "getUpdates":
            return _ok([one for one in self.updates if one["update_id"] >= int(fields.get("offset", "0"))])
        if method == "getMe":
            return _ok({"id": 1234567, "is_bot": True, "username": "kpi_test_bot"})
        return self._message(method, fields, files)

    def _message(
        self, method: str, fields: dict[str, str], files: dict[str, tuple[str, bytes]]
    ) -> tuple[int, Mapping[str, str], bytes] | None:
        chat = fields.get("chat_id", "")
        if chat in self.blocked:
            return _error(403, "Forbidden: bot was blocked by the user")
        if not chat.lstrip("-").isdecimal():
            return _error(400, "Bad Request: chat not found")
        text, shown = fields.get("text", fields.get("caption", "")), dict(files.values())
        if method == "sendMediaGroup":
            media = json.loads(fields["media"])
            if not 2 <= len(media) <= MOST_FILES or any(one["media"].split("//")[1] not in files for one in media):
                return _error(400, "Bad Request: wrong media")
            text = media[-1].get("caption", "")
        if _units(text) > (LONGEST_TEXT if method == "sendMessage" else LONGEST_CAPTION):
            return _error(400, "Bad Request: message is too long")
        self.sent.append(Sent(chat, text, shown, fields))
        if self.hangs_up:
            self.hangs_up -= 1
            return None
        message = {"message_id": len(self.sent), "chat": {"id": int(chat)}}
        return _ok([message] if method == "sendMediaGroup" else message)


def _read(asked: Asked) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    if asked.headers.get("content-type", "").startswith("multipart/"):
        fields, files = {}, {}
        for part in asked.parts():
            name, content = str(part.get_param("name", header="content-disposition")), part.get_payload(decode=True)
            assert isinstance(content, bytes)
            if part.get_filename():
                files[name] = (str(part.get_filename()), content)
            else:
                fields[name] = content.decode()
        return fields, files
    return {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}, {}


def _ok(result: Any) -> tuple[int, Mapping[str, str], bytes]:
    return 200, {"Content-Type": "application/json"}, json.dumps({"ok": True, "result": result}).encode()


def _error(code: int, text: str, parameters: Mapping[str, Any] | None = None) -> tuple[int, Mapping[str, str], bytes]:
    told = {"ok": False, "error_code": code, "description": text, "parameters": parameters or {}}
    return code, {"Content-Type": "application/json"}, json.dumps(told).encode()


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
