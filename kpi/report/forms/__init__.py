"""The forms of a report: one value, many files.

Invariant: a form is written from the Report alone, and every figure in it is one of the Report's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kpi.language import Language
from kpi.report.model import Report

Write = Callable[[Report, Language], bytes]


@dataclass(frozen=True)
class Form:
    """One kind of file."""

    write: Write
    """Its bytes, in a language."""
    suffix: str
    """How its files end, without a dot."""
    media: str
    """Its media type."""


def _html(report: Report, words: Language) -> bytes:
    from kpi.report.forms.html import write

    return write(report, words)


def _pdf(report: Report, words: Language) -> bytes:
    from kpi.report.forms.pdf import write

    return write(report, words)


def _xlsx(report: Report, words: Language) -> bytes:
    from kpi.report.forms.xlsx import write

    return write(report, words)


def _pptx(report: Report, words: Language) -> bytes:
    from kpi.report.forms.pptx import write

    return write(report, words)


def _png(report: Report, words: Language) -> bytes:
    from kpi.report.forms.png import write

    return write(report, words)


def _letter(report: Report, words: Language) -> bytes:
    from kpi.report.forms.letter import write

    return write(report, words)


OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS: Mapping[str, Form] = {
    "pdf": Form(_pdf, "pdf", "application/pdf"),
    "html": Form(_html, "html", "text/html; charset=utf-8"),
    "xlsx": Form(_xlsx, "xlsx", f"{OFFICE}.spreadsheetml.sheet"),
    "pptx": Form(_pptx, "pptx", f"{OFFICE}.presentationml.presentation"),
    "png": Form(_png, "png", "image/png"),
}
"""Form → how it is written. What a form needs is loaded when it is first written."""

FILES: Mapping[str, Form] = {**FORMS, "mail": Form(_letter, "eml", "message/rfc822")}
"""The same and the letter as a file."""
