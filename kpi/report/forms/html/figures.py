"""Charts in the file: a drawing everybody sees, and what makes it answer to a pointer where scripts run.

Invariant: data stand in the file as JSON that no parser takes for markup; colours follow the reader's theme.
"""

import json
import re

from kpi.charts import Drawn
from kpi.language import Language
from kpi.markup import Html, joined, tag
from kpi.report.drawing import draw
from kpi.report.forms.html.style import themed
from kpi.report.model import Report
from kpi.report.pictures.rendered import svg
from kpi.report.pictures.renderer import PictureFailed, printable

WIDTH = 500
"""Pixels of a drawing: half of the page."""
PADDING = 2
"""Pixels around it."""
_IDS = re.compile(r'(id="|url\(#)')


def figures(report: Report, words: Language, *, live: bool) -> Html:
    """All charts of the report; `live`: with their data, to be shown by a script."""
    return joined(
        _figure(draw(report, picture, words, "light"), f"chart{number}", words, live=live)
        for number, picture in enumerate(report.pictures)
    )


def _figure(drawn: Drawn, name: str, words: Language, *, live: bool) -> Html:
    try:
        picture = _still(svg(drawn, WIDTH, "light", PADDING), name)
    except PictureFailed as failed:
        return tag("figure", tag("p", words.render(failed.title), css="quiet"))
    place = tag("div", picture, css="chart")
    return tag("figure", place, _data(drawn, name), data_chart=name) if live else tag("figure", place)


def _still(picture: str, name: str) -> Html:
    """The drawing, with names of its own for what it refers to, and the theme's colours."""
    own = _IDS.sub(rf"\g<1>{name}-", picture)
    return Html(themed(own).replace("<svg ", '<svg role="img" ', 1))


def _data(drawn: Drawn, name: str) -> Html:
    """The specification with its data."""
    spec = drawn.standalone(WIDTH, "light") | {"padding": PADDING, "background": None}
    text = themed(json.dumps(printable(spec), ensure_ascii=False, separators=(",", ":")))
    return Html(f'<script type="application/json" id="{name}">{harmless(text)}</script>')


def harmless(text: str) -> str:
    """JSON inside a script element: no sign of markup is left, and it reads the same."""
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
