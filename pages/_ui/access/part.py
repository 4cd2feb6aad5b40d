"""The choices that say which part of the figures somebody sees: whom, and what of money.

Invariant: a link and an account are limited by the same dimensions, offered where anybody is loaded.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.model import Money, Where
from pages._ui import filters, session
from pages._ui.session import View

WHOM = ("account", "branch", "team", "employee")
"""Dimensions one can be limited by."""
MONEY: tuple[Money, ...] = ("shown", "rounded", "hidden")


def whom(view: View, prefix: str, at_first: Mapping[str, tuple[str, ...]]) -> Where:
    """Whom they see, in columns whose keys begin so; nobody chosen: everybody."""
    offered = [(name, members) for name in WHOM if (members := session.members(view, name))]
    chosen = []
    for column, (name, members) in zip(st.columns(max(1, len(offered))), offered, strict=False):
        picked = column.multiselect(
            filters.dimension_name(view, name), members, key=f"{prefix}_whom-{name}",
            default=[member for member in at_first.get(name, ()) if member in members],
            placeholder=view.language.t("all"),
        )  # fmt: skip
        if picked:
            chosen.append((name, tuple(picked)))
    return tuple(sorted(chosen))


def money(view: View, prefix: str, place: Any = st) -> None:
    """What they see of money."""
    t = view.language.t
    place.segmented_control(
        t("Sums of money"), MONEY, key=f"{prefix}_money", default="shown", required=True,
        format_func={"shown": t("Shown"), "rounded": t("Rounded"), "hidden": t("Hidden")}.__getitem__,
    )  # fmt: skip
