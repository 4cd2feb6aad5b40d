"""The Python that peers are run by: an environment of its own, made when a test or benchmark first wants it.

Invariant: what lies there is never imported here; the product and its tests know it only by what it prints.
"""

import hashlib
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / ".peers"
"""Where it lies, beside .venv and as little a part of the project."""
WANTED = HERE / "requirements.txt"


@cache
def python(wanted: Path = WANTED) -> Path | None:
    """Its interpreter; None where it cannot be made, as without a network. `wanted`: what is to be in it."""
    name = hashlib.sha256(wanted.read_bytes()).hexdigest()[:12]
    folder = FOLDER / name
    found = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = folder / "installed"
    if not done.exists():
        try:
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
            subprocess.run([str(found), "-m", "pip", "install", "--quiet", "-r", str(wanted)], check=True)
        except (subprocess.CalledProcessError, OSError):
            return None
        done.touch()
    return found
