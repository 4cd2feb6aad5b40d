"""The document, top to bottom.

Invariant: every text comes from `kpi.report.words`; what a page begins it does not leave alone at its end.
"""

from collections.abc import Sequence

from kpi.charts.palette import palette
from kpi.language import Language
from kpi.report import words as said
from kpi.report.forms.pdf.paper import MARGIN, MUTED, WIDTH, Paper, Text
from kpi.report.forms.pdf.pictures import charts, laid_in, rendering
from kpi.report.forms.pdf.scorecard import scorecard
from kpi.report.model import Report

_COLOURS = palette("light")
ROW, TOGETHER = 6.1, 120.0
"""Millimetres of a row of targets, and up to which they stay on one page."""
FOLLOWS = 22.0
"""Millimetres that must be left below a heading."""


def write(report: Report, words: Language) -> bytes:
    """The file's bytes."""
    with rendering(report, words) as coming:
        paper = Paper(said.title(report, words), words.code, (said.about(report, words), said.made(report, words)))
        paper.set_creation_date(report.made_at.astimezone())
        paper.add_page()
        _head(paper, report, words)
        if report.lines:
            _heading(paper, words.t("Scorecard"))
            scorecard(paper, report, words)
        _told(paper, report, words)
        _ahead(paper, report, words)
        if coming:
            _heading(paper, words.t("Charts"), 80)
        placed = charts(paper, coming, words)
        _notes(paper, report, words)
        return laid_in(bytes(paper.output()), placed)


def _head(paper: Paper, report: Report, words: Language) -> None:
    paper.paragraph(Text(said.about(report, words), 8, colour=MUTED), after=1.5)
    paper.paragraph(Text(f"{said.subject(report, words)}: {said.period(report, words)}", 18, bold=True), after=2.5)
    paper.paragraph(Text(said.headline(report, words), 11.5, bold=True), after=1)
    waiting = said.incomplete(report, words)
    if waiting:
        paper.paragraph(Text(waiting, 9, colour=MUTED))


def _told(paper: Paper, report: Report, words: Language) -> None:
    told = [said.change(one, words) for one in report.changes]
    calm = said.calm(report, words)
    _listed(paper, words.t("What changed and why"), [*told, *([("", calm)] if calm else [])])
    _listed(paper, words.t("What stands out"), [said.signal(one, words) for one in report.signals])
    _listed(paper, words.t("What helps"), said.advice(report, words))


def _ahead(paper: Paper, report: Report, words: Language) -> None:
    """The targets of the next period, a line each."""
    told = said.targets_ahead(report, words)
    if not told:
        return
    _heading(paper, said.next_title(report, words), min(16 + ROW * len(told), TOGETHER))
    for name, target in told:
        left, right = (paper.lines(Text(text, 9), width) for text, width in ((name, 85), (target, 85)))
        height = max(len(left), len(right)) * 4.5 + 1.6
        paper.room(height)
        top = paper.y
        for row, line in enumerate(left):
            paper.write_at(MARGIN, top + 0.8 + 4.5 * row, 88, Text(line))
        for row, line in enumerate(right):
            paper.write_at(MARGIN + 90, top + 0.8 + 4.5 * row, 90, Text(line))
        paper.set_draw_color(_COLOURS.border)
        paper.line(MARGIN, top + height, MARGIN + WIDTH, top + height)
        paper.set_xy(MARGIN, top + height)


def _notes(paper: Paper, report: Report, words: Language) -> None:
    _listed(paper, words.t("Comments"), [said.remark(one, words) for one in report.remarks])
    notes = said.notes(report, words)
    if notes:
        _heading(paper, words.t("Notes"), 12)
    for note in notes:
        paper.paragraph(Text(note, 8, colour=MUTED), after=0.8)


def _listed(paper: Paper, title: str, items: Sequence[Sequence[str]]) -> None:
    """Items of a few sentences, the first of each heavier."""
    if not items:
        return
    _heading(paper, title)
    for first, *rest in items:
        if first:
            paper.room(10)
            paper.paragraph(Text(first, 9, bold=True))
        for text in rest:
            paper.paragraph(Text(text, 9, colour=_COLOURS.text if not first else MUTED))
        paper.set_xy(MARGIN, paper.y + 1.8)


def _heading(paper: Paper, text: str, follows: float = FOLLOWS) -> None:
    paper.room(follows)
    paper.set_xy(MARGIN, paper.y + (7 if paper.y > 20 else 0))
    paper.paragraph(Text(text, 13, bold=True), after=1.5)
