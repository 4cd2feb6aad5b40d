"""The journal of experiments: what is entered reads back, nothing is lost, and a running one is judged as planned."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from data.errors import UnknownName, UserError
from data.store.entries import Design, Entries, Guard
from data.store.entries.experiment_design import body_of, design_of
from data.store.entries.experiments import Experiments
from tests.unit.experiment.designs import DESIGN

NOW = datetime(2026, 9, 10, 12)


class Moment:
    """A clock that is set."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def moment() -> Moment:
    return Moment()


@pytest.fixture
def journal(tmp_path: Path, moment: Moment) -> Iterator[Experiments]:
    entries = Entries(tmp_path / "app.sqlite", moment)
    yield entries.experiments
    entries.close()


WHOLE = replace(
    DESIGN, a_is="as before", b_is="new «titles»", where=(("city", ("Химки", "Москва")),), baseline=42, matters=0.5,
    guards=(Guard("order_rate", 12.5), Guard("contacts", 30.0)), matters_in="absolute", alpha=1.0, power=90.0,
    worth=411.2,
)  # fmt: skip


def test_what_is_entered_reads_back(journal: Experiments) -> None:
    number = journal.add(WHOLE, "  Anna   K ")
    one = journal.get(number)
    assert one.design == WHOLE
    assert design_of(body_of(WHOLE)) == WHOLE
    assert (one.decided, one.is_stopped, one.note, one.closed_on, one.who) == (None, False, "", None, "Anna K")
    assert [(v.action, v.at) for v in one.history] == [("create", NOW)]


def test_where_it_stands(journal: Experiments, moment: Moment) -> None:
    number = journal.add(replace(DESIGN, start=date(2026, 9, 20)))
    assert journal.get(number).state(date(2026, 9, 19)) == "planned"
    assert journal.get(number).state(date(2026, 9, 20)) == "running"
    with pytest.raises(UserError, match="has not begun"):
        journal.decide(number, "b", "Anna")
    moment.now = datetime(2026, 9, 30, 9)
    journal.decide(number, "b", "Anna", " Titles bring contacts. ")
    one = journal.get(number)
    assert (one.state(date(2026, 9, 30)), one.decided, one.who) == ("decided", "b", "Anna")
    assert (one.note, one.closed_on) == ("Titles bring contacts.", date(2026, 9, 30))
    journal.learn(number, "They bring contacts, and orders.", "Boris")
    one = journal.get(number)
    assert (one.note, one.who, one.closed_on) == ("They bring contacts, and orders.", "Anna", date(2026, 9, 30))
    journal.reopen(number)
    assert journal.get(number).state(date(2026, 9, 30)) == "running"
    journal.stop(number, "Anna")
    assert journal.get(number).state(date(2026, 9, 30)) == "stopped"
    assert [v.action for v in journal.get(number).history] == ["create", "decide", "note", "reopen", "stop"]


def test_a_running_one_is_judged_as_it_was_planned(journal: Experiments) -> None:
    number = journal.add(DESIGN)
    for changed in (
        replace(DESIGN, kpi="view_rate"), replace(DESIGN, a=("9",)), replace(DESIGN, matters=3.0),
        replace(DESIGN, start=date(2026, 9, 2)), replace(DESIGN, guards=(Guard("contacts", 5.0),)),
        replace(DESIGN, baseline=84), replace(DESIGN, alpha=10.0), replace(DESIGN, where=(("city", ("Химки",)),)),
    ):  # fmt: skip
        with pytest.raises(UserError, match="is running"):
            journal.change(number, changed)
    longer = replace(DESIGN, title="New titles", end=DESIGN.end + timedelta(days=14), worth=300.0, b_is="bold")
    journal.change(number, longer)
    assert journal.get(number).design == longer
    journal.change(number, longer)
    assert len(journal.get(number).history) == 2  # the same again is no change


def test_a_planned_one_can_be_planned_otherwise(journal: Experiments) -> None:
    later = replace(DESIGN, start=date(2026, 10, 1), end=date(2026, 11, 1))
    number = journal.add(later)
    journal.change(number, replace(later, kpi="view_rate", a=("7",)))
    assert journal.get(number).design.kpi == "view_rate"
    assert journal.get(number).history[0].design == later


def test_what_is_over_stays(journal: Experiments) -> None:
    number = journal.add(DESIGN)
    journal.stop(number)
    with pytest.raises(UserError, match="is over"):
        journal.change(number, replace(DESIGN, title="x"))
    with pytest.raises(UserError, match="is over"):
        journal.decide(number, "a", "Anna")
    with pytest.raises(UserError, match="is over"):
        journal.stop(number)


def test_what_cannot_be_decided(journal: Experiments) -> None:
    number = journal.add(DESIGN)
    with pytest.raises(UserError, match="a, b or none"):
        journal.decide(number, None, "Anna")  # type: ignore[arg-type]
    with pytest.raises(UnknownName):
        journal.get(number + 1)
    journal.remove(number)
    assert journal.all() == ()
    with pytest.raises(UnknownName):
        journal.get(number)
    assert journal.add(DESIGN) == number + 1  # a number is never given twice


def test_the_latest_start_stands_first(journal: Experiments) -> None:
    early, late = journal.add(DESIGN), journal.add(replace(DESIGN, start=date(2026, 9, 8)))
    assert [one.id for one in journal.all()] == [late, early]


def test_a_version_is_never_rewritten(tmp_path: Path, moment: Moment) -> None:
    entries = Entries(tmp_path / "app.sqlite", moment)
    entries.experiments.add(DESIGN)
    with pytest.raises(sqlite3.IntegrityError, match="add a version"), entries._database.receive() as connection:
        connection.execute("update experiment_log set note = 'x'")
    entries.close()


BAD: dict[str, tuple[Design, str]] = {
    "title": (replace(DESIGN, title=" "), "needs a title"),
    "long": (replace(DESIGN, b_is="x" * 121), "at most 120 letters"),
    "no member": (replace(DESIGN, b=()), "at least one member"),
    "in both": (replace(DESIGN, b=("2", "3")), "In both arms at once: 2"),
    "filter": (replace(DESIGN, where=(("ad_id", ("1",)),)), "remove that filter"),
    "short": (replace(DESIGN, end=DESIGN.start + timedelta(days=12)), "14 to 731 days"),
    "backwards": (replace(DESIGN, end=DESIGN.start - timedelta(days=1)), "14 to 731 days"),
    "baseline": (replace(DESIGN, baseline=13), "28 to 731 days"),
    "nothing matters": (replace(DESIGN, matters=0.0), "above 0"),
    "not a number": (replace(DESIGN, matters=float("nan")), "above 0"),
    "alpha": (replace(DESIGN, alpha=0.0), "false winner"),
    "power": (replace(DESIGN, power=100.0), "finding a difference"),
    "worth": (replace(DESIGN, worth=-1.0), "above 0"),
    "own guard": (replace(DESIGN, guards=(Guard("contact_rate", 5.0),)), "stands once"),
    "guard": (replace(DESIGN, guards=(Guard("contacts", 100.0),)), "between 0 and 100"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_carried_out_is_not_entered(journal: Experiments, name: str) -> None:
    design, why = BAD[name]
    with pytest.raises(UserError, match=why):
        journal.add(design)
    assert journal.all() == ()
