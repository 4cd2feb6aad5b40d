"""The screen of who may see what, and how pages look to whoever sees a part."""

from pathlib import Path

import pytest

from data.access.people import Membership, passwords
from data.access.visitor import personal_link
from data.store.entries import NewLink
from data.store.entries.marks import Mark
from pages._ui import cookie, session
from tests.pages.conftest import PEOPLE, Open, shown
from tests.unit.server.services import COMPLETE, configure

ANNA, BORIS, VERA = (name for name, _, _ in PEOPLE)
NORTH = (("branch", ("Север",)),)


def came_by_link(cookies: dict[str, str], new: NewLink) -> int:
    """The browser opened a link; its number."""
    number, _ = session.store().entries.links.create(new)
    cookies[cookie.SESSION] = session.people().sessions.begin("", "phone", link=number)
    return number


def signed_in(cookies: dict[str, str], membership: Membership) -> int:
    """Somebody with an account signed in; their number."""
    people = session.people()
    number = people.persons.add("olga", "Ольга")
    people.persons.admit(number, membership)
    people.persons.choose_password(number, passwords.hashed("верблюд в горах"))
    cookies[cookie.SESSION] = people.sessions.begin("", "Windows", person=number)
    return number


def test_a_link_is_made_from_the_view_that_is_shared(business: Path, app: Open) -> None:
    at = app("access", share="finance?kpi=revenue&branch=Север")
    assert at.multiselect(key="share_whom-branch").value == ["Север"]
    at.text_input(key="share_title").set_value("Банк")
    at.button(key="share_make").click().run()
    page = shown(at)
    (link,) = session.store().entries.links.all()
    assert (link.title, link.page, link.where, dict(link.view)) == ("Банк", "finance", NORTH, {"kpi": ("revenue",)})
    assert "/l/" in at.code[0].value
    assert "Банк" in page
    at.button(key="withdraw-1").click().run()
    assert not at.code
    assert session.store().entries.links.get(1) is None


def test_a_link_shows_its_part_and_says_so(business: Path, app: Open, cookies: dict[str, str]) -> None:
    came_by_link(cookies, NewLink(frozenset({"overview", "quality"}), "overview", NORTH, "Банк"))
    page = shown(app("overview"))
    assert "По ссылке: Банк" in page
    assert "Север" in page
    for hidden in ("Центр", "Анна", "Борис", "Бригада 1"):
        assert hidden not in page


def test_hidden_money_is_nowhere(business: Path, app: Open, cookies: dict[str, str]) -> None:
    pages = frozenset({"overview", "finance", "quality", "catalogue"})
    came_by_link(cookies, NewLink(pages, "overview", title="Банк", money="hidden"))
    for name in pages:
        page = shown(app(name))
        assert "₽" not in page.replace("в ₽", "") or name == "catalogue"
        assert "деньги скрыты" in page


def test_rounded_money_shows_two_figures(business: Path, app: Open, cookies: dict[str, str]) -> None:
    came_by_link(cookies, NewLink(frozenset({"finance"}), "finance", money="rounded"))
    page = shown(app("finance", kpi="average_ticket"))
    assert "1 200" in page.replace("\xa0", " ")
    assert "1 200,5" not in page.replace("\xa0", " ")


def test_who_may_not_write_is_offered_nothing_to_write(business: Path, app: Open, cookies: dict[str, str]) -> None:
    session.store().entries.marks.add(
        Mark(0, session.store().clock().date(), "Тайна Севера", scope=("branch", "Север"))
    )
    signed_in(cookies, Membership("", "viewer", (("branch", ("Центр",)),)))
    at = app("quality", kpi="rework_rate")
    at.session_state["look_open"] = True
    page = shown(at.run())
    assert "Тайна" not in page
    assert not [b.key for b in at.button if b.key and b.key.startswith(("remove", "save", "event"))]
    assert "Вам видно" in page


@pytest.mark.parametrize("role", ["lead", "viewer"])
@pytest.mark.parametrize("page", ["data", "sources", "targets", "surveys", "audit", "access"])
def test_pages_of_owners_are_not_there(
    business: Path, app: Open, cookies: dict[str, str], page: str, role: str
) -> None:
    at = app(page)  # somebody's tab, opened when they were an owner
    signed_in(cookies, Membership("", role))  # type: ignore[arg-type]
    assert not at.run().file_uploader
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        at.switch_page(f"../{page}.py")


