"""Files by name at an S3-compatible service.

Invariant: what is sent carries its hash, which the service compares with what arrived; what a request means twice is
what it means once, so a request whose answer was lost is sent again.
"""

import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from data.errors import UserError
from data.message import say
from data.store.remote.account import Account
from data.store.remote.signature import NOTHING, Request, encoded, query_of, signed

TIMEOUT = httpx.Timeout(60.0, connect=10.0)
TRIES = 4
"""How often a request is sent before its failure is told."""
PAUSE = 0.2
"""Seconds before the second try; twice as long before each further one."""
_BLOCK = 1 << 20
_GONE = 404
_REFUSED = (400, 401, 403)
_FAILS = 500


class Bucket:
    """A bucket, or what lies below a prefix of it."""

    def __init__(self, bucket: str, prefix: str, account: Account) -> None:
        address = urlsplit(account.address_of(bucket))
        self._account, self._prefix, self._bucket = account, prefix, bucket
        self._host, self._base = address.netloc, address.path.rstrip("/")
        # What the environment says of proxies and .netrc is not for the data.
        self._http = httpx.Client(base_url=f"{address.scheme}://{self._host}", timeout=TIMEOUT, trust_env=False)

    def put(self, name: str, path: Path, sha256: str) -> None:
        """Keep a file's content under a name; durable when this returns."""
        size = str(path.stat().st_size)
        self._asked("PUT", name, content=lambda: _blocks(path), sha256=sha256, headers={"content-length": size})

    def get(self, name: str, to: Path) -> None:
        """Write what lies there into a new file. `FileNotFoundError` where nothing does."""
        answer = self._asked("GET", name, into=to)
        if answer.status_code == _GONE:
            raise FileNotFoundError(name)

    def has(self, name: str) -> bool:
        """Whether something lies there."""
        return self._asked("HEAD", name).status_code != _GONE

    def delete(self, name: str) -> None:
        """Take it away, if it is there."""
        self._asked("DELETE", name)

    def names(self, folder: str) -> Iterator[str]:
        """Names of what lies right in a folder, without it."""
        beginning = f"{self._prefix}{folder}/"
        query = {"list-type": "2", "prefix": beginning, "delimiter": "/"}
        while True:
            answer = ElementTree.fromstring(self._asked("GET", None, query=query).content)
            told = {part.tag.rpartition("}")[2]: part.text or "" for part in answer}
            keys = (part.text or "" for part in answer.iter() if part.tag.rpartition("}")[2] == "Key")
            yield from (key.removeprefix(beginning) for key in keys)
            if told.get("IsTruncated") != "true":
                return
            query["continuation-token"] = told["NextContinuationToken"]

    def _asked(
        self,
        method: str,
        name: str | None,
        *,
        query: Mapping[str, str] | None = None,
        content: Callable[[], Iterator[bytes]] | None = None,
        sha256: str = NOTHING,
        headers: Mapping[str, str] | None = None,
        into: Path | None = None,
    ) -> httpx.Response:
        """Ask until there is an answer. `UserError` where there is none, or it is a refusal."""
        path = f"{self._base}/{encoded(self._prefix + name, keep='/')}" if name is not None else f"{self._base}/"
        request = Request(method, self._host, path, query or {}, sha256)
        for last in (False,) * (TRIES - 1) + (True,):
            with suppress(httpx.RequestError):
                answer = self._sent(request, content() if content else None, headers or {}, into)
                if answer.status_code in _REFUSED or (
                    answer.status_code == _GONE and (name is None or method == "PUT")
                ):
                    raise self._refused(answer)
                if answer.status_code < _FAILS:
                    return answer
            if not last:
                time.sleep(PAUSE)
        raise UserError(
            say("The place of the files does not answer."),
            say("It is said to be at «{host}».", host=self._host),
            say("Nothing was changed. Try again later."),
        )

    def _sent(
        self, request: Request, content: Iterator[bytes] | None, headers: Mapping[str, str], into: Path | None
    ) -> httpx.Response:
        """One try; what is answered is read whole, or written into a file."""
        address = f"{request.path}?{query_of(request.query)}" if request.query else request.path
        ours = signed(request, self._account.credentials, datetime.now(UTC))
        with self._http.stream(request.method, address, content=content, headers={**headers, **ours}) as answer:
            if into is not None and answer.is_success:
                with into.open("wb") as file:
                    for block in answer.iter_raw(_BLOCK):
                        file.write(block)
            else:
                answer.read()
        return answer

    def _refused(self, answer: httpx.Response) -> UserError:
        """What the service says of it, by its word: nothing of the request is repeated."""
        code = next((part.text for part in _told(answer).iter() if part.tag.endswith("Code")), "") or ""
        return UserError(
            say("The place of the files refuses to serve us: {code}.", code=code or str(answer.status_code)),
            say("Bucket {bucket} at «{host}».", bucket=self._bucket, host=self._host),
            say("Look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and whether the bucket is there."),
        )


def _told(answer: httpx.Response) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(answer.content)
    except ElementTree.ParseError:
        return ElementTree.Element("nothing")


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block
