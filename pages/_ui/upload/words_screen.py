"""What the words in a column mean: «Выполнен» → done. Only words we do not know yet, or that were given a meaning."""

import zlib

import streamlit as st

from data.ingest.pipeline import ColumnPreview
from data.model import Column
from pages._ui.escape import markdown
from pages._ui.markup import tag
from pages._ui.session import View
from pages._ui.titles import word_title
from pages._ui.upload import reading as readings
from pages._ui.upload.reading import Reading

MOST = 12
"""Words asked about; the rest are counted."""


def show(view: View, reading: Reading, index: int, column: Column, seen: ColumnPreview, prefix: str) -> None:
    """The questions about one column's cells, if there are any."""
    if column.type in ("word", "boolean"):
        _words(view, reading, index, column, seen, prefix)


def canonical(column: Column) -> tuple[str, ...]:
    """The words a column's cells may become."""
    return ("true", "false") if column.type == "boolean" else tuple(column.words)


def _words(view: View, reading: Reading, index: int, column: Column, seen: ColumnPreview, prefix: str) -> None:
    mapping = reading.tables[index].mapping
    entry = mapping.target(column.name) if mapping else None
    if mapping is None or entry is None:
        return
    asked: dict[str, int | None] = {**dict.fromkeys(entry.words), **dict(seen.unknown)}
    for word, count in list(asked.items())[:MOST]:
        note = "" if count is None else view.language.tn("{n} row", "{n} rows", count)
        key = f"word-{prefix}-{zlib.crc32(word.encode())}"
        st.session_state[key] = entry.words.get(word)
        left, right = st.columns([3, 2], vertical_alignment="center")
        left.html(tag("div", f"«{word}» ", tag("span", note, css="none"), css="cells"))
        right.selectbox(
            markdown(word), [None, *canonical(column)], key=key, label_visibility="collapsed",
            format_func=lambda canon: word_title(view, canon), on_change=_give_meaning,
            args=(view, reading, index, column.name, word, key),
        )  # fmt: skip


def _give_meaning(view: View, reading: Reading, index: int, target: str, word: str, key: str) -> None:
    mapping = reading.tables[index].mapping
    if mapping is not None:
        readings.correct(view, reading, index, readings.with_word(mapping, target, word, st.session_state[key]))
