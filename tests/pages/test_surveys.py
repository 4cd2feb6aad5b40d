"""Surveys on their page: two clicks make one, its links are shown, results appear as they may."""

import pytest
from streamlit.testing.v1 import AppTest

from data.store.entries.surveys import NewSurvey
from kpi.language import language
from kpi.surveys import TEMPLATES, questions_of, template
from pages._ui import session
from tests.pages.conftest import Open, links, shown
from tests.unit.surveys.asked import answer, answer_all, ask, tokens


def made(kind: str, audience: str, code: str = "ru", **more: object) -> int:
    """A survey as the page makes it."""
    of, words = template(kind, audience), language(code)
    until = session.store().clock().date() if audience == "staff" else None
    new = NewSurvey(of.kind, of.audience, words.render(of.title), questions_of(of, words.render), until, **more)  # type: ignore[arg-type]
    return session.store().entries.surveys.add(new)


def test_the_empty_page_offers_every_kind(workspace: object, app: Open) -> None:
    at = app("surveys", "ru")
    text = shown(at)
    assert "Спросите сотрудников и клиентов" in text
    assert len([one for one in links(at) if "new=" in one]) == len(TEMPLATES)


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("of", TEMPLATES, ids=lambda of: f"{of.kind}-{of.audience}")
def test_a_click_makes_a_survey_with_its_link(workspace: object, app: Open, lang: str, of: object) -> None:
    assert isinstance(of, type(TEMPLATES[0]))
    at = app("surveys", lang, new=f"{of.kind}.{of.audience}")
    at.button(key="survey_make").click().run()
    (survey,) = session.store().entries.surveys.all()
    assert (survey.kind, survey.audience) == (of.kind, of.audience)
    assert [question.code for question in survey.questions] == [item.code for item in of.items]
    text = shown(at)
    assert language(lang).t("Links for phones") in text
    assert "data:image/svg+xml;base64," in text
    assert "/s/" + tokens(session.store(), survey.id)[0][0] in at.code[0].value


def test_questions_of_the_owner_links_by_branch_and_invitations(business: object, app: Open) -> None:
    at = app("surveys", "ru", new="pulse.staff")
    at.text_area(key="survey_questions").set_value("Мне понятно, что сейчас самое важное\n\n  Своё <b>  ").run()
    at.selectbox(key="survey_by_staff").set_value("team").run()
    at.selectbox(key="survey_invited").set_value(True).run()
    at.number_input(key="survey_invitations").set_value(3).run()
    at.button(key="survey_make").click().run()
    (survey,) = session.store().entries.surveys.all()
    assert [(q.code, q.text) for q in survey.questions] == [
        ("pulse_clear", "Мне понятно, что сейчас самое важное"), (None, "Своё <b>"),
    ]  # fmt: skip
    found = session.store().entries.surveys.links(survey.id)
    assert [(link.group, link.invitations) for link in found] == [
        (("team", "Бригада 1"), 3),
        (("team", "Бригада 2"), 3),
    ]
    assert at.code[0].value.count("/s/") == 3


def test_what_cannot_be_asked_is_said_and_nothing_made(workspace: object, app: Open) -> None:
    at = app("surveys", "ru", new="pulse.staff")
    at.text_area(key="survey_questions").set_value("одно\nодно").run()
    at.button(key="survey_make").click().run()
    assert "одинаковые" in shown(at)
    assert session.store().entries.surveys.all() == ()


def test_a_running_survey_of_staff_tells_its_number_only(business: object, app: Open) -> None:
    number = made("enps", "staff")
    answer_all(session.store(), tokens(session.store(), number)[0][0], [10, 9, 9, 9, 2])
    at = app("surveys", "ru", survey=str(number))
    text = shown(at)
    assert "5 ответов" in text
    assert "Итог появится, когда опрос закончится" in text
    assert 'class="value"' not in text
    at.button(key="survey_close").click().run()
    text = shown(at).replace("\N{NO-BREAK SPACE}", " ")
    assert "60 п." in text
    assert "95 %" in text
    assert "посоветуют 80 %" in text


def test_four_answers_stay_hidden_on_the_page(business: object, app: Open) -> None:
    number = made("enps", "staff")
    for score in (10, 9, 9, 2):
        answer(session.store(), tokens(session.store(), number)[0][0], score, comment="тайное слово")
    session.store().entries.surveys.close(number)
    text = shown(app("surveys", "ru", survey=str(number)))
    assert "Ответили меньше чем 5 человек" in text
    assert "тайное" not in text
    assert 'class="value"' not in text


def test_an_audit_ranks_and_words_are_escaped(business: object, app: Open) -> None:
    number = made("pain", "client")
    token = tokens(session.store(), number)[0][0]
    for _ in range(5):
        answer(session.store(), token, *[0] * 8, 3, 2, comment="<i>дорого</i>")
    text = shown(app("surveys", "ru", survey=str(number)))
    assert text.index("Способы оплаты") < text.index("Исправление недочётов") < text.index("Дозвониться")
    assert "&lt;i&gt;дорого" in text
    assert "<i>дорого" not in text


def test_a_survey_is_deleted_for_good(business: object, app: Open) -> None:
    number = ask(session.store(), "nps", "client")
    at: AppTest = app("surveys", "ru", survey=str(number))
    at.button(key="survey_delete").click().run()
    assert session.store().entries.surveys.all() == ()
    assert "Новый опрос" in shown(at)


def test_a_survey_that_does_not_exist_is_said(workspace: object, app: Open) -> None:
    assert "Опроса 7 нет" in shown(app("surveys", "ru", survey="7"))
    assert "Такого опроса нет" in shown(app("surveys", "ru", new="gallup.staff"))
