"""Texts of people on their way into a chart.

Invariant: what comes out is one line without control characters, which would stop the picture renderer.
"""

import re

CONTROL = dict.fromkeys([*range(32), 0x7F, 0xFFFE, 0xFFFF])


def one_line(text: str) -> str:
    """The text on one line, whitespace made single; a dot where nothing is left of it."""
    return " ".join(text.split()).translate(CONTROL).strip() or "·"


def wrap(text: str, width: int, lines: int) -> list[str]:
    """The text in lines of about so many letters, broken after spaces and hyphens; the last takes what is left."""
    out: list[str] = []
    for piece in re.findall(r"[^ -]*(?:-+| +|$)", text):
        if out and (len(out[-1]) + len(piece.rstrip()) <= width or len(out) == lines):
            out[-1] += piece
        elif piece:
            out.append(piece)
    return [line.strip() for line in out] or [""]
