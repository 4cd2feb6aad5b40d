"""The report as its readers will see it.

Invariant: texts and figures are those of the files; charts are drawn of the report's rows in the theme of the screen.
"""

from functools import partial

import streamlit as st

from kpi.figures.headline import is_empty
from kpi.report.drawing import draw
from kpi.report.forms.html import parts
from kpi.report.model import Line, Report
from pages._ui import cards, drawing, frame, session
from pages._ui.markup import Html, joined, tag
from pages._ui.session import View


def show(view: View, report: Report) -> None:
    """Head, scorecard, changes, targets to come, charts, notes."""
    words = view.language
    if is_empty(report.lines):
        st.html(_framed(parts.head(report, words)))
        return
    first = [
        parts.head(report, words), parts.scorecard(report, words, partial(_course, view)), parts.changes(report, words),
        parts.advice(report, words), parts.coming(report, words),
    ]  # fmt: skip
    st.html(_framed(*first))
    _charts(view, report)
    st.html(_framed(parts.notes(report, words)))


def _framed(*children: Html) -> Html:
    return tag("div", joined(children), css="report")


def _course(view: View, line: Line) -> Html:
    """The last periods of a line; nothing where there are no two values."""
    values = [point.value for point in line.course]
    if sum(value is not None for value in values) < 2:
        return Html()
    shown = [float("nan") if value is None else value for value in values]
    targets = [float("nan") if point.target is None else point.target for point in line.course]
    return cards.picture(view, shown, targets, running=line.is_partial)


def _charts(view: View, report: Report) -> None:
    """The pictures, two abreast where there is room."""
    if not report.pictures:
        return
    frame.section(view.language.t("Charts"))
    for pair in range(0, len(report.pictures), 2):
        for column, number in zip(st.columns(2, gap="medium"), range(pair, pair + 2), strict=True):
            if number < len(report.pictures):
                with column:
                    _chart(view, report, number)


def _chart(view: View, report: Report, number: int) -> None:
    question = ("report chart", report.subject, report.edition, report.made_at, number, view.language.code, view.theme)
    picture = report.pictures[number]
    drawn = session.kept(view, question, lambda: draw(report, picture, view.language, view.theme))
    drawing.show(drawn, f"report-{picture.kind}-{picture.kpi.id}")
