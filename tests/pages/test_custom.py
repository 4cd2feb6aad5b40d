"""A KPI of one's own, from the first letter of its formula to its page, and back."""

import pytest

from pages._ui import session
from tests.pages.conftest import Open, shown


def written(app: Open, lang: str, formula: str, **address: str) -> object:
    at = app("catalogue", lang, own="new", **address)
    at.text_input(key="own_formula").set_value(formula).run()
    return at


def test_a_formula_becomes_a_kpi_with_a_page(business: object, app: Open) -> None:
    at = app("catalogue", "ru")
    at.button(key="own_new").click().run()
    assert "Что получается" in shown(at)
    at.text_input(key="own_formula").set_value("доля(Выручка > 1200, Статус = 'Выполнен')").run()
    assert "Прочитано так" in shown(at)
    assert at.selectbox(key="own_unit").value == "percent"
    assert 'class="card"' in shown(at)
    assert "100" in shown(at)
    at.text_input(key="own_title").set_value("Дорогие <b>работы").run()
    at.number_input(key="own_good_low").set_value(50.0).run()
    at.button(key="own_save").click().run()
    (said,) = session.store().entries.custom_kpis.all()
    assert (said.kpi, said.unit, said.good_low, said.min_rows) == ("own_dorogie_b_raboty", "percent", 50.0, 10)
    text = shown(at)
    assert "сохранён" in text
    assert "&lt;b&gt;работы" in text
    assert "<b>работы" not in text
    page = app(said.area, "ru", kpi=said.kpi)
    assert "Дорогие &lt;b&gt;работы" in shown(page)
    assert "цель не меньше 50" in shown(page)


def test_what_is_wrong_is_marked(business: object, app: Open) -> None:
    at = written(app, "ru", "доля(Выручк > 5)")
    text = shown(at)  # type: ignore[arg-type]
    assert "<mark>Выручк</mark>" in text
    assert "Возможно" in text or "Выручка" in text
    assert at.button(key="own_save").disabled  # type: ignore[attr-defined]


def test_suggestions_are_put_into_the_formula(business: object, app: Open) -> None:
    at = written(app, "ru", "до")
    at.button(key="suggest-доля(").click().run()  # type: ignore[attr-defined]
    assert at.text_input(key="own_formula").value == "доля("  # type: ignore[attr-defined]
    empty = app("catalogue", "ru", own="new")
    examples = [button for button in empty.button if str(button.key).startswith("example-")]
    examples[0].click().run()
    assert "Прочитано так" in shown(empty)


def test_change_undo_remove_restore(business: object, app: Open) -> None:
    entries = session.store().entries.custom_kpis
    from kpi.custom import changes
    from tests.unit.custom.test_joined import said

    changes.add(session.store(), said("Jobs", "count(orders)"))
    at = app("catalogue", "en", own="own_jobs")
    assert at.text_input(key="own_formula").value == "count(orders)"
    at.text_input(key="own_formula").set_value("count(orders, status = 'done')").run()
    at.button(key="own_save").click().run()
    assert entries.all()[0].formula == "count(orders, status = 'done')"
    at.button(key="own_undo").click().run()
    assert entries.all()[0].formula == "count(orders)"
    at.button(key="remove-own_jobs").click().run()
    assert entries.all() == ()
    at.button(key="own_undo").click().run()
    assert [one.kpi for one in entries.all()] == ["own_jobs"]


def test_one_that_others_are_made_of_stays(business: object, app: Open) -> None:
    from kpi.custom import changes
    from tests.unit.custom.test_joined import said

    changes.add(session.store(), said("Jobs", "count(orders)"))
    changes.add(session.store(), said("Twice", "own_jobs * 2"))
    at = app("catalogue", "ru")
    at.button(key="remove-own_jobs").click().run()
    assert "Из него сделаны другие" in at.error[0].value
    assert len(session.store().entries.custom_kpis.all()) == 2


@pytest.mark.parametrize(
    "title", ["[x](http://e.com)", "**b** $x$ :material/home:", "<img src=x onerror=alert(1)>", "'; drop", "{0}"]
)
def test_no_title_is_markup_anywhere(title: str, business: object, app: Open) -> None:
    from data.store.entries import KeyKpi
    from kpi.custom import changes
    from tests.unit.custom.test_joined import said

    one = changes.add(session.store(), said(title, "count(orders)"))
    session.store().entries.choose_key_kpis([KeyKpi(one.kpi, None)])
    for page in ("overview", "finance", "targets", "catalogue"):
        at = app(page, "ru", kpi=one.kpi)
        assert not at.error
        text = shown(at)
        assert "<img src=x" not in text
        labels = [*(link.proto.label for link in at.get("page_link")), *(b.label for b in at.button)]
        assert not [label for label in labels if title in label and title != "'; drop" and title != "{0}"], page


def test_the_words_are_explained_one_click_away(business: object, app: Open) -> None:
    at = app("catalogue", "ru", own="new")
    assert any(expander.label == "Как пишутся формулы" for expander in at.expander)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_form_of_an_empty_workspace(lang: str, app: Open) -> None:
    at = app("catalogue", lang, own="new")
    at.text_input(key="own_formula").set_value("share(is_rework)").run()
    text = shown(at)
    assert not at.error
    assert ("Пока ничего не загружено" if lang == "ru" else "Nothing is loaded yet") in text


def test_targets_of_a_kpi_that_is_gone_are_still_told(business: object, app: Open) -> None:
    from kpi.custom import changes
    from tests.unit.custom.test_joined import said

    one = changes.add(session.store(), said("Jobs", "count(orders)"))
    session.store().entries.set_target(one.kpi, good_low=5)
    changes.remove(session.store(), one.kpi)
    for page in ("overview", "finance", "targets", "catalogue"):
        assert not app(page, "ru").error, page
    from kpi.custom.joined import catalogue_of
    from kpi.language import language
    from kpi.target_words import history

    (line,) = history(session.store().entries, catalogue_of(session.store()), language("ru"))
    assert line["kpi"] == "own_jobs"
