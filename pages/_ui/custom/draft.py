"""What the form holds, between reruns.

Invariant: the form is filled once when it is opened, from the KPI it is about; after that the widgets are the truth.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from data.store.entries import CustomKpi
from pages._ui.session import View

NEW = "new"
"""What the address says of a KPI that is not there yet."""
EMPTY = CustomKpi("", "", "", "", "operations", "count", "higher")
FORMULA, TITLE = "own_formula", "own_title"
_OPENED = "own_opened"
_FIELDS = {
    TITLE: "title", FORMULA: "formula", "own_question": "question", "own_area": "area", "own_unit": "unit",
    "own_better": "better",
}  # fmt: skip


def standing(view: View, code: str) -> CustomKpi | None:
    """The KPI the form is about; None: a new one."""
    return next((one for one in view.store.entries.custom_kpis.all() if one.kpi == code), None)


def opened(view: View, code: str) -> None:
    """Fills the form where it was opened for something else before."""
    if st.session_state.get(_OPENED) == code and FORMULA in st.session_state:
        return
    before = standing(view, code) or EMPTY
    values: Mapping[str, Any] = {key: getattr(before, name) for key, name in _FIELDS.items()}
    st.session_state.update({
        **values, _OPENED: code, "own_min_rows": before.min_rows, "own_slice_by": list(before.slice_by),
        "own_unit_chosen": bool(before.kpi), "own_min_rows_chosen": bool(before.kpi),
    })  # fmt: skip


def closed() -> None:
    """The form is forgotten."""
    st.session_state.pop(_OPENED, None)


def formula() -> str:
    """The formula as it stands in the field."""
    return str(st.session_state.get(FORMULA) or "")


def said(view: View, code: str) -> CustomKpi:
    """What the form says. The target of a KPI that stands is set on the page of targets, where it has a history."""
    held, before = st.session_state, standing(view, code)
    named: dict[str, Any] = {name: str(held.get(key) or "") for key, name in _FIELDS.items()}
    draft = replace(
        before or EMPTY, **named, min_rows=int(held.get("own_min_rows") or 0),
        slice_by=tuple(held.get("own_slice_by") or ()),
    )  # fmt: skip
    if before is not None:
        kept = before.better == draft.better
        return draft if kept else replace(draft, good_low=None, good_high=None, ok_low=None, ok_high=None)
    sides = {"higher": ("good_low",), "lower": ("good_high",), "band": ("good_low", "good_high")}[draft.better]
    target: dict[str, Any] = {side: held.get(f"own_{side}") for side in sides}
    return replace(draft, **target)


def chosen(key: str) -> None:
    """A person chose what the formula would tell by itself."""
    st.session_state[f"{key}_chosen"] = True


def told(key: str, value: object) -> None:
    """What the formula tells by itself, until a person chooses."""
    if not st.session_state.get(f"{key}_chosen"):
        st.session_state[key] = value
