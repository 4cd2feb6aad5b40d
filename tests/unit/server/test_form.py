"""The form of a survey, driven as ASGI through the whole stack of middleware."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from data.store.entries.surveys import Survey
from data.store.store import Store
from kpi.language import language
from kpi.surveys import TEMPLATES, questions_of
from pages._ui.server.form import routes
from pages._ui.server.form.rate import Rate
from pages._ui.server.middleware import middleware
from tests.unit.server import stack
from tests.unit.store.files import opened
from tests.unit.surveys.asked import ask, tokens

SHEET = re.compile(r'name="sheet" value="([0-9a-f]{32})"')


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    with opened(tmp_path) as made:
        monkeypatch.setattr(routes, "stores", lambda: (made,))
        monkeypatch.setattr(routes, "_seen", Rate(1000, 1000))
        monkeypatch.setattr(routes, "_given", Rate(60, 1))
        yield made


class Phone:
    """Asks for pages as a phone does."""

    def __init__(self, language: str = "ru-RU", **headers: str) -> None:
        inside = Route("/", lambda _request: PlainTextResponse("inside"))
        self.app = Starlette(routes=[*routes.form_routes(), inside], middleware=middleware(1))
        self.headers = {"host": "localhost:8501", "accept-language": language, **headers}
        self.client = ("127.0.0.1", 5000)

    def get(self, path: str) -> tuple[int, Headers, str]:
        return self._ask("GET", path, b"", {})

    def post(self, path: str, fields: dict[str, Any], **headers: str) -> tuple[int, Headers, str]:
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(fields).encode(), kind | headers)

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, Headers, str]:
        return stack.answer(self.app, method, path, body, {**self.headers, **headers}, self.client, "http")


def sheet(phone: Phone, token: str) -> str:
    found = SHEET.search(phone.get(f"/s/{token}")[2])
    assert found
    return found[1]


def test_a_form_is_answered_and_says_thanks(store: Store) -> None:
    number = ask(store)
    [[token]] = tokens(store, number)
    phone = Phone()
    status, headers, _ = phone.post(f"/s/{token}", {"sheet": sheet(phone, token), "q0": "9", "comment": "да <b>"})
    assert (status, headers["location"]) == (303, f"/s/{token}/thanks")
    status, _, text = phone.get(headers["location"])
    assert status == 200
    assert "Спасибо" in text
    assert store.entries.surveys.answers.people() == {number: 1}


def test_the_same_sheet_twice_is_one_answer(store: Store) -> None:
    number = ask(store)
    [[token]] = tokens(store, number)
    phone = Phone()
    fields = {"sheet": sheet(phone, token), "q0": "9"}
    assert [phone.post(f"/s/{token}", fields)[0] for _ in range(3)] == [303, 303, 303]
    assert store.entries.surveys.answers.people() == {number: 1}


def test_every_kind_has_a_form_in_both_languages(store: Store) -> None:
    for of in TEMPLATES:
        words = language("ru")
        number = ask(store, of.kind, of.audience, questions=questions_of(of, words.render))
        [[token]] = tokens(store, number)
        survey: Survey = store.entries.surveys.get(number)
        russian, english = Phone("ru").get(f"/s/{token}")[2], Phone("en").get(f"/s/{token}")[2]
        assert '<html lang="ru">' in russian
        assert '<html lang="en">' in english
        assert russian.count('type="radio"') == sum(q.high - q.low + 1 for q in survey.questions)
        assert re.search("[А-я]", english.replace("Русский", "")) is None
        assert all(question.text in russian for question in survey.questions)
        assert '<html lang="en">' in Phone("ru").get(f"/s/{token}?lang=en")[2]


def test_the_page_loads_nothing_and_runs_nothing(store: Store) -> None:
    [[token]] = tokens(store, ask(store, title="<script>alert(1)</script>"))
    _, headers, text = Phone().get(f"/s/{token}")
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert "script-src" not in policy
    assert "<script" not in text
    assert "http" not in text
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers


def test_a_question_of_the_owner_is_escaped(store: Store) -> None:
    from data.store.entries.surveys import Question

    [[token]] = tokens(store, ask(store, "pulse", questions=(Question(None, "<img src=x> {n}", 1, 5),)))
    assert "&lt;img src=x&gt; {n}" in Phone().get(f"/s/{token}")[2]


@pytest.mark.parametrize("token", ["x" * 24, "short", "..%2f", "a" * 500, "ы" * 24, "x" * 24 + "/more", ""])
def test_wrong_tokens_all_get_one_answer(store: Store, token: str) -> None:
    ask(store)
    known = Phone().get("/s/" + "y" * 24)
    for status, _, text in (Phone().get(f"/s/{token}"), Phone().post(f"/s/{token}", {"sheet": "a" * 32, "q0": "1"})):
        assert (status, text) == (404, known[2])


@pytest.mark.parametrize("given", [{}, {"q0": ""}, {"q0": "11"}, {"q0": "-1"}, {"q0": "9.5"}, {"q0": "٣"}])
def test_a_missing_or_impossible_answer_is_asked_again(store: Store, given: dict[str, str]) -> None:
    [[token]] = tokens(store, ask(store))
    phone = Phone()
    mine = sheet(phone, token)
    status, _, text = phone.post(f"/s/{token}", {"sheet": mine, "comment": "<b>моё", **given})
    assert status == 422
    assert "&lt;b&gt;моё" in text
    assert mine in text
    assert "Пожалуйста, ответьте" in text
    assert store.entries.surveys.answers.people() == {}


def test_what_is_no_form_or_too_large_is_refused(store: Store) -> None:
    [[token]] = tokens(store, ask(store))
    phone = Phone()
    fields = {"sheet": sheet(phone, token), "q0": "9"}
    assert phone.post(f"/s/{token}", {**fields, "comment": "x" * 40_000})[0] == 400
    assert phone.post(f"/s/{token}", {**fields, **{f"x{n}": n for n in range(80)}})[0] == 400
    assert phone.post(f"/s/{token}", {"q0": "9", "sheet": "no"})[0] == 400
    assert phone.post(f"/s/{token}", fields, **{"content-type": "application/json"})[0] == 400
    assert store.entries.surveys.answers.people() == {}


def test_used_invitations_and_ended_surveys_say_so(store: Store) -> None:
    number = ask(store, invitations=2)
    [[first, second]] = tokens(store, number)
    phone = Phone()
    assert phone.post(f"/s/{first}", {"sheet": sheet(phone, first), "q0": "9"})[0] == 303
    status, _, text = phone.get(f"/s/{first}")
    assert status == 409
    assert "уже ответили" in text
    late = sheet(phone, second)
    store.entries.surveys.close(number)
    assert phone.get(f"/s/{second}")[0] == 410
    assert phone.post(f"/s/{second}", {"sheet": late, "q0": "9"})[0] == 409
    assert store.entries.surveys.answers.people() == {number: 1}


def test_a_machine_is_slowed_down(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "_given", Rate(3, 0, now=lambda: 0.0))
    number = ask(store)
    [[token]] = tokens(store, number)
    phone = Phone()
    sent = [phone.post(f"/s/{token}", {"sheet": f"{n:032x}", "q0": "9"})[0] for n in range(5)]
    assert sent == [303, 303, 303, 429, 429]


def test_a_rate_comes_back_with_time() -> None:
    seconds = iter([0.0, 0.0, 0.0, 1.0, 1.0])
    rate = Rate(2, 1, now=lambda: next(seconds))
    assert [rate.allows("a") for _ in range(5)] == [True, True, False, True, False]


def test_other_devices_reach_the_form_alone_and_only_where_the_owner_said_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_ALONE", "1")
    [[token]] = tokens(store, ask(store))
    phone = Phone(host="192.168.1.10:8501")
    phone.client = ("192.168.1.55", 40000)
    assert phone.get(f"/s/{token}")[0] == 401
    monkeypatch.setenv("KPI_SURVEY_URL", "http://192.168.1.10:8501")
    assert phone.get(f"/s/{token}")[0] == 200
    for path in ("/", "/s/", f"/s/{token}/../..", "/s/short", f"/s/{token}/export", f"//s/{token}"):
        assert phone.get(path)[0] == 401, path
    assert phone._ask("PUT", f"/s/{token}", b"", {})[0] == 401
    through_proxy = Phone(host="kpi.example.ru", **{"x-forwarded-for": "203.0.113.9"})
    assert through_proxy.get(f"/s/{token}")[0] == 200
    assert through_proxy.get("/")[0] == 401


def test_answers_of_clients_reach_the_kpis_by_themselves(store: Store) -> None:
    number = ask(store, "nps", "client")
    [[token]] = tokens(store, number)
    phone = Phone()
    for score in (10, 9, 2):
        phone.post(f"/s/{token}", {"sheet": sheet(phone, token), "q0": str(score)})
    for job in store.writer.jobs():
        assert job.wait(20)
        assert job.error is None
    rows = store.cursor().execute("select score from fact_surveys where _live order by 1").fetchall()
    assert rows == [(2.0,), (9.0,), (10.0,)]


def test_no_file_of_the_workspace_holds_a_token(store: Store, tmp_path: Path) -> None:
    [[token]] = tokens(store, ask(store))
    phone = Phone()
    phone.post(f"/s/{token}", {"sheet": sheet(phone, token), "q0": "9"})
    store.close()
    shutil.copytree(tmp_path / "workspace", tmp_path / "copy")
    files = [path for path in (tmp_path / "copy").rglob("*") if path.is_file()]
    assert files
    assert all(token.encode() not in path.read_bytes() for path in files)
