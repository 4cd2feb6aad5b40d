"""A report's figures are the evaluator's, its subject's own, and nobody else's."""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pandas as pd
import pytest

from data.errors import UnknownName
from data.model import Scope
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.model import Query
from kpi.report.composing import (
    Asked,
    asking,
    compose,
    compose_each,
    edition_of,
    everyone,
    latest,
    subject_of,
    subjects,
)
from kpi.report.model import WHOLE, Edition, Report, Subject
from kpi.target_rows import target_book
from tests.unit.report.conftest import ANNA, BORIS, KEY, VERA

OCTOBER = Edition("month", date(2026, 10, 1), date(2026, 10, 31), complete=True)
WEEK = edition_of(date(2026, 10, 28), "week", date(2026, 11, 3))
TEAM = Subject("team", "Первая")
PEOPLE = tuple(Subject("employee", name) for name in (ANNA, BORIS, VERA))


def told(value: Any) -> str:
    """Everything a report holds, as text."""
    if isinstance(value, pd.DataFrame):
        return str(value.to_dict("records"))
    if is_dataclass(value) and not isinstance(value, type):
        return " ".join(told(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, dict):
        return " ".join(f"{told(key)} {told(each)}" for key, each in value.items())
    return " ".join(map(told, value)) if isinstance(value, tuple | list | frozenset) else str(value)


def counted(store: Store, subject: Subject, kpi: str, edition: Edition = OCTOBER) -> dict[str, Any]:
    """The row `value` answers with."""
    query = Query((kpi,), edition.first, edition.last, edition.grain, None, subject.where, ("previous", "year"))
    frame = evaluate(asking(store).reader, catalogue(), query, target_book(store)).frame
    return dict(frame[frame["is_total"]].iloc[0])


@pytest.mark.parametrize("subject", [WHOLE, TEAM, *PEOPLE], ids=["whole", "team", "anna", "boris", "vera"])
@pytest.mark.parametrize("edition", [OCTOBER, WEEK], ids=["month", "week"])
def test_every_figure_is_that_of_value(shop: Store, asked: Asked, subject: Subject, edition: Edition) -> None:
    report = compose(asked, subject, edition)
    assert {line.kpi.id for line in report.lines} >= {"revenue", "rework_rate"}
    for line in report.lines:
        row = counted(shop, subject, line.kpi.id, edition)
        assert (line.value, line.previous, line.rows, line.used) == (
            row["value"], row["previous"], row["rows"], row["used"]
        )  # fmt: skip
        assert line.last_year == row["last_year"]
        if not subject.is_person:
            assert (line.status, line.bounds.good_low) == (
                row["status"], None if pd.isna(row["good_low"]) else row["good_low"]
            )  # fmt: skip
        assert line.course[-1].value == line.value


def test_october_by_hand(asked: Asked) -> None:
    whole = {line.kpi.id: line for line in compose(asked, WHOLE, OCTOBER).lines}
    assert tuple(whole) == KEY
    days = [day for day in range(1, 32) if date(2026, 10, day).isoweekday() != 7]
    tens = sum(day % 7 * 10 for day in days)
    own = {ANNA: 1000 * len(days) + tens, BORIS: 2300 * len(days) + tens, VERA: 1200 * len(days) + tens}
    assert whole["revenue"].value == sum(own.values())
    assert whole["orders_done"].value == 3 * len(days) == whole["orders_done"].used
    again = sum(day % 17 == 0 for day in days) + sum(day % 3 == 0 for day in days) + sum(day % 17 == 2 for day in days)
    assert whole["rework_rate"].value == pytest.approx(100 * again / (3 * len(days)))
    assert whole["revenue"].status == "good"
    people = {one.subject.member: one for one in compose_each(asked, PEOPLE, OCTOBER)}
    for name, revenue in own.items():
        assert next(line.value for line in people[name].lines if line.kpi.id == "revenue") == revenue


def test_a_move_is_told_with_its_reason(asked: Asked) -> None:
    report = compose(asked, WHOLE, OCTOBER)
    revenue = next(one for one in report.changes if one.line.kpi.id == "revenue")
    assert revenue.line.moved is True
    assert revenue.why.asked.since == OCTOBER.first
    by_person = next(one for one in revenue.why.breakdowns if one.dimension == "employee")
    assert by_person.contributions[0].member == BORIS
    assert any(picture.kind == "breakdown" for picture in report.pictures)


def test_the_next_period_s_target_is_the_one_that_begins_then(asked: Asked) -> None:
    lines = {line.kpi.id: line for line in compose(asked, WHOLE, OCTOBER).lines}
    assert (lines["average_ticket"].bounds.good_low, lines["average_ticket"].coming.good_low) == (1500, 1600)
    assert lines["revenue"].coming.good_low == 90_000


def test_a_person_s_own_target_judges_them(asked: Asked) -> None:
    mine = {line.kpi.id: line for line in compose(asked, PEOPLE[0], OCTOBER).lines}["average_ticket"]
    assert (mine.aim, mine.bounds.good_low, mine.status) == ("employee", 1010, "good")


def test_nobody_else_is_in_a_person_s_report(asked: Asked) -> None:
    for report in compose_each(asked, PEOPLE, OCTOBER):
        others = {ANNA, BORIS, VERA, "Ольга Старшая"} - {report.subject.member}
        assert not [name for name in others if name in told(report)], report.subject
    revenue = {ANNA: 27630.0}  # a figure of hers that nobody else's report may hold
    assert str(revenue[ANNA]) not in told(compose(asked, PEOPLE[2], OCTOBER))


def test_comments_are_told_to_whom_they_are_about(asked: Asked) -> None:
    def said(subject: Subject) -> list[tuple[str, str]]:
        return [(one.text, one.author) for one in compose(asked, subject, OCTOBER).remarks]

    assert said(Subject("employee", ANNA)) == [("Ура", "")]
    assert said(Subject("team", "Первая")) == []
    assert ("Наплыв после акции", "Ольга Старшая") in said(WHOLE)


def test_a_lead_s_report_holds_their_part_alone(shop: Store) -> None:
    lead = asking(shop, Scope("lead", None, (("team", ("Первая",)),)))
    assert subjects(lead.reader) == (
        Subject("team", "Первая"), Subject("employee", ANNA), Subject("employee", BORIS)
    )  # fmt: skip
    for subject in (*subjects(lead.reader), WHOLE):
        report = compose(lead, subject, OCTOBER)
        assert VERA not in told(report)
        assert "Вера болела" not in told(report)
        assert dict(report.filters)["team"] == ("Первая",)
    with pytest.raises(UnknownName):
        subject_of(lead.reader, "employee", VERA)


def test_hidden_money_is_in_no_line(shop: Store) -> None:
    viewer = asking(shop, Scope("viewer", None, money="hidden"))
    report = compose(viewer, WHOLE, OCTOBER)
    assert {line.kpi.id for line in report.lines} == {"rework_rate", "orders_done"}
    assert report.money == "hidden"


def test_narrowed_never_widens(shop: Store) -> None:
    lead = asking(shop, Scope("lead", None, (("employee", (ANNA,)),)))
    assert lead.reader.narrowed("employee", BORIS).members("employee") == ()
    assert lead.reader.narrowed("employee", ANNA).members("employee") == (ANNA,)


def test_the_usual_edition_is_the_latest_that_is_over(asked: Asked) -> None:
    assert latest(asked.reader, "month") == OCTOBER
    week = latest(asked.reader, "week")
    assert week is not None
    assert (week.first, week.last, week.complete) == (date(2026, 10, 26), date(2026, 11, 1), True)
    running = compose(asked, WHOLE, edition_of(date(2026, 11, 3), "month", date(2026, 11, 3)))
    assert not running.edition.complete
    assert {line.is_partial for line in running.lines} == {True}
    assert running.data_until == date(2026, 11, 3)


def test_everybody_one_after_the_other_as_one_alone(asked: Asked) -> None:
    found = everyone(asked.reader, OCTOBER.last)
    assert found == PEOPLE
    together: list[Report] = list(compose_each(asked, found, OCTOBER))
    assert [told(one.lines) for one in together] == [told(compose(asked, one, OCTOBER).lines) for one in found]


def test_what_was_chosen_and_cannot_be_computed_says_why(shop: Store) -> None:
    report = compose(asking(shop, chosen=("revenue", "nps")), WHOLE, OCTOBER)
    assert [line.kpi.id for line in report.lines] == ["revenue"]
    assert [kpi.id for kpi, _ in report.left_out] == ["nps"]
