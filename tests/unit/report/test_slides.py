"""The slides: figures in charts and tables are the report's, and nothing reaches beyond its slide."""

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu

from kpi.language import language
from kpi.report import words as said
from kpi.report.forms.measure import cut, height, lines
from kpi.report.forms.pptx import write
from tests.unit.report import handmade

LANGUAGES = ("ru", "en")
KINDS = ("plain", "naughty", "long", "empty")


@cache
def made(kind: str, code: str = "ru") -> bytes:
    return write(getattr(handmade, kind)(), language(code))


def deck(kind: str, code: str = "ru") -> Any:
    return Presentation(io.BytesIO(made(kind, code)))


def charts(kind: str) -> list[Any]:
    return [shape.chart for slide in deck(kind).slides for shape in slide.shapes if shape.has_chart]


def texts(slide: Any) -> Iterator[str]:
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def test_charts_hold_the_report_s_figures() -> None:
    report, found = handmade.plain(), charts("plain")
    for line, chart in zip(report.lines[:2], found[:2], strict=True):
        values, targets = (plot.series for plot in (chart.plots[0], chart.plots[-1]))
        assert list(values[0].values) == [point.value for point in line.course]
        assert list(targets[-1].values) == [point.target for point in line.course]
    assert [len(chart.plots) for chart in found] == [1, 2, 1]  # what adds up: columns under a line
    assert list(found[2].plots[0].series[0].values) == [1.5 + 2 / 7, 1.5 + 1 / 7, 1.5]
    assert list(found[2].plots[0].categories) == ["Вера", "Борис", "Анна Котова"]
    codes = [label.get("formatCode") for label in found[2]._chartSpace.iter(qn("c:numFmt"))]
    assert codes[:3] == ['#,##0.00"\u00a0%";-#,##0.00"\u00a0%"'] * 2 + ['#,##0.0"\u00a0%";-#,##0.0"\u00a0%"']


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_scorecard_says_what_every_form_says(code: str) -> None:
    report, words = handmade.plain(), language(code)
    tables = [shape.table for slide in deck("plain", code).slides for shape in slide.shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for row in tables[0].rows]
    assert rows[1:] == [
        [said.name(line.kpi, words), said.value(line, words), said.status(line, words), said.target(line, words),
         said.delta(line, words), said.yearly(line, words)]
        for line in report.lines
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        pytest.param(kind, code, marks=[pytest.mark.slow] if code == "en" and kind != "plain" else [])
        for kind in KINDS
        for code in LANGUAGES
    ],
)
def test_nothing_reaches_beyond_its_slide(kind: str, code: str) -> None:
    opened = deck(kind, code)
    for slide in opened.slides:
        for shape in slide.shapes:
            down = shape.height
            if shape.has_table:
                down = Emu(sum(row.height for row in shape.table.rows))
                assert shape.top + down <= Emu(504 * 12_700)
            assert shape.left >= 0
            assert shape.left + shape.width <= opened.slide_width, shape.name
            assert shape.top + down <= opened.slide_height, shape.name


@pytest.mark.parametrize("kind", KINDS)
def test_texts_have_the_room_they_need(kind: str) -> None:
    for slide in deck(kind).slides:
        for shape in slide.shapes:
            if not shape.has_text_frame or not shape.text_frame.text:
                continue
            sizes = [run.font.size or part.font.size for part in shape.text_frame.paragraphs for run in part.runs]
            size = max((one.pt for one in sizes if one is not None), default=None)
            if size is not None:
                needed = height(shape.text_frame.text, shape.width / 12_700, size)
                assert needed <= shape.height / 12_700 + 8, shape.text_frame.text[:60]


def test_a_long_scorecard_goes_on_on_the_next_slide() -> None:
    slides = [slide for slide in deck("long").slides if any(shape.has_table for shape in slide.shapes)]
    names = [slide.shapes.title.text for slide in slides]
    assert names.count("Показатели") > 1
    told = [text for slide in slides for text in texts(slide)]
    for line in handmade.long().lines:
        assert said.name(line.kpi, language("ru")) in told


def test_slides_can_be_read_aloud_and_spoken_to() -> None:
    for slide in deck("plain").slides:
        assert slide.shapes.title.text
    spoken = [slide.notes_slide.notes_text_frame.text for slide in deck("plain").slides if slide.has_notes_slide]
    assert any("Определение" in text for text in spoken)


@pytest.mark.parametrize("kind", ["plain", "naughty"])
def test_no_text_is_a_formula_in_the_sheet_behind_a_chart(kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(made(kind))) as packed:
        books = [packed.read(name) for name in packed.namelist() if name.startswith("ppt/embeddings/")]
    assert books
    for data in books:
        for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)


def test_the_theme_has_our_typeface() -> None:
    with zipfile.ZipFile(io.BytesIO(made("plain"))) as packed:
        theme = packed.read("ppt/theme/theme1.xml").decode()
    assert theme.count('<a:latin typeface="Arial"/>') == 2
    assert "Calibri" not in theme


def test_nothing_computed_is_told() -> None:
    told = " ".join(text for slide in deck("empty", "en").slides for text in texts(slide))
    assert "There is nothing to show." in told
    assert "Nothing is loaded." in told


def test_measuring() -> None:
    assert lines("", 100, 12) == 1
    assert lines("two words", 1000, 12) == 1
    assert lines("two words", 40, 12) == 2
    assert lines("a\nb", 100, 12) == 2
    assert lines("x" * 300, 100, 12) > 15
    assert cut("x" * 300, 100, 2, 12).endswith("…")
    assert lines(cut("слово " * 300, 100, 3, 12), 100, 12) == 3
