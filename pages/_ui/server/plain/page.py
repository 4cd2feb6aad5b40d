"""The sheet every plain page is written on.

Invariant: every word of a person is escaped; no address but the page's own is in it.
"""

from starlette.responses import HTMLResponse

from kpi.language import Language
from pages._ui.markup import Html, tag
from pages._ui.server.plain.style import sheet

NAMES = {"ru": "Русский", "en": "English"}
_TICK = Html(
    '<svg class="tick" viewBox="0 0 56 56" fill="none" stroke="currentColor" stroke-width="3" aria-hidden="true">'
    '<circle cx="28" cy="28" r="25"/><path d="M17 29l8 8 15-17" stroke-linecap="round" stroke-linejoin="round"/></svg>'
)


def whole(body: Html, title: str, words: Language) -> str:
    """The page."""
    other = "en" if words.code == "ru" else "ru"
    switch = tag("p", tag("a", NAMES[other], href=f"?lang={other}", lang=other, hreflang=other), css="top")
    return (
        f'<!DOCTYPE html><html lang="{words.code}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'{tag("title", title)}<link rel="icon" href="data:,"><style>{sheet()}</style></head>'
        f"<body>{tag('main', switch, body)}</body></html>"
    )


def end(title: str, text: str, page_title: str, words: Language, *, done: bool) -> str:
    """A page that says one thing, with a tick where something was done."""
    said = tag("div", _TICK if done else Html(), tag("h1", title), tag("p", text, css="lead"), css="end")
    return whole(said, page_title, words)


def answer(text: str, status: int = 200) -> HTMLResponse:
    """The response; kept by nobody."""
    return HTMLResponse(text, status, {"Cache-Control": "no-store", "Vary": "Accept-Language"})
