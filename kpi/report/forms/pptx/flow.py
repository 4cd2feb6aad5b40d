"""Paragraphs that go on on the next slide where there are many.

Invariant: a paragraph stays whole where it fits on a slide, and a heading never stands alone at the end of one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pptx.slide import Slide

from kpi.report.forms.legal import one_line
from kpi.report.forms.measure import cut, height
from kpi.report.forms.pptx.deck import ACROSS, BOTTOM, COLOURS, LEFT, TOP, text

SIZE = 14.0
AIR = 10.0
"""Points between two items."""
_MOST_LINES = 12
"""Of one paragraph."""


@dataclass(frozen=True)
class Item:
    """A heading with what is said under it."""

    title: str
    """The heading; empty: none."""
    texts: tuple[str, ...] = ()
    """Paragraphs."""


def write(new_slide: Callable[[], Slide], items: Sequence[Item]) -> None:
    """The items, on as many slides as they need."""
    for some in _pages([part for item in items for part in _parts(item)]):
        slide, top = new_slide(), TOP
        for item in some:
            top = _item(slide, item, top) + AIR


def _parts(item: Item) -> Iterator[Item]:
    """The item, or where it is higher than a slide its paragraphs in groups that fit, the heading at the first."""
    told = Item(_told(item.title, bold=True), tuple(_told(one) for one in item.texts))
    while told.texts and _height(told) > BOTTOM - TOP:
        fits = len(told.texts) - 1
        while fits > 1 and _height(Item(told.title, told.texts[:fits])) > BOTTOM - TOP:
            fits -= 1
        yield Item(told.title, told.texts[: max(fits, 1)])
        told = Item("", told.texts[max(fits, 1) :])
    if told.title or told.texts:
        yield told


def _told(words: str, *, bold: bool = False) -> str:
    return cut(one_line(words), ACROSS, _MOST_LINES, SIZE, bold=bold)


def _pages(items: Sequence[Item]) -> Iterator[list[Item]]:
    page: list[Item] = []
    for item in items:
        if page and sum(_height(one) + AIR for one in page) + _height(item) > BOTTOM - TOP:
            yield page
            page = []
        page.append(item)
    if page:
        yield page


def _height(item: Item) -> float:
    title = height(item.title, ACROSS, SIZE, bold=True) if item.title else 0.0
    return title + sum(height(one, ACROSS, SIZE) + 2 for one in item.texts)


def _item(slide: Slide, item: Item, top: float) -> float:
    """Write it; where the next one may begin."""
    if item.title:
        down = height(item.title, ACROSS, SIZE, bold=True)
        text(slide, item.title, (LEFT, top, ACROSS, down), SIZE, bold=True)
        top += down
    for one in item.texts:
        down = height(one, ACROSS, SIZE)
        text(slide, one, (LEFT, top + 2, ACROSS, down), SIZE, COLOURS.muted)
        top += down + 2
    return top
