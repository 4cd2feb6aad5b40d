"""The page of reports: what it shows, what it gives away, and to whom."""

from pathlib import Path

from data.access.people import Membership, passwords
from data.store.entries import NewLink
from pages._ui import cookie, session
from tests.pages.conftest import Open, shown

NAME = "Вера Седова"


def come_by_link(cookies: dict[str, str], where: tuple[tuple[str, tuple[str, ...]], ...], *pages: str) -> None:
    number, _ = session.store().entries.links.create(NewLink(frozenset(pages), pages[0], where, "Часть"))
    cookies[cookie.SESSION] = session.people().sessions.begin("", "phone", link=number)


def choices(app: Open, **address: str) -> list[str]:
    return list(app("reports", **address).selectbox(key="w_report_about").options)


def test_the_owner_sees_the_latest_month_and_chooses(business: Path, app: Open) -> None:
    at = app("reports")
    text = shown(at)
    assert "Весь бизнес: октябрь 2026" in text
    assert "Показатели" in text
    assert "Цели на ноябрь 2026" in text
    names = [getattr(button, "label", "") for button in at.get("download_button")]
    assert names == ["PDF", "Веб-страница", "Excel", "PowerPoint"]
    at.selectbox(key="w_report_about").set_value("employee=Борис <b>Лунёв").run()
    text = shown(at)
    assert "Борис &lt;b&gt;Лунёв: октябрь 2026" in text
    assert NAME not in text
    week = shown(app("reports", lang="en", edition="week"))
    assert "Weekly report" in week
    assert "16–22\u00a0Nov\u00a02026" in week


def test_the_period_of_the_address(business: Path, app: Open) -> None:
    assert "Весь бизнес: август 2026" in shown(app("reports", of="2026-08-01"))
    running = shown(app("reports", of="2026-11-01"))
    assert "Период ещё не закончен: данные по 22" in running
    assert "Весь бизнес: октябрь 2026" in shown(app("reports", of="nonsense", about="team=Нет такой"))


def test_a_link_shows_its_part_alone(business: Path, app: Open, cookies: dict[str, str]) -> None:
    come_by_link(cookies, (("team", ("Бригада 1",)),), "overview", "reports")
    at = app("reports", about=f"employee={NAME}")
    text = shown(at)
    assert "Бригада 1 (команда)" in text
    assert NAME not in text
    assert NAME not in str(at.selectbox(key="w_report_about").options)
    assert "report_business" not in {field.key for field in at.text_input}


def test_a_link_without_the_page_does_not_open_it(business: Path, app: Open, cookies: dict[str, str]) -> None:
    come_by_link(cookies, (), "overview")
    assert "Показатели" not in "".join(str(piece.value) for piece in app("reports").html)


def test_a_lead_has_their_part(business: Path, app: Open, cookies: dict[str, str]) -> None:
    people = session.people()
    number = people.persons.add("lead", "Ольга")
    people.persons.admit(number, Membership("", "lead", (("team", ("Бригада 2",)),)))
    people.persons.choose_password(number, passwords.hashed("верблюд в горах"))
    cookies[cookie.SESSION] = people.sessions.begin("", "phone", person=number)
    assert choices(app) == ["Команда: Бригада 2", "Филиал: Север", f"Мастер: {NAME}"]


def test_the_business_has_the_name_it_was_given(business: Path, app: Open) -> None:
    at = app("reports")
    at.text_input(key="report_business").set_value("  Усы   и борода ").run()
    assert "Усы и борода: октябрь 2026" in shown(at)
