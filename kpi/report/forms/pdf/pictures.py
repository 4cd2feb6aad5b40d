"""Charts on paper: places are kept while the sheets are written, the charts are laid in as vectors afterwards.

Invariant: a chart keeps its proportions and its place; one that cannot be rendered leaves a sentence.
"""

import io
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject

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
Rendering = Sequence[Future[PageObject | None]]
"""Charts that are being rendered; None: one that failed."""


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


@contextmanager
def rendering(report: Report, words: Language) -> Iterator[Rendering]:
    """Renders the charts in the background, while the rest is written."""
    with ThreadPoolExecutor(1, "charts") as background:
        yield [background.submit(_page, report, number, words) for number in range(len(report.pictures))]


def charts(paper: Paper, coming: Rendering, words: Language) -> list[Placed]:
    """Keeps a place for each chart, two abreast."""
    width, placed = (WIDTH - GUTTER) / 2, list[Placed]()
    for first in range(0, len(coming), 2):
        pair = [one.result() for one in coming[first : first + 2]]
        shown = [
            Placed(0, MARGIN + n * (width + GUTTER), 0, width, page) for n, page in enumerate(pair) if page is not None
        ]
        height = max((one.height for one in shown), default=0.0)
        paper.room(height + 8)
        if len(shown) < len(pair):
            paper.paragraph(Text(words.t("The chart could not be drawn."), 8, colour=MUTED))
        placed += [Placed(paper.page_no() - 1, one.x, paper.y, one.width, one.picture) for one in shown]
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
    for number, one in enumerate(placed):
        _lay(writer, one, f"/Chart{number}")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _lay(writer: PdfWriter, one: Placed, name: str) -> None:
    """Puts a chart on its page as one drawing: what it is made of is neither read nor changed."""
    page = writer.pages[one.page]
    resources = page["/Resources"]
    assert isinstance(resources, DictionaryObject)
    drawings = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
    assert isinstance(drawings, DictionaryObject)
    drawings[NameObject(name)] = writer._add_object(_drawing(writer, one.picture))
    scale = one.width * POINTS / float(one.picture.mediabox.width)
    below = float(page.mediabox.height) - (one.y + one.height) * POINTS
    shown = StreamObject()
    shown.set_data(f"q {scale:.6f} 0 0 {scale:.6f} {one.x * POINTS:.4f} {below:.4f} cm {name} Do Q\n".encode())
    before = page["/Contents"].get_object()
    parts = list(before) if isinstance(before, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject([*parts, writer._add_object(shown)])


def _drawing(writer: PdfWriter, picture: PageObject) -> StreamObject:
    contents = picture.get_contents()
    drawing = StreamObject()
    drawing.set_data(contents.get_data() if contents is not None else b"")
    packed = drawing.flate_encode()
    packed.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): ArrayObject(FloatObject(side) for side in picture.mediabox),
        NameObject("/Resources"): picture["/Resources"].clone(writer),
    })  # fmt: skip
    return packed
