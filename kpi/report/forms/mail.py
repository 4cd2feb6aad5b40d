"""The report as a letter: what stands in it is text in tables, for programs that show little else; charts come with it.

Invariant: whoever sees no pictures reads every figure; every text of a person is escaped; nothing is loaded from
anywhere. Colours are written into each element, for many programs know no stylesheet, and are readable on white and on
what such a program makes of white in the dark.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.charts.palette import palette
from kpi.language import Language
from kpi.markup import Html, joined, tag
from kpi.report import words as said
from kpi.report.drawing import draw
from kpi.report.model import Line, Report
from kpi.report.pictures.rendered import png
from kpi.report.pictures.renderer import PictureFailed

WIDTH = 600
"""Pixels of a letter."""
PADDING = 24
"""Pixels at its sides."""
PICTURES = 3
"""Charts in a letter: the rest is in the report that comes with it."""
_COLOURS = palette("light")
_FONT = "font-family:Inter,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"


@dataclass(frozen=True)
class Inline:
    """A picture that a letter shows."""

    cid: str
    """The name the letter refers to it by, unique in it."""
    name: str
    """A file's name."""
    media: str
    """Its media type."""
    content: bytes
    """The picture."""


@dataclass(frozen=True)
class MailBody:
    """A letter without its head."""

    subject: str
    """One line."""
    text: str
    """For programs that show no HTML."""
    html: str
    """The letter."""
    pictures: tuple[Inline, ...]
    """What it shows; the letter reads without them."""


def mail(report: Report, words: Language) -> MailBody:
    """The letter."""
    pictures = _pictures(report, words)
    letter = _written(_html(report, words, pictures))
    return MailBody(_written(_subject(report, words)), _written(text(report, words)), letter, pictures)


def _written(text: str) -> str:
    """A text that can be sent: halves of letters are no letters."""
    return text.encode(errors="replace").decode()


def _subject(report: Report, words: Language) -> str:
    return " ".join(said.title(report, words).split())


def _pictures(report: Report, words: Language) -> tuple[Inline, ...]:
    found = []
    for number, picture in enumerate(report.pictures[:PICTURES]):
        try:
            content = png(draw(report, picture, words, "light"), WIDTH - 2 * PADDING, "light")
        except PictureFailed:
            continue
        found.append(Inline(f"chart{number}", f"{picture.kpi.id}.png", "image/png", content))
    return tuple(found)


def text(report: Report, words: Language) -> str:
    """The report in plain words: for a letter's other half, and for messengers."""
    lines = [f"{said.subject(report, words)}: {said.period(report, words)}", "", said.headline(report, words)]
    waiting = said.incomplete(report, words)
    lines += [waiting] if waiting else []
    lines += ["", *(_plain(line, words) for line in report.lines)]
    for title, items in _lists(report, words):
        lines += ["", title.upper(), *("— " + ": ".join(part for part in item if part) for item in items)]
    return "\n".join([*lines, "", said.made(report, words), ""])


def _plain(line: Line, words: Language) -> str:
    """«● Выручка: 2,45 млн ₽ (−8,5 %), цель не меньше 2,5 млн ₽»."""
    mark, value = said.status(line, words).split(" ", 1)[0], said.value(line, words)
    change = "" if line.previous is None or line.value is None else f" ({said.delta(line, words)})"
    goal = said.goal(line, words)
    return f"{mark} {said.name(line.kpi, words)}: {value}{change}{', ' + goal if goal else ''}"


def _lists(report: Report, words: Language) -> list[tuple[str, Sequence[Sequence[str]]]]:
    """(title, items) of everything that is said in sentences; what has nothing to say is not there."""
    changed = [said.change(one, words) for one in report.changes]
    calm = said.calm(report, words)
    found: list[tuple[str, Sequence[Sequence[str]]]] = [
        (words.t("What changed and why"), [*changed, *([("", calm)] if calm else [])]),
        (words.t("What stands out"), [said.signal(one, words) for one in report.signals]),
        (words.t("What helps"), said.advice(report, words)),
        (said.next_title(report, words), said.targets_ahead(report, words)),
        (words.t("Comments"), [said.remark(one, words) for one in report.remarks]),
        (words.t("Notes"), [("", note) for note in said.notes(report, words)]),
    ]
    return [(title, items) for title, items in found if items]


