"""What all tests of the server share."""

import pytest
from argon2 import PasswordHasher

from data.access.people import passwords


@pytest.fixture(autouse=True)
def quick_passwords(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords hashed with little work, but where a test looks at the hash itself."""
    if "kept" not in request.node.name:
        monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
