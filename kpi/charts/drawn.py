"""A drawn chart: a specification without data, and the data under neutral names.

Invariant: field names are c0…cn and expressions are ours; no text of a person is ever a field name or part of an
expression, so no name can break a chart.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import pyarrow as pa

from kpi.charts.palette import Theme, palette
from kpi.charts.worked_out import keyed


@dataclass(frozen=True)
class Mark:
    """One row of a chart's data; each layer shows the rows of its kind."""

    kind: str
    """Which layer it belongs to."""
    x: float | None = None
    """Position across (trend: periods from the left; breakdown: the value)."""
    x2: float | None = None
    """End across, of bars, bands and rules."""
    y: float | None = None
    """Position up (trend: the value; breakdown: rows from the top)."""
    y2: float | None = None
    """End up, of bars and bands."""
    text: str = ""
    """What a label says."""
    state: str = ""
    """Status or role, which chooses colour and shape."""
    when: str = ""
    """Tooltip: the period or member."""
    value: str = ""
    """Tooltip: the exact value."""
    target: str = ""
    """Tooltip: the target."""
    count: str = ""
    """Tooltip: rows behind it."""
    change: str = ""
    """Tooltip: change against the previous equal period."""
    series: str = ""
    """Key of the series, never its name."""
    period: datetime | None = None
    """First day of the period, for whoever downloads the data."""


FIELDS = {name: f"c{place}" for place, name in enumerate(Mark.__dataclass_fields__)}
"""Field of a mark → its alias in the frame."""

PERIOD = FIELDS["period"]
PLACE = f"c{len(FIELDS)}"
"""Alias of a live chart's last column: which of its kind a mark is."""

ALIASES = list(FIELDS.values())

SOURCE = "source"
"""What Vega-Lite, and Streamlit after it, call data that have no name."""

BETWEEN = "¦"
"""Stands between the items of a list that travels as text."""

BEYOND = re.compile("[\U00010000-\U0010ffff]")
"""Letters outside the basic plane: emoji and rare scripts, which no font of ours has."""

TYPES = [
    pa.float64() if name in ("x", "x2", "y", "y2") else pa.timestamp("ms") if name == "period" else pa.string()
    for name in FIELDS
]
"""Arrow types of the columns."""


@dataclass(frozen=True)
class Drawn:
    """What a page shows: `st.vega_lite_chart(drawn.frame, drawn.spec, theme=None)`."""

    spec: dict[str, Any]
    """Vega-Lite without data; the width is the container's."""
    frame: pa.Table
    """Its data, columns c0…cn."""
    height: int
    """Height in pixels, the same whatever the data."""
    members: tuple[str | None, ...] = ()
    """Members that can be picked, by the number in their key («m3» is members[3]); None: not filled in."""

    periods: tuple[datetime, ...] = ()
    """First days of the periods that can be picked, from the left."""

    def period(self, selection: Mapping[str, Any]) -> datetime | None:
        """First day of the period of a `picked` selection; None where nothing is."""
        places = [point[FIELDS["x"]] for point in selection.get("picked", ()) if FIELDS["x"] in point]
        return self.periods[int(places[0])] if places and 0 <= int(places[0]) < len(self.periods) else None

    def picked(self, selection: Mapping[str, Any]) -> tuple[str | None] | None:
        """The member of a `picked` selection; «not filled in» is (None,), nothing picked None."""
        keys = [point[FIELDS["series"]] for point in selection.get("picked", ()) if FIELDS["series"] in point]
        return (self.members[int(keys[0].removeprefix("m"))],) if keys else None

    @cached_property
    def live(self) -> tuple[dict[str, Any], pa.Table]:
        """(specification, data) of the same chart for a page, with all that differs from chart to chart in the data.

        A browser makes a chart anew when its specification changes, and only redraws it when its data do: a fifth of
        the time. So the parameters and titles are the first rows of the data, and the specification reads them there.
        """
        given = [param for param in self.spec["params"] if "value" in param]
        titles = {"title_lines": self.spec["title"]["text"], "subtitle_lines": self.spec["title"]["subtitle"]}
        values = {**{param["name"]: param["value"] for param in given}, **titles}
        kept = [param for param in self.spec["params"] if "value" not in param]
        read = [{"name": name, "expr": _reading(place, value)} for place, (name, value) in enumerate(values.items())]
        title = {**self.spec["title"], "text": {"expr": "title_lines"}, "subtitle": {"expr": "subtitle_lines"}}
        rows = to_frame([_told(value) for value in values.values()])
        spec = {**self.spec, "params": [*read, *kept], "title": title}
        spec.pop("datasets", None)  # Altair's empty one would be taken for the chart's own
        marks = pa.concat_tables([rows, self.frame]).append_column(PLACE, _places(self.frame, len(rows)))
        spec = keyed(spec, PLACE)
        read_fields = set(re.findall(r"\bc\d+\b", json.dumps(spec)))
        return spec, marks.select([name for name in marks.column_names if name in read_fields]).combine_chunks()

    def standalone(self, width: int, theme: Theme) -> dict[str, Any]:
        """The same chart with its data inside, on the theme's background: for pictures and reports."""
        rows = [_printable(row) for row in self.frame.to_pylist()]
        return {
            **self.spec,
            "data": {"values": rows},
            "width": width,
            "background": palette(theme).background,
            "padding": 16 if "title" in self.spec else 2,
        }


