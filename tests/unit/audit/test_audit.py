"""An audit: conditions anybody can check, kept whole, and compared without calling chance a change."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from data.access.reader import Reader
from data.access.visitor import personal_link
from data.demo import audit as demo_audit
from data.demo.pains import ASKED
from data.errors import UnknownName
from data.store.entries import KeyKpi, NewTarget
from data.store.store import Store
from kpi.audit import Audit, Check, Key, Pain, Step, audit_of, body_of, compared, gathered
from kpi.audit.model import LEVELS
from kpi.audit.words import CHECKS, STEPS
from kpi.audit.words import LEVELS as LEVEL_WORDS
from kpi.catalogue import catalogue
from kpi.target_rows import target_book
from tests.oracle.conftest import publish

NOW = datetime(2025, 3, 5, 9)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "workspace", clock=lambda: NOW) as opened:
        yield opened


def found(store: Store) -> Audit:
    return gathered(store, Reader(store), catalogue(), target_book(store))


def holds(audit: Audit) -> set[str]:
    return {check.id for step in audit.steps for check in step.checks if check.met}


def load(store: Store, folder: Path, fact: str, text: str) -> None:
    path = folder / f"{fact}.csv"
    path.write_text(text, "utf-8")
    publish(store, path)


def test_an_empty_workspace_has_nothing_in_place(store: Store) -> None:
    audit = found(store)
    assert (audit.met, audit.of) == (0, 30)
    assert [step.id for step in audit.steps] == list(STEPS)
    assert all(set(counts) == {"no_data"} for counts in audit.levels.values())
    assert audit.goals_without == ()


def test_points_are_won_one_by_one(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "orders", "order_id,finished_at,status,revenue,employee\n"
         + "\n".join(f"{n},2025-02-{n:02d},done,100,Anna" for n in range(1, 29)))  # fmt: skip
    assert {"something_loaded", "fresh"} <= holds(found(store))
    goal = store.entries.add_goal("Earn more")
    other = store.entries.add_goal("Clients come back")
    store.entries.choose_key_kpis([KeyKpi("revenue", goal), KeyKpi("orders_done", goal), KeyKpi("rating", None)])
    audit = found(store)
    assert {"goals", "key_kpis"} <= holds(audit)
    assert not {"key_computable", "goals_served", "key_targets"} & holds(audit)  # no ratings; a goal without a KPI
    assert audit.goals_without == ("Clients come back",)
    assert {key.kpi: key.value for key in audit.keys} == {"revenue": 2800, "orders_done": 28}
    assert other != goal
    store.entries.change_targets([NewTarget("revenue", scope=("employee", "Anna"), good_low=1000)])
    store.entries.links.create(personal_link("Anna"))
    store.entries.views.note("revenue")
    told = holds(found(store))
    assert {"own_target", "team_targets", "personal_target", "personal_half", "personal_links", "looked_at",
            "targets_reviewed"} <= told  # fmt: skip
    assert not {"links_opened", "looked_at_half", "audited"} & told


def test_old_data_are_not_fresh(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "orders", "order_id,finished_at,status,revenue\n1,2025-02-18,done,100\n")
    assert "fresh" not in holds(found(store))


def test_every_kpi_is_at_one_level(store: Store) -> None:
    levels = found(store).levels
    assert sum(sum(counts.values()) for counts in levels.values()) == len(catalogue().visible())
    assert set(LEVEL_WORDS) == set(LEVELS)


def test_every_condition_has_its_words(store: Store) -> None:
    assert {check.id for step in found(store).steps for check in step.checks} == set(CHECKS)


def test_what_is_kept_is_read_back_and_deleted(store: Store) -> None:
    pain = Pain("staff", "", "Hurry", 50.0, 20.0, 80.0, 10)
    audit = replace(found(store), pains=(pain,), keys=(Key("revenue", None, 5.0, "missed"),))
    number = store.entries.audits.keep("  First \n one", audit.day, body_of(audit))
    (kept,) = store.entries.audits.all()
    assert (kept.name, kept.day, audit_of(kept.body)) == ("First one", NOW.date(), audit)
    assert {"audited"} <= holds(found(store))
    store.entries.audits.delete(number)
    with pytest.raises(UnknownName):
        store.entries.audits.get(number)


def test_the_demo_s_first_audit_tells_conditions_there_are(store: Store) -> None:
    _, day, body = demo_audit.kept(date(2026, 11, 4))
    audit = audit_of(json.loads(json.dumps(body)))
    assert audit.day == day
    known = {(step.id, check.id) for step in found(store).steps for check in step.checks}
    assert {(step.id, check.id) for step in audit.steps for check in step.checks} == known
    assert len(audit.pains) == sum(len(asked.hindered) for asked in ASKED)
    hurry = audit.pains[0]  # 11 of 14, Wilson: 52.4 to 92.4
    assert (round(hurry.share, 1), round(hurry.low or 0, 1), round(hurry.high or 0, 1)) == (78.6, 52.4, 92.4)


def audit_with(*pains: Pain, **checks: bool) -> Audit:
    step = Step("data", tuple(Check(id_, met, "") for id_, met in checks.items()))
    return Audit(NOW.date(), (step,), {}, (), pains, ())


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        # 56 of 70 and 48 of 80: the difference is −20 points, Newcombe 1998 gives −33.4 to −5.2
        ((80.0, 69.6, 87.7), (60.0, 49.1, 70.1), "less"),
        ((60.0, 49.1, 70.1), (80.0, 69.6, 87.7), "more"),
        ((50.0, 30.0, 70.0), (40.0, 22.0, 61.0), "same"),
    ],
)
def test_a_share_changed_only_beyond_chance(
    before: tuple[float, float, float], after: tuple[float, float, float], change: str
) -> None:
    then, now = (Pain("staff", "", "Hurry", *figures, 70) for figures in (before, after))
    (one,) = compared(audit_with(then), audit_with(now)).pains
    assert one.change == change


def test_without_an_interval_nothing_is_called_a_change() -> None:
    then, now = Pain("staff", "", "Hurry", 90.0, None, None, 5), Pain("staff", "", "Hurry", 10.0, None, None, 5)
    assert compared(audit_with(then), audit_with(now)).pains[0].change == "unknown"


def test_points_won_and_lost() -> None:
    found_ = compared(audit_with(a=False, b=True, c=True), audit_with(a=True, b=False, c=True, d=True))
    assert (found_.won, found_.lost) == ((("data", "a"),), (("data", "b"),))


def answers(audience: str, survey: str, day: str, people: int, *scores: int) -> list[str]:
    """Rows of one question: the scores in turn."""
    return [
        f"{audience}{survey}{day}{n},{day},{survey},{audience},{survey} {audience}?,{scores[n % len(scores)]},0,3"
        for n in range(people)
    ]


def test_what_hinders_is_told_of_both_audiences_asked_in_one_month(store: Store, tmp_path: Path) -> None:
    header = "response_id,answered_at,survey,audience,question,score,scale_min,scale_max"
    rows = [
        *answers("staff", "pain", "2025-02-10", 12, 0, 1, 2, 3), *answers("client", "pain", "2025-02-11", 20, 3, 0),
        *(row for day in range(1, 20) for row in answers("client", "csat", f"2025-02-{day:02d}", 3, 1)),
        *answers("staff", "pain", "2024-08-01", 10, 3),
    ]  # fmt: skip
    load(store, tmp_path, "surveys", "\n".join([header, *rows]))
    told = {pain.audience: (pain.share, pain.people) for pain in found(store).pains}
    assert told == {"staff": (50, 12), "client": (50, 20)}  # 2 and 3 of 0–3 hinder; what is over half a year old is not


def test_four_people_are_told_of_by_nobody(store: Store, tmp_path: Path) -> None:
    header = "response_id,answered_at,survey,audience,question,score,scale_min,scale_max"
    load(store, tmp_path, "surveys", "\n".join([header, *answers("staff", "pain", "2025-02-10", 4, 3)]))
    assert found(store).pains == ()
