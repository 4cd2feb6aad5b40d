"""Answers as rows of the fact: the KPIs follow, a rebuild gives the same, and nothing of staff leaves as a row."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.access.reader import Reader
from data.store.entries.surveys import Question
from data.store.replaying import LABEL, replay_soon
from data.store.store import Store
from data.store.taking.export import export
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.model import Query
from kpi.surveys import results
from kpi.target_rows import target_book
from tests.unit.store.files import NOW, live, load, opened
from tests.unit.surveys.asked import answer, answer_all, ask, tokens

PULSE = (Question(None, "Enough time", 1, 5), Question(None, "Help", 1, 5))
SATISFIED = Question("csat", "Satisfied?", 1, 5)
EASE = Question("ces", "Easy?", 1, 7)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as made:
        yield made


def value(store: Store, kpi: str, by: str | None = None) -> dict[str | None, float]:
    frame = evaluate(Reader(store), catalogue(), Query((kpi,), by=by), target_book(store)).frame
    shown = frame[frame["value"].notna()]
    named = ["total" if total else member for total, member in zip(shown["is_total"], shown["slice"], strict=True)]
    return dict(zip(named, shown["value"].astype(float), strict=True))


def five_kinds(store: Store) -> dict[int, str]:
    """One survey of each kind that feeds a KPI, answered by six; number → KPI."""
    asked = {
        "enps": ask(store), "pulse": ask(store, "pulse", questions=PULSE),
        "nps": ask(store, "nps", "client"), "csat": ask(store, "csat", "client", questions=(SATISFIED,)),
        "ces": ask(store, "ces", "client", questions=(EASE,)),
    }  # fmt: skip
    scores = {
        "enps": (10, 9, 9, 7, 3, 0),
        "nps": (10, 9, 8, 7, 6, 0),
        "csat": (5, 5, 4, 3, 2, 1),
        "ces": (7,) * 5 + (3,),
    }
    for kind, given in scores.items():
        answer_all(store, tokens(store, asked[kind])[0][0], given)
    for pair in ((5, 4), (4, 4), (3, 2), (1, 5), (2, 2), (5, 5)):
        answer(store, tokens(store, asked["pulse"])[0][0], *pair)
    for number in (asked["enps"], asked["pulse"]):
        store.entries.surveys.close(number)
    store.read_entries()
    return {number: {"pulse": "engagement"}.get(kind, kind) for kind, number in asked.items()}


def test_the_kpis_are_what_the_results_say(store: Store) -> None:
    for number, kpi in five_kinds(store).items():
        found = results(store.entries.surveys.answers.told(number)).measure
        assert found is not None
        assert value(store, kpi)["total"] == pytest.approx(found.value), kpi


def test_a_rebuild_and_a_new_opening_give_the_same(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "old.csv", "surveys", [
        "response_id,answered_at,survey,audience,question,score,scale_min,scale_max",
        *(f"f{n},2026-10-0{n},nps,client,Recommend?,{n},0,10" for n in range(1, 7)),
    ])  # fmt: skip
    kpis = set(five_kinds(store).values())
    columns = "_key, _day, survey, audience, question, score, scale_min, scale_max, branch"
    before = {kpi: value(store, kpi) for kpi in kpis}, live(store, "surveys", columns, "_key")
    store.rebuild()
    assert ({kpi: value(store, kpi) for kpi in kpis}, live(store, "surveys", columns, "_key")) == before
    folder = store.workspace.database
    store.close()
    folder.unlink()
    with opened(tmp_path) as again:
        assert ({kpi: value(again, kpi) for kpi in kpis}, live(again, "surveys", columns, "_key")) == before


def test_an_import_undone_leaves_the_answers(store: Store, tmp_path: Path) -> None:
    kpis = set(five_kinds(store).values())
    before = {kpi: value(store, kpi) for kpi in kpis}
    load(store, tmp_path, "old.csv", "surveys", [
        "response_id,answered_at,survey,audience,question,score,scale_min,scale_max,Extra",
        "f1,2026-10-01,nps,client,Recommend?,0,0,10,x",
    ])  # fmt: skip
    assert value(store, "nps") != before["nps"]
    store.undo(1)
    assert {kpi: value(store, kpi) for kpi in kpis} == before


def test_staff_come_at_the_end_on_one_day_without_name_or_words(store: Store) -> None:
    number = ask(store, groups=(("team", "A"), ("team", "B")))
    [[a], [b]] = tokens(store, number)
    answer_all(store, a, [9] * 5)
    for _ in range(6):
        answer(store, b, 2, comment="a word")
    store.read_entries()
    assert live(store, "surveys", "*") == []
    store.entries.surveys.close(number)
    store.read_entries()
    counted = store.cursor().execute(
        "select team, score, count(*), min(_day), max(_day), max(employee) from fact_surveys group by all order by 1"
    )
    assert counted.fetchall() == [
        ("A", 9.0, 5, NOW.date(), NOW.date(), None),
        ("B", 2.0, 6, NOW.date(), NOW.date(), None),
    ]
    assert value(store, "enps", "team") == {"total": pytest.approx(100 * (5 - 6) / 11), "A": 100, "B": -100}


def test_a_group_of_four_is_shown_nowhere(store: Store) -> None:
    number = ask(store, groups=(("team", "A"), ("team", "B"), ("team", "C")))
    [[a], [b], [c]] = tokens(store, number)
    answer_all(store, a, [10] * 4)
    answer_all(store, b, [5] * 5)
    answer_all(store, c, [0] * 7)
    store.entries.surveys.close(number)
    store.read_entries()
    assert set(value(store, "enps", "team")) == {"total", "C", None}
    groups = results(store.entries.surveys.answers.told(number)).groups
    assert [(one.group, one.measure.people) for one in groups] == [(("team", "C"), 7), (None, 9)]


def test_four_answers_are_in_no_kpi(store: Store) -> None:
    number = ask(store)
    answer_all(store, tokens(store, number)[0][0], [10, 9, 3, 7])
    store.entries.surveys.close(number)
    store.read_entries()
    assert live(store, "surveys", "*") == []


def test_a_deleted_survey_leaves_no_row(store: Store) -> None:
    kept = ask(store, "nps", "client")
    gone = ask(store, "nps", "client")
    answer_all(store, tokens(store, kept)[0][0], [10])
    answer_all(store, tokens(store, gone)[0][0], [0])
    store.read_entries()
    assert value(store, "nps") == {"total": 0}
    store.entries.surveys.delete(gone)
    store.read_entries()
    assert value(store, "nps") == {"total": 100}


def test_the_copy_of_everything_holds_no_answer_of_staff(store: Store, tmp_path: Path) -> None:
    five_kinds(store)
    export(store, tmp_path / "copy")
    with (tmp_path / "copy" / "facts" / "surveys.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert {row["audience"] for row in rows} == {"client"}
    assert len(rows) == 18
    assert not list((tmp_path / "copy" / "entered").glob("survey_*"))


def test_many_answers_make_one_job(store: Store) -> None:
    blocked = store.writer.submit("first", lambda _progress: store.entries.surveys.all())
    blocked.wait(10)
    with store.writing():
        for _ in range(20):
            replay_soon(store)
        waiting = [job for job in store.writer.jobs() if job.label == LABEL]
        assert len(waiting) <= 2
    for job in waiting:
        assert job.wait(10)
        assert job.error is None
