"""Charts on paper: places are kept while the sheets are written, the charts are laid in as vectors afterwards.

Invariant: a chart keeps its proportions and its place; one that cannot be rendered leaves a sentence.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from pypdf import PageObject, PdfReader, PdfWriter, Transformation

from kpi.language import Language
from kpi.report.drawing import draw
from kpi.report.forms.pdf.paper import MARGIN, MUTED, WIDTH, Paper, Text
from kpi.report.model import Report
from kpi.report.pictures.rendered import pdf
from kpi.report.pictures.renderer import PictureFailed

PIXELS = 400
"""Pixels across a chart: its letters are 7 to 8 points on paper."""
GUTTER = 6.0
"""Millimetres between two charts."""
POINTS = 72 / 25.4
"""Points a millimetre."""


@dataclass(frozen=True)
class Placed:
    """A chart in its place."""

    page: int
    """Number of the page, from 0."""
    x: float
    """Millimetres from the left."""
    y: float
    """Millimetres from above."""
    width: float
    """Millimetres across."""
    picture: PageObject
    """The chart, a page of its own."""

    @property
    def height(self) -> float:
        """Millimetres down."""
        return self.width * float(self.picture.mediabox.height) / float(self.picture.mediabox.width)


def charts(paper: Paper, report: Report, words: Language) -> list[Placed]:
    """Keeps a place for each chart, two abreast."""
    width, placed = (WIDTH - GUTTER) / 2, list[Placed]()
    pages = [_page(report, number, words) for number in range(len(report.pictures))]
    for left, right in zip(pages[::2], [*pages[1::2], None], strict=False):
        pair = [
            Placed(0, MARGIN + n * (width + GUTTER), 0, width, page) for n, page in enumerate((left, right)) if page
        ]
        height = max((one.height for one in pair), default=8.0)
        paper.room(height + 4)
        placed += [Placed(paper.page_no() - 1, one.x, paper.y, one.width, one.picture) for one in pair]
        if None in (left, right if right is not None or len(pages) % 2 == 0 else left):
            paper.paragraph(Text(words.t("The chart could not be drawn."), 8, colour=MUTED))
        paper.set_xy(MARGIN, paper.y + height + 4)
    return placed


def _page(report: Report, number: int, words: Language) -> PageObject | None:
    try:
        made = pdf(draw(report, report.pictures[number], words, "light"), PIXELS, "light", padding=1)
    except PictureFailed:
        return None
    return PdfReader(io.BytesIO(made)).pages[0]


def laid_in(sheets: bytes, placed: Sequence[Placed]) -> bytes:
    """The document with its charts."""
    if not placed:
        return sheets
    writer = PdfWriter(clone_from=io.BytesIO(sheets))
    for one in placed:
        page = writer.pages[one.page]
        scale = one.width * POINTS / float(one.picture.mediabox.width)
        below = float(page.mediabox.height) - (one.y + one.height) * POINTS
        page.merge_transformed_page(one.picture, Transformation().scale(scale).translate(one.x * POINTS, below))
    for page in writer.pages:
        page.compress_content_streams()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