def test_a_role_taken_away_is_gone_for_an_open_page(business: Path, app: Open, cookies: dict[str, str]) -> None:
    number = signed_in(cookies, Membership("", "owner"))
    at = app("people")
    other = session.people().persons.add("boss", "Босс")
    session.people().persons.admit(other, Membership("", "owner"))
    session.people().persons.admit(number, Membership("", "viewer"))
    at.toggle(key="people_ranking").set_value(True).run()
    assert session.store().entries.settings.get("people_ranking") is None


def test_an_owner_looks_at_what_a_link_shows(business: Path, app: Open) -> None:
    session.store().entries.links.create(NewLink(frozenset({"quality"}), "quality", NORTH, "Банк"))
    at = app("quality", **{"as": "1"})
    page = shown(at)
    assert "По ссылке: Банк" in page
    assert "Центр" not in page
    at.query_params["as"] = "0"
    assert "По ссылке" not in shown(at.run())


def test_somebody_is_let_in_and_shown_out(business: Path, app: Open) -> None:
    at = app("access", tab="people")
    at.text_input(key="person_login").set_value("boris")
    at.text_input(key="person_name").set_value("Борис <b>")
    at.button(key="person_add").click().run()
    page = shown(at)
    assert "/welcome/" in at.code[0].value
    assert "Борис &lt;b&gt;" in page
    (person,) = session.people().persons.all()
    at.button(key=f"close-{person.id}").click().run()
    assert session.people().persons.of_business("") == ()
    assert "изменено: люди" in shown(app("access", tab="log"))


def test_whom_a_sign_in_service_knows_needs_no_link(business: Path, app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "сможет войти и через "
    assert said not in shown(app("access", tab="people"))
    configure(monkeypatch, COMPLETE.replace("[auth.google]", '[auth.google]\ntitle = "Я$&<b>*x*"'))
    assert f"{said}Я$&amp;&lt;b&gt;*x*." in shown(app("access", tab="people"))


def test_nobody_looks_like_somebody_by_the_address(business: Path, app: Open, cookies: dict[str, str]) -> None:
    session.store().entries.links.create(personal_link(BORIS))
    came_by_link(cookies, NewLink(frozenset({"quality"}), "quality", NORTH))
    page = shown(app("quality", **{"as": "1"}))
    assert "Борис" not in page


def test_a_token_for_a_program_is_made_and_withdrawn(business: Path, app: Open) -> None:
    at = app("access", tab="programs")
    at.text_input(key="token_title").set_value("1С <b>")
    at.multiselect(key="token_areas").set_value(["finance"])
    at.multiselect(key="token_whom-branch").set_value(["Север"]).run()
    at.button(key="token_make").click().run()
    (one,) = session.store().entries.api_tokens.all()
    assert (one.title, one.areas, one.where, one.card) == ("1С <b>", frozenset({"finance"}), NORTH, None)
    found = session.store().entries.api_tokens.find(at.code[0].value)
    assert found is not None
    assert found.id == one.id
    assert "Bearer" in at.code[1].value
    assert "Филиал: Север" in shown(at)
    assert "<b>" not in "".join(str(part.proto) for part in at.markdown)
    at.button(key="withdraw-token-1").click().run()
    assert not at.code
    assert session.store().entries.api_tokens.all()[0].revoked_at is not None


def test_a_card_for_a_site_is_made(business: Path, app: Open) -> None:
    at = app("access", tab="programs")
    at.segmented_control(key="token_kind").set_value("card").run()
    at.text_input(key="token_sites").set_value("example.org")
    at.button(key="token_make").click().run()
    assert "не адрес сайта" in at.error[0].value
    at.text_input(key="token_sites").set_value("https://example.org/ https://shop.example").run()
    at.button(key="token_make").click().run()
    (one,) = session.store().entries.api_tokens.all()
    assert one.card is not None
    assert one.sites == ("https://example.org", "https://shop.example")
    assert at.code[0].value.startswith('<iframe src="')
    assert "/api/v1/embed/" in at.code[0].value
