"""One way to make a finding of this step."""

from typing import Literal

from data.ingest.clean.reading import EXAMPLES, Cells
from data.message import Message
from data.model import Finding


def found(
    severity: Literal["info", "warning", "rejected"],
    cells: Cells,
    rule: str,
    count: int,
    examples: tuple[str, ...],
    message: Message,
) -> Finding:
    """A finding of the cleaning step about one source column."""
    return Finding("clean", severity, cells.header, rule, count, examples[:EXAMPLES], message)
