"""What the address asks of the page: month, scheme and person; and the answer to it.

Invariant: an answer is remembered under scope, data and entries; nothing is computed twice for one version of them.
"""

from datetime import date

import streamlit as st

from kpi.bonus import Answer, Bonuses, Slip
from pages._ui import address, session
from pages._ui.session import View


def bonuses(view: View) -> Bonuses:
    """The bonuses as this person may see them; a team's value is judged by the team's target, whoever looks."""
    return Bonuses(view.store, view.kpis, session.targets(view.store), view.reader.scope)


def titles(view: View) -> dict[str, str]:
    """Name → title of the schemes."""
    found: dict[str, str] = session.kept(view, "bonus schemes", lambda: bonuses(view).titles())
    return found


def name(view: View) -> str:
    """The scheme of the address, else the first."""
    known = titles(view)
    return address.one("scheme", known) or next(iter(known))


def stands(view: View) -> bool:
    """Whether the scheme was not taken away."""
    return any(one.scheme == name(view) for one in bonuses(view).texts())


def months(view: View) -> tuple[date, ...]:
    """Months that can be asked for, the latest first; of a scheme taken away those that were approved."""
    if not stands(view):
        return bonuses(view).approved_months(name(view))
    found: tuple[date, ...] = session.kept(view, "bonus months", lambda: bonuses(view).months())
    return found


def month(view: View) -> date:
    """The month of the address, else the latest that is over."""
    known = months(view)
    asked = address.one("month", [_code(one) for one in known])
    if asked:
        return date.fromisoformat(f"{asked}-01")
    over = [one for one in known if (one.year, one.month) < (view.today.year, view.today.month)]
    return (over or known)[0]


def answer(view: View) -> Answer:
    """The month's bonuses."""
    asked = (name(view), month(view))
    found: Answer = session.kept(view, ("bonus", *asked), lambda: bonuses(view).month(*asked))
    return found


def slip(answer: Answer) -> Slip | None:
    """The person of the address; the only one there is, where there is one."""
    only = answer.sheet.slips[0] if len(answer.sheet.slips) == 1 else None
    return answer.sheet.of(address.one("person") or "") or only


def row(view: View) -> None:
    """The choice of month, and of the scheme where there are several."""
    t = view.language.t
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.session_state["w_bonus_month"] = _code(month(view))
        st.selectbox(
            t("Month"), [_code(one) for one in months(view)], key="w_bonus_month", on_change=_keep, args=("month",),
            format_func=lambda code: view.language.period(date.fromisoformat(f"{code}-01"), "month"), width=220,
        )  # fmt: skip
        if len(titles(view)) > 1:
            st.session_state["w_bonus_scheme"] = name(view)
            st.selectbox(
                t("Scheme"), list(titles(view)), key="w_bonus_scheme", on_change=_keep, args=("scheme",),
                format_func=titles(view).__getitem__, width=220,
            )  # fmt: skip


def _keep(part: str) -> None:
    address.write(part, st.session_state[f"w_bonus_{part}"])


def _code(month: date) -> str:
    return f"{month:%Y-%m}"
