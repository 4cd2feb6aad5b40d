"""How much room a text takes, before an office program knows: measured with our own typeface, wider than theirs.

Invariant: never less room than the text will need.
"""

from functools import cache
from pathlib import Path

from PIL import ImageFont

from kpi.report.forms.legal import one_line

FONTS = Path(__file__).resolve().parents[3] / "assets" / "fonts"
LINE = 1.22
"""Height of a line, in sizes of the type."""
_SAFETY = 1.04
"""Other programs set the same letters a little wider."""
_BROKEN = 0.95
"""Share of a line that a broken word fills."""
_DRAWN = 40
"""Size the widths are measured at; they grow with the size."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Points across."""
    return _font(bold).getlength(text) * size / _DRAWN * _SAFETY


def lines(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """How many lines a text takes in so many points across."""
    return sum(_lines(part, room, size, bold) for part in text.split("\n"))


def height(text: str, room: float, size: float, *, bold: bool = False) -> float:
    """Points down."""
    return lines(text, room, size, bold=bold) * size * LINE


def fitted(
    text: str, room: float, most_lines: int, sizes: tuple[float, ...], *, bold: bool = False
) -> tuple[str, float]:
    """(text, size): the first size at which it takes so few lines; at the last one it is cut with «…»."""
    told = one_line(text)
    for size in sizes:
        if lines(told, room, size, bold=bold) <= most_lines:
            return told, size
    return cut(told, room, most_lines, sizes[-1], bold=bold), sizes[-1]


def cut(text: str, room: float, most_lines: int, size: float, *, bold: bool = False) -> str:
    """The text, or as much of it as fits into so many lines, with «…» at its end."""
    if lines(text, room, size, bold=bold) <= most_lines:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if lines(f"{text[:middle].rstrip()}…", room, size, bold=bold) <= most_lines:
            low = middle
        else:
            high = middle - 1
    return f"{text[:low].rstrip()}…"


def _lines(text: str, room: float, size: float, bold: bool) -> int:
    count, used, space = 1, 0.0, width(" ", size, bold=bold)
    for word in text.split(" "):
        needed = width(word, size, bold=bold)
        if used and used + space + needed > room:
            count, used = count + 1, 0.0
        if needed > room:  # a word longer than a line is broken before the line ends
            count, used = count + int(needed // (room * _BROKEN)), needed % room
        else:
            used += needed + (space if used else 0)
    return count


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / ("Inter-SemiBold.ttf" if bold else "Inter-Regular.ttf"), _DRAWN)
