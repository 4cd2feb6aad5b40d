"""Secrets for a command: on standard input or in the environment, never among the arguments, which anybody may list.

Invariant: what was read is kept nowhere but in the session; a secret typed at a terminal is not shown.
"""

import getpass
import os
import sys
from collections.abc import Sequence

VARIABLE = "KPI_SECRET"
"""The environment's variable that is looked at before standard input."""


def given() -> str:
    """What the environment or standard input holds; at a terminal a line is asked for; an empty one is none."""
    told = os.environ.get(VARIABLE)
    if told is not None:
        return told
    return getpass.getpass("Secret (empty: as before): ") if sys.stdin.isatty() else sys.stdin.read()


def named(text: str, names: Sequence[str]) -> dict[str, str]:
    """Name → secret: lines NAME=SECRET, or one line that is the first of them."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = {name: rest for line in lines for name, equals, rest in [line.partition("=")] if equals and name in names}
    if not found and len(lines) == 1 and names:
        return {names[0]: lines[0]}
    return found
