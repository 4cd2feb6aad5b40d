"""The settings of every DuckDB of the store.

Invariant: nothing is fetched from the network by itself, and no Python variable is ever read as a table.
"""

import os
from pathlib import Path

Settings = dict[str, str | bool | int | float | list[str]]


def settings(temporary: Path) -> Settings:
    """Threads, memory and what is not allowed; `temporary`: where DuckDB spills."""
    return {
        "threads": max(1, os.cpu_count() or 1),
        "memory_limit": os.environ.get("KPI_MEMORY", f"{_physical_memory() * 6 // 10 >> 20}MiB"),
        "temp_directory": str(temporary),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "python_enable_replacements": False,
        "preserve_insertion_order": True,
    }


def _physical_memory() -> int:
    """Bytes of memory; 4 GiB where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 4 << 30
