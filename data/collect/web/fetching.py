"""Fetching a file from a web address.

Invariant: it is asked for with what the server said about the version at hand, so that nothing is sent again that did
not change; what is no table is told by what it is.
"""

import base64
import re
from collections.abc import Iterator, Mapping
from email.message import Message as Headers
from urllib.parse import unquote, urlsplit

from data.collect.model import Arrived, Asked, Found, Reached, Trouble
from data.collect.net.https import Answer, get
from data.collect.unpacking import TABLES
from data.collect.web.google import HOST, SIGN_IN, file_address
from data.message import say

_KNOWN = (*TABLES, ".zip", ".gz")
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_ENDINGS = {"text/csv": ".csv", "text/tab-separated-values": ".tsv", "application/json": ".json"}


def fetch(asked: Asked) -> Iterator[Found]:
    """The file, where it changed since the last time."""
    address = str(asked.settings["address"])
    known = asked.state if asked.state.get("address") == address else {}
    answer = get(file_address(address), asked, _if_changed(known), _identity(asked))
    if answer.status == 304:
        return
    _refuse_page(answer)
    if not answer.content:
        raise Trouble(say("The address gives an empty file."), hint=say("Look whether the sheet was emptied."))
    yield Arrived(_name(answer), answer.content, address)
    tags = {"etag": answer.headers.get("etag", ""), "modified": answer.headers.get("last-modified", "")}
    yield Reached({"address": address, **tags})


def _if_changed(known: Mapping[str, str]) -> dict[str, str]:
    told = {"If-None-Match": known.get("etag", ""), "If-Modified-Since": known.get("modified", "")}
    return {name: value for name, value in told.items() if value and value.isprintable()}


def _identity(asked: Asked) -> dict[str, str]:
    user, password = str(asked.settings["user"]), asked.secret("password")
    if user:
        return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}
    return {"Authorization": f"Bearer {password}"} if password.isprintable() and password else {}


def _refuse_page(answer: Answer) -> None:
    """A page for people where a file was expected."""
    host = (urlsplit(answer.address).hostname or "").lower()
    is_page = _PAGE.match(answer.content[:4096]) is not None
    if is_page and host in (HOST, SIGN_IN):
        raise Trouble(
            say("The sheet is not published: Google asks to sign in."),
            hint=say("In the sheet: «Share» → «General access» → «Anyone with the link»."), is_lasting=True,
        )  # fmt: skip
    if is_page and b"<table" not in answer.content.lower():
        raise Trouble(
            say("«{host}» gives a page for people to read, and not a file.", host=host),
            hint=say("Open the address in a browser where nobody is signed in: it has to give the file."),
            is_lasting=True,
        )


def _name(answer: Answer) -> str:
    """What the server calls the file, else what the address does; with the ending its content has."""
    told = _attached(answer.headers.get("content-disposition", ""))
    name = told or unquote(urlsplit(answer.address).path.rsplit("/", 1)[-1]) or "table"
    if name.lower().endswith(_KNOWN):
        return name
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return name + (".xlsx" if answer.content.startswith(b"PK") else _ENDINGS.get(kind, ".csv"))


def _attached(disposition: str) -> str | None:
    """The file name of a Content-Disposition, in either way of writing it."""
    header = Headers()
    header["Content-Disposition"] = disposition.encode("latin-1", "replace").decode("utf-8", "replace")
    return header.get_filename()
