"""What is kept of a survey, and what is given out of it."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from data.errors import UnknownName, UserError
from data.store.entries.surveys import Question
from data.store.entries.surveys.sealing import kept_apart
from data.store.store import Store
from tests.unit.store.files import NOW, opened
from tests.unit.surveys.asked import RECOMMEND, UNTIL, answer, answer_all, ask, tokens


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as made:
        yield made


def test_nothing_of_staff_is_told_before_the_end_but_how_many_answered(store: Store) -> None:
    number = ask(store)
    [[token]] = tokens(store, number)
    answer_all(store, token, [10, 9, 3, 7, 8])
    told = store.entries.surveys.answers.told(number)
    assert (told.people, told.hidden, told.answers, told.remarks) == (5, "running", (), ())
    store.entries.surveys.close(number)
    told = store.entries.surveys.answers.told(number)
    assert told.hidden is None
    assert sorted(one.scores for one in told.answers) == [(3,), (7,), (8,), (9,), (10,)]


def test_four_answers_stay_hidden_for_ever(store: Store) -> None:
    number = ask(store)
    [[token]] = tokens(store, number)
    answer_all(store, token, [10, 9, 3, 7])
    store.entries.surveys.close(number)
    told = store.entries.surveys.answers.told(number)
    assert (told.people, told.hidden, told.answers, told.remarks) == (4, "few", (), ())


def test_the_database_keeps_no_day_order_or_invitation_of_staff(store: Store) -> None:
    number = ask(store, invitations=6)
    [invited] = tokens(store, number)
    for place, token in enumerate(invited):
        assert answer(store, token, place, comment=f"word {place}") == "taken"
    rows = store.entries.table("survey_answers")
    assert rows["day"].isna().all()
    assert rows["comment"].isna().all()
    assert set(rows["link"]) == {store.entries.surveys.links(number)[0].id}
    assert list(rows["id"]) == sorted(rows["id"])
    assert set(store.entries.table("survey_remarks").columns) == {"id", "survey", "remark"}
    assert "hash" not in rows.columns
    assert all(token not in str(sqlite_text(store)) for token in invited)


def sqlite_text(store: Store) -> list[tuple[object, ...]]:
    with sqlite3.connect(store.workspace.entries) as connection:
        names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        return [row for name in names for row in connection.execute(f"select * from {name}")]


def test_an_invitation_is_answered_once_and_a_sheet_counts_once(store: Store) -> None:
    number = ask(store, invitations=2)
    [[first, second]] = tokens(store, number)
    assert answer(store, first, 5, sheet="a" * 32) == "taken"
    assert answer(store, first, 5, sheet="a" * 32) == "taken"
    assert answer(store, first, 6) == "used"
    assert answer(store, second, 6) == "taken"
    assert store.entries.surveys.answers.people() == {number: 2}


def test_clients_are_told_at_once_and_their_words_from_five_on(store: Store) -> None:
    number = ask(store, "nps", "client", groups=(("branch", "North"), ("branch", "South")))
    [[north], [south]] = tokens(store, number)
    for place in range(4):
        assert answer(store, north, 9, comment=f"fine {place}") == "taken"
    told = store.entries.surveys.answers.told(number)
    assert (told.hidden, len(told.answers), told.remarks) == (None, 4, ())
    answer(store, south, 2, comment="late")
    told = store.entries.surveys.answers.told(number)
    assert sorted(told.remarks) == ["fine 0", "fine 1", "fine 2", "fine 3", "late"]
    assert {one.group for one in told.answers} == {("branch", "North"), ("branch", "South")}
    assert {one.day for one in told.answers} == {NOW.date()}


def test_a_closed_or_ended_survey_takes_no_answer(store: Store) -> None:
    number = ask(store)
    [[token]] = tokens(store, number)
    store.entries.surveys.close(number)
    assert answer(store, token, 5) == "over"
    with pytest.raises(UserError, match="over already"):
        store.entries.surveys.close(number)


def test_small_groups_are_forgotten_at_the_end(store: Store) -> None:
    number = ask(store, groups=(("team", "A"), ("team", "B"), ("team", "C")))
    [[a], [b], [c]] = tokens(store, number)
    answer_all(store, a, [10] * 4)
    answer_all(store, b, [5] * 5)
    answer_all(store, c, [0] * 7)
    store.entries.surveys.close(number)
    told = store.entries.surveys.answers.told(number)
    assert [one.group for one in told.answers].count(("team", "C")) == 7
    assert [one.group for one in told.answers].count(None) == 9
    assert store.entries.table("survey_answers")["link"].notna().sum() == 7


@pytest.mark.parametrize(
    ("people", "rest", "apart"),
    [
        ({"A": 4, "B": 5, "C": 20}, 0, {"C"}),
        ({"A": 3, "B": 3, "C": 6}, 0, {"C"}),
        ({"A": 5, "B": 6}, 0, {"A", "B"}),
        ({"A": 5, "B": 6}, 2, {"B"}),
        ({"A": 4, "B": 6}, 0, set()),
        ({"A": 6}, 5, {"A"}),
    ],
)
def test_groups_kept_apart(people: dict[str, int], rest: int, apart: set[str]) -> None:
    assert kept_apart(people, rest) == apart


def test_a_link_can_be_shown_again_only_with_the_key(store: Store, tmp_path: Path) -> None:
    number = ask(store)
    [[token]] = tokens(store, number)
    key = store.workspace.folder / "surveys.key"
    assert key.stat().st_mode & 0o777 == 0o600
    store.close()
    key.unlink()
    with opened(tmp_path) as again:
        assert tokens(again, number) == [()]
        assert answer(again, token, 7) == "taken"


def test_a_wrong_token_leads_nowhere_and_a_deleted_survey_is_gone(store: Store) -> None:
    number = ask(store)
    [[token]] = tokens(store, number)
    assert store.entries.surveys.answers.door("x" * 24) is None
    answer(store, token, 5)
    store.entries.surveys.delete(number)
    assert store.entries.surveys.answers.door(token) is None
    assert all(store.entries.table(name).empty for name in store.entries.tables() if name.startswith("survey"))
    with pytest.raises(UnknownName):
        store.entries.surveys.delete(number)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"until": None}, "last day"),
        ({"until": NOW.date() - timedelta(days=1)}, "over already"),
        ({"title": " "}, "title"),
        ({"questions": ()}, "at least one"),
        ({"questions": (RECOMMEND, replace(RECOMMEND, text="RECOMMEND?"))}, "the same"),
        ({"questions": (Question(None, "x" * 400, 1, 5),)}, "letters"),
        ({"groups": (("employee", "Anna"),)}, "employee"),
        ({"groups": (("team", "A"), ("branch", "B"))}, "one thing"),
        ({"groups": (("team", "A"), ("team", "A"))}, "another group"),
        ({"invitations": 5000}, "invitations"),
    ],
)
def test_what_cannot_be_asked_is_said(store: Store, wrong: dict[str, object], words: str) -> None:
    with pytest.raises(UserError, match=words):
        ask(store, **{"until": UNTIL, **wrong})  # type: ignore[arg-type]


def test_signs_that_are_no_letters_are_left_out(store: Store) -> None:
    number = ask(store, "nps", "client", title="A\x00\u202fB", questions=(replace(RECOMMEND, text="So\x1b\nwhat?"),))
    survey = store.entries.surveys.get(number)
    assert (survey.title, survey.questions[0].text) == ("A B", "So what?")
    for _ in range(5):
        answer(store, tokens(store, number)[0][0], 9, comment="\x07fine\u00a0\nyes\ufffe ")
    assert set(store.entries.surveys.answers.told(number).remarks) == {"fine \nyes"}
