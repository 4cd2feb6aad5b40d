"""Asking a service: limits over runs, waits, repeats, and answers that are none. A real server each time."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from data.collect.api import asking as module
from data.collect.api.asking import Asking, Question, opened
from data.collect.api.failures import Broken, NotUnderstood, Unreachable, Wait
from data.collect.api.pace import Limit, Pace
from data.message import say
from tests.unit.collect.gathering import NOW, Wall
from tests.unit.collect.local import Came, Given, serving

WHAT = Question("GET", "/x", say("something"))


class Script:
    """Answers in turn; the last for ever."""

    def __init__(self, *given: Given) -> None:
        self.given = list(given)
        self.came = 0

    def __call__(self, _came: Came) -> Given:
        self.came += 1
        return self.given.pop(0) if len(self.given) > 1 else self.given[0]


@pytest.fixture
def ask(request: pytest.FixtureRequest) -> Iterator[Callable[..., tuple[Asking, Script, Wall]]]:
    stack: list[object] = []

    def made(*given: Given) -> tuple[Asking, Script, Wall]:
        script, wall = Script(*given), Wall()
        served, client = serving(script), None
        address = served.__enter__()
        client = opened(address)
        http = client.__enter__()
        stack.extend([client, served])
        return Asking("Service", http, Pace(wall, wall.sleep)), script, wall

    yield made
    for one in stack:
        one.__exit__(None, None, None)  # type: ignore[attr-defined]


def test_a_limit_holds_within_a_run_and_over_runs() -> None:
    wall, limit = Wall(), Limit("five", 5, 60)
    pace = Pace(wall, wall.sleep, patience=100)
    made = []
    for _ in range(12):
        pace.wait([limit])
        made.append(wall.seconds())
    assert made == [0, 0, 0, 0, 0, 60, 60, 60, 60, 60, 120, 120]
    again = Pace(wall, wall.sleep)
    again.recall(pace.state())
    for _ in range(3):
        again.wait([limit])
    with pytest.raises(Wait) as wait:
        again.wait([limit])
    assert wait.value.at == NOW + timedelta(seconds=180)


def test_two_limits_at_once_and_a_clock_set_back() -> None:
    wall = Wall()
    pace = Pace(wall, wall.sleep, patience=100)
    fast, slow = Limit("second", 2, 1), Limit("minute", 3, 60)
    made = []
    for _ in range(4):
        pace.wait([fast, slow])
        made.append(wall.seconds())
    assert made == [0, 0, 1, 60]
    wall.at = NOW - timedelta(hours=3)  # nobody is locked out for three hours
    pace.wait([fast, slow])
    assert wall.at == NOW - timedelta(hours=3)


def test_what_fails_by_chance_is_asked_again(ask: Callable[..., tuple[Asking, Script, Wall]]) -> None:
    asking, script, wall = ask(Given(502), Given(200, drop=True), Given(200, {"a": 1}))
    assert asking.read(WHAT, asking.ask(WHAT, {})) == {"a": 1}
    assert script.came == 3
    assert 0 < wall.seconds() < 3


@pytest.mark.parametrize(
    ("given", "failure"), [(Given(500, b"<html>"), Broken), (Given(200, drop=True), Unreachable)], ids=["500", "lost"]
)
def test_what_keeps_failing_is_told_after_three_times(
    ask: Callable[..., tuple[Asking, Script, Wall]], given: Given, failure: type[Exception]
) -> None:
    asking, script, _ = ask(given)
    with pytest.raises(failure):
        asking.ask(WHAT, {})
    assert script.came == 3


def test_nobody_there_is_unreachable() -> None:
    wall = Wall()
    with opened("http://127.0.0.1:9") as http, pytest.raises(Unreachable, match="does not answer"):
        Asking("Service", http, Pace(wall, wall.sleep)).ask(WHAT, {})


AFTER = datetime(2026, 11, 5, 9, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "headers",
    [
        {"retry-after": "90"},
        {"date": format_datetime(AFTER, usegmt=True),
         "retry-after": format_datetime(AFTER + timedelta(seconds=90), usegmt=True)},
    ],
    ids=["seconds", "date"],
)  # fmt: skip
def test_a_long_wait_the_service_asks_for_ends_the_run(
    ask: Callable[..., tuple[Asking, Script, Wall]], headers: dict[str, str]
) -> None:
    asking, script, _ = ask(Given(429, {}, headers))
    with pytest.raises(Wait) as wait:
        asking.ask(WHAT, {})
    assert wait.value.at == NOW + timedelta(seconds=90)
    assert script.came == 1


def test_a_short_wait_is_waited_and_too_many_without_a_time_is_left_alone_for_a_minute(
    ask: Callable[..., tuple[Asking, Script, Wall]],
) -> None:
    asking, _, wall = ask(Given(429, {}, {"retry-after": "2"}), Given(200, {}))
    assert asking.ask(WHAT, {}).status == 200
    assert wall.seconds() == 2
    asking, script, wall = ask(Given(429))
    with pytest.raises(Wait) as wait:
        asking.ask(WHAT, {})
    assert wait.value.at - wall.at == timedelta(minutes=1)
    assert script.came == 3


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<!doctype html><title>Captcha</title>", "web page"), (b'{"a": [1, 2', "breaks off"), (b"", "breaks off"),
        (b"\xff\xfe\x00", "breaks off"), (b"[" * 100_000, "breaks off"),
    ],
    ids=["page", "half", "empty", "bytes", "deep"],
)  # fmt: skip
def test_what_is_no_data_is_said_to_be_none(
    ask: Callable[..., tuple[Asking, Script, Wall]], content: bytes, told: str
) -> None:
    asking, _, _ = ask(Given(200, content))
    with pytest.raises(NotUnderstood, match=told) as error:
        asking.read(WHAT, asking.ask(WHAT, {}))
    assert "Captcha" not in str(error.value)


def test_an_endless_or_dripping_answer_ends(
    ask: Callable[..., tuple[Asking, Script, Wall]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 1000)
    asking, _, _ = ask(Given(200, b"1" * 5000))
    with pytest.raises(NotUnderstood, match="too large"):
        asking.ask(WHAT, {})
    monkeypatch.setattr(module, "MOST_BYTES", 1 << 20)
    monkeypatch.setattr(module, "MOST_SECONDS", 0.0)
    with pytest.raises(Unreachable):
        asking.ask(WHAT, {})


def test_redirects_are_not_followed(ask: Callable[..., tuple[Asking, Script, Wall]]) -> None:
    asking, script, _ = ask(Given(302, b"", {"location": "http://169.254.169.254/"}))
    assert asking.ask(WHAT, {}).status == 302
    assert script.came == 1
