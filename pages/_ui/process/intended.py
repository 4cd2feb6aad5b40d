"""The way a case should go, who entered it, and which cases deviate where, how often and at what cost.

Invariant: the reference is a setting of the process with its history; only the owner changes it.
"""

from dataclasses import replace

import streamlit as st

from kpi.process.conformance import Conformance, Deviating, conformance
from kpi.process.cost import months
from pages._ui.markup import Html, joined, quiet, section, tag
from pages._ui.people.parts import block, figures
from pages._ui.process import parts
from pages._ui.process.asked import Asked
from pages._ui.process.settings_form import may_change, save

OFFERED = 3
"""Ways offered as the intended one."""
LISTED = 15
"""Deviations listed."""


def show(asked: Asked) -> None:
    """How far cases go as intended; where nothing is intended yet, what could be."""
    reference = asked.settings.reference
    if reference:
        _found(asked, reference)
    else:
        told = asked.view.language.t("How should a case go? Take one of the ways there are, or write your own.")
        st.html(tag("p", told, css="lead"))
    if may_change(asked):
        _choices(asked)


def _found(asked: Asked, reference: tuple[str, ...]) -> None:
    found = asked.kept(("conformance", reference), lambda: conformance(asked.log, reference))
    way = parts.chevrons(asked.view, reference, frozenset())
    st.html(joined([tag("p", sentence(asked, found), css="lead"), way, _table(asked, found), *_notes(asked, found)]))


def sentence(asked: Asked, found: Conformance) -> str:
    """«73 % of the cases go as intended; they take 18 h on average, the others 34 h.»"""
    words = asked.view.language
    told = words.t("{share} of the cases go as intended", share=words.value(100 * found.share, "percent"))
    good, bad = found.mean_hours
    if good == good and bad == bad:
        told += words.t(
            "; they take {good} on average, the others {bad}", good=asked.duration(good), bad=asked.duration(bad)
        )
    return told + "."


def _table(asked: Asked, found: Conformance) -> Html:
    t, words = asked.view.language.t, asked.view.language
    if not found.found:
        return block(quiet(t("No case deviates.")))
    rows = [_row(asked, found, one) for one in found.found[:LISTED]]
    head = (
        t("Deviation"), t("Cases"), t("Share"), t("It adds to a case"), t("Roubles a month"),
        t("Mean time of these cases"),
    )  # fmt: skip
    note = words.tn("{n} case looked at", "{n} cases looked at", found.cases)
    return block(section(t("Where cases deviate"), note), figures(head, rows))


def _row(asked: Asked, found: Conformance, one: Deviating) -> tuple[str, ...]:
    words = asked.view.language
    adds = asked.duration(one.hours / one.cases) if one.kind in ("extra", "repeated") else "—"
    return (
        told(asked, one), words.number(one.cases), words.value(100 * one.cases / found.cases, "percent"), adds,
        words.value(one.cost / months(*asked.days), "money"), asked.duration(one.mean_hours),
    )  # fmt: skip


def told(asked: Asked, one: Deviating) -> str:
    """«Call» is done besides, after «Visit»."""
    t, step = asked.view.language.t, one.activity
    where = t("after «{step}»", step=one.after) if one.after else t("at the beginning")
    return {
        "extra": t("+ «{step}» is done besides, {where}", step=step, where=where),
        "repeated": t("↻ «{step}» is repeated, {where}", step=step, where=where),
        "swapped": t("⇄ «{step}» is done at another place", step=step),
        "skipped": t("− «{step}» is left out", step=step),
    }[one.kind]


def _notes(asked: Asked, found: Conformance) -> list[Html]:
    words = asked.view.language
    notes = []
    known = {step.name for step in asked.flow.steps}
    missing = [name for name in asked.settings.reference if name not in known]
    if missing:
        notes.append(words.t("The log has no step called {names}.", names=words.list(f"«{name}»" for name in missing)))
    if found.unseen:
        notes.append(
            words.tn(
                "{n} case of the rarest ways was not looked at.", "{n} cases of the rarest ways were not looked at.",
                found.unseen,
            )
        )  # fmt: skip
    return [quiet(note) for note in notes]


def _choices(asked: Asked) -> None:
    t, words = asked.view.language.t, asked.view.language
    with st.expander(t("The intended way"), expanded=not asked.settings.reference):
        for number, way in enumerate(asked.variants[:OFFERED], 1):
            st.html(parts.chevrons(asked.view, way.path, asked.superfluous))
            share = words.value(100 * way.share, "percent")
            st.button(
                t("Take this way ({share} of the cases)", share=share), key=f"take_way_{number}", on_click=_save,
                args=(asked, way.path), disabled=way.path == asked.settings.reference,
            )  # fmt: skip
        with st.form("intended", border=False):
            label, standing = t("Or write it: a step a line, in order"), "\n".join(asked.settings.reference)
            text = st.text_area(label, value=standing, key="intended_text", height=180)
            if st.form_submit_button(t("Save")):
                _save(asked, tuple(line.strip() for line in (text or "").splitlines() if line.strip()))
                st.rerun()


def _save(asked: Asked, path: tuple[str, ...]) -> None:
    save(asked, lambda stands: replace(stands, reference=path))
