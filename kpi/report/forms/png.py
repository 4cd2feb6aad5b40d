"""One chart of a report as a picture: that of its first KPI.

Invariant: the picture is what the other forms show, twice as fine as a screen.
"""

from data.errors import UserError
from data.message import say
from kpi.language import Language
from kpi.report.drawing import draw
from kpi.report.model import Report
from kpi.report.pictures.rendered import png

WIDTH = 720
"""Pixels across, before they are doubled."""


def write(report: Report, words: Language) -> bytes:
    """The file's bytes. `UserError` where the report has no chart."""
    if not report.pictures:
        raise UserError(
            say("There is no chart to draw."), hint=say("A chart needs two periods with a value; choose another KPI.")
        )
    return png(draw(report, report.pictures[0], words, "light"), WIDTH, "light")
