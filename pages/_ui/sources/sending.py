"""A source that others send to: its address, its token, and an example that can be copied.

Invariant: a token is shown once, to whoever had it made; afterwards only when it was used last.
"""

import streamlit as st

from data.access.address import public_address
from data.store.entries.collect import Connection
from pages._ui import frame, session
from pages._ui.session import View
from pages._ui.sources.sentence import is_asked, moment

_MADE = "_push_token"
_EXAMPLE = '[{"order_id": "17", "finished_at": "2026-11-05T10:00", "status": "done", "revenue": 1500}]'


def show(view: View, one: Connection) -> None:
    """For a source of that kind."""
    if is_asked(one) or one.kind != "push":
        return
    t = view.language.t
    made = st.session_state.get(_MADE, {}).get(one.id)
    if made is not None:
        frame.quiet(t("The token for your programmer; copy it now, it cannot be shown again:"))
        st.code(made, language=None, wrap_lines=True)
    with st.expander(t("How to send"), expanded=made is not None):
        st.code(example(one, made or "TOKEN"), language="bash", wrap_lines=True)
        frame.quiet(t("docs/collection.md says which fields there are and what is answered."))
    tokens = view.store.entries.push_tokens.of(one.id)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(t("New token"), key=f"token-{one.id}", type="tertiary", on_click=_make, args=(view, one))
        for token in tokens:
            used = moment(view.language, token.used_at) or t("not used yet")
            day = view.language.day(token.created_at.date())
            label = t("Take back the token of {day} ({used})", day=day, used=used)
            st.button(label, key=f"revoke-{token.id}", type="tertiary", on_click=_revoke, args=(view, token.id))


def example(one: Connection, token: str) -> str:
    """A command that sends a row."""
    url = f"{public_address(session.folder())}/push/v1/{one.fact or 'orders'}"
    lines = (
        f"curl -X POST {url}", f"-H 'Authorization: Bearer {token}'", "-H 'Content-Type: application/json'",
        "-H 'Idempotency-Key: order-17-1'", f"-d '{_EXAMPLE}'",
    )  # fmt: skip
    return " \\\n  ".join(lines)


def make(view: View, one: Connection) -> None:
    """A new token, shown until the page is left."""
    by = session.visitor().name
    st.session_state.setdefault(_MADE, {})[one.id] = view.store.entries.push_tokens.make(one.id, by)


def _make(view: View, one: Connection) -> None:
    make(view, one)


def _revoke(view: View, number: int) -> None:
    view.store.entries.push_tokens.revoke(number)
