"""Sealing of secrets: texts that the program must read again and nobody else may.

Invariant: AES-256-GCM, a fresh nonce each time, bound to the secret's name, so that no sealed text stands for another.
The key lies in a file of its own that only the owner of the folder reads and that no backup or export takes along, or
is made of the environment variable KPI_SECRET_KEY. Without the key a sealed text is told as unreadable, never as empty.
"""

import base64
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from data.errors import UserError
from data.message import say
from data.store.workspace import sync_folder

VARIABLE = "KPI_SECRET_KEY"
"""Setting: what keys are made of, the newest first, apart by spaces; those after it only open."""
SHORTEST = 32
"""Characters of one."""
_KEY, _NONCE = 32, 12
"""Bytes."""


class Seal:
    """The keys of one workspace: the first one seals, all of them open."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def close(self, name: str, text: str) -> bytes:
        """The text of a name, sealed. Makes a key where there is none."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self._keys(make=True)[0]).encrypt(nonce, text.encode(), name.encode())

    def open(self, name: str, sealed: bytes) -> str | None:
        """The text; None where no key at hand sealed it under that name."""
        for key in self._keys():
            try:
                return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], name.encode()).decode()
            except InvalidTag:
                continue
        return None

    def begin_anew(self) -> None:
        """From now on a new key seals; those before it still open, until `end_anew`."""
        self._write([secrets.token_bytes(_KEY), *self._written()])

    def end_anew(self) -> None:
        """Only the newest key is left."""
        if written := self._written():
            self._write(written[:1])

    def _keys(self, *, make: bool = False) -> list[bytes]:
        keys = [*_given(), *self._written()]
        if not keys and make:
            self.begin_anew()
            keys = self._written()
        return keys

    def _written(self) -> list[bytes]:
        if not self._path.exists():
            return []
        return [base64.b64decode(line) for line in self._path.read_text(encoding="ascii").split()]

    def _write(self, keys: list[bytes]) -> None:
        """Whole or not at all, and on the disk before anything is sealed with it."""
        part = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(b"".join(base64.b64encode(key) + b"\n" for key in keys))
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._path)
        sync_folder(self._path.parent)


def _given() -> list[bytes]:
    """Keys made of the setting. `UserError` where one is too short to be one."""
    texts = os.environ.get(VARIABLE, "").split()
    if any(len(text) < SHORTEST for text in texts):
        raise UserError(
            say("{setting} is too short to be a key.", setting=VARIABLE),
            hint=say("Give it at least {least} random characters.", least=SHORTEST),
        )
    return [_derived(text, b"secrets of a workspace") for text in texts]


def made_of_setting(purpose: bytes) -> bytes | None:
    """A key for another purpose, the same on every instance with that setting; None: it is not set.

    Of several it is made of the last, which stays the longest.
    """
    texts = os.environ.get(VARIABLE, "").split()
    return _derived(texts[-1], purpose) if _given() else None


def _derived(text: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), _KEY, None, purpose).derive(text.encode())
