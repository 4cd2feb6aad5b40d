"""The questions a table leaves open, each with its answers to choose from.

Invariant: an answer becomes part of the mapping and nothing else, so that it is remembered with it.
"""

from dataclasses import replace

import streamlit as st

from data.ingest.clean.units import saying
from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.pipeline import Proposal
from data.schema.loader import fact as fact_named
from pages._ui.escape import markdown
from pages._ui.session import View
from pages._ui.titles import word_title
from pages._ui.upload import reading as readings
from pages._ui.upload import units_screen
from pages._ui.upload.reading import Reading


def show(view: View, reading: Reading, index: int, prefix: str) -> None:
    """The questions, and below each kind its answers."""
    table = reading.tables[index]
    for question in table.questions:
        st.warning(markdown(view.language.render(question)), icon=":material/help:")
    if table.mapping is None or not table.questions:
        return
    _formats(view, reading, index, table, table.mapping, prefix)
    if table.mapping.fact == "surveys":
        _scale(view, reading, index, table.mapping, prefix)
    with st.container(horizontal=True):
        if _asks_done(table.mapping):
            everything = replace(_without(table.mapping, "status"))
            done = everything.adding(ColumnMap("status", constant="done"))
            _answer(view, view.language.t("Yes, all of them are done"), (reading, index, done), f"done-{prefix}")
        elif not table.undecided:
            _answer(view, view.language.t("Yes, that is right"), (reading, index, table.mapping), f"right-{prefix}")


def _asks_done(mapping: Mapping) -> bool:
    """Whether the table is one of jobs and no column says which are done."""
    status = mapping.target("status")
    return mapping.fact == "orders" and (status is None or (status.constant is not None and status.confidence < 1))


def _without(mapping: Mapping, *targets: str) -> Mapping:
    return replace(mapping, columns=tuple(entry for entry in mapping.columns if entry.target not in targets))


def _answer(view: View, label: str, corrected: tuple[Reading, int, Mapping], key: str) -> None:
    if st.button(label, key=key, icon=":material/check:"):
        readings.correct(view, *corrected)
        st.rerun()


def _formats(view: View, reading: Reading, index: int, table: Proposal, mapping: Mapping, prefix: str) -> None:
    """Day first or month first, comma or point, seconds or minutes: asked of columns that prove neither."""
    for place, column in enumerate(table.preview):
        entry = mapping.target(column.target) if column.target else None
        if entry is None or not column.choices:
            continue
        picked: str | None = st.segmented_control(
            markdown(column.header), column.choices, key=f"format-{prefix}-{place}",
            format_func=lambda form: units_screen.format_name(view, form),
        )  # fmt: skip
        if picked:
            said = saying(entry.format, picked)
            readings.correct(view, reading, index, readings.with_format(mapping, entry.target, said))
            st.rerun()


def _scale(view: View, reading: Reading, index: int, mapping: Mapping, prefix: str) -> None:
    """Which survey it is, whom it asked, and its lowest and highest score."""
    t, known = view.language.t, fact_named("surveys")

    def said(word: str) -> str:
        return word_title(view, word)

    with st.form(f"scale-{prefix}"):
        survey, audience = st.columns(2)
        kind = survey.selectbox(t("Survey"), known.column("survey").words, format_func=said)
        asked = audience.selectbox(t("Who answered"), known.column("audience").words, format_func=said)
        low = survey.number_input(t("Lowest score"), value=1)
        high = audience.number_input(t("Highest score"), value=5)
        if st.form_submit_button(t("Use this")):
            given = {"survey": kind, "audience": asked, "scale_min": str(low), "scale_max": str(high)}
            readings.correct(view, reading, index, with_constants(mapping, given))
            st.rerun()


def with_constants(mapping: Mapping, given: dict[str, str]) -> Mapping:
    """The mapping with the same value for every row in these columns."""
    if mapping.unpivot is not None:
        return replace(mapping, unpivot=replace(mapping.unpivot, constants={**mapping.unpivot.constants, **given}))
    return _without(mapping, *given).adding(*(ColumnMap(name, constant=value) for name, value in given.items()))
