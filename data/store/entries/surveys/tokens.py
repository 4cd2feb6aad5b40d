"""The secrets in links: what a phone shows to be let in.

Invariant: the database holds only hashes. A link can be shown again by who has the key, which lies in a file of its own
that no copy or export takes along, or is made of KPI_SECRET_KEY, so that instances that share the database have the
same; without it the links that are out still work.
"""

import base64
import hmac
import os
import secrets
from functools import cached_property
from pathlib import Path

from data.store.sealing import made_of_setting

BYTES = 18
"""Of a token: 144 bits, 24 letters."""


class Tokens:
    """Tokens of one workspace."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def token(self, salt: str, place: int = 0) -> str:
        """The token of a link (place 0) or of its n-th invitation."""
        digest = hmac.digest(self._key, f"{salt}:{place}".encode(), "sha256")
        return base64.urlsafe_b64encode(digest[:BYTES]).decode()

    @cached_property
    def _key(self) -> bytes:
        if not self._path.exists():
            if given := made_of_setting(b"links of surveys"):
                return given
            new = self._path.with_name(f"{self._path.name}.{os.getpid()}")
            new.unlink(missing_ok=True)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_bytes(32))
                file.flush()
                os.fsync(file.fileno())
            new.replace(self._path)
        return self._path.read_bytes()

    def forget(self) -> None:
        """The next token is made with another key."""
        self.__dict__.pop("_key", None)


def new_salt() -> str:
    """What makes a link's tokens its own, even where numbers are used again."""
    return secrets.token_hex(16)
