"""One person's sheet: every KPI with its roubles, what one step more would have paid, and the sheet as files."""

from functools import partial

import streamlit as st

from kpi.bonus import Answer, Slip
from kpi.bonus.explained import Explained, Line, explain
from kpi.report.bonus import FORMATS
from pages._ui import address, markup, navigation
from pages._ui.bonus import asked
from pages._ui.markup import joined, quiet, tag
from pages._ui.session import View


def show(view: View, answer: Answer) -> None:
    """The sheet of the person the address names; nothing where it names nobody."""
    slip = asked.slip(answer)
    if slip is None:
        return
    words = view.language
    told = explain(answer, slip, words)
    parts = [markup.section(told.name), tag("p", told.headline, css="lead"), _pairs(told.basis), _lines(view, told)]
    parts += [_pairs(told.totals), *(quiet(note) for note in told.notes)]
    if len(answer.sheet.slips) > 1:
        parts.append(markup.link(navigation.href("bonus", address.here(person=None)), words.t("Close the sheet")))
    st.html(tag("div", *parts, css="apart"))
    files(view, answer, (slip,), slip.person.name)


def _pairs(pairs: tuple[tuple[str, str], ...]) -> markup.Html:
    return tag("dl", *(joined([tag("dt", name), tag("dd", text)]) for name, text in pairs), css="facts")


def _lines(view: View, told: Explained) -> markup.Html:
    t = view.language.t
    names = (
        t("KPI"), t("Money"), t("Fulfilled"), t("Value"), t("Pays from – in full – most"), t("Weight"),
        t("One step more"),
    )  # fmt: skip
    rows = [
        _row(line, names, joined([tag("b", line.money), quiet(line.sum)]), line.payout, line.value, line.levels,
             line.weight)
        for line in told.lines
    ]  # fmt: skip
    head = tag("thead", tag("tr", *(tag("th", name) for name in names)))
    return tag("div", tag("table", head, tag("tbody", *rows), css="grid stack"), css="scroll")


def _row(line: Line, names: tuple[str, ...], *cells: str) -> markup.Html:
    named = zip(names[1:], cells, strict=False)
    more = [tag("td", line.more, css="wrap", data_label=names[-1])] if line.more else [tag("td")]
    return tag(
        "tr", tag("th", line.kpi, quiet(line.whose)), *(tag("td", cell, data_label=name) for name, cell in named), *more
    )


def files(view: View, answer: Answer, slips: tuple[Slip, ...], name: str) -> None:
    """The sheets to take away, made when asked for."""
    words = view.language
    labels = [words.t("Sheet as {format}", format=suffix[1:].upper()) for suffix in FORMATS]
    if len(slips) > 1:
        labels = [words.t("Everybody's sheets as {format}", format=suffix[1:].upper()) for suffix in FORMATS]
    called = words.t("bonus")
    stem = f"{called}-{answer.sheet.month:%Y-%m}-{name}"
    with st.container(horizontal=True, gap="small"):
        for label, (suffix, write) in zip(labels, FORMATS.items(), strict=True):
            st.download_button(
                label, partial(write, answer, slips, words),
                f"{stem}{suffix}", key=f"bonus-{suffix}-{len(slips)}", on_click="ignore",
                icon=":material/download:",
            )  # fmt: skip
