"""Tokens that open something: made here, told once, kept as their hash.

Invariant: 256 random bits; who reads a hash opens nothing with it.
"""

import hashlib
import secrets

BYTES = 32
"""Random bytes of a token."""


def new_token() -> str:
    """A token nobody can guess."""
    return secrets.token_urlsafe(BYTES)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
