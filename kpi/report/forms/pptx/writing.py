"""The slides, in their order: the sentence, the scorecard, what changed and why, a chart a slide, targets, notes."""

import io
from functools import partial

from pptx.slide import Slide

from kpi.figures import JUDGED
from kpi.language import Language
from kpi.report import words as said
from kpi.report.forms.measure import width
from kpi.report.forms.pptx import charts, flow, table
from kpi.report.forms.pptx.deck import COLOURS, LEFT, Deck, text
from kpi.report.forms.pptx.flow import Item
from kpi.report.forms.pptx.spoken import definition
from kpi.report.forms.pptx.table import Cell, Column
from kpi.report.model import Line, Report


def write(report: Report, words: Language) -> bytes:
    """The file's bytes."""
    deck = Deck(report, words)
    _opening(deck)
    _scorecard(deck)
    _changes(deck)
    charts.write(deck)
    _coming(deck)
    _notes(deck)
    buffer = io.BytesIO()
    deck.file.save(buffer)
    return buffer.getvalue()


def _opening(deck: Deck) -> None:
    report, words = deck.report, deck.words
    slide = deck.opening(said.title(report, words), said.headline(report, words))
    about = [" · ".join(said.filters(report, words)), said.made(report, words), said.incomplete(report, words)]
    text(slide, "\n".join(part for part in about if part), (LEFT + 30, 462, 800, 54), 12, COLOURS.muted)
    _counts(slide, report, words)


def _counts(slide: Slide, report: Report, words: Language) -> None:
    """How many KPIs have which status."""
    left = LEFT + 30
    for status in JUDGED:
        count = sum(line.status == status and line.value is not None for line in report.lines)
        if count:
            told = f"{words.mark(status)} {count} {words.status(status).lower()}"
            text(slide, told, (left, 400, 260, 24), 16, COLOURS.status(status), bold=True)
            left += width(told, 16, bold=True) + 28


def _scorecard(deck: Deck) -> None:
    """A table, on several slides where it is long."""
    words, t, heads = deck.words, deck.words.t, said.heads(deck.report, deck.words)
    columns = (
        Column(heads.kpi, 0.29), Column(heads.value, 0.13, right=True), Column(heads.status, 0.15),
        Column(heads.target, 0.19), Column(heads.previous, 0.12, right=True), Column(heads.year, 0.12, right=True),
    )  # fmt: skip
    if not deck.report.lines:
        slide = deck.slide(t("Scorecard"))
        text(slide, t("There is nothing to show."), (LEFT, 130, 800, 40), 16, COLOURS.muted)
        return
    notes = "\n\n".join(definition(line, words) for line in deck.report.lines)
    table.write(_going_on(deck, t("Scorecard"), notes), columns, [_row(line, words) for line in deck.report.lines])


def _row(line: Line, words: Language) -> tuple[Cell, ...]:
    aim = said.aim(line, words)
    moved = COLOURS.muted if line.moved is False or line.is_partial else COLOURS.text
    status = COLOURS.status(line.status if line.value is not None else "no_target")
    return (
        Cell(said.name(line.kpi, words)), Cell(said.value(line, words), bold=True),
        Cell(said.status(line, words), status),
        Cell(said.target(line, words) + (f" ({aim})" if aim else "")), Cell(said.delta(line, words), moved),
        Cell(said.yearly(line, words), moved),
    )  # fmt: skip


def _changes(deck: Deck) -> None:
    """What changed and why, and what else stands out."""
    words, t = deck.words, deck.words.t
    told = [Item(first, tuple(rest)) for first, *rest in (said.change(one, words) for one in deck.report.changes)]
    calm = said.calm(deck.report, words)
    seen = [Item(about, (what,)) for about, what in (said.signal(one, words) for one in deck.report.signals)]
    helps = [Item(name, (advice,)) for name, advice in said.advice(deck.report, words)]
    parts = ((t("What changed and why"), told), (t("What stands out"), [*([Item("", (calm,))] if calm else []), *seen]))
    for title, items in (*parts, (t("What helps"), helps)):
        flow.write(_going_on(deck, title), items)


def _coming(deck: Deck) -> None:
    """The targets of the next period."""
    words, t = deck.words, deck.words.t
    rows = [
        (Cell(said.name(line.kpi, words)), Cell(said.coming(line, words), bold=True), Cell(said.value(line, words)))
        for line in deck.report.lines
        if said.coming(line, words)
    ]
    columns = (Column(t("KPI"), 0.46), Column(t("Target"), 0.34), Column(t("Value now"), 0.2, right=True))
    table.write(_going_on(deck, said.next_title(deck.report, words)), columns, rows)


def _notes(deck: Deck) -> None:
    """What people said, and what the reader must know."""
    words, t, report = deck.words, deck.words.t, deck.report
    remarks = [Item(about, (what,)) for about, what in (said.remark(one, words) for one in report.remarks)]
    flow.write(_going_on(deck, t("Comments")), remarks)
    flow.write(_going_on(deck, t("Notes")), [Item("", (note,)) for note in said.notes(report, words)])


def _going_on(deck: Deck, title: str, notes: str = "") -> "partial[Slide]":
    """What makes the next slide of a part."""
    return partial(deck.slide, title, notes)
