"""What is wrong at Avito is told in words, keeps the other parts going, and gives no key away."""

import logging
from pathlib import Path

import pytest

from data.collect import avito
from data.collect.api.failures import Broken, KeysRefused, NoRight, NotInTariff, NotThere, NotUnderstood, Refused
from data.collect.model import Arrived, Found, Later, Noted, Reached, State, Trouble, Value
from data.collect.settings import settled
from data.collect.trial import trial
from data.store.store import Store
from tests.unit.collect.avito.cabinet import KEYS, NOTHING, REVIEW, STATISTICS, YESTERDAY, Cabinet
from tests.unit.collect.avito.double import Figures
from tests.unit.collect.gathering import asked
from tests.unit.collect.local import Given

ALL: dict[str, Value] = {
    **NOTHING,
    "statistics": True,
    "calls": "counts",
    "reviews": True,
    "hiring": True,
    "history": 2,
}


@pytest.fixture(autouse=True)
def something(cabinet: Cabinet) -> None:
    """There is something to fetch."""
    cabinet.double.figures, cabinet.double.reviews = [Figures(1, YESTERDAY, {"views": 4})], [REVIEW]


def fetched(
    cabinet: Cabinet, given: dict[str, Value], secret: str = "s3cret", state: State | None = None
) -> list[Found]:
    told = asked(avito.KIND, cabinet.wall, {**NOTHING, **given}, {"client_secret": secret}, state)
    return list(avito.KIND.fetch(told))


def test_wrong_keys_are_told_and_where_the_right_ones_are(cabinet: Cabinet) -> None:
    with pytest.raises(KeysRefused, match="does not accept the keys") as error:
        fetched(cabinet, {"statistics": True}, "wr0ng-canary")
    assert error.value.is_lasting
    assert "avito.ru" in str(error.value.hint)
    assert "wr0ng-canary" not in str(error.value)


@pytest.mark.parametrize("given", [Given(403, {}), Given(401, {}), Given(200, {"error": "invalid_client"})])
def test_however_the_service_says_that_the_keys_are_wrong(cabinet: Cabinet, given: Given) -> None:
    cabinet.double.always["/token"] = given
    with pytest.raises(KeysRefused):
        fetched(cabinet, {"statistics": True})


def test_a_token_that_is_over_is_renewed_once(cabinet: Cabinet) -> None:
    cabinet.double.faults[STATISTICS] = [Given(401, {"error": {"code": 401}})]
    found = fetched(cabinet, {"statistics": True, "history": 2})
    assert sum(isinstance(one, Arrived) for one in found) == 0  # the repeat would break «one a minute»
    assert [type(one) for one in found if not isinstance(one, Reached)] == [Later]
    assert len(cabinet.double.tokens) == 2
    cabinet.double.always["/core/v1/accounts/self"] = Given(401, {})
    with pytest.raises(KeysRefused):
        fetched(cabinet, {"statistics": True, "history": 2})


@pytest.mark.parametrize(
    ("status", "failure"), [(402, NotInTariff), (403, NoRight), (404, NotThere), (400, Refused), (302, Refused)]
)
def test_each_refusal_has_its_words(cabinet: Cabinet, status: int, failure: type[Trouble]) -> None:
    cabinet.double.always[STATISTICS] = Given(status, {"error": {"code": status, "message": "canary"}})
    with pytest.raises(failure) as error:
        fetched(cabinet, {"statistics": True, "history": 2})
    assert "statistics of advertisements" in str(error.value)
    assert "canary" not in str(error.value)


def test_one_part_without_a_right_is_left_out_and_said_and_asked_again_the_next_day(cabinet: Cabinet) -> None:
    cabinet.double.always["/ratings/v1/reviews"] = Given(403, {})
    found = fetched(cabinet, ALL)
    assert [one.fact for one in found if isinstance(one, Arrived)] == ["ads"]
    assert [str(one.message) for one in found if isinstance(one, Noted)] == [
        "reviews: Avito does not give these keys the right to: reviews."
    ]
    state = [one for one in found if isinstance(one, Reached)][-1].state
    again = fetched(cabinet, ALL, state=state)
    assert [str(one.message) for one in again if isinstance(one, Noted)] == [
        "Left out: reviews. Avito gives these keys no right to it; it is asked again on 2026-11-06."
    ]
    assert cabinet.double.asked["/ratings/v1/reviews"] == 1
    cabinet.wall.sleep(86_401)
    del cabinet.double.always["/ratings/v1/reviews"]
    after = fetched(cabinet, ALL, state=state)
    assert "reviews" in [one.fact for one in after if isinstance(one, Arrived)]


