"""Audits that were kept: choosing what to hold beside what, keeping today's, deleting one."""

import streamlit as st

from data.store.entries import SavedAudit
from kpi.audit import Audit, audit_of, body_of
from pages._ui import address, navigation
from pages._ui.markup import Html, link, tag
from pages._ui.session import View

BEFORE = "before"
"""Part of the address: number of the audit that is held beside today's; without one, the first that was kept."""
NOTHING = "none"
"""In the address: nothing is held beside."""


def chosen(view: View, now: Audit) -> Audit | None:
    """The audit that today's is held beside, as the address says."""
    kept, asked = {str(one.id): one for one in view.store.entries.audits.all()}, address.one(BEFORE)
    earlier = [one for one in kept.values() if one.day < now.day]
    found = kept.get(asked or "") or (earlier[0] if earlier and asked != NOTHING else None)
    return audit_of(found.body) if found else None


def row(view: View, now: Audit) -> None:
    """The audits that were kept as links, and the button that keeps today's."""
    t, kept = view.language.t, view.store.entries.audits.all()
    with st.container(key="audits", horizontal=True, vertical_alignment="center"):
        if kept:
            st.html(tag("nav", *_links(view, kept), css="lenses tight", aria_label=t("Compare with")), width="stretch")
        st.button(t("Keep this audit"), key="keep_audit", icon=":material/bookmark_add:", on_click=_keep,
                  args=(view, now))  # fmt: skip
        latest = max(kept, key=lambda one: one.id, default=None)
        if latest is not None and latest.day == now.day:  # what was kept by mistake; a starting point is not lost so
            delete = view.store.entries.audits.delete
            st.button(t("Delete today's"), key="delete_audit", type="tertiary", on_click=delete, args=(latest.id,))


def _links(view: View, kept: tuple[SavedAudit, ...]) -> list[Html]:
    """What today is held beside."""
    t, asked = view.language.t, address.one(BEFORE)
    on = asked or str(kept[0].id)
    named = [(NOTHING, t("Today alone")), *((str(one.id), _name(view, one)) for one in kept)]
    params = address.language()
    return [
        link(navigation.href("audit", {**params, BEFORE: [code]}), name, on=code == on) for code, name in named
    ]  # fmt: skip


def _name(view: View, one: SavedAudit) -> str:
    day = view.language.day(one.day, year=True)
    return f"{one.name} · {day}" if one.name else view.language.t("since {day}", day=day)


def _keep(view: View, now: Audit) -> None:
    view.store.entries.audits.keep("", now.day, body_of(now))
