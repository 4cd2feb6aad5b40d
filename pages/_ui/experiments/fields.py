"""The fields of an experiment: what is filled in becomes a design at every rerun.

Invariant: a field shows what the design says until somebody changes it; members are offered as they are called and kept
as they are.
"""

from dataclasses import replace
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.access.source import dimension
from data.store.entries import Design, Guard
from data.store.entries.experiment_design import LONGEST_TEXT, LONGEST_TITLE, MOST_GUARDS
from kpi.compile import is_private, resolve
from kpi.experiment.naming import AD
from kpi.model import Kpi
from kpi.why.asking import dimensions
from pages._ui import filters, session
from pages._ui.escape import markdown
from pages._ui.experiments.asking import names
from pages._ui.session import View

UNFIT = ("client", "weekday")
"""Dimensions nobody can change one member of."""
ALLOWED = 15.0
"""How much worse a guard may get where nobody says otherwise, in percent."""
WEEKS = (4, 8, 12, 26)
LONGEST_ARM = 60
"""Letters of what is done in an arm."""
SMALLEST, MOST = 1e-6, 999.0
"""Differences that can matter, in percent."""


def kpis(view: View) -> tuple[Kpi, ...]:
    """What an experiment can be judged by: no stage, no band, no answers of staff."""
    relations = view.reader.relations()
    found = []
    for kpi in session.computable(view):
        leaves = resolve(kpi, view.kpis, relations).leaves
        plain = kpi.kind != "stage" and all(leaf.window == "period" and not is_private(leaf) for leaf in leaves)
        if plain and kpi.better != "band" and _dimensions(view, kpi):
            found.append(kpi)
    return tuple(found)


def _dimensions(view: View, kpi: Kpi) -> list[str]:
    """What arms can be made of: ads first, where there are any."""
    relations = view.reader.relations()
    resolution = resolve(kpi, view.kpis, relations)
    has_ads = all(dimension(relations[name], AD) for name in resolution.relations)
    found = [name for name in dimensions(kpi, resolution, view.reader) if name not in (*UNFIT, AD)]
    found = [name for name in found if len(session.members(view, name)) > 1]
    return [*([AD] if has_ads and len(session.members(view, AD)) > 1 else []), *found]


def shown(view: View, of: Design, number: int) -> Design:
    """Draws the fields; the design they hold."""
    design = _what(view, _words(view, of, number), number)
    design = _days(view, _arms(view, design, number), number)
    design = _guards(view, design, number)
    with st.expander(view.language.t("More: chances, worth")):
        return _worth(view, _chances(view, design, number), number)


def shown_running(view: View, of: Design, number: int) -> Design:
    """Draws the fields that a running experiment leaves open; the design they hold."""
    design = _words(view, of, number)
    left, right = st.columns(2)
    design = _done(view, design, number, left, right)
    last, worth = st.columns(2)
    with last:
        design = replace(design, end=_day(view.language.t("Last day"), of.end, f"x_end-{number}"))
    with worth:
        return _worth(view, design, number)


def _words(view: View, of: Design, n: int) -> Design:
    t = view.language.t
    title = st.text_input(t("Title"), of.title, key=f"x_title-{n}", max_chars=LONGEST_TITLE)
    hypothesis = st.text_area(
        t("Hypothesis: what is expected, and why"), of.hypothesis, key=f"x_why-{n}", height=80, max_chars=LONGEST_TEXT
    )
    return replace(of, title=title or "", hypothesis=hypothesis or "")


def _what(view: View, of: Design, n: int) -> Design:
    """The main KPI, and what the arms are made of."""
    t, known = view.language.t, {kpi.id: kpi for kpi in kpis(view)}
    left, right = st.columns(2)
    ids = list(known)
    kpi = left.selectbox(
        t("What decides"), ids, ids.index(of.kpi) if of.kpi in known else 0, key=f"x_kpi-{n}",
        format_func=lambda id_: view.language.catalogue(known[id_].title),
    )  # fmt: skip
    choices = _dimensions(view, known[kpi])
    made = right.selectbox(
        t("Arms are made of"), choices, choices.index(of.dimension) if of.dimension in choices else 0,
        key=f"x_of-{n}-{kpi}", format_func=lambda name: filters.dimension_name(view, name),
    )  # fmt: skip
    if (kpi, made) == (of.kpi, of.dimension):
        return of
    return replace(of, kpi=kpi, dimension=made, a=(), b=(), guards=tuple(g for g in of.guards if g.kpi != kpi))


