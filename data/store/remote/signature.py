"""Requests to an S3-compatible service, signed as AWS Signature Version 4 says.

Invariant: the secret is in no request: what is sent is a hash over the request, good for this request and some minutes.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

ALGORITHM = "AWS4-HMAC-SHA256"
NOTHING = hashlib.sha256(b"").hexdigest()
"""Hash of a request that carries nothing."""


@dataclass(frozen=True)
class Credentials:
    """Who asks."""

    key: str
    """Access key, which is sent."""
    secret: str = field(repr=False)
    """Secret key, which is not."""
    token: str = field(default="", repr=False)
    """Of a session, where the two are good for a while; else empty."""
    region: str = "us-east-1"
    """Of the service."""


@dataclass(frozen=True)
class Request:
    """What is asked."""

    method: str
    """GET, PUT, …"""
    host: str
    """Host and, where it is unusual, port."""
    path: str
    """Path of the address, encoded once."""
    query: Mapping[str, str] = field(default_factory=dict)
    """Names and values, not encoded."""
    content: str = NOTHING
    """Hash of what is carried."""


def signed(request: Request, credentials: Credentials, now: datetime) -> dict[str, str]:
    """The headers to send; `now` in UTC."""
    headers = {"host": request.host, "x-amz-content-sha256": request.content, "x-amz-date": f"{now:%Y%m%dT%H%M%SZ}"}
    if credentials.token:
        headers["x-amz-security-token"] = credentials.token
    names = ";".join(sorted(headers))
    scope = f"{now:%Y%m%d}/{credentials.region}/s3/aws4_request"
    text = "\n".join([ALGORITHM, headers["x-amz-date"], scope, _hash(_canonical(request, headers, names))])
    signature = hmac.new(_key(credentials, scope), text.encode(), hashlib.sha256).hexdigest()
    told = f"{ALGORITHM} Credential={credentials.key}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**headers, "authorization": told}


def encoded(text: str, *, keep: str = "") -> str:
    """As the signature wants it: everything but letters, digits, `-_.~` and what is kept."""
    return quote(text, safe=f"-_.~{keep}")


def query_of(query: Mapping[str, str]) -> str:
    """The query as it is signed and sent."""
    pairs = sorted((encoded(name), encoded(value)) for name, value in query.items())
    return "&".join(f"{name}={value}" for name, value in pairs)


def _canonical(request: Request, headers: Mapping[str, str], names: str) -> str:
    lines = [f"{name}:{headers[name]}\n" for name in names.split(";")]
    parts = (request.method, request.path, query_of(request.query), "".join(lines), names, request.content)
    return "\n".join(parts)


def _key(credentials: Credentials, scope: str) -> bytes:
    key = f"AWS4{credentials.secret}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
