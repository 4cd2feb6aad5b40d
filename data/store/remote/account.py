"""How an S3-compatible service is reached, and as whom.

Invariant: everything of it comes from the environment, by the names that other programs know; no setting of ours holds
a secret, and no error repeats one.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from data.errors import UserError
from data.message import say
from data.store.identifiers import literal
from data.store.remote.signature import Credentials

STYLE = "KPI_S3_STYLE"
"""Whether the bucket's name stands in the path of addresses, or in the host."""
_AMAZON = "https://s3.{region}.amazonaws.com"


@dataclass(frozen=True)
class Account:
    """An account at a service."""

    credentials: Credentials
    """Who we are there."""
    endpoint: str
    """Address of the service, without a slash at the end."""
    by_path: bool
    """The bucket's name stands in the path, as most services want it; else in the host, as Amazon does."""

    def address_of(self, bucket: str) -> str:
        """Where a bucket lies."""
        scheme, _, host = self.endpoint.partition("://")
        return f"{self.endpoint}/{bucket}" if self.by_path else f"{scheme}://{bucket}.{host}"

    def secret(self, name: str, scope: str) -> str:
        """The statement by which DuckDB knows it, for addresses that begin with `scope`."""
        address, who = urlsplit(self.endpoint), self.credentials
        parts = {
            "key_id": who.key, "secret": who.secret, "session_token": who.token, "region": who.region,
            "endpoint": address.netloc + address.path, "url_style": "path" if self.by_path else "vhost",
            "scope": scope,
        }  # fmt: skip
        told = ", ".join(f"{part} {literal(value)}" for part, value in parts.items() if value)
        return f"create temporary secret {name} (type s3, {told}, use_ssl {str(address.scheme == 'https').lower()})"


def account(environment: Mapping[str, str] = os.environ) -> Account:
    """The account the environment names. `UserError` where it is not whole."""
    found = {name: environment.get(name, "").strip() for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    missing = [name for name, value in found.items() if not value]
    if missing:
        raise UserError(
            say("Files at an S3-compatible service need {names}.", names=", ".join(missing)),
            hint=say("Set them in the environment, never in a file of the project."),
        )
    region = environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or "us-east-1"
    named = (environment.get("AWS_ENDPOINT_URL_S3") or environment.get("AWS_ENDPOINT_URL") or "").strip().rstrip("/")
    if named and urlsplit(named).scheme not in ("http", "https"):
        raise UserError(say("AWS_ENDPOINT_URL must begin with https:// or http://."))
    key, secret = found.values()
    style = environment.get(STYLE, "").strip() or ("path" if named else "host")
    if style not in ("path", "host"):
        raise UserError(say("{setting} is either path or host.", setting=STYLE))
    who = Credentials(key, secret, environment.get("AWS_SESSION_TOKEN", "").strip(), region)
    return Account(who, named or _AMAZON.format(region=region), style == "path")
