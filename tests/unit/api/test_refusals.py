"""Who gets no answer, and how they are told."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from kpi.api.kept import Kept
from kpi.api.model import Answer
from pages._ui.server.api import pace
from pages._ui.server.api.uses import USES
from pages._ui.server.form.rate import Rate
from tests.unit.api.asking import Place, Program

pytestmark = pytest.mark.xdist_group("api")

TYPE = "application/problem+json"


def test_without_a_token_there_is_no_answer(place: Place) -> None:
    token = place.program().token
    for asked, error in ((None, ""), ("x" * 43, ', error="invalid_token"'), (f"{token}x", ', error="invalid_token"')):
        answer = Program(place.client, asked).get("/values?kpi=revenue")
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == f'Bearer realm="kpi"{error}'
        assert answer.headers["content-type"] == TYPE
        assert answer.json()["status"] == 401
    assert place.nobody().get(f"/values?kpi=revenue&token={token}").status_code == 401
    basic = place.client.get("/api/v1/freshness", headers={"authorization": f"Basic {token}"})
    assert basic.status_code == 401


def test_a_token_taken_back_or_over_answers_no_more(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    program, tokens = place.program(lasts=timedelta(days=1)), place.store.entries.api_tokens
    for _ in range(3):
        program.json("/freshness")
    USES.write()
    used = tokens.all()[-1]
    assert (used.used, used.used_at) == (3, datetime(2026, 11, 23, 12))
    USES.write()
    assert tokens.all()[-1].used == 3
    monkeypatch.setattr(tokens, "_clock", lambda: datetime(2026, 11, 24, 12))
    assert program.get("/freshness").status_code == 401
    monkeypatch.undo()
    taken = place.program()
    tokens.revoke(tokens.all()[-1].id)
    assert taken.get("/freshness").status_code == 401


def test_a_card_s_token_opens_its_card_and_nothing_else(place: Place) -> None:
    token = place.card("rework_rate", "quality")
    program = Program(place.client, token)
    for path in ("/values?kpi=rework_rate", "/card/rework_rate", "/freshness", "/catalogue"):
        assert program.get(path).status_code == 403
    shown = place.client.get(f"/api/v1/embed/{token}?kpi=revenue&lang=en&grain=year")
    assert "Rework" in shown.text
    assert "October 2026" in shown.text
    assert token not in shown.text
    figures = place.program().token
    assert place.client.get(f"/api/v1/embed/{figures}").status_code == 404
    assert place.client.get(f"/api/v1/embed/{token}x").status_code == 404


def test_only_named_sites_frame_a_card(place: Place) -> None:
    sites = ("https://example.org", "https://shop.example:8443")
    framed = place.client.get(f"/api/v1/embed/{place.card('revenue', 'finance', sites=sites)}")
    policy = framed.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors https://example.org https://shop.example:8443")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "x-frame-options" not in framed.headers
    assert framed.headers["cross-origin-resource-policy"] == "cross-origin"
    assert framed.headers["referrer-policy"] == "no-referrer"
    closed = place.client.get(f"/api/v1/embed/{place.card('revenue', 'finance')}")
    assert closed.headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert closed.headers["x-frame-options"] == "DENY"
    for path in ("/freshness", "/card/revenue", "/nowhere"):
        answer = place.program().get(path)
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/values", 400, "The parameter «kpi» is missing."),
        ("/values?kpi=revenue&form=csv", 400, "There is no parameter «form»."),
        ("/values?kpi=revenue&grain=hour", 400, "The parameter «grain» cannot be read."),
        ("/values?kpi=revenue&grain=day&grain=week", 400, "The parameter «grain» cannot be read."),
        ("/values?kpi=revenue&since=1.1.2026", 400, "The parameter «since» cannot be read."),
        ("/values?kpi=revenue&where=branch", 400, "The parameter «where» cannot be read."),
        (f"/values?kpi={'a' * 501}", 400, "The parameter «kpi» cannot be read."),
        ("/members/branch?limit=0", 400, "The parameter «limit» cannot be read."),
        ("/members/weather", 400, "The parameter «dimension» cannot be read."),
        ("/values?kpi=revenu", 404, "There is no KPI «revenu»."),
        ("/chart/nothing.png", 404, "There is no KPI «nothing»."),
        ("/chart/revenue.gif", 400, "The parameter «format» cannot be read."),
        ("/values?kpi=revenue&by=weather", 404, "There is nothing called «weather» to slice by."),
        ("/values?kpi=revenue&since=2026-10-02&until=2026-10-01", 422, "The period ends before it begins."),
        ("/values?kpi=revenue&grain=day&since=1900-01-01&until=2200-01-01", 422,
         "The answer would have more than 20,000 rows."),
        ("/nowhere", 404, "There is nothing at this address."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(place: Place, path: str, status: int, said: str) -> None:
    answer = place.program().get(path)
    assert (answer.status_code, answer.json()["title"]) == (status, said)
    assert answer.headers["content-type"] == TYPE
    assert answer.json()["status"] == status
    russian = place.program().get(path, accept_language="ru")
    assert russian.status_code == status
    assert russian.json()["title"] != said
    assert russian.headers["content-language"] == "ru"


def test_a_hint_helps(place: Place) -> None:
    assert place.program().get("/values?kpi=revenu").json()["hint"].startswith("Did you mean revenue")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_changed(place: Place, method: str) -> None:
    answer = place.program().ask(method, "/values?kpi=revenue")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_too_many_requests_are_told_when_to_come_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "asked", Rate(3, 0.25, now=lambda: 0.0))
    program, other = place.program(), place.program()
    assert [program.get("/freshness").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert program.get("/freshness").headers["retry-after"] == "4"
    assert other.get("/freshness").status_code == 200
    monkeypatch.setattr(pace, "guessed", Rate(2, 0.2, now=lambda: 0.0))
    stranger = Program(place.client, "x" * 43)
    assert [stranger.get("/freshness").status_code for _ in range(3)] == [401, 401, 429]
    assert other.get("/freshness").status_code == 200  # a token that answers is no guess


def test_questions_under_way_are_counted() -> None:
    under_way = pace.UnderWay()
    with under_way.one_more("a"), under_way.one_more("a"), under_way.one_more("a"), under_way.one_more("b"):
        with pytest.raises(pace.Busy), under_way.one_more("a"):
            pass
        with under_way.one_more("b"):
            pass
    with under_way.one_more("a"):
        pass


def test_a_known_answer_is_not_sent_again(place: Place) -> None:
    program = place.program()
    answer = program.get("/values?kpi=revenue")
    tag = answer.headers["etag"]
    for known in (tag, f'"x", W/{tag}', "*"):
        again = program.get("/values?kpi=revenue", if_none_match=known)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert program.get("/values?kpi=revenue", if_none_match='"x"').status_code == 200
    assert answer.headers["cache-control"] == "private, no-cache"
    assert program.ask("HEAD", "/values?kpi=revenue").headers["etag"] == tag


def test_answers_are_kept_within_bounds() -> None:
    kept, made = Kept(100), list[str]()

    def make(name: str) -> Any:
        made.append(name)
        return Answer(b"x" * 40, "text/plain")

    for name in ("a", "b", "a", "c", "a", "b"):
        kept.answer(name, lambda name=name: make(name))  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"]


def test_scripts_of_other_sites_read_nothing_unless_it_is_set(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    program = place.program()
    for method in ("GET", "OPTIONS"):
        told = program.ask(method, "/freshness", origin="https://example.org").headers
        assert not [name for name in told if name.startswith("access-control")]
    monkeypatch.setenv("KPI_API_SITES", "https://example.org https://other.example")
    told = program.get("/freshness", origin="https://example.org").headers
    assert told["access-control-allow-origin"] == "https://example.org"
    assert "Origin" in told["vary"]
    assert "access-control-allow-credentials" not in told
    asked = program.ask("OPTIONS", "/freshness", origin="https://other.example").headers
    assert asked["access-control-allow-headers"] == "Authorization, If-None-Match"
    assert "access-control-allow-origin" not in program.get("/freshness", origin="https://evil.example").headers


def test_on_one_s_own_computer_it_answers_this_computer_only(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPI_ALONE", "1")
    assert place.program().get("/freshness", accept="text/html").status_code in (303, 401)


def test_a_bug_tells_nothing_but_its_number(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Any:
        raise ValueError("a secret of the business")

    monkeypatch.setattr("pages._ui.server.api.routes.asking", broken)
    answer = place.program().get("/freshness")
    assert answer.status_code == 500
    assert "secret" not in answer.text
