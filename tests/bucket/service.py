"""An S3-compatible service of the tests' own.

Invariant: it listens on this machine only, keeps everything in memory, and ends with who started it.
"""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.browser.server import free_port
from tests.peers.environment import python

HERE = Path(__file__).parent
BUCKET = "kpi-test"


@dataclass(frozen=True)
class Service:
    """It, running."""

    process: subprocess.Popen[str]
    """Its process."""
    endpoint: str
    """Where it listens."""
    key: str
    """Access key of its only account."""
    secret: str
    """And the secret key."""

    @property
    def environment(self) -> dict[str, str]:
        """By what whoever uses it knows it."""
        return {
            "AWS_ACCESS_KEY_ID": self.key, "AWS_SECRET_ACCESS_KEY": self.secret, "AWS_ENDPOINT_URL": self.endpoint,
        }  # fmt: skip

    def stop(self) -> None:
        """End it."""
        self.process.kill()
        self.process.communicate()


def started() -> Service | None:
    """Start one; None where its environment cannot be made."""
    found = python(HERE / "requirements.txt")
    if found is None:
        return None
    port = free_port()
    process = subprocess.Popen(
        [found, HERE / "serving.py", str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, env={**os.environ, "AWS_EC2_METADATA_DISABLED": "true"},
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if len(words := line.split()) == 2:
            return Service(process, f"http://127.0.0.1:{port}", *words)
    raise AssertionError("the service did not start")
