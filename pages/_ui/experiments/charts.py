"""The two pictures of an experiment: how the effect was known, and both arms."""

import math
from collections.abc import Iterator

import streamlit as st

from kpi.charts import Drawn
from kpi.charts.experiment import Day, Step, arms_chart, effect_chart
from kpi.experiment import Study
from kpi.experiment.arms import Arm
from kpi.experiment.judging import Judged
from pages._ui import drawing, session
from pages._ui.session import View

WEEK = 7
HALF = 4
"""Days that make a point of their own at the end; fewer belong to the week before."""


def show(view: View, study: Study) -> None:
    """Side by side where there is room; the effect only once there is one."""
    if study.main is None or not study.main.series.days:
        return
    main = study.main
    drawn = session.kept(
        view, ("experiment charts", study.experiment.id, view.store.entries.version, view.language.code, view.theme),
        lambda: _drawn(view, study, main),
    )  # fmt: skip
    places = st.columns(len(drawn)) if len(drawn) > 1 else [st.container()]
    for place, (name, chart) in zip(places, drawn, strict=True):
        with place:
            drawing.show(chart, f"experiment-{name}")


def _drawn(view: View, study: Study, main: Judged) -> list[tuple[str, Drawn]]:
    kpi, words, design = main.series.kpi, view.language, study.design
    found = []
    days = list(_days(main))
    if days:
        matters = (main.relative(-study.matters), main.relative(study.matters))
        found.append(("effect", effect_chart(days, matters, kpi, words, view.theme)))
    names = (design.a_is or words.t("as before"), design.b_is or words.t("with the change"))
    found.append(("arms", arms_chart(steps(main), names, kpi, words, view.theme, a_day=main.series.is_sum)))
    return found


def _days(main: Judged) -> Iterator[Day]:
    """The days on which there was a sequence."""
    before = main.series.arms.before
    for look in main.looks:
        places = [main.relative(float(place)) for place in (look.effect, look.low, look.high)]
        if all(map(math.isfinite, places)):
            yield Day(main.series.days[before + look.days - 1], *places)


def steps(main: Judged) -> list[Step]:
    """Both arms by weeks counted from the start; the first may be shorter, the last some days longer."""
    series, before = main.series, main.series.arms.before
    rest = before % WEEK
    edges = [*([0] if rest else []), *range(rest, before, WEEK), *range(before, len(series.days), WEEK)]
    if len(edges) > 1 and edges[-1] > before and len(series.days) - edges[-1] < HALF:
        edges.pop()
    ends = [*edges[1:], len(series.days)]
    return [
        Step(
            series.days[first], series.days[last - 1], _level(series.arms.a, first, last),
            _level(series.arms.b, first, last), first < before,
        )
        for first, last in zip(edges, ends, strict=True)
    ]  # fmt: skip


def _level(arm: Arm, first: int, last: int) -> float | None:
    """The KPI over a week; of a sum a day, so that a shorter week can stand beside the others."""
    value = float(arm.cut(first, last).level)
    return value if math.isfinite(value) else None
