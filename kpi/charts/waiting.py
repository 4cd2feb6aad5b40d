"""What still waits, day by day: the share of places that are open after so long, by member, with who left unfinished.

Invariant: a curve steps down only where something was filled, and a tick stands on it where a wait was broken off; the
interval is drawn of the whole only, for several would hide each other. Members are told apart by dashes as well.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import altair as alt

from kpi.charts.drawn import Drawn, Mark, fill, to_frame
from kpi.charts.layers import at, axis_x, axis_y, finished, layer, parameters, role_colour, tooltip, word
from kpi.charts.palette import Palette, Theme, palette
from kpi.charts.scale import Scale, spread, value_scale
from kpi.charts.titles import LINE
from kpi.charts.trend_marks import LABEL_GAP, LETTER
from kpi.charts.words import one_line, wrap
from kpi.language import Language
from kpi.language import language as language_of

HEIGHT = 420
MOST = 5
"""Members drawn besides the whole."""
DASHES = ([1, 0], [6, 3], [2, 2], [9, 3, 2, 3], [4, 2, 1, 2])
ROLES = ("text", "bar", "muted", "target", "quiet")
SHARES = Scale(0.0, 100.0, (0.0, 25.0, 50.0, 75.0, 100.0))
ROOM = "(width < 420 ? min(margin, 112) : margin)"
"""Pixels for the names at the right end, fewer on a phone."""
TICKS = 80
"""Waits broken off that are marked on a curve: more would only be a line."""


@dataclass(frozen=True)
class Curve:
    """One survival curve."""

    name: str
    """Whose."""
    is_total: bool
    """Of everybody."""
    steps: tuple[tuple[float, float, float, float], ...]
    """Days, then the percentage still open from there on, and the ends of its interval (NaN: not known)."""
    broken_off: tuple[float, ...]
    """Days after which a wait ended unfinished."""
    until: float
    """Days of the longest wait."""
    median: float
    """Days after which half are filled; NaN: not yet known."""
    size: int
    """Places."""


def waiting(curves: Sequence[Curve], title: str, language: Language, theme: Theme) -> Drawn:
    """The curves of all and of the members with most places, which come first."""
    shown = [*[one for one in curves if one.is_total], *[one for one in curves if not one.is_total][:MOST]]
    last = max((one.until for one in shown), default=1.0)
    across = value_scale([0.0, last], True)
    ticks = across.ticks[:: max(1, -(-(len(across.ticks) - 1) // 3))]
    labels = _labels(shown, language)
    margin = min(max((int(len(mark.text) * LETTER * 0.95) + 16 for mark in labels), default=60), 170)
    marks = [mark for number, one in enumerate(shown) for mark in _curve(number, one, language)]
    half = Mark("half", y=50, text=language.t("half"))
    below = [language.t("% of places still open after so many days; band: 95 %, |: left unfilled")]
    params = {
        "x_low": 0, "x_high": across.high, "x_ticks": list(ticks),
        "x_labels": [language.value(tick, "days") if tick else "0" for tick in ticks],
        "y_low": 0, "y_high": 100, "y_ticks": list(SHARES.ticks),
        "y_labels": [language.value(tick, "percent") for tick in SHARES.ticks], "margin": margin,
    }  # fmt: skip
    lines = wrap(title, LINE, 2)
    spec = fill(_template(theme, language.code), params, lines, wrap(below[0], LINE + 4, 3))
    return Drawn(spec, to_frame([half, *marks, *labels]), HEIGHT)


def _curve(number: int, one: Curve, language: Language) -> list[Mark]:
    kind, role = ("whole", "accent") if one.is_total else (f"line{_place(number)}", ROLES[_place(number)])
    key = f"s{number}"
    ends = [*one.steps, (one.until, one.steps[-1][1] if one.steps else 100.0, math.nan, math.nan)]
    marks = [Mark(kind, x=0, y=100, state=role, series=key)]
    marks += [Mark(kind, x=day, y=share, state=role, series=key) for day, share, _, _ in ends]
    if one.is_total:
        marks += [Mark("band", x=0, y=100, y2=100), *_band(one)]
    marks += [Mark("tick", x=day, y=_share(one, day), state=role) for day in one.broken_off[:TICKS]]
    marks += [_hit(one, day, share, low, high, language) for day, share, low, high in one.steps]
    return marks


def _place(number: int) -> int:
    return (number - 1) % len(DASHES)


def _band(one: Curve) -> list[Mark]:
    known = [(day, low, high) for day, _, low, high in one.steps if not math.isnan(low)]
    return [Mark("band", x=day, y=low, y2=high) for day, low, high in known]


def _share(one: Curve, day: float) -> float:
    return next((share for at_day, share, _, _ in reversed(one.steps) if at_day <= day), 100.0)


def _hit(one: Curve, day: float, share: float, low: float, high: float, language: Language) -> Mark:
    ends = "—" if math.isnan(low) else f"{language.number(low, 1)}–{language.value(round(high, 1), 'percent')}"
    return Mark(
        "hit", x=day, y=share, when=f"{one.name} · {language.value(day, 'days')}",
        value=language.value(share, "percent"), change=ends, count=language.number(one.size),
    )  # fmt: skip


def _labels(shown: Sequence[Curve], language: Language) -> list[Mark]:
    """Names with medians at the right end, kept apart."""
    texts = []
    for number, one in enumerate(shown):
        name = one_line(one.name)
        short = name if len(name) <= 15 else name[:14].rstrip() + "…"
        median = "" if math.isnan(one.median) else f"{language.value(round(one.median), 'days')} · "
        role = "accent" if one.is_total else ROLES[_place(number)]
        texts.append(Mark("label", y=_share(one, one.until), text=f"{median}{short}", state=role, when=name))
    gap = LABEL_GAP * 100 / (HEIGHT - 130)
    places = spread([mark.y or 0.0 for mark in texts], gap, 0.0, 100.0)
    return [
        Mark("label", y=place, text=mark.text, state=mark.state, when=mark.when)
        for mark, place in zip(texts, places, strict=True)
    ]


@cache
def _template(theme: Theme, code: str) -> str:
    colours, words = palette(theme), language_of(code)
    chart = alt.layer(
        _area(colours), _half(colours), *_lines(colours), _ticks(colours), _ends(colours), _touch(words)
    ).add_params(
        *parameters(x_low=0, x_high=1, x_ticks=[0], x_labels=[""], y_low=0, y_high=1, y_ticks=[0], y_labels=[""]),
        *parameters(margin=80),
    )  # fmt: skip
    return finished(chart, HEIGHT, theme, code)


def _x() -> alt.X:
    return axis_x(range=[0, alt.expr(f"width - {ROOM}")])


def _area(colours: Palette) -> alt.Chart:
    area = layer("band").mark_area(color=colours.accent, opacity=0.13, interpolate="step-after")
    drawn: alt.Chart = area.encode(x=_x(), y=axis_y(), y2=at("y2"))
    return drawn


def _half(colours: Palette) -> alt.Chart:
    rule = layer("half").mark_rule(color=colours.target, strokeDash=[5, 4], strokeWidth=1)
    drawn: alt.Chart = rule.encode(y=axis_y(), x=alt.value(0), x2=alt.value(alt.expr(f"width - {ROOM}")))
    return drawn


def _lines(colours: Palette) -> list[alt.Chart]:
    named = [("whole", [1, 0], 2.5), *((f"line{n}", dash, 1.75) for n, dash in enumerate(DASHES))]
    return [
        layer(kind)
        .mark_line(strokeDash=dash, strokeWidth=width, interpolate="step-after")
        .encode(x=_x(), y=axis_y(), color=role_colour(colours), detail=word("series"))
        for kind, dash, width in named
    ]


def _ticks(colours: Palette) -> alt.Chart:
    mark = layer("tick").mark_point(shape="stroke", angle=90, size=70, strokeWidth=1.25, opacity=0.9)
    drawn: alt.Chart = mark.encode(x=_x(), y=axis_y(), color=role_colour(colours))
    return drawn


def _ends(colours: Palette) -> alt.Chart:
    text = layer("label").mark_text(align="left", baseline="middle", limit=alt.expr(f"{ROOM} - 8"))
    place = alt.value(alt.expr(f"width - {ROOM} + 8"))
    tip = [alt.Tooltip(word("when"), title=" ")]
    drawn: alt.Chart = text.encode(x=place, y=axis_y(), text=word("text"), color=role_colour(colours), tooltip=tip)
    return drawn


def _touch(words: Language) -> alt.Chart:
    titles = {"value": words.t("Still open"), "change": words.t("95 % interval"), "count": words.t("Places")}
    tips = tooltip(words, "when", "value", "change", "count", titles=titles)
    mark = layer("hit").mark_point(filled=True, opacity=0, size=160)
    drawn: alt.Chart = mark.encode(x=_x(), y=axis_y(), tooltip=tips)
    return drawn
