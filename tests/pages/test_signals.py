"""The lens «Is it a signal?», marking a change of process, what stands out, and reach beside the targets."""

from pages._ui import board, filters, period, session, trend, watching
from pages._ui.filters import Filters
from tests.pages.conftest import Open, shown


def test_the_lens_says_a_word_and_a_sentence_and_draws_the_range(business: object, app: Open) -> None:
    at = app("operations", "ru", kpi="no_show_rate", lens="signals")
    text = shown(at)
    assert "Без существенных изменений" in text
    assert "объяснять нечего" in text
    assert "2,66" in text
    assert len(at.get("vega_lite_chart")) == 4
    english = shown(app("operations", "en", kpi="no_show_rate", lens="signals"))
    assert "No real change" in english
    assert "nothing to explain" in english


def test_a_change_of_process_is_marked_and_taken_back(business: object, app: Open) -> None:
    at = app("operations", "ru", kpi="no_show_rate", lens="signals")
    at.text_input[0].set_value("Предоплата <b>за запись")
    at.button(key="FormSubmitter:mark-Отметить").click().run()
    (mark,) = session.store().entries.marks.all()
    assert (mark.title, mark.kind, mark.kpi, mark.scope) == (
        "Предоплата <b>за запись", "process_change", "no_show_rate", None,
    )  # fmt: skip
    assert "Предоплата" in shown(at)
    at.button(key=f"remove-mark-{mark.id}").click().run()
    assert session.store().entries.marks.all() == ()
    assert "Предоплата" not in shown(at)


def test_a_mark_without_words_is_refused_with_a_reason(business: object, app: Open) -> None:
    at = app("operations", "ru", kpi="no_show_rate", lens="signals")
    at.button(key="FormSubmitter:mark-Отметить").click().run()
    assert "Отметке нужны" in shown(at)
    assert session.store().entries.marks.all() == ()


def test_with_a_filter_the_mark_is_of_the_member(business: object, app: Open) -> None:
    at = app("operations", "ru", kpi="no_show_rate", lens="signals", branch="Север")
    at.text_input[0].set_value("Новый график")
    at.button(key="FormSubmitter:mark-Отметить").click().run()
    (mark,) = session.store().entries.marks.all()
    assert mark.scope == ("branch", "Север")


def test_a_short_time_says_so(business: object, app: Open) -> None:
    text = shown(app("operations", "ru", kpi="no_show_rate", lens="signals", grain="year"))
    assert "Периодов пока слишком мало" in text


def test_days_are_judged_with_their_weekdays(business: object, app: Open) -> None:
    at = app("operations", "en", kpi="orders_done", lens="signals", grain="day")
    assert not at.exception
    assert "Is it a signal?" in shown(at)


def test_the_overview_lists_what_stands_out(business: object, app: Open) -> None:
    at = app("overview", "ru")
    assert "Что выделяется" in shown(at)


def test_a_target_says_how_far_it_is_within_reach(business: object, app: Open) -> None:
    at = app("targets", "en", kpi="no_show_rate")
    assert "chance in the current one" in shown(at)
    at.number_input(key="high-no_show_rate").set_value(0.001).run()
    assert "This target: out of reach" in shown(at)


def test_a_card_a_headline_and_the_lens_call_the_same_a_change(business: object) -> None:
    view = session.view()
    span = period.span("last_month", *filters.bounds(view))
    chosen = Filters(span, span.grain, ())
    kpis = [kpi for kpi in session.computable(view) if kpi.area == "operations"]
    cards, tiles = board.figures(view, kpis, chosen), board.figures(view, kpis, chosen, history=False)
    said = {figure.kpi.id: watching.is_change(view, figure, chosen) for figure in cards}
    pages = [board.with_history(view, figure, chosen) for figure in tiles]
    assert said == {figure.kpi.id: watching.is_change(view, figure, chosen) for figure in pages}
    for figure in pages:
        lens = watching.course(view, figure, chosen, trend.frame(view, figure, chosen))
        assert not said[figure.kpi.id] or lens.course.last.side or lens.course.readings[-2].side
    assert set(said.values()) - {None}
