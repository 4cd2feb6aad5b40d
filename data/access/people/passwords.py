"""Passwords: how they are kept, and how one is told from a wrong one.

Invariant: only Argon2id hashes are kept; telling takes as long for somebody who does not exist as for somebody who
does, the first time as well: one hash is computed.
Parameters: OWASP Password Storage Cheat Sheet, with room to spare (46 MiB, 2 passes).
"""

import base64
import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

from data.errors import UserError
from data.message import say

SHORTEST = 10
"""Characters a password has at least (NIST SP 800-63B asks for 8 at least, and for no rules about their kinds)."""
LONGEST = 200
"""Characters that are taken: hashing more would be work for nothing."""
_HASHER = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(2)
"""Hashes computed at a time: each takes 46 MB."""
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that are not taken for one another."""
_COMMON = frozenset({"1234567890", "0123456789", "qwertyuiop", "йцукенгшщз", "passwordpassword", "парольпароль"})


def hashed(password: str) -> str:
    """What is kept of a new password. `UserError` where it is too short, too long or known to everybody."""
    if len(password) < SHORTEST:
        raise UserError(say("The password is too short: it needs at least {n} characters.", n=SHORTEST))
    if len(password) > LONGEST:
        raise UserError(say("The password is too long: at most {n} characters are taken.", n=LONGEST))
    if password.casefold() in _COMMON or len(set(password)) < 4:
        raise UserError(say("This password is the first that others would try. Choose another one."))
    with _AT_ONCE:
        return _HASHER.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether a password is the one that was kept; None: nobody's, and as slow."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(kept or _nobodys(), password[:LONGEST]) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """Whether it was hashed with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


def made() -> str:
    """A new password that can be read out: sixteen letters and digits that look like no other, 79 bits."""
    letters = [secrets.choice(_CLEAR) for _ in range(16)]
    return "-".join("".join(letters[place : place + 4]) for place in range(0, 16, 4))


def _nobodys() -> str:
    """What no password fits: written as the hash of one is, and looked at for as long; nothing was hashed for it."""
    costs = f"m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    salt, made_up = (_base64(secrets.token_bytes(size)) for size in (_HASHER.salt_len, _HASHER.hash_len))
    return f"$argon2id$v={ARGON2_VERSION}${costs}${salt}${made_up}"


def _base64(random: bytes) -> str:
    return base64.b64encode(random).decode().rstrip("=")