def _html(report: Report, words: Language, pictures: Sequence[Inline]) -> str:
    rows = [
        _block(_line(said.about(report, words), 13, _COLOURS.muted)),
        _block(_line(f"{said.subject(report, words)}: {said.period(report, words)}", 22, bold=True)),
        _block(_line(said.headline(report, words), 17, bold=True)),
        *([_block(_line(waiting, 13, _COLOURS.muted))] if (waiting := said.incomplete(report, words)) else []),
        _block(_scorecard(report, words)) if report.lines else Html(),
        *(_picture(one, words) for one in pictures),
        *(_list(title, items) for title, items in _lists(report, words)),
        _block(_line(said.made(report, words), 13, _COLOURS.muted)),
    ]
    sheet = _table(joined(rows), f"width:100%;max-width:{WIDTH}px;background:#ffffff", align="center")
    page = _table(tag("tr", tag("td", sheet, align="center", style="padding:16px 0")), "width:100%")
    return (
        f'<!DOCTYPE html><html lang="{words.code}"><head><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta '
        f'name="supported-color-schemes" content="light dark">{tag("title", _subject(report, words))}</head>'
        f'<body style="margin:0;padding:0;background:#ffffff">{page}</body></html>'
    )


def _table(rows: Html, style: str, align: str = "") -> Html:
    placed = {"align": align} if align else {}
    return tag(
        "table", rows, role="presentation", cellpadding="0", cellspacing="0", border="0",
        style=f"border-collapse:collapse;{style}", **placed,
    )  # fmt: skip


def _block(content: Html) -> Html:
    """A row of the letter."""
    return tag("tr", tag("td", content, style=f"padding:0 {PADDING}px 14px"))


def _line(words: str, size: int, colour: str = _COLOURS.text, *, bold: bool = False) -> Html:
    weight = "600" if bold else "400"
    style = f"{_FONT};font-size:{size}px;line-height:1.4;font-weight:{weight};color:{colour};overflow-wrap:anywhere"
    return tag("div", words, style=style)


def _scorecard(report: Report, words: Language) -> Html:
    rows = [tag("tr", *_cells(line, words)) for line in report.lines]
    return _table(joined(rows), f"width:100%;border-top:1px solid {_COLOURS.border}")


def _cells(line: Line, words: Language) -> tuple[Html, Html]:
    """Name with status and target, then value with its change: two columns fit a phone."""
    status = line.status if line.value is not None else "no_target"
    goal, change = said.goal(line, words), said.compared(line, words)
    edge = f"border-bottom:1px solid {_COLOURS.border};padding:10px 0;vertical-align:top"
    left = [
        _line(said.name(line.kpi, words), 15, bold=True),
        _line(said.status(line, words), 14, _COLOURS.status(status), bold=True),
        *([_line(goal, 13, _COLOURS.muted)] if goal else []),
    ]
    right = [_line(said.value(line, words), 17, bold=True), *(_line(part, 13, _COLOURS.muted) for part in change)]
    return (
        tag("td", *left, style=f"{edge};padding-right:12px"),
        tag("td", *right, align="right", style=f"{edge};text-align:right;white-space:nowrap"),
    )


def _picture(one: Inline, words: Language) -> Html:
    inside = WIDTH - 2 * PADDING
    image = Html(
        f'<img src="cid:{one.cid}" width="{inside}" alt="{words.t("Chart")}" '
        f'style="display:block;width:100%;max-width:{inside}px;height:auto;border:0">'
    )
    return _block(image)


def _list(title: str, items: Sequence[Sequence[str]]) -> Html:
    told = [
        tag(
            "div", *([_line(first, 15, bold=True)] if first else []),
            *(_line(part, 15, _COLOURS.muted if first else _COLOURS.text) for part in rest if part),
            style="padding-top:8px",
        )
        for first, *rest in items
    ]  # fmt: skip
    return _block(joined([tag("div", _line(title, 18, bold=True), style="padding-top:12px"), *told]))
