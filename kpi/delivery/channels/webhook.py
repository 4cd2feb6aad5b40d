"""A request to a web address of the owner's own: another program, a bot builder, an automation.

Invariant: every try of one delivery carries the same Idempotency-Key, by which the receiver takes it once; so what is
unclear is simply tried again. The body is signed. Only https, no redirect is followed, and nobody is reached within
this network unless the owner allowed it (`public.py`).
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from typing import Any

import httpx

from data.errors import UserError
from data.message import say
from data.store.clock import Clock
from kpi.delivery.channel import Leaving, NotSent
from kpi.delivery.channels import public
from kpi.delivery.parcel import Parcel

SECONDS = 30.0
"""How long the receiver may take for an answer."""
_LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True)
class Webhook:
    """A web address that takes deliveries."""

    url: str = field(repr=False)
    """The address; it may hold a token of the receiver's."""
    secret: str = field(repr=False)
    """What the body is signed with; empty: it is not."""
    clock: Clock
    """Tells the moment of the signature."""
    allows_private: bool = False
    """Whether it may be within this network, and then without https."""
    seconds: float = SECONDS
    """How long the receiver may take for an answer."""

    def check(self) -> None:
        """`UserError` where the address may not be asked."""
        try:
            public.checked(self.url, self.allows_private)
        except public.NotPublic as error:
            raise UserError(error.reason) from None

    def send(self, parcel: Parcel, to: str, leaving: Leaving) -> str:  # noqa: ARG002 - there is but one place
        """Post it: JSON where there are no files, else a form whose part `message` is that JSON."""
        try:
            target = public.resolved(self.url, self.allows_private)
        except public.NotPublic as error:
            raise NotSent(error.reason, again=error.again, is_channel=True) from None
        with httpx.Client(timeout=self.seconds, follow_redirects=False, trust_env=False) as client:
            request = self._request(client, target, parcel)
            leaving()
            try:
                response = client.send(request)
            except httpx.TransportError:
                raise NotSent(
                    say("The web address cannot be reached, or hung up."), again=True, is_channel=True
                ) from None
        return _taken(response)

    def _request(self, client: httpx.Client, target: public.Target, parcel: Parcel) -> httpx.Request:
        message = json.dumps(told(parcel), ensure_ascii=False).encode()
        headers = {"Idempotency-Key": parcel.key, "Host": target.host, "User-Agent": "kpi-dashboard"}
        extensions = {"sni_hostname": target.name}
        if not parcel.files:
            headers["Content-Type"] = "application/json"
            request = client.build_request("POST", target.url, content=message, headers=headers, extensions=extensions)
        else:
            parts: list[tuple[str, tuple[str | None, bytes, str]]] = [("message", (None, message, "application/json"))]
            parts += [("file", (file.name, file.content, file.media_type)) for file in parcel.files]
            request = client.build_request("POST", target.url, files=parts, headers=headers, extensions=extensions)
        if self.secret:
            moment = str(int(self.clock().astimezone(UTC).timestamp()))
            request.headers["X-KPI-Timestamp"] = moment
            request.headers["X-KPI-Signature"] = signature(self.secret, moment, request.read())
        return request


def signature(secret: str, moment: str, body: bytes) -> str:
    """HMAC-SHA256 of the moment, a dot and the body, as the receiver counts it too."""
    return "sha256=" + hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def told(parcel: Parcel) -> Mapping[str, Any]:
    """What the receiver reads."""
    return {
        "key": parcel.key, "subject": parcel.subject, "text": parcel.text, "facts": dict(parcel.facts),
        "files": [{"name": file.name, "media_type": file.media_type} for file in parcel.files],
    }  # fmt: skip


def _taken(response: httpx.Response) -> str:
    code = response.status_code
    if response.is_success:
        return str(code)
    if response.is_redirect:
        raise NotSent(say("The web address points elsewhere: redirects are not followed."), again=False)
    if code in (408, 425, 429) or code >= 500:
        reason = say("The web address put it off: {code}", code=str(code))
        raise NotSent(reason, again=True, after=_asked(response.headers.get("Retry-After", "")))
    raise NotSent(say("The web address refused it: {code}", code=str(code)), again=False)


def _asked(text: str) -> timedelta | None:
    """How long to wait, where the receiver tells it in seconds."""
    return min(timedelta(seconds=int(text)), _LONGEST_WAIT) if text.isdecimal() and len(text) < 8 else None
