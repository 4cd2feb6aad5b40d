"""What a column of amounts or durations is counted in, and the names of the ways cells are written.

Invariant: a unit is shown as it was settled; one that a person chooses becomes part of the mapping and nothing else.
"""

import streamlit as st

from data.ingest.clean.units import TITLES, saying, units_of
from data.ingest.column_map import Mapping
from data.ingest.pipeline import ColumnPreview
from data.model import Column, Fact
from pages._ui.markup import quiet, tag
from pages._ui.session import View
from pages._ui.upload import reading as readings
from pages._ui.upload.reading import Reading


def show(view: View, reading: Reading, index: int, column: Column, seen: ColumnPreview, prefix: str) -> None:
    """The unit of an amount or duration, with the others to choose from."""
    units = tuple(units_of(column))
    if not units or seen.undecided or (column.type == "number" and column.unit not in units and seen.unit is None):
        return
    key, own = f"unit-{prefix}-{column.name}", units[0]
    st.session_state[key] = seen.unit or own
    title = format_name(view, seen.unit or own)
    with st.container(horizontal=True, horizontal_alignment="right"), st.popover(title, type="tertiary"):
        st.radio(
            view.language.t("What are its values counted in?"), units, key=key,
            format_func=lambda unit: format_name(view, unit), on_change=_choose,
            args=(view, reading, index, column.name, key),
        )  # fmt: skip


def _choose(view: View, reading: Reading, index: int, target: str, key: str) -> None:
    mapping = reading.tables[index].mapping
    entry = mapping.target(target) if mapping else None
    if mapping is not None and entry is not None:
        said = saying(entry.format, st.session_state[key])
        readings.correct(view, reading, index, readings.with_format(mapping, target, said))


def computed(view: View, known: Fact, mapping: Mapping) -> None:
    """What no column of the file is by itself: computed from several, or the same in every row."""
    lines = [
        view.language.t(
            "{name} = {how}", name=view.language.catalogue(known.column(entry.target).title),
            how=entry.expression or f"«{entry.constant}»",
        )
        for entry in mapping.columns if entry.expression is not None or entry.constant is not None
    ]  # fmt: skip
    st.html(tag("div", *map(quiet, lines), css="notes"))


def format_name(view: View, form: str) -> str:
    """A way of writing, or a unit, as people say it."""
    t = view.language.t
    if form in TITLES:
        return view.language.render(TITLES[form])
    return {
        "D/M/YYYY": t("day first (25.04)"), "M/D/YYYY": t("month first (04/25)"),
        "h:mm": t("hours and minutes"), "m:ss": t("minutes and seconds"), "m:ss:00": t("minutes and seconds"),
        "Unix +03:00": t("by the clock of Moscow"), "Unix": t("by the clock of Greenwich"),
        "decimal comma": t("comma before the decimals (1,5)"), "decimal point": t("point before the decimals (1.5)"),
    }.get(form, form)  # fmt: skip
