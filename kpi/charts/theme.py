"""Vega's configuration for a theme and language: type, colours, number and date locale.

Invariant: the locale travels inside `config.locale`, the only place that Streamlit and the picture renderer both obey.
Of the marks only those a pointer can touch are told to a reader of screens, who hears each value once; titles and
labels are text.
"""

from functools import cache
from typing import Any

from kpi.charts.palette import FONT, Theme, palette
from kpi.language import MINUS, language

TEXT, NOTE = 15, 13
"""Sizes in pixels: titles · axes, labels and notes."""


@cache
def config(theme: Theme, code: str) -> dict[str, Any]:
    """The `config` block of a chart."""
    colours = palette(theme)
    axis = {
        "labelColor": colours.muted,
        "labelFontSize": NOTE - 1,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
        "gridColor": colours.grid,
        "titleColor": colours.muted,
    }
    return {
        "font": f"{FONT}, sans-serif",
        "background": "transparent",
        "view": {"stroke": None},
        "mark": {"aria": False},
        "axis": axis,
        "text": {"fontSize": NOTE, "color": colours.text},
        "title": {
            "anchor": "start",
            "frame": "bounds",
            "offset": 14,
            "color": colours.text,
            "fontSize": TEXT,
            "fontWeight": 600,
            "lineHeight": 20,
            "subtitleColor": colours.muted,
            "subtitleFontSize": NOTE,
            "subtitleLineHeight": 18,
            "subtitlePadding": 4,
        },
        "locale": {"number": _numbers(code), "time": _times(code)},
    }


def _numbers(code: str) -> dict[str, Any]:
    style = language(code).numbers
    return {
        "decimal": style.decimal,
        "thousands": style.group,
        "grouping": [3],
        "currency": ["", "\u00a0₽"] if code == "ru" else ["₽", ""],
        "percent": style.percent,
        "minus": MINUS,
    }


def _times(code: str) -> dict[str, Any]:
    style = language(code).dates
    return {
        "dateTime": "%A, %-d %B %Y, %X",
        "date": "%d.%m.%Y" if code == "ru" else "%d/%m/%Y",
        "time": "%H:%M:%S",
        "periods": ["", ""],
        "days": [style.weekdays[-1], *style.weekdays[:-1]],
        "shortDays": [style.weekdays_short[-1], *style.weekdays_short[:-1]],
        "months": list(style.months),
        "shortMonths": list(style.days_of),
    }