def _arms(view: View, of: Design, n: int) -> Design:
    """Members and words of both arms; who is in one is not offered for the other."""
    t, told = view.language.t, names(view, of.dimension)
    every = list(dict.fromkeys((*session.members(view, of.dimension), *of.a, *of.b)))
    left, right = st.columns(2)

    def called(member: str) -> str:
        return markdown(told.get(member, member))

    key = f"{n}-{of.dimension}"
    a = left.multiselect(t("A: stays as it is"), every, of.a, key=f"x_a-{key}", format_func=called)
    free = [member for member in every if member not in a]
    b = right.multiselect(
        t("B: with the change"), free, [m for m in of.b if m in free], key=f"x_b-{key}", format_func=called,
    )  # fmt: skip
    return _done(view, replace(of, a=tuple(a), b=tuple(b)), n, left, right)


def _done(view: View, of: Design, n: int, left: DeltaGenerator, right: DeltaGenerator) -> Design:
    """What is done in either arm, in words."""
    t = view.language.t
    a_is = left.text_input(t("What is done in A"), of.a_is, key=f"x_a_is-{n}", max_chars=LONGEST_ARM,
                           placeholder=t("as before"))  # fmt: skip
    b_is = right.text_input(t("What is done in B"), of.b_is, key=f"x_b_is-{n}", max_chars=LONGEST_ARM)
    return replace(of, a_is=a_is or "", b_is=b_is or "")


def _day(label: str, day: date, key: str) -> date:
    """A day; the one there was, while the field is empty."""
    chosen = st.date_input(label, day, key=key, format="DD.MM.YYYY")
    return chosen if isinstance(chosen, date) else day


def _days(view: View, of: Design, n: int) -> Design:
    t, tn = view.language.t, view.language.tn
    first, last, before = st.columns(3)
    with first:
        start = _day(t("First day"), of.start, f"x_start-{n}")
    with last:
        end = _day(t("Last day"), of.end, f"x_end-{n}")
    choices = sorted({*WEEKS, of.baseline // 7})
    weeks = before.selectbox(
        t("Compared with the time before"), choices, choices.index(of.baseline // 7), key=f"x_before-{n}",
        format_func=lambda k: tn("{n} week", "{n} weeks", k),
    )  # fmt: skip
    return replace(of, start=start, end=end, baseline=of.baseline if weeks == of.baseline // 7 else weeks * 7)


def _guards(view: View, of: Design, n: int) -> Design:
    """The smallest difference that matters, and what must not suffer."""
    t, known = view.language.t, {kpi.id: kpi for kpi in kpis(view)}
    left, right = st.columns([1, 2])
    is_percent = of.matters_in == "percent"
    unit = "%" if is_percent else view.language.unit(known[of.kpi].unit)
    matters = left.number_input(
        t("Smallest difference that matters, {unit}", unit=unit), SMALLEST, MOST if is_percent else None, of.matters,
        step=1.0, format="%g", key=f"x_matters-{n}",
    )  # fmt: skip
    allowed = {guard.kpi: guard.allowed for guard in of.guards}
    offered = [id_ for id_ in known if id_ != of.kpi and of.dimension in _dimensions(view, known[id_])]
    chosen = right.multiselect(
        t("What must not suffer"), offered, [id_ for id_ in allowed if id_ in offered], key=f"x_guards-{n}-{of.kpi}",
        max_selections=MOST_GUARDS,
        format_func=lambda id_: markdown(view.language.catalogue(known[id_].title)),
    )  # fmt: skip
    guards = []
    for id_ in chosen:
        title = view.language.catalogue(known[id_].title)
        worse = right.number_input(
            t("{kpi}: worse by at most, %", kpi=markdown(title)), 0.1, 99.9, allowed.get(id_, ALLOWED), step=1.0,
            format="%g", key=f"x_guard-{n}-{id_}",
        )  # fmt: skip
        guards.append(Guard(id_, float(worse)))
    return replace(of, matters=float(matters), guards=tuple(guards))


def _chances(view: View, of: Design, n: int) -> Design:
    t = view.language.t
    first, second = st.columns(2)
    alpha = first.number_input(t("Chance of a false winner, %"), 0.1, 20.0, of.alpha, step=1.0, format="%g",
                               key=f"x_alpha-{n}")  # fmt: skip
    power = second.number_input(t("Chance of finding the difference, %"), 50.0, 99.0, of.power, step=5.0, format="%g",
                                key=f"x_power-{n}")  # fmt: skip
    return replace(of, alpha=float(alpha), power=float(power))


def _worth(view: View, of: Design, n: int) -> Design:
    t = view.language.t
    worth = st.number_input(
        t("What one more is worth, ₽"), 0.0, None, of.worth or 0.0, step=100.0, format="%g", key=f"x_worth-{n}",
        help=t("Empty or 0: what the data say, where they do."),
    )  # fmt: skip
    return replace(of, worth=float(worth) or None)
