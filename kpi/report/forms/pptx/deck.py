"""The presentation that is being written: 16:9, its theme, and the boxes slides are made of.

Invariant: typefaces and colours are the theme's, so that whoever changes the theme changes all slides.
"""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from kpi.charts.palette import palette
from kpi.language import Language
from kpi.report import words as said
from kpi.report.forms.legal import legal
from kpi.report.forms.measure import fitted
from kpi.report.forms.pptx.template import points, template
from kpi.report.model import Report

WIDTH, HEIGHT = 960.0, 540.0
"""Points of a slide."""
LEFT, TOP, BOTTOM = 44.0, 116.0, 500.0
"""Where what is under the title begins, and where it ends."""
ACROSS = WIDTH - 2 * LEFT
COLOURS = palette("light")


def colour(code: str) -> RGBColor:
    """#RRGGBB."""
    return RGBColor.from_string(code.removeprefix("#"))


@dataclass
class Deck:
    """A presentation that is being written."""

    report: Report
    """What is written."""
    words: Language
    """The language."""

    def __post_init__(self) -> None:
        self.file, self._opening, self._title_only = template(WIDTH, HEIGHT, LEFT)
        core = self.file.core_properties
        core.title, core.language = legal(said.title(self.report, self.words))[:255], self.words.code
        core.author, core.created, core.modified = "", self.report.made_at, self.report.made_at

    def opening(self, title: str, lead: str) -> Slide:
        """The first slide."""
        slide = self.file.slides.add_slide(self._opening)
        told, size = fitted(title, ACROSS - 60, 3, (36, 32, 28, 24), bold=True)
        _write(slide.shapes.title.text_frame, told, size)
        told, size = fitted(lead, ACROSS - 60, 4, (20, 18, 16, 14))
        _write(slide.placeholders[1].text_frame, told, size)
        for run in slide.placeholders[1].text_frame.paragraphs[0].runs:
            run.font.color.rgb = colour(COLOURS.text)
        return slide

    def slide(self, title: str, notes: str = "") -> Slide:
        """A slide with a title; `notes`: what whoever speaks should know."""
        slide = self.file.slides.add_slide(self._title_only)
        told, size = fitted(title, ACROSS, 2, (24, 22, 20, 18), bold=True)
        _write(slide.shapes.title.text_frame, told, size)
        self._number(slide)
        if notes:
            slide.notes_slide.notes_text_frame.text = legal(notes)
        return slide

    def _number(self, slide: Slide) -> None:
        """Whom the slide is about, and its number."""
        about = f"{said.subject(self.report, self.words)} · {said.period(self.report, self.words)}"
        told, size = fitted(about, ACROSS - 80, 1, (10,))
        text(slide, told, (LEFT, 510, ACROSS - 80, 18), size, COLOURS.muted)
        box = text(slide, "", (WIDTH - LEFT - 60, 510, 60, 18), 10, COLOURS.muted, right=True)
        paragraph = box.text_frame.paragraphs[0]
        run = paragraph.add_run()
        run.text, run.font.size, run.font.color.rgb = str(len(self.file.slides)), Pt(10), colour(COLOURS.muted)
        field = run._r.makeelement(qn("a:fld"), {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"})
        field.extend(deepcopy(child) for child in run._r)
        paragraph._p.replace(run._r, field)


Place = tuple[float, float, float, float]
"""Left, top, width and height in points."""


def text(
    slide: Slide, words: str, place: Place, size: float, code: str = COLOURS.text, *,
    bold: bool = False, right: bool = False,
) -> Any:  # fmt: skip
    """A box with a text that was measured to fit it."""
    left, top, width, height = map(points, place)
    box = slide.shapes.add_textbox(left, top, width, height)
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP
    for number, line in enumerate(legal(words).split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        if line:
            run = paragraph.add_run()
            run.text, run.font.size, run.font.bold, run.font.color.rgb = line, Pt(size), bold, colour(code)
    return box


def _write(frame: Any, words: str, size: float) -> None:
    frame.text = legal(words)
    for paragraph in frame.paragraphs:
        paragraph.font.size = Pt(size)
