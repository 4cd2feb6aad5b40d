"""No chart without data: a sentence instead, of the same height, so that nothing moves.

Invariant: it takes the place of any chart.
"""

from functools import cache

import altair as alt

from kpi.charts.drawn import Drawn, Mark, fill, to_frame
from kpi.charts.layers import at, finished, layer, word
from kpi.charts.palette import Theme, palette
from kpi.charts.titles import LINE
from kpi.charts.words import wrap
from kpi.language import Language
from kpi.model import Kpi


def empty(kpi: Kpi, language: Language, theme: Theme, height: int) -> Drawn:
    """A chart's place with the sentence that there is nothing to draw."""
    sentence = wrap(language.t("There is nothing to show for this choice."), LINE, 3)
    frame = to_frame([Mark("note", x=0, y=0, text="\n".join(sentence))])
    spec = fill(_template(height, theme, language.code), {}, wrap(language.catalogue(kpi.title), LINE, 2), [""])
    return Drawn(spec, frame, height)


@cache
def _template(height: int, theme: Theme, code: str) -> str:
    hidden = alt.Scale(domain=[-1, 1])
    note = (
        layer("note")
        .mark_text(color=palette(theme).muted, lineBreak="\n")
        .encode(x=alt.X(at("x"), axis=None, scale=hidden), y=alt.Y(at("y"), axis=None, scale=hidden), text=word("text"))
    )
    return finished(note, height, theme, code)
