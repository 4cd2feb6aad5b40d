"""The frame page that Streamlit serves, in the reader's language and under our own name and icon.

Invariant: no inline script is left in it, so that the content security policy needs no exception.
"""

import re
from functools import lru_cache

from starlette.types import ASGIApp, Receive, Scope, Send

from pages._ui.server.api.address import PATH as API
from pages._ui.server.capture import capture
from pages._ui.server.languages import preferred
from pages._ui.server.plain import is_plain

TITLE = {"en": "Team KPIs", "ru": "Показатели команды"}
NO_SCRIPT = {
    "en": "The dashboard needs JavaScript: please allow it for this page.",
    "ru": "Для работы панели нужен JavaScript: разрешите его для этой страницы.",
}
_SCRIPTS = """  <script src="./history.js"></script>
  <script src="./links.js"></script>
  <script src="./still.js" defer></script>
  <script src="./words/ru.js" defer></script>
  """
_INLINE_SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)
_AGENT_LINK = re.compile(r"<!--(?:(?!-->).)*agent API.*?-->\s*<link rel=\"service-desc\"[^>]*>", re.DOTALL)


class FramePage:
    """ASGI middleware: rewrites the HTML that the static files answer with."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _may_be_a_page(scope):
            await self.app(scope, receive, send)
            return
        answer = await capture(self.app, scope, receive)
        if answer.start["status"] == 200 and answer.headers.get("content-type", "").startswith("text/html"):
            answer.body = rewritten(answer.body, preferred(scope))
            answer.headers["Vary"] = "Accept-Language"
            answer.headers["Cache-Control"] = "no-store"
            del answer.headers["ETag"]
            del answer.headers["Last-Modified"]
        await answer.send(send)


@lru_cache(maxsize=8)
def rewritten(page: bytes, language: str) -> bytes:
    """Streamlit's index.html with our language, title, icon and words."""
    text = page.decode("utf-8")
    text = text.replace('<html lang="en">', f'<html lang="{language}">', 1)
    text = re.sub(r"<title>.*?</title>", f"<title>{TITLE[language]}</title>", text, count=1)
    text = text.replace('href="./favicon.png"', 'href="./assets/icon.png"', 1)
    text = re.sub(r"<noscript>.*?</noscript>", f"<noscript><p>{NO_SCRIPT[language]}</p></noscript>", text, flags=re.S)
    text = _AGENT_LINK.sub("", _INLINE_SCRIPT.sub("", text))
    text = text.replace("</head>", f"{_SCRIPTS}</head>", 1)
    # at the end: after the styles that Streamlit's script puts into the head, or equal rules would lose to them
    return text.replace("</body>", '  <link rel="stylesheet" href="./style.css" />\n  </body>', 1).encode("utf-8")


def _may_be_a_page(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    path = scope["path"]
    others = ("/_stcore/", "/static/", "/media/", "/component/", "/app/static/", API)
    return not path.startswith(others) and not is_plain(path)
