"""Nothing of a forbidden row reaches whoever may not see it: not in a frame, a chart, a file or an error."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from data.access.people import KPI_PAGES, LEAD_PAGES, Membership, passwords
from data.access.visitor import personal_link
from data.store.entries import NewLink
from data.store.entries.alerts import AlertRule
from data.store.store import Store
from data.store.zone import instant
from kpi.alerts import rights
from kpi.custom.joined import catalogue_of
from kpi.delivery.alerting import alert
from kpi.delivery.kinds import set_up
from pages._ui import cookie, navigation, session
from pages._ui.lenses.choice import LENSES
from tests.pages.canary import CANARY, FORBIDDEN, SEEN, everything, write_business
from tests.pages.canary_entered import BYTES, assert_clean, assert_files_clean, taken, write_entered
from tests.pages.conftest import Open

__all__ = ["taken"]
Taken = list[tuple[str, bytes]]

ROLES = ("link", "viewer", "lead")
AREAS = navigation.AREAS
QUICK = {("link", "branch"), ("viewer", "account"), ("lead", "employee")}


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace; copied for each test."""
    folder = tmp_path_factory.mktemp("canary")
    with Store.open(folder / "workspace") as store:
        write_business(store, folder)
        write_entered(store)
    return folder / "workspace"


@pytest.fixture
def business(workspace: Path, halves: Path) -> Path:
    """The workspace of two halves."""
    shutil.copytree(halves, workspace)
    return workspace


def come_in(cookies: dict[str, str], role: str, dimension: str) -> frozenset[str]:
    """Somebody limited to the half that may be seen comes in; the pages they open."""
    where = ((dimension, (SEEN[dimension],)),)
    people = session.people()
    if role == "link":
        number, _ = session.store().entries.links.create(NewLink(KPI_PAGES, "overview", where, "Половина"))
        cookies[cookie.SESSION] = people.sessions.begin("", "phone", link=number)
        return KPI_PAGES
    number = people.persons.add(f"{role}-{dimension}", "Ольга")
    people.persons.admit(number, Membership("", role, where))  # type: ignore[arg-type]
    people.persons.choose_password(number, passwords.hashed("верблюд в горах"))
    cookies[cookie.SESSION] = people.sessions.begin("", "phone", person=number)
    return LEAD_PAGES if role == "lead" else KPI_PAGES


@pytest.mark.parametrize(
    ("role", "dimension"),
    [
        pytest.param(role, dimension, marks=[] if (role, dimension) in QUICK else [pytest.mark.slow])
        for role in ROLES
        for dimension in SEEN
    ],
)
def test_no_page_shows_the_other_half(
    business: Path, app: Open, cookies: dict[str, str], taken: Taken, role: str, dimension: str
) -> None:
    for page in sorted(come_in(cookies, role, dimension) & {*navigation.PAGES}):
        at = app(page)
        assert not at.exception, page
        assert_clean(everything(at), page)
        assert_files_clean(taken, page)


FORGED: tuple[tuple[str, dict[str, str]], ...] = (
    ("overview", {}),
    ("quality", {"lens": "rows"}),
    ("finance", {"kpi": "revenue", "lens": "rows"}),
    ("people", {"person": FORBIDDEN["employee"]}),
    ("quality", {"compare": f"branch:{FORBIDDEN['branch']}"}),
    ("catalogue", {"own": "new"}),
    ("marketing", {"branch": FORBIDDEN["branch"]}),
)
"""Pages and addresses that ask for the other half by name."""


@pytest.mark.parametrize(("page", "asked"), FORGED)
def test_no_address_asks_it_out(
    business: Path, app: Open, cookies: dict[str, str], taken: Taken, page: str, asked: dict[str, str]
) -> None:
    come_in(cookies, "viewer", "branch")
    names: dict[str, str | list[str]] = {name: [FORBIDDEN[name]] for name in ("team", "employee")}
    sent = everything(app(page, **{**names, **asked}))
    for member in FORBIDDEN.values():
        sent = sent.replace(member.encode(), b"")  # what was asked for is said back
    assert_clean(sent, asked)
    assert_files_clean(taken, asked)


@pytest.mark.parametrize("lens", [lens.code for lens in LENSES])
@pytest.mark.parametrize("area", [pytest.param(a, marks=[] if a == "finance" else [pytest.mark.slow]) for a in AREAS])
def test_no_lens_shows_the_other_half(
    business: Path, app: Open, cookies: dict[str, str], taken: Taken, area: str, lens: str
) -> None:
    come_in(cookies, "lead", "branch")
    assert_clean(everything(app(area, lens=lens)), (area, lens))
    assert_files_clean(taken, (area, lens))


