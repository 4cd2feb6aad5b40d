"""A message as the body of a mail: tables and inline styles, readable in any client, light or dark.

Invariant: every text is escaped; nothing is loaded from anywhere.
"""

from kpi.alerts.model import Said
from kpi.alerts.written import Line, Lines
from kpi.language import Language
from kpi.markup import Html, joined, tag

_FONT = "font-family:Inter,'Segoe UI',Roboto,Arial,sans-serif"
_TITLE = "font-size:17px;line-height:1.35;font-weight:600;margin:0"
_MARK = "color:#c4532f"
_TEXT = "font-size:15px;line-height:1.5;margin:4px 0 0"
_QUIET = "font-size:13px;line-height:1.5;margin:6px 0 0;opacity:.8"
_LINE = "padding:14px 0;border-bottom:1px solid #8884"
_BUTTON = (
    "display:inline-block;padding:12px 20px;border-radius:8px;background:#1f6f8b;color:#ffffff;text-decoration:none;"
    "font-size:15px;font-weight:600"
)
_HEAD = Html(
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
)
_PLAIN = {"role": "presentation", "width": "100%", "cellpadding": "0", "cellspacing": "0"}


def mail(told: Lines, link: str, page: str, words: Language) -> str:
    """The whole body. `link`: where it is acknowledged; `page`: where all alerts are."""
    rest = [_row(tag("p", told.rest(words), style=_TEXT))] if told.more else []
    rows = [*(_alert(line, said, words) for line, said in told.told(words)), *rest, _end(link, page, words)]
    inner = tag("table", *rows, **_PLAIN, style=f"max-width:600px;text-align:left;{_FONT}")
    outer = tag("table", tag("tr", tag("td", inner, align="center", style="padding:16px")), **_PLAIN)
    head = tag("head", _HEAD, tag("title", told.subject(words)))
    body = tag("body", outer, style=f"margin:0;padding:0;{_FONT}")
    return f"<!DOCTYPE html>{tag('html', head, body, lang=words.code)}"


def _alert(line: Line, said: Said, words: Language) -> Html:
    mark = line.mark(words)
    word = [tag("span", f" — {mark}", style=_MARK)] if mark else []
    reasons = [(words.t("Why"), said.why), (words.t("What to do"), said.advice)]
    return _row(
        tag("p", tag("span", "▲ ", style=_MARK), said.title, *word, style=_TITLE),
        tag("p", said.text, style=_TEXT),
        *(tag("p", tag("b", f"{name}: "), text, style=_QUIET) for name, text in reasons if text),
        style=_LINE,
    )


def _end(link: str, page: str, words: Language) -> Html:
    t = words.t
    every = tag("a", t("All alerts"), href=page, style="color:inherit")
    return joined([
        _row(tag("a", t("I know of it"), href=link, style=_BUTTON), style="padding:20px 0 8px"),
        _row(tag("p", t("It opens without signing in and asks once more."), " ", every, style=_QUIET)),
    ])  # fmt: skip


def _row(*parts: Html, style: str = "padding:12px 0") -> Html:
    return tag("tr", tag("td", *parts, style=style))
