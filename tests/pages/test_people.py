"""The people's page, and what a personal link opens."""

from pathlib import Path

import pytest

from data.access.visitor import personal_link
from pages._ui import cookie, navigation, session
from tests.pages.conftest import PEOPLE, Open, links, shown

ANNA, BORIS, VERA = (name for name, _, _ in PEOPLE)


def given(cookies: dict[str, str], name: str) -> int:
    """The browser holds a link to somebody's page; the link's number."""
    number, _ = session.store().entries.links.create(personal_link(name))
    cookies[cookie.SESSION] = session.people().sessions.begin("", "phone", link=number)
    return number


def test_everybody_on_one_list_in_the_order_of_names(business: Path, app: Open) -> None:
    page = shown(app("people"))
    assert page.index("Анна Котова") < page.index("Борис &lt;b&gt;Лунёв") < page.index("Вера Седова")
    assert "<b>Лунёв" not in page


def test_a_person_s_page(business: Path, app: Open) -> None:
    at = app("people", person=ANNA, month="2026-10")
    page = shown(at)
    assert "Анна Котова" in page
    assert "Октябрь 2026" in page
    assert "Выручка" in page
    assert "Вклад в результат команды" in page
    assert not [where for where in links(at) if "person=" in where and "%D0%92%D0%B5%D1%80%D0%B0" in where]


def test_places_are_told_only_where_the_owner_wants_it(business: Path, app: Open) -> None:
    assert "место из 3" not in shown(app("people", person=ANNA))
    at = app("people")
    at.toggle(key="people_ranking").set_value(True).run()
    assert session.store().entries.settings.get("people_ranking") is True
    page = shown(app("people", person=ANNA))
    assert "место из 3" in page
    assert "Вера" not in page


def test_how_people_develop(business: Path, app: Open) -> None:
    assert "Обучение ещё не загружено" in shown(app("people", tab="development"))


def test_somebody_unknown_is_said_in_words(business: Path, app: Open) -> None:
    assert "Здесь нет человека с именем" in shown(app("people", person="Глеб"))


@pytest.mark.parametrize("page", ["overview", "people"])
def test_a_link_shows_its_person_whatever_is_asked(
    business: Path, app: Open, cookies: dict[str, str], page: str
) -> None:
    given(cookies, ANNA)
    at = app(page, person=VERA, kpi="revenue", employee=VERA)
    told = shown(at)
    assert "Анна Котова" in told
    for other in ("Вера", "Борис"):
        assert other not in told
    assert not at.button
    assert {where.split("?")[0] for where in links(at)} == {"./people"}


@pytest.mark.parametrize("page", [page for page in navigation.PAGES if page not in ("overview", "people", "bonus")])
def test_no_other_page_is_there(business: Path, app: Open, cookies: dict[str, str], page: str) -> None:
    at = app(page)  # somebody's tab, opened without a link
    given(cookies, ANNA)
    told = shown(at.run())
    assert "Анна Котова" in told
    assert "Вера" not in told
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        at.switch_page(f"../{page}.py")


def test_a_link_taken_back_opens_nothing_at_the_next_rerun(business: Path, app: Open, cookies: dict[str, str]) -> None:
    number = given(cookies, ANNA)
    at = app("people")
    assert "Анна Котова" in shown(at)
    session.store().entries.links.revoke(number)
    told = shown(at.run())
    assert "Эта ссылка больше не работает" in told
    assert "Анна" not in told


def test_a_token_nobody_gave_out_opens_nothing(business: Path, app: Open, cookies: dict[str, str]) -> None:
    cookies[cookie.SESSION] = "guessed"
    told = shown(app("overview"))
    assert "Эта ссылка больше не работает" in told
    assert "Выручка" not in told


def test_a_link_is_made_shown_once_and_taken_back(business: Path, app: Open) -> None:
    at = app("people", person=ANNA)
    at.button(key="make_link").click().run()
    assert "/p/" in at.code[0].value
    (link,) = session.store().entries.links.of("employee", ANNA)
    at.button(key=f"revoke-{link.id}").click().run()
    assert not at.code
    assert not session.store().entries.links.of("employee", ANNA)


def test_a_browser_that_hung_up_is_nobody(business: Path, app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    at = app("people")
    monkeypatch.setattr("streamlit.runtime.context._get_client_context", lambda: None)
    assert "Анна" not in shown(at.run())