@pytest.mark.slow
@pytest.mark.parametrize("dimension", SEEN)
@pytest.mark.parametrize("area", AREAS)
def test_no_kpi_and_no_lens_shows_the_other_half(
    business: Path, app: Open, cookies: dict[str, str], taken: Taken, area: str, dimension: str
) -> None:
    come_in(cookies, "lead", dimension)
    for kpi in [kpi.id for kpi in catalogue_of(session.store()).visible() if kpi.area == area]:
        for lens in ("", *(lens.code for lens in LENSES)):
            assert_clean(everything(app(area, kpi=kpi, **({"lens": lens} if lens else {}))), (kpi, lens))
            assert_files_clean(taken, (kpi, lens))


@pytest.mark.parametrize("dimension", ["branch", "account"])
def test_a_colleague_s_page_knows_nothing_of_the_other_half(
    business: Path, app: Open, cookies: dict[str, str], dimension: str
) -> None:
    come_in(cookies, "lead", dimension)
    at = app("people", person=SEEN["employee"])
    assert "Анна Котова".encode() in everything(at)
    assert_clean(everything(at), dimension)


def test_money_that_is_hidden_is_on_no_page(business: Path, app: Open, cookies: dict[str, str]) -> None:
    people = session.people()
    number = people.persons.add("bank", "Банк")
    people.persons.admit(number, Membership("", "lead", money="hidden"))
    cookies[cookie.SESSION] = people.sessions.begin("", "phone", person=number)
    for page in sorted(LEAD_PAGES - {"bonus"}):
        for more in ({}, {"person": SEEN["employee"]}) if page == "people" else ({},):
            sent = everything(app(page, **more))
            assert "млн".encode() not in sent, page
            assert not [total for total in BYTES if total in sent], page


def test_a_person_s_link_shows_nobody_else(business: Path, app: Open, cookies: dict[str, str], taken: Taken) -> None:
    number, _ = session.store().entries.links.create(personal_link(SEEN["employee"]))
    cookies[cookie.SESSION] = session.people().sessions.begin("", "phone", link=number)
    for page in ("people", "bonus"):
        assert_clean(everything(app(page)), page)
    assert {Path(name).suffix for name, _ in taken} == {".xlsx", ".pdf"}  # the sheet of a bonus
    assert_files_clean(taken, "bonus")


def test_the_canary_is_there_for_who_may_see_it(business: Path, app: Open, taken: Taken) -> None:
    """Or the tests above would prove nothing."""
    assert CANARY.encode() in everything(app("bonus", month="2026-09"))
    assert len([name for name, content in taken if CANARY.encode() in content]) == 2  # a workbook, and a PDF
    taken.clear()
    assert CANARY.encode() in everything(app("finance", kpi="revenue", lens="rows"))
    assert [name for name, content in taken if CANARY.encode() in content]
    for page in ("people", "finance", "marketing", "hiring"):
        assert CANARY.encode() in everything(app(page)), page
    finance = everything(app("finance", kpi="revenue"))
    assert "млн".encode() in finance
    assert any(total in finance for total in BYTES)


@pytest.mark.parametrize(
    "dimension", [pytest.param(one, marks=[] if one == "branch" else [pytest.mark.slow]) for one in SEEN]
)
def test_no_alert_tells_of_the_other_half(
    business: Path, app: Open, cookies: dict[str, str], tmp_path: Path, dimension: str
) -> None:
    come_in(cookies, "lead", dimension)
    store = session.store()
    out = tmp_path / "out"
    out.mkdir()
    channel = set_up(store, "folder", "folder", {"path": str(out)})
    store.entries.set_target("revenue", good_low=1e9)
    store.entries.alerts.rules.add(
        AlertRule(kpis=("revenue",), worst_rating=5, roles=("lead",), channels=(channel,), quiet=None, lines=50)
    )
    with store.gate.itself():
        alert(store, instant(store.clock))
    mine = rights(Membership("", "lead", ((dimension, (SEEN[dimension],)),)).scope)
    found = store.entries.alerts.journal.since(date.min)
    assert {one.rights for one in found} == {"", mine}
    told = {one.recipient: one.lines.encode() for one in store.entries.alerts.messages.since(date.min)}
    assert CANARY.encode() in told.pop("place")  # what the owner is told of, it can fail
    for lines in told.values():
        assert_clean(lines, dimension)
    for one in found:
        if one.rights == mine:
            assert_clean(one.content.encode(), dimension)
    assert_clean(everything(app("alerts")), dimension)
