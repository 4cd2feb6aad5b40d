"""What people say about KPIs: said, seen by whom it is for, called for, and wanted where a target was missed."""

from datetime import date
from pathlib import Path

from data.access.people import Membership, passwords
from data.store.entries import Comment, KeyKpi, NewTarget
from pages._ui import cookie, session
from pages._ui.comments.asking import REQUIRED, mentioned
from tests.pages.conftest import Open, shown

OCTOBER = date(2026, 10, 1), date(2026, 10, 31)


def account(login: str, name: str, membership: Membership) -> tuple[int, str]:
    """Somebody with an account: their number and the cookie of their session."""
    people = session.people()
    number = people.persons.add(login, name)
    people.persons.admit(number, membership)
    people.persons.choose_password(number, passwords.hashed("верблюд в горах"))
    return number, people.sessions.begin("", "phone", person=number)


def say(text: str, scope: tuple[str, str] | None = None, kpi: str = "rework_rate") -> int:
    """Somebody said something about October."""
    return session.store().entries.comments.add(Comment(0, kpi, *OCTOBER, scope, "Ольга", None, text))


def test_a_comment_is_said_shown_and_taken_away(business: Path, app: Open) -> None:
    at = app("quality", kpi="rework_rate", lens="comments")
    at.text_area(key="comment_text").set_value("Новый поставщик <b>\nждём до декабря")
    next(button for button in at.button if button.label == "Сказать").click().run()
    page = shown(at)
    assert "Новый поставщик &lt;b&gt;" in page
    assert "за этим компьютером" in page
    (one,) = session.store().entries.comments.of("rework_rate")
    assert (one.since, one.until, one.scope) == (*OCTOBER, None)
    at.button(key=f"uncomment-{one.id}").click().run()
    assert "поставщик" not in shown(at)


def test_a_view_of_one_branch_speaks_about_that_branch(business: Path, app: Open) -> None:
    at = app("quality", kpi="rework_rate", lens="comments", branch="Север")
    at.text_area(key="comment_text").set_value("Снег")
    next(button for button in at.button if button.label == "Сказать").click().run()
    assert session.store().entries.comments.of("rework_rate")[0].scope == ("branch", "Север")


def test_whoever_sees_a_part_reads_about_that_part(business: Path, app: Open, cookies: dict[str, str]) -> None:
    say("о Севере", ("branch", "Север"))
    say("о Центре", ("branch", "Центр"))
    say("обо всём")
    _, cookies[cookie.SESSION] = account("v", "Вера", Membership("", "viewer", (("branch", ("Центр",)),)))
    at = app("quality", kpi="rework_rate", lens="comments")
    page = shown(at)
    assert "о Центре" in page
    assert "о Севере" not in page
    assert "обо всём" not in page
    assert not at.text_area


def test_who_is_called_is_told_until_they_look(business: Path, app: Open, cookies: dict[str, str]) -> None:
    number, token = account("boris", "Борис Лунёв", Membership("", "lead"))
    session.store().entries.comments.add(Comment(0, "rework_rate", *OCTOBER, None, "Ольга", None, "@x"), [number])
    cookies[cookie.SESSION] = token
    assert "Вас зовут" in shown(app())
    app("quality", kpi="rework_rate", lens="comments")
    assert "Вас зовут" not in shown(app())


def test_names_are_found_whole(business: Path) -> None:
    for login, name in (("anna", "Анна"), ("anna2", "Анна Котова"), ("b@x.ru", "Борис")):
        account(login, name, Membership("", "viewer"))
    people = session.people().persons.all()
    called = {one.name for one in mentioned("@анна котова, спросите @b@x.ru; @Аннапурна не при чём, @", people)}
    assert called == {"Анна Котова", "Борис"}
    assert [one.name for one in mentioned("@Анна!", people)] == ["Анна"]


def test_a_missed_target_wants_a_word(business: Path, app: Open) -> None:
    entries = session.store().entries
    entries.choose_key_kpis([KeyKpi("rework_rate", None)])
    entries.change_targets([NewTarget("rework_rate", good_high=0.1, ok_high=0.2, valid_from=date(2026, 1, 1))])
    told = "Цель не выполнена, и никто не объяснил почему"
    assert told not in shown(app())
    entries.settings.set(REQUIRED, True)
    assert told in shown(app())
    say("знаем: учим новичка")
    assert told not in shown(app())
