"""Every form says the figures that `value` gives, and no name of a person is more than text in any."""

import io
import json
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pypdf
import pytest

from data.store.store import Store
from kpi.command.value import records
from kpi.evaluate import evaluate
from kpi.language import Language, language
from kpi.model import Query
from kpi.report import words as said
from kpi.report.composing import Asked, compose
from kpi.report.forms import FILES, FORMS
from kpi.report.forms.html import write as write_html
from kpi.report.forms.mail import mail
from kpi.report.forms.pdf import write as write_pdf
from kpi.report.model import WHOLE, Report, Subject
from kpi.target_rows import target_book
from tests.unit.report import handmade
from tests.unit.report.conftest import ANNA, KEY
from tests.unit.report.test_composing import OCTOBER

RU, EN = language("ru"), language("en")
KINDS = ("plain", "naughty", "long", "empty")
NBSP = "\u00a0"


class Seen(HTMLParser):
    """What a browser makes of a page: its texts, elements and addresses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self._inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "background", "action")]
        assert not [name for name, _ in attrs if name.startswith("on")], attrs
        self._inside = [tag] if tag in ("script", "style") else []

    def handle_endtag(self, _tag: str) -> None:
        self._inside = []

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.texts.append(data)


def text_of_pdf(made: bytes) -> str:
    return plain("\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages))


def plain(text: str) -> str:
    """Without what only breaks lines."""
    return re.sub(r"\s+", " ", text.replace(NBSP, " "))


@cache
def made(kind: str, form: str, code: str = "ru") -> bytes:
    return FILES[form].write(report_of(kind), language(code))


def report_of(kind: str) -> Report:
    """One of the reports by hand, with as few charts as show what there is to see."""
    report: Report = getattr(handmade, kind)()
    return replace(report, pictures=(*report.pictures[:1], *report.pictures[-1:]))


@pytest.mark.parametrize(
    ("subject", "words"), [(WHOLE, RU), (Subject("team", "Первая"), EN), (Subject("employee", ANNA), RU)],
    ids=["whole", "team", "person"],
)  # fmt: skip
def test_every_form_says_what_value_says(shop: Store, asked: Asked, subject: Subject, words: Language) -> None:
    whole = compose(asked, subject, OCTOBER)
    report = replace(whole, pictures=whole.pictures[:1])
    rows = values(shop, asked, subject)
    body = mail(report, words)
    forms = {
        "html": " ".join(Seen(write_html(report, words).decode()).texts), "pdf": text_of_pdf(write_pdf(report, words)),
        "text": body.text, "letter": " ".join(Seen(body.html).texts),
    }  # fmt: skip
    for name, text in forms.items():
        for row in rows:
            title, unit = words.catalogue(asked.catalogue.get(row["kpi"]).title), row["unit"]
            value, previous = words.value(row["value"], unit), words.delta(row["value"], row["previous"], unit)
            assert re.search(f"{re.escape(plain(title))}.*?{re.escape(plain(value))}", plain(text)), (name, title)
            assert plain(previous) in plain(text), (name, row)


def values(shop: Store, asked: Asked, subject: Subject) -> list[dict[str, Any]]:
    """What `value --grain month` answers."""
    query = Query(KEY, OCTOBER.first, OCTOBER.last, "month", None, subject.where)
    return records(evaluate(asked.reader, asked.catalogue, query, target_book(shop)), asked.catalogue)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_text_and_asks_for_nothing(kind: str) -> None:
    page = made(kind, "html").decode()
    seen = Seen(page)
    assert {address for address in seen.addresses if not address.startswith(("data:", "#"))} == set()
    assert {"img", "iframe", "object", "link"} & {*seen.tags} <= {"link"}
    report = report_of(kind)
    assert seen.tags.count("script") == (2 + len(report.pictures) if report.pictures else 0)
    assert "default-src 'none'" in page
    assert "unsafe-eval" not in page
    for data in re.findall(r'<script type="application/json" id="chart\d+">(.*?)</script>', page):
        assert "<" not in data
        assert json.loads(data)["data"]["values"]


def test_naughty_names_stand_in_a_page_as_they_are() -> None:
    texts = plain(" ".join(Seen(made("naughty", "html").decode()).texts))
    for name in handmade.NAUGHTY:
        if "\ud800" not in name and "\x00" not in name:
            assert plain(name) in texts, name


@pytest.mark.parametrize(("kind", "code"), [*((kind, "ru") for kind in KINDS), ("plain", "en")])
def test_paper_is_a4_with_its_letters_and_numbers(kind: str, code: str) -> None:
    report, words = report_of(kind), language(code)
    paper = pypdf.PdfReader(io.BytesIO(made(kind, "pdf", code)))
    root: Any = paper.trailer["/Root"]
    assert root["/Lang"].lower().startswith(code)
    assert paper.metadata is not None
    assert str(paper.metadata.title)[:10] == said.title(report, words)[:10]
    count = len(paper.pages)
    for number, page in enumerate(paper.pages, 1):
        assert [round(float(side)) for side in page.mediabox] == [0, 0, 595, 842]
        text = plain(page.extract_text())
        assert f"{number} / {count}" in text
        assert plain(words.day(report.made_at, year=True)) in text


def test_the_head_of_a_table_stands_on_each_page_it_goes_on() -> None:
    pages = [plain(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(made("long", "pdf"))).pages]
    known = list(handmade.long().lines)
    held = [page for page in pages if sum(RU.catalogue(line.kpi.title) in page for line in known) > 3]
    with_table = [page for page in held if "Показатель" in page]
    assert len(with_table) >= 2
    assert all("Статус" in page for page in with_table)


def test_nothing_on_paper_leaves_the_sheet() -> None:
    for kind in KINDS:
        places: list[tuple[float, float]] = []

        def note(text: str, cm: Any, tm: Any, *_: Any, places: list[tuple[float, float]] = places) -> None:
            if text.strip():
                places.append((tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]))

        for page in pypdf.PdfReader(io.BytesIO(made(kind, "pdf"))).pages:
            page.extract_text(visitor_text=note)
        assert places
        assert not [(x, y) for x, y in places if not (0 <= x <= 595 and 0 <= y <= 842)], kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_reads_without_pictures_and_loads_nothing(kind: str) -> None:
    report = report_of(kind)
    body = mail(report, RU)
    seen = Seen(body.html)
    assert "style" not in seen.tags
    assert not {"script", "svg", "form"} & {*seen.tags}
    wanted = {f"cid:{picture.cid}" for picture in body.pictures}
    assert set(seen.addresses) == wanted
    assert all(picture.content.startswith(b"\x89PNG") for picture in body.pictures)
    assert "\n" not in body.subject
    for line in report.lines:
        assert said.value(line, RU) in body.text
    assert "<" not in re.sub(r"<[a-z!/][^<>]*>", "", body.html)


def test_forms_are_what_is_promised() -> None:
    assert {"pdf", "html", "xlsx", "pptx", "png"} <= FORMS.keys()
    assert made("plain", "png").startswith(b"\x89PNG")
    assert made("plain", "mail").startswith(b"Subject: ")


def test_a_file_s_name_is_legal_whatever_people_are_called(tmp_path: Path) -> None:
    for name in handmade.NAUGHTY:
        report = handmade.report([], subject=Subject("employee", name))
        file = said.file_name(report, RU, "pdf")
        assert not set(file) & set('<>:"/\\|?*\n\x00')
        assert len(file.encode(errors="replace")) < 250
        if "\ud800" not in name:
            (tmp_path / file).write_bytes(b"")
