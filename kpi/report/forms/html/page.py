"""The file as a whole, and what it may do in a browser.

Invariant: it loads nothing from anywhere and runs nothing but its own two scripts; every text of a person is escaped.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path

from kpi.language import Language
from kpi.markup import Html, joined, tag
from kpi.report import words as said
from kpi.report.forms.html import figures, parts
from kpi.report.forms.html.style import sheet
from kpi.report.model import Report
from kpi.report.pictures.rendered import scripts
from kpi.report.pictures.renderer import PictureFailed


def write(report: Report, words: Language) -> bytes:
    """The file's bytes."""
    run = _run() if report.pictures else ()
    return whole(report, words, run).encode(errors="replace")


def whole(report: Report, words: Language, run: tuple[str, ...]) -> str:
    """The document with these scripts."""
    head = (
        f'<!DOCTYPE html><html lang="{words.code}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(run)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" '
        'content="light dark"><meta name="referrer" content="no-referrer"><link rel="icon" href="data:,">'
        f"{tag('title', said.title(report, words))}<style>{sheet()}</style></head>"
    )
    ending = "".join(f"<script>{script}</script>" for script in run)
    return f"{head}<body>{tag('main', _body(report, words, live=bool(run)), css='report')}{ending}</body></html>"


def _body(report: Report, words: Language, *, live: bool) -> Html:
    charts = figures.figures(report, words, live=live)
    return joined(
        [
            parts.head(report, words), parts.scorecard(report, words, parts.spark), parts.changes(report, words),
            parts.advice(report, words), parts.coming(report, words),
            parts.section(words.t("Charts"), tag("div", charts, css="charts")) if charts else Html(),
            parts.notes(report, words),
        ]
    )  # fmt: skip


def _policy(run: tuple[str, ...]) -> str:
    rules = ["default-src 'none'", "style-src 'unsafe-inline'", "img-src data:", "font-src data:", "base-uri 'none'"]
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in run]
    allowed = " ".join(f"'sha256-{each}'" for each in hashes)
    return "; ".join([*rules, *([f"script-src {allowed}"] if run else [])])


def _run() -> tuple[str, ...]:
    """The scripts; none where they cannot be had, and then the drawings stay still."""
    try:
        return (_engine(), Path(__file__).with_name("show.js").read_text(encoding="utf-8"))
    except PictureFailed:
        return ()


@cache
def _engine() -> str:
    """Vega, Vega-Lite and Vega-Embed as the picture renderer brings them; made once, for it takes seconds."""
    return scripts().replace("</script", "<\\/script").replace("<!--", "<\\!--")
