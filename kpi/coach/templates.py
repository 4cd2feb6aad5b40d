"""Sets of key KPIs that suit a trade, as data.

Invariant: a set has three to nine KPIs of the catalogue, each with the reason why it is in it.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("templates.toml")
"""Where they lie: one table a trade; `kpis` in the order of the overview."""


@dataclass(frozen=True)
class Template:
    """The key KPIs of a trade."""

    id: str
    """Its name in the file."""
    title: str
    """The trade; msgid of the catalogue domain."""
    note: str
    """What the set is about."""
    kpis: tuple[tuple[str, str], ...]
    """KPI id and why it is in the set."""


@cache
def templates() -> tuple[Template, ...]:
    """All of them, in the order of the file; read once."""
    table = tomllib.loads(FILE.read_text("utf-8"))
    return tuple(
        Template(name, entry["title"], entry["note"], tuple((one["kpi"], one["why"]) for one in entry["kpis"]))
        for name, entry in table.items()
    )
