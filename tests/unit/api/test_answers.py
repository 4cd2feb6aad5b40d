"""The answers are those of the command line, to the digit, and look as they are described."""

import io
import json

import jsonschema
import pytest
from openapi_spec_validator import validate

from kpi.api.endpoints import ENDPOINTS
from kpi.api.openapi import description
from kpi.api.schemas import SCHEMAS
from kpi.command.main import run
from kpi.command.session import Session
from tests.unit.api.asking import Place

pytestmark = pytest.mark.xdist_group("api")

QUESTIONS = (
    ("revenue", "?kpi=revenue", ()),
    ("revenue", "?kpi=revenue&grain=month", ("--grain", "month")),
    ("revenue", "?kpi=revenue&by=branch", ("--by", "branch")),
    ("rework_rate", "?kpi=rework_rate&grain=week&by=employee&since=2026-09-01&until=2026-10-15",
     ("--grain", "week", "--by", "employee", "--since", "2026-09-01", "--until", "2026-10-15")),
    ("revenue", "?kpi=revenue&where=branch=Центр&where=team=Смена 1",
     ("--where", "branch=Центр", "--where", "team=Смена 1")),
)  # fmt: skip


def told(place: Place, *argv: str) -> str:
    """What a command prints."""
    out = io.StringIO()
    folder = place.store.workspace.folder
    session = Session(folder, folder, out, io.StringIO(), "en", lambda: place.store)
    assert run(argv, session) == 0
    return out.getvalue()


@pytest.mark.parametrize(("kpi", "asked", "argv"), QUESTIONS)
def test_values_are_those_of_the_command(place: Place, kpi: str, asked: str, argv: tuple[str, ...]) -> None:
    program = place.program()
    assert program.json(f"/values{asked}")["rows"] == json.loads(told(place, "value", kpi, *argv, "--format", "json"))
    answer = program.get(f"/values{asked}&format=csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text == told(place, "value", kpi, *argv, "--format", "csv")


def test_catalogue_and_targets_are_those_of_the_commands(place: Place) -> None:
    program = place.program()
    assert program.json("/catalogue")["kpis"] == json.loads(told(place, "catalogue", "--json"))
    assert program.json("/targets")["targets"] == json.loads(told(place, "targets", "list", "--json"))


def test_members_and_freshness(place: Place) -> None:
    program = place.program()
    assert program.json("/members/branch") == {
        "dimension": "branch", "members": ["Кенар филиал", "Центр"], "more": False,
    }  # fmt: skip
    assert program.json("/members/branch?limit=1") == {"dimension": "branch", "members": ["Кенар филиал"], "more": True}
    until = program.json("/freshness")
    assert (until["data_until"]["orders"], until["latest"]) == ("2026-11-18", "2026-11-19")


def test_what_cannot_be_computed_says_why(place: Place) -> None:
    found = place.program().json("/values?kpi=utilisation&by=source")
    assert found["rows"] == []
    assert "Not available by Source" in found["unavailable"]["utilisation"]


@pytest.mark.parametrize("name", [one.name for one in ENDPOINTS if "application/json" in one.gives])
def test_answers_look_as_described(place: Place, name: str) -> None:
    endpoint = next(one for one in ENDPOINTS if one.name == name)
    asked = {"values": "?kpi=revenue&kpi=utilisation&grain=month&by=branch"}.get(name, "")
    answer = place.program().json(endpoint.path.replace("{dimension}", "team") + asked)
    schema = {**SCHEMAS[str(endpoint.gives["application/json"])], "components": {"schemas": SCHEMAS}}
    jsonschema.validate(answer, schema, jsonschema.Draft202012Validator)


def test_the_description_is_valid_and_made_of_the_routes(place: Place) -> None:
    found = place.nobody().json("/openapi.json")
    validate(found)
    assert found == description()
    assert {*found["paths"]} == {one.path for one in ENDPOINTS}
    for one in ENDPOINTS:
        listed = found["paths"][one.path]["get"]["parameters"]
        assert [p["name"] for p in listed][:-1] == [p.name for p in one.parameters]


def test_pictures(place: Place) -> None:
    program = place.program()
    for asked in ("?since=2026-09-01", "?kind=breakdown&by=branch&theme=dark&lang=ru"):
        drawn = program.get(f"/chart/revenue.svg{asked}")
        assert drawn.headers["content-type"] == "image/svg+xml"
        assert drawn.text.startswith("<svg")
    png = program.get("/chart/revenue.png?width=400&scale=1")
    assert png.headers["content-type"] == "image/png"
    assert png.content.startswith(b"\x89PNG")
    assert int.from_bytes(png.content[16:20], "big") == pytest.approx(400, abs=60)
    assert program.get("/chart/revenue.png?kind=breakdown").status_code == 400


def test_a_card(place: Place) -> None:
    page = place.program().get("/card/revenue?lang=ru").text
    october = place.program().json("/values?kpi=revenue&grain=month&since=2026-10-01&until=2026-10-31")["rows"][0]
    assert october["value"] == 16 * (7_777_777 + 100)  # told as 124 million
    assert "124\u00a0млн\u00a0₽" in page
    assert "октябрь 2026" in page
    assert "<script" not in page
    assert "ноябрь 2026" in place.program().get("/card/revenue?lang=ru&period=running").text
    assert 'class="dark"' in place.program().get("/card/revenue?theme=dark").text