def _places(frame: pa.Table, before: int) -> pa.Array:
    """Which of its kind each mark is; the parameters `before` them are no marks."""
    seen: Counter[str] = Counter()
    places: list[int | None] = [None] * before
    for kind in frame.column(FIELDS["kind"]).to_pylist():
        places.append(seen[kind])
        seen[kind] += 1
    return pa.array(places, pa.int32())


def _told(value: Any) -> Mark:
    """A parameter as a row of the data: a number across, anything else as text."""
    if isinstance(value, list):
        return Mark("parameter", text=BETWEEN.join(map(str, value)))
    return Mark("parameter", x=float(value))


def _reading(place: int, value: Any) -> str:
    """The expression that reads the parameter from its row; the chart exists for a moment before its data do."""
    rows, cell = f"data('{SOURCE}')", FIELDS["text" if isinstance(value, list) else "x"]
    read = f"{rows}[{place}].{cell}"
    if isinstance(value, list):
        return f"length({rows}) > {place} && {read} ? split({read}, '{BETWEEN}') : []"
    return f"length({rows}) > {place} ? {read} : {place}"


def _printable(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row for the picture renderer, which fails where it shortens a text within a letter of two code units."""
    texts = {alias: BEYOND.sub("□", cell) for alias, cell in row.items() if isinstance(cell, str)}
    return {**row, **texts, PERIOD: str(row[PERIOD] or "")}


def to_frame(marks: Iterable[Mark]) -> pa.Table:
    """The data of a chart: one row a mark, aliased columns, dates as timestamps.

    An Arrow table, for that is what goes to the browser: a DataFrame of the same costs 4 ms more to make and send.
    """
    columns = zip(*(mark.__dict__.values() for mark in marks), strict=True)
    return pa.table([pa.array(column, kind) for column, kind in zip(columns, TYPES, strict=True)], names=ALIASES)


def fill(
    template: str, params: Mapping[str, Any], title: list[str], subtitle: list[str], height: int | None = None
) -> dict[str, Any]:
    """A fresh specification from a cached template: only its parameters, titles and perhaps its height differ."""
    spec: dict[str, Any] = json.loads(template)
    for param in spec["params"]:
        if param["name"] in params:
            param["value"] = params[param["name"]]
    spec["title"]["text"], spec["title"]["subtitle"] = title, subtitle
    spec["height"] = height or spec["height"]
    return spec
