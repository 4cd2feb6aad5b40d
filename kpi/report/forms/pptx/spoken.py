"""What stands in the notes of a slide, for whoever speaks."""

from kpi.language import Language
from kpi.report import words as said
from kpi.report.model import Line


def definition(line: Line, words: Language) -> str:
    """What a KPI asks, how it is defined, what is behind it, and what one must know."""
    kpi = line.kpi
    parts = [
        f"{said.name(kpi, words)}: {words.catalogue(kpi.question)}",
        words.t("Definition: {text}", text=kpi.written or kpi.definition),
        said.behind(line, words),
        *(words.render(note) for note in line.notes),
    ]
    return "\n".join(part for part in parts if part)
