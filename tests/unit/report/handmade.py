"""Reports made by hand, without a workspace: plain ones, and ones with the worst of names."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from data.message import say
from kpi.catalogue import catalogue
from kpi.compile.windows import step
from kpi.model import RESULT_COLUMNS, Bounds, Kpi, Status
from kpi.report.model import WHOLE, Edition, Line, Picture, Point, Remark, Report, Subject

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
EDITION = Edition("month", FIRST, LAST, complete=True)
NAUGHTY = (
    "=1+1", "+7 900 000-00-00", "-2+3", "@SUM(A1)", "=HYPERLINK(\"http://evil.example\")", "{=1}", "http://evil.example",
    "</script><img src=x onerror=alert(1)>", "Анна\x00\x1b[31m", "\ud800 половина", "😀 Ы́ ß", "‮עברית‬", "a" * 400,
    "Очень длинное имя мастера без единого переноса" * 6, "A&B <b>", "'", "\\", "two\nlines",
)  # fmt: skip
"""Names that are formulas, addresses, markup, no text at all, or far too long."""


def line(kpi: Kpi, value: float | None = 4.818181, *, status: Status = "missed", **more: Any) -> Line:
    """A line with thirteen months, the last of which is the value."""
    months = [step(FIRST, "month", n) for n in range(-12, 1)]
    course = tuple(
        Point(day, step(day, "month", 1) - timedelta(days=1), None if n == 3 else (value or 0) * (1 + n / 97), 4.0,
              "missed", 20 + n, is_partial=False)
        for n, day in enumerate(months[:-1])
    )  # fmt: skip
    last = Point(FIRST, LAST, value, 4.0, status, 33, is_partial=False)
    made = Line(
        kpi, FIRST, LAST, value, 3.917, 5.5, Bounds(good_high=4.0, ok_high=6.0), 4.0, "fixed", None, status, 41, 33, 50,
        False, None, None, LAST, (say("Shown with a note."),), True, "no_change", (*course, last),
        Bounds(good_high=3.5),
    )  # fmt: skip
    return replace(made, **more)


def report(lines: Sequence[Line], pictures: Sequence[Picture] = (), **more: Any) -> Report:
    """A report of these lines."""
    made = Report(
        "Усы", WHOLE, EDITION, tuple(lines), (), (), tuple(pictures), (), (), (), (None, None), "shown",
        datetime(2026, 11, 5, 12), LAST,
    )  # fmt: skip
    return replace(made, **more)


def trend(of: Line) -> Picture:
    """The picture of a line's course."""
    rows = [_row(of.kpi, point.value, point.first, point.last, target=point.target) for point in of.course]
    return Picture("trend", of.kpi, pd.DataFrame(rows, columns=list(RESULT_COLUMNS)))


def breakdown(of: Line, members: Sequence[str | None], dimension: str = "employee") -> Picture:
    """The picture of a line by members, each with a value of its own."""
    rows = [_row(of.kpi, of.value, FIRST, LAST)]
    rows += [_row(of.kpi, 1.5 + n / 7, FIRST, LAST, member) for n, member in enumerate(members)]
    rows[1:] = [{**row, "is_total": False} for row in rows[1:]]
    return Picture("breakdown", of.kpi, pd.DataFrame(rows, columns=list(RESULT_COLUMNS)), dimension)


def _row(
    kpi: Kpi, value: float | None, first: date, last: date, member: str | None = None, target: float | None = None
) -> dict[str, Any]:
    nothing = dict.fromkeys(RESULT_COLUMNS, math.nan)
    return {
        **nothing, "period": pd.Timestamp(first), "period_end": pd.Timestamp(last), "is_total": member is None,
        "is_partial": False, "slice": member, "kpi": kpi.id, "value": math.nan if value is None else value,
        "rows": 9, "used": 7, "eligible": 9, "status": "missed", "target": math.nan if target is None else target,
        "target_kind": "fixed",
    }  # fmt: skip


def plain() -> Report:
    """A share, a sum that is not over, a score without a value, and one that fell."""
    known = catalogue()
    share, total, score = (known.get(id_) for id_ in ("rework_rate", "revenue", "rating"))
    running = line(
        total, 2_452_890.5, status="partial", previous=2_681_210.25, is_partial=True, due=2_000_000.0,
        target=2_500_000.0, bounds=Bounds(good_low=2_500_000.0), coming=Bounds(good_low=2_600_000.0), moved=False,
    )  # fmt: skip
    running = replace(running, course=(*running.course[:-1], replace(running.course[-1], is_partial=True)))
    none = line(score, None, status="no_target", previous=None, last_year=4.2, coming=Bounds(), target=None)
    first = line(share)
    pictures = [trend(first), trend(running), breakdown(first, ["Анна Котова", "Борис", "Вера"])]
    return report([first, running, none], pictures)


def naughty() -> Report:
    """Every name of it is one of the worst."""
    known = [kpi for kpi in catalogue().visible() if not kpi.is_of_judgements]
    named = [replace(kpi, title=name, question=name) for kpi, name in zip(known, NAUGHTY, strict=False)]
    lines = [line(kpi, 1.0 + n) for n, kpi in enumerate(named)]
    pictures = [*map(trend, lines[:9]), breakdown(lines[0], [name for name in NAUGHTY if "\ud800" not in name])]
    said = zip(lines, NAUGHTY, strict=False)
    remarks = tuple(Remark(one.kpi, ("employee", name), name, name * 9) for one, name in said)
    filters = (("employee", (NAUGHTY[0],)),)
    return report(
        lines, pictures, remarks=remarks, subject=Subject("employee", NAUGHTY[0]), business=NAUGHTY[4], filters=filters
    )


def long() -> Report:
    """Thirty KPIs."""
    known = [kpi for kpi in catalogue().visible() if not kpi.is_of_judgements][:30]
    lines = [line(kpi, float(n)) for n, kpi in enumerate(known)]
    return report(lines, [trend(one) for one in lines[:9]])


def empty() -> Report:
    """Nothing could be computed."""
    known = catalogue()
    return report([], left_out=((known.get("revenue"), say("Nothing is loaded.")),), data_until=None)
