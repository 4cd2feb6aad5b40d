"""The file: head, sentence, scorecard, changes, charts, targets to come, notes.

Invariant: it loads nothing from anywhere; every text of a person is escaped.
"""

from kpi.language import Language
from kpi.markup import Html, joined, tag
from kpi.report import words as said
from kpi.report.forms.html import parts
from kpi.report.model import Report

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


def write(report: Report, words: Language) -> bytes:
    """The file's bytes."""
    title = said.title(report, words)
    head = (
        f'<!DOCTYPE html><html lang="{words.code}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" '
        f'content="light dark">{tag("title", title)}</head>'
    )
    return f"{head}<body>{tag('main', body(report, words))}</body></html>".encode()


def body(report: Report, words: Language) -> Html:
    """What stands between <main> and </main>."""
    return joined(
        [
            parts.head(report, words), parts.scorecard(report, words), parts.changes(report, words),
            parts.coming(report, words), parts.notes(report, words),
        ]
    )  # fmt: skip
