"""One question to a service and its answer as JSON.

Invariant: only questions are asked (nothing is changed there), so each may be repeated: on a lost connection and on the
service's own errors, three times in all. A request to wait is obeyed. Answers are bounded in size and time. Neither
keys nor answers get into errors or logs.
"""

import contextlib
import email.utils
import json
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

import httpx

from data.collect.api.failures import Broken, NotUnderstood, Unreachable
from data.collect.api.pace import Limit, Pace
from data.message import Message, say

TRIES = 3
"""Times a question is asked before it counts as failed."""
MOST_BYTES = 64 << 20
"""Largest answer that is read."""
MOST_SECONDS = 120.0
"""Longest an answer may take, however steadily it drips."""
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
MINUTE = 60.0
"""How long a service that says «too many» without saying how long is left alone, in seconds."""


@dataclass(frozen=True)
class Question:
    """What is asked for."""

    method: str
    """GET or POST."""
    path: str
    """Below the service's address."""
    what: Message
    """What it asks for, in words that follow «the right to»."""
    params: Mapping[str, Any] = field(default_factory=dict)
    """Of the address."""
    body: Mapping[str, Any] | None = None
    """Sent as JSON."""
    form: Mapping[str, str] | None = None
    """Sent as a form, instead."""
    limits: Sequence[Limit] = ()
    """Limits it counts towards."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    """HTTP status."""
    content: bytes
    """The body."""


@dataclass
class Asking:
    """A connection to a service's API."""

    service: str
    """Its name."""
    http: httpx.Client
    """Its address and timeouts."""
    pace: Pace
    """How often it may be asked."""

    def ask(self, question: Question, headers: Mapping[str, str]) -> Answer:
        """The answer, whatever its status but the service's own errors, and «too many», which are waited out."""
        for failures in range(TRIES):
            last = failures == TRIES - 1
            self.pace.wait(question.limits)
            try:
                answer, wait = self._once(question, headers)
            except (httpx.RequestError, _TooLong) as error:
                if last:
                    raise Unreachable(self.service, question.what) from error
                self.pace.back_off(failures)
                continue
            if answer.status == 429:
                self.pace.rest(MINUTE if last and not wait else wait or 1.0 + failures)
            elif answer.status >= 500:
                if last:
                    raise Broken(self.service, question.what, answer.status)
                self.pace.back_off(failures)
            else:
                return answer
        raise Broken(self.service, question.what, 429)

    def _once(self, question: Question, headers: Mapping[str, str]) -> tuple[Answer, float | None]:
        """The answer, and how many seconds the service asks to wait."""
        began = time.monotonic()
        with self.http.stream(
            question.method, question.path, params=dict(question.params), json=question.body,
            data=dict(question.form) if question.form is not None else None, headers=dict(headers),
        ) as reply:  # fmt: skip
            content = bytearray()
            for piece in reply.iter_bytes():
                content += piece
                if len(content) > MOST_BYTES:
                    raise NotUnderstood(self.service, question.what, say("It is too large."))
                if time.monotonic() - began > MOST_SECONDS:
                    raise _TooLong
            return Answer(reply.status_code, bytes(content)), _seconds(reply.headers)

    def read(self, question: Question, answer: Answer) -> Any:
        """The answer as JSON, decimals digit for digit. `NotUnderstood` for a page, half an answer, nothing."""
        if answer.content.lstrip()[:1] == b"<":
            raise NotUnderstood(self.service, question.what, say("It is a web page instead of data."))
        try:
            return json.loads(answer.content, parse_float=Decimal)
        except (ValueError, RecursionError) as error:
            raise NotUnderstood(self.service, question.what, say("It breaks off or is no data.")) from error


class _TooLong(Exception):
    """The answer drips longer than anybody waits."""


@contextlib.contextmanager
def opened(address: str) -> Iterator[httpx.Client]:
    """A client for a service at this address; redirects are not followed."""
    with httpx.Client(base_url=address, timeout=TIMEOUT, verify=_trusted(), follow_redirects=False) as http:
        yield http


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities that are trusted; reading them takes longer than a question."""
    return httpx.create_ssl_context()


def _seconds(headers: httpx.Headers) -> float | None:
    """Seconds of a Retry-After header, which holds a number, or a date by the clock of whoever answers."""
    told = headers.get("retry-after", "").strip()
    if told.isdigit():
        return float(told)
    try:
        until, now = (email.utils.parsedate_to_datetime(text) for text in (told, headers.get("date", "")))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        return None
