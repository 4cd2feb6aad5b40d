"""A slide a chart: the sentence about the KPI, the chart, beside it the value with status, target and changes."""

from collections.abc import Sequence

from pptx.slide import Slide

from kpi.figures import phrases
from kpi.figures.headline import one as sentence
from kpi.report import words as said
from kpi.report.forms.measure import cut, fitted, height
from kpi.report.forms.office import axis_format, labels, members, short_format
from kpi.report.forms.pptx import chart
from kpi.report.forms.pptx.chart import Series
from kpi.report.forms.pptx.deck import BOTTOM, COLOURS, LEFT, TOP, WIDTH, Deck, text
from kpi.report.forms.pptx.spoken import definition
from kpi.report.model import Change, Line, Picture
from kpi.why.telling import dimension_title, member_title

ASIDE = 232.0
"""Points of what stands beside a chart."""
PLACE = (LEFT - 6, TOP, WIDTH - 2 * LEFT - ASIDE - 18, BOTTOM - TOP)
MOST_BARS, BAR = 14, 36.0
"""Bars of a chart, and points down for each."""
_LONGEST_LABEL = 26


def write(deck: Deck) -> None:
    """The slides."""
    lines = {line.kpi.id: line for line in deck.report.lines}
    changes = {change.line.kpi.id: change for change in deck.report.changes}
    for picture in deck.report.pictures:
        line = lines.get(picture.kpi.id)
        if line is None:
            continue
        if picture.kind == "trend":
            _trend(deck, line)
        else:
            _breakdown(deck, picture, line, changes.get(picture.kpi.id))


def _trend(deck: Deck, line: Line) -> None:
    words, grain = deck.words, deck.report.edition.grain
    slide = deck.slide(sentence(words, said.period(deck.report, words), line, line.moved), definition(line, words))
    values = [point.value for point in line.course]
    names, running = labels([point.first for point in line.course], grain, words), line.course[-1].is_partial
    shown = Series(
        names, values, *_codes(deck, line, values), words.t("Value"), [point.target for point in line.course],
        words.t("Target"), running,
    )  # fmt: skip
    chart.trend(slide, PLACE, shown, adds_up=line.kpi.additive)
    _aside(deck, slide, line)


def _breakdown(deck: Deck, picture: Picture, line: Line, change: Change | None) -> None:
    words, dimension = deck.words, picture.dimension or ""
    rows = members(picture).head(MOST_BARS)
    by, period = dimension_title(dimension, words).lower(), said.period(deck.report, words)
    title = words.t("{title}, {period}: by {dimension}", title=said.name(line.kpi, words), period=period, dimension=by)
    slide = deck.slide(title, definition(line, words))
    names = [_short(member_title(dimension, member, words)) for member in rows["slice"]]
    values = [float(value) for value in rows["value"]]
    left, top, across, down = PLACE
    place = (left, top, across if change is not None else WIDTH - 2 * LEFT, min(down, len(values) * BAR + 24))
    codes = [short_format(value, line.kpi.unit, words) for value in values]
    chart.bars(slide, place, Series(names, values, *_codes(deck, line, values), words.t("Value")), codes)
    if change is not None:
        _told(slide, said.change(change, words))


def _codes(deck: Deck, line: Line, values: Sequence[float | None]) -> tuple[str, str]:
    """The formats of a chart's figures, that of the latest that is there, and of its axis."""
    known, unit = [value for value in values if value is not None], line.kpi.unit
    low, high = min([*known, 0.0] if line.kpi.additive else known, default=0.0), max(known, default=0.0)
    latest = known[-1] if known else None
    return short_format(latest, unit, deck.words), axis_format(low, high, unit, deck.words)


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1].rstrip()}…"


def _aside(deck: Deck, slide: Slide, line: Line) -> None:
    """The value with its status, target and changes, and what is behind it."""
    words, grain = deck.words, deck.report.edition.grain
    left, top = WIDTH - LEFT - ASIDE, TOP + 8
    value, size = fitted(said.value(line, words), ASIDE, 1, (36, 32, 28, 24, 20, 16), bold=True)
    parts = [(said.period(deck.report, words), 13.0, COLOURS.muted, False), (value, size, COLOURS.text, True)]
    shown = line.status if line.value is not None else "no_target"
    parts.append((said.status(line, words), 15.0, COLOURS.status(shown), True))
    goal, due, aim = phrases.goal_text(words, line), phrases.due_text(words, line), said.aim(line, words)
    parts += [(one, 13.0, COLOURS.text, False) for one in (goal, aim, due) if one]
    parts += [(f"{by} {to}", 13.0, COLOURS.muted, False) for by, to in phrases.changes(words, line, grain)]
    parts.append((said.behind(line, words), 11.0, COLOURS.muted, False))
    parts += [(words.render(note), 11.0, COLOURS.muted, False) for note in line.notes]
    for told, size, code, bold in parts:
        top = _put(slide, told, (left, top), size, code, bold=bold)


def _told(slide: Slide, sentences: tuple[str, ...]) -> None:
    """What did the change."""
    top = TOP + 8
    for number, one in enumerate(sentences):
        code = COLOURS.muted if number else COLOURS.text
        top = _put(slide, one, (WIDTH - LEFT - ASIDE, top), 13.0, code, bold=not number)


def _put(slide: Slide, words: str, place: tuple[float, float], size: float, code: str, *, bold: bool) -> float:
    """Write it, as far as there is room; where the next may begin."""
    left, top = place
    room = int((BOTTOM - top) // (size * 1.22))
    if room < 1 or not words:
        return top
    told = cut(words, ASIDE, min(room, 8), size, bold=bold)
    down = height(told, ASIDE, size, bold=bold)
    text(slide, told, (left, top, ASIDE, down), size, code, bold=bold)
    return top + down + 6
