"""Another weight, target or payout tried out on the last twelve months: who gains, who loses, what it costs, and how
much of it is luck.

Invariant: nothing is entered here; the text of the changed scheme has to be entered by hand below.
"""

from decimal import Decimal

import streamlit as st

from kpi.bonus import Scheme
from kpi.bonus import words as told
from kpi.bonus.replay import Change, Ran, Replay, replay
from kpi.bonus.variant import with_caps, with_stretch, with_team_share, with_weights
from pages._ui import address, frame, session
from pages._ui.bonus import asked
from pages._ui.markup import Html, quiet, tag
from pages._ui.session import View


def show(view: View) -> None:
    """The controls and the answer."""
    t = view.language.t
    frame.section(t("What if"), t("the same rules on the last twelve months"))
    scheme, _ = asked.bonuses(view).scheme(asked.name(view))
    other = _controls(view, scheme)
    key = ("bonus replay", repr(scheme), repr(other))
    with st.spinner(t("Counting the twelve months again…")):
        found: Replay = session.kept(view, key, lambda: replay(asked.bonuses(view), scheme, other))
    st.html(tag("div", tag("p", _sentence(view, found), css="lead"), _chart(view, found), *_warned(view, found.after),
                css="apart"))  # fmt: skip


def _controls(view: View, scheme: Scheme) -> Scheme:
    """One KPI at a time: its weight, its levels, its most; and the common part."""
    t, by_id = view.language.t, {measure.kpi: measure for measure in scheme.measures}
    names = {kpi: view.language.catalogue(view.kpis.get(kpi).title) for kpi in by_id}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.session_state["w_try"] = address.one("try", by_id) or next(iter(by_id))
        kpi = st.selectbox(
            t("KPI"), list(by_id), key="w_try", format_func=names.__getitem__, on_change=_keep, width=260
        )
        kpi = str(kpi)
        weight = _number(view, f"weight-{kpi}", t("Weight, %"), by_id[kpi].weight, 100)
        stretch = _number(view, f"stretch-{kpi}", t("Targets, % of today's"), Decimal(100), 300, least=10)
        cap = _number(view, f"cap-{kpi}", t("Most paid, %"), by_id[kpi].pays_cap, 300, least=100)
        share = _number(view, "share", t("Common part, %"), scheme.team_share, 100)
    only = len(by_id) == 1
    changed = scheme if only or weight == by_id[kpi].weight else with_weights(scheme, {kpi: weight})
    changed = changed if stretch == 100 else with_stretch(changed, {kpi: stretch})
    changed = changed if cap == by_id[kpi].pays_cap else with_caps(changed, {kpi: cap})
    return changed if share == scheme.team_share else with_team_share(changed, share)


def _number(view: View, key: str, label: str, now: Decimal, most: int, least: int = 0) -> Decimal:
    """A number of the form, at what it is now until somebody changes it."""
    name = f"w_try_{asked.name(view)}_{key}"
    found = st.number_input(
        label, float(least), float(max(Decimal(most), now)), float(now), 5.0, "%g", key=name, width=150
    )
    return Decimal(repr(found)).normalize()


def _keep() -> None:
    address.write("try", st.session_state["w_try"])


def _sentence(view: View, found: Replay) -> str:
    words, t = view.language, view.language.t
    before, after = found.before.total, found.after.total
    noise = found.after.noise_of_all()
    luck = "" if noise is None else " " + t(
        "{share} of the swing from month to month is noise.", share=words.value(float(noise), "percent")
    )  # fmt: skip
    months = words.tn("{n} month", "{n} months", len(found.months))
    if found.before.scheme == found.after.scheme:
        return t("In {months} it cost {total}.", months=months, total=told.money(words, before)) + luck
    gain = sum(one.change > 0 for one in found.changes)
    lose = sum(one.change < 0 for one in found.changes)
    return t(
        "In {months}: {before} → {after} ({change}). {gain} gain, {lose} lose.", months=months,
        before=told.money(words, before), after=told.money(words, after), change=told.signed(words, after - before),
        gain=gain, lose=lose,
    ) + luck  # fmt: skip


def _chart(view: View, found: Replay) -> Html:
    """Each person's two points on one scale."""
    most = max([*(max(one.before, one.after) for one in found.changes), Decimal(1)])
    rows = [_person(view, one, most) for one in found.changes]
    note = quiet(
        view.language.t("○ as it is, ● as it would be; roubles in all months, and how much of the swing is noise")
    )
    return tag("div", *rows, note, css="shifts")


def _person(view: View, one: Change, most: Decimal) -> Html:
    words = view.language
    before, after = (float(100 * x / most) for x in (one.before, one.after))
    rail = tag(
        "span", tag("span", css="span", style=f"left:{min(before, after):.2f}%;width:{abs(after - before):.2f}%"),
        tag("span", css="was", style=f"left:{before:.2f}%"), tag("span", css="is", style=f"left:{after:.2f}%"),
        css="rail",
    )  # fmt: skip
    noise = "—" if one.noise_after is None else words.value(float(one.noise_after), "percent")
    change = f" {told.signed(words, one.change)}" if one.change else ""
    text = tag("span", tag("b", told.money(words, one.after)), change, css="num")
    return tag("div", tag("span", one.name), rail, text, tag("span", words.t("noise {share}", share=noise), css="num"))


def _warned(view: View, ran: Ran) -> list[Html]:
    words = view.language
    return [
        tag("p", tag("span", "▲ ", css="missed"), told.warning(words, one, _title(view, one.kpi, ran)), css="finding")
        for one in ran.warned
    ]


def _title(view: View, kpi: str, ran: Ran) -> str:
    return view.language.catalogue(view.kpis.get(kpi).title) if kpi else ran.scheme.title
