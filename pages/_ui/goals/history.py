"""The history of targets: who changed what, when and why; taking a step back; taking the log away."""

import pandas as pd
import streamlit as st

from data.store.entries import Step, TargetRow
from kpi import target_words
from pages._ui import download, frame
from pages._ui.escape import markdown
from pages._ui.markup import joined, quiet, tag
from pages._ui.session import View

SHOWN = 30
"""Steps on the screen; the download has all."""
FEW = 4
"""Targets of a step that are told one by one."""


def show(view: View) -> None:
    """The steps, the latest first."""
    t = view.language.t
    frame.section(t("History of targets"), t("nothing is ever removed from it"))
    steps = list(reversed(view.store.entries.target_steps()))
    if not steps:
        frame.quiet(t("No target was set yet."))
        return
    rows: dict[int, list[TargetRow]] = {}
    for row in view.store.entries.target_changes():
        rows.setdefault(row.step, []).append(row)
    for step in steps[:SHOWN]:
        _step(view, step, rows.get(step.id, []))
    st.download_button(
        t("Download the whole history"), lambda: _csv(view), file_name="targets-history.csv", mime="text/csv",
        key="history_csv", icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def _csv(view: View) -> bytes:
    lines = target_words.history(view.store.entries, view.kpis, view.language)
    columns = list(target_words.HISTORY_COLUMNS)
    return download.csv(
        pd.DataFrame([{**line, "at": str(line["at"])} for line in lines], columns=columns), view.language
    )


def _step(view: View, step: Step, rows: list[TargetRow]) -> None:
    """One step: when and by whom, what, why, and a button that takes it back."""
    words, t = view.language, view.language.t
    when = f"{words.day(step.at.date(), year=True)}, {step.at:%H:%M} · {target_words.who(words, step)}"
    what = words.render(target_words.action(step))
    lines = [tag("p", *_told(view, row)) for row in rows[:FEW]]
    if len(rows) > FEW:
        lines.append(quiet(t("and {n} more", n=len(rows) - FEW)))
    note = [quiet(t("Why"), ": ", step.note)] if step.note else []
    gone = [quiet(t("Taken back on {day}", day=step.undone_at.date()))] if step.undone_at else []
    with st.container(key=f"step-{step.id}", horizontal=True, vertical_alignment="center"):
        st.html(
            tag("div", tag("h3", f"{step.id}. {what}"), quiet(when), joined(lines), *note, *gone, css="entry"),
            width="stretch",
        )
        if step.undone_at is None and step.undoes is None:
            label = t("Take this back")
            st.button(
                label,
                key=f"undo-step-{step.id}",
                type="tertiary",
                on_click=_undo,
                args=(view, step.id),
                help=markdown(_help(view)),
            )


def _help(view: View) -> str:
    return view.language.t("What was judged by it and is over stays judged.")


def _undo(view: View, number: int) -> None:
    view.store.entries.undo_targets(number)


def _told(view: View, row: TargetRow) -> list[str]:
    """«Revenue · Whole business: was … → now …, from 1 Nov»."""
    words, kpi = view.language, view.kpis.named(row.kpi)
    before = target_words.before_of(row)
    was = target_words.whole(words, kpi, before) if before else words.t("nothing of one's own")
    parts = [tag("b", words.catalogue(kpi.title)), f" · {target_words.scope(words, row)}: "]
    parts += [tag("span", was, css="was"), " → ", target_words.whole(words, kpi, row)]
    days = target_words.days(words, row)
    return [*parts, f", {days}" if days else ""]