def test_a_broken_part_keeps_none_of_the_others_and_is_no_trouble_of_the_whole(cabinet: Cabinet) -> None:
    cabinet.double.always["/ratings/v1/reviews"] = Given(500, b"<html>")
    found = fetched(cabinet, ALL)
    assert [one.fact for one in found if isinstance(one, Arrived)] == ["ads"]
    assert [str(one.message) for one in found if isinstance(one, Noted)] == [
        "reviews: Avito answers with an error of its own (500)."
    ]
    with pytest.raises(Broken):
        fetched(cabinet, {"reviews": True})


@pytest.mark.parametrize(
    "content",
    [
        b"<html>captcha</html>", {}, {"result": None}, {"result": {"groupings": "x"}}, {"result": {"groupings": [1]}},
        {"result": {"groupings": [{"metrics": []}], "dataTotalCount": 1}},
        {"result": {"groupings": [{"id": 1, "metrics": [{"slug": "views", "value": "many"}]}], "dataTotalCount": 1}},
        {"result": {"groupings": [{"id": {}, "metrics": []}], "dataTotalCount": 1}}, [], b"null", b"",
    ],
)  # fmt: skip
def test_an_answer_of_another_shape_is_not_understood_and_brings_nothing(cabinet: Cabinet, content: object) -> None:
    cabinet.double.always[STATISTICS] = Given(200, content)
    with pytest.raises(NotUnderstood, match="cannot be read"):
        fetched(cabinet, {"statistics": True, "history": 2})


def test_an_error_inside_a_good_answer_is_one(cabinet: Cabinet) -> None:
    cabinet.double.always["/cpa/v2/callsByTime"] = Given(200, {"calls": None, "error": {"code": 1002, "message": "x"}})
    with pytest.raises(NoRight):
        fetched(cabinet, {"calls": "target"})
    cabinet.double.always["/cpa/v2/callsByTime"] = Given(200, {"error": {"code": 1003, "message": "x"}})
    with pytest.raises(Refused):
        fetched(cabinet, {"calls": "target"})


def test_the_trial_says_for_each_part_whether_it_works(cabinet: Cabinet) -> None:
    assert avito.KIND.prove is not None
    cabinet.double.always["/ratings/v1/reviews"] = Given(403, {})
    cabinet.double.always["/job/v1/applications/get_ids"] = Given(402, {})
    said = avito.KIND.prove(asked(avito.KIND, cabinet.wall, ALL, KEYS))
    assert list(map(str, said)) == [
        "The keys are accepted: profile «Барбершоп Центр», number 94235311.",
        "✓ statistics of advertisements: 2026-11-04: views 4, advertisements 1", "✓ the daily counts of calls",
        "✗ reviews: these keys have no right to it.",
        "✗ applications for vacancies: not part of the account's tariff.",
    ]  # fmt: skip
    with pytest.raises(KeysRefused):
        avito.KIND.prove(asked(avito.KIND, cabinet.wall, ALL, {"client_secret": "wrong"}))


def test_a_trial_run_shows_the_first_table_of_each_part_and_no_more(cabinet: Cabinet) -> None:
    told = asked(avito.KIND, cabinet.wall, {**ALL, "history": 270}, KEYS, is_trial=True)
    found = [one for one in avito.KIND.fetch(told) if isinstance(one, Arrived)]
    assert [one.fact for one in found] == ["reviews"]
    assert cabinet.double.asked[STATISTICS] == 0  # one question a minute: the trial's words have asked it already


def test_no_key_or_token_is_in_the_logs_or_the_state(cabinet: Cabinet, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        found = fetched(cabinet, ALL)
    state = [one for one in found if isinstance(one, Reached)][-1].state
    for secret in ("s3cret", *cabinet.double.tokens):
        assert secret not in caplog.text
        assert secret not in repr(state)


def test_the_check_of_the_form_shows_rows_as_they_would_be_read(
    cabinet: Cabinet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(tmp_path / "workspace", clock=cabinet.wall) as store:
        found = trial(store, avito.KIND, settled(avito.KIND, ALL), KEYS.__getitem__)
    (sample,) = found.samples
    (table,) = sample.tables
    assert sample.trouble is None
    assert table.certain
    assert table.mapping is not None
    assert (table.mapping.fact, {entry.target for entry in table.mapping.columns} >= {"rating", "created_at"}) == (
        "reviews", True,
    )  # fmt: skip
    assert str(found.told[1]).startswith("✓ statistics of advertisements")
