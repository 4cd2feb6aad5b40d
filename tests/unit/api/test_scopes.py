"""A token sees nothing of what it is not for: not by value, picture, card, error or tag."""

from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from kpi.catalogue import catalogue
from kpi.model import Area
from tests.pages.canary import AMOUNT, FORBIDDEN, SEEN
from tests.pages.canary_entered import assert_clean
from tests.unit.api.asking import Place, Program
from tests.unit.store.files import load

pytestmark = pytest.mark.xdist_group("api")

OTHERS = ("account", "branch", "team", "employee", "service", "category", "source", "client", "role")
QUICK = ("revenue", "rework_rate")


def everything(program: Program, kpis: tuple[str, ...], dimension: str) -> bytes:
    """All that a token is told, asked in every way."""
    asked = ["/catalogue", "/targets", "/freshness", *(f"/members/{name}" for name in OTHERS)]
    for kpi in kpis:
        asked += [f"/values?kpi={kpi}&grain=month", f"/card/{kpi}", f"/card/{kpi}?period=running"]
        asked += [f"/values?kpi={kpi}&by={name}" for name in OTHERS]
        asked += [f"/values?kpi={kpi}&format=csv&by={dimension}"]
        asked += [f"/values?kpi={kpi}&where={name}={quote(member)}" for name, member in FORBIDDEN.items()]
    told = []
    for path in asked:
        answer = program.get(path)
        told.append(answer.content + repr(answer.headers).encode())
    return b"\n".join(told)


@pytest.mark.parametrize(
    "dimension",
    [pytest.param(name, marks=[] if name in ("branch", "employee") else [pytest.mark.slow]) for name in SEEN],
)
def test_a_token_of_one_half_is_told_nothing_of_the_other(place: Place, dimension: str) -> None:
    program = place.program(where=((dimension, (SEEN[dimension],)),))
    assert_clean(everything(program, QUICK, dimension), dimension)


@pytest.mark.slow
@pytest.mark.parametrize("dimension", SEEN)
def test_no_kpi_tells_a_token_of_the_other_half(place: Place, dimension: str) -> None:
    program = place.program(where=((dimension, (SEEN[dimension],)),))
    assert_clean(everything(program, tuple(kpi.id for kpi in catalogue().visible()), dimension), dimension)


def test_pictures_are_of_one_half(place: Place) -> None:
    program = place.program(where=(("branch", (SEEN["branch"],)),))
    for asked in ("?since=2026-09-01", "?kind=breakdown&by=employee", "?by=team"):
        assert_clean(program.get(f"/chart/revenue.svg{asked}").content, asked)


def test_a_card_is_of_one_half(place: Place) -> None:
    token = place.card("revenue", "finance", where=(("branch", (SEEN["branch"],)),))
    shown = place.client.get(f"/api/v1/embed/{token}?where=branch={quote(FORBIDDEN['branch'])}")
    assert shown.status_code == 200
    assert_clean(shown.content, "embed")


def test_the_other_half_is_there_for_who_may_see_it(place: Place) -> None:
    """Or the tests above would prove nothing."""
    told = everything(place.program(), QUICK, "branch")
    assert FORBIDDEN["employee"].encode() in told
    assert str(16 * (AMOUNT + 100)).encode() in told


@pytest.mark.parametrize("area", ["quality", "finance"])
def test_a_token_answers_for_its_areas(place: Place, area: Area) -> None:
    program, known = place.program(frozenset({area})), catalogue()
    assert {one["area"] for one in program.json("/catalogue")["kpis"]} == {area}
    assert {known.get(one["kpi"]).area for one in program.json("/targets")["targets"]} <= {area}
    foreign = next(kpi.id for kpi in known.visible() if kpi.area not in (area, "process"))
    for path in (f"/values?kpi={foreign}", f"/card/{foreign}", f"/chart/{foreign}.svg", f"/targets?kpi={foreign}"):
        answer = program.get(path)
        assert answer.status_code == 404
        assert answer.json()["title"] == f"There is no KPI «{foreign}»."


def test_what_others_load_changes_no_tag(place: Place, tmp_path: Path) -> None:
    mine, whole = place.program(where=(("branch", (SEEN["branch"],)),)), place.program()
    path = "/values?kpi=revenue&grain=month"
    before, all_before = (one.get(path).headers["etag"] for one in (mine, whole))
    who = ",".join(FORBIDDEN.values())
    lines = ["account,branch,team,employee,order_id,created_at,finished_at,status,revenue",
             f"{who},new,2026-10-05,2026-10-05,done,{AMOUNT}"]  # fmt: skip
    load(place.store, tmp_path, "more.csv", "orders", lines)
    assert mine.get(path).headers["etag"] == before
    assert whole.get(path).headers["etag"] != all_before


def test_hidden_money_is_told_nowhere(place: Place) -> None:
    program = place.program(money="hidden", areas=frozenset({"finance", "marketing"}))
    assert program.json("/values?kpi=revenue")["rows"] == []
    assert all(catalogue().get(one["kpi"]).unit != "money" for one in program.json("/targets")["targets"])
    assert program.get("/card/revenue").status_code == 422
    assert program.get("/chart/revenue.svg").status_code == 422
    rounded = place.program(money="rounded").json("/values?kpi=revenue")["rows"][0]["value"]
    exact = place.program().json("/values?kpi=revenue")["rows"][0]["value"]
    assert rounded != exact


def test_days_of_a_token_limit_what_it_is_told(place: Place) -> None:
    program = place.program(since=date(2026, 10, 1), until=date(2026, 10, 31))
    whole = place.program().json("/values?kpi=revenue&since=2026-10-01&until=2026-10-31")["rows"][0]["value"]
    assert program.json("/values?kpi=revenue")["rows"][0]["value"] == whole
    assert program.json("/freshness")["latest"] == "2026-10-31"
