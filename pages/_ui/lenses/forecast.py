"""What the running period will come to: one sentence, a chart, and how far such forecasts were off before.

Invariant: the period is the running one of the chosen length, whatever period the page is about; a booking to come is
told as a hint and counted nowhere.
"""

from datetime import date

import streamlit as st

from kpi import charts
from kpi.charts.forecast import Line, Running, forecast_chart
from kpi.forecast import Asker, Forecast, Told
from kpi.forecast.words import METHOD_NAMES, record, sentence
from kpi.model import Grain
from pages._ui import frame, markup, session
from pages._ui.board import Figure
from pages._ui.filters import Filters
from pages._ui.session import View

GRAINS: tuple[Grain, ...] = ("week", "month", "quarter", "year")


def title(view: View) -> str:
    """The lens's name."""
    return view.language.t("Forecast")


def show(view: View, figure: Figure, chosen: Filters, _dimension: str | None) -> None:
    """The section."""
    told = _told(view, figure, chosen)
    found = told.forecast
    if found is None:
        frame.quiet(view.language.render(told.why) if told.why else "")
        return
    period = view.language.span(told.span.since, told.span.until)
    frame.section(period[:1].upper() + period[1:], _note(view, told))
    st.html(markup.tag("p", sentence(told, found, view.language), css="lead"))
    drawn = session.kept(
        view, ("forecast drawn", figure.kpi.id, chosen.where, told.span, view.language.code, view.theme),
        lambda: _drawn(view, told, found),
    )  # fmt: skip
    spec, data = dict(drawn.live[0]), drawn.live[1]
    st.vega_lite_chart(data, spec, key="forecast", height=drawn.height, theme=None)
    _made(view, told, found)


def _told(view: View, figure: Figure, chosen: Filters) -> Told:
    grain = chosen.span.grain if chosen.span.grain in GRAINS else "month"
    asker = Asker(view.reader, view.kpis, view.targets, view.today, chosen.where)
    return session.kept(
        view, ("forecast", figure.kpi.id, grain, chosen.where), lambda: asker.told(figure.kpi.id, grain)
    )


def _note(view: View, told: Told) -> str:
    """Until when the data go, and what is booked already."""
    parts = [view.language.t("data until {day}", day=view.language.day(told.forecast.now))] if told.forecast else []
    if told.booked:
        parts.append(
            view.language.tn(
                "{n} booking stands for the rest of it; none is counted",
                "{n} bookings stand for the rest of it; none is counted",
                told.booked,
            )
        )
    return " · ".join(parts)


def _drawn(view: View, told: Told, found: Forecast) -> charts.Drawn:
    """The chart."""
    course, language, unit = found.course, view.language, told.kpi.unit
    known = tuple(zip(course.known_days, course.known, strict=True))
    start = known[-1:] or ((told.span.since, 0.0),) * told.kpi.additive
    expected = (*start, *zip(course.days, course.expected, strict=True))
    ends = zip(course.days, course.low, course.high, strict=False)
    fan = (*((day, value, value) for day, value in start), *ends) if course.low else ()
    lines = [
        Line("last_year", _by_day(told, course.last_year), language.t("a year before") if course.last_year else ""),
        Line("plan", _plan(told, found), _goal(view, told)),
        Line("fact", known, ""),
        Line("expected", expected, language.value(found.expected, unit)),
    ]
    running = Running(told.span.since, told.span.until, tuple(line for line in lines if line.points), fan)
    return forecast_chart(running, told.kpi, language, view.theme)


def _by_day(told: Told, values: tuple[float, ...]) -> tuple[tuple[date, float], ...]:
    return tuple((date.fromordinal(told.span.since.toordinal() + n), value) for n, value in enumerate(values))


def _plan(told: Told, found: Forecast) -> tuple[tuple[date, float], ...]:
    """Where a sum should be by each day to reach its target; of another value the target itself."""
    goal = told.goal
    if goal is None:
        return ()
    if found.plan:
        return _by_day(told, tuple(share * goal for share in found.plan))
    return ((told.span.since, goal), (told.span.until, goal))


def _goal(view: View, told: Told) -> str:
    if told.goal is None:
        return ""
    return view.language.t("target {target}", target=view.language.value(told.goal, told.kpi.unit))


def _made(view: View, told: Told, found: Forecast) -> None:
    """How it was made and how well it did before, one click away."""
    t = view.language.t
    with st.expander(t("How it was made, and how well it did before")):
        said = [
            t("Made of: {method}.", method=view.language.render(METHOD_NAMES[found.method])),
            *(record(told, found.past, view.language) if found.past else []),
            t(
                "Of several methods the one that came nearest on past periods is used,"
                " and the simple pace where none beats it."
            ),
        ]
        if found.is_rough:
            said.append(t("There are too few past periods to tell how far off it may be."))
        st.html(markup.tag("ul", *(markup.tag("li", one) for one in said)))
