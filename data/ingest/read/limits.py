"""What a process may use before it touches a file nobody vouches for.

Invariant: a limit is set before the file is opened; where the system knows no such limits (Windows) the parent's clock
alone ends the process.
"""

import sys

MEMORY = 3 << 30
"""Bytes of address space."""
PROTECTED, DAMAGED, TOO_LARGE = 3, 4, 6
"""Exit status: encrypted, unreadable, more cells than can be read."""


def limit(seconds: int, memory: int = MEMORY) -> None:
    """Bind this process to so much processor time and memory."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
