"""The scorecard by hand: own targets judge, the team's median, and parts that add up to the team's figure."""

from dataclasses import replace

import pytest

from data.access import visitor
from data.store.store import Store
from kpi.model import Target
from kpi.people.contribution import divisible, parts
from kpi.people.peers import OPEN, PRIVATE, peers
from kpi.people.scorecard import Beside, Scorecard, beside, month
from tests.oracle.people.crew import FEBRUARY, asking

OWN = Target(good_low=60, kpi="addon_rate", scope=("employee", "Anna"))
TEAM = Target(good_low=15, kpi="addon_rate", scope=("team", "Crew 1"))
ALL = Target(good_low=50, ok_low=45, kpi="addon_rate")


def card(store: Store, name: str, *targets: Target) -> Scorecard:
    everybody = month(asking(store, targets), FEBRUARY)
    person = everybody.person(name)
    assert person is not None
    return everybody.scorecard(person, beside(everybody, name, private=False))


def test_a_value_over_its_target_is_green_whatever_last_month_was(crew: Store) -> None:
    found = card(crew, "Anna", OWN, ALL)
    line = next(line for line in found.lines if line.kpi.id == "addon_rate")
    assert (line.value, line.previous, line.status, line.aim) == (63, 65, "good", "employee")
    judged = {line.kpi.id: line.aim for line in found.judged}
    assert judged == {"addon_rate": "employee", "no_show_rate": "business"}  # the catalogue's own target is everybody's
    assert found.reached == 2


@pytest.mark.parametrize(
    ("targets", "status", "aim"),
    [((ALL,), "missed", "business"), ((ALL, TEAM), "good", "team"), ((), "no_target", None)],
)
def test_the_nearest_target_judges(crew: Store, targets: tuple[Target, ...], status: str, aim: str | None) -> None:
    line = next(line for line in card(crew, "Boris", *targets).lines if line.kpi.id == "addon_rate")
    assert (line.value, line.status, line.aim) == (20, status, aim)


def test_a_team_s_target_judges_no_sum_of_one_person(crew: Store) -> None:
    team = Target(good_low=200_000, kpi="revenue", scope=("team", "Crew 1"))
    line = next(line for line in card(crew, "Boris", team).lines if line.kpi.id == "revenue")
    assert (line.value, line.status, line.aim) == (100_000, "no_target", None)


def test_the_median_counts_everybody_of_the_group_with_rows_enough(crew: Store) -> None:
    found = card(crew, "Anna").beside.peers["addon_rate"]
    assert (found.median, found.people, found.group, found.place) == (30, 5, ("team", "Crew 1"), 1)


@pytest.mark.parametrize(("fewest", "known"), [(PRIVATE, False), (OPEN, False), (1, True)])
def test_a_group_that_is_too_small_has_no_median(crew: Store, fewest: int, known: bool) -> None:
    everybody = month(asking(crew), FEBRUARY)
    people = [replace(one, groups={**one.groups, "role": one.groups["team"]}) for one in everybody.people]
    better = {kpi.id: kpi.better for kpi in everybody.kpis}
    found = peers(everybody.answer.frame, people, "Zoe", FEBRUARY, better, fewest)
    assert ("addon_rate" in found) is known


def test_where_no_role_is_told_a_small_team_stands_beside_everybody(crew: Store) -> None:
    found = card(crew, "Zoe").beside.peers["addon_rate"]  # 10, 20, 25, 30, 40, 63; Yan's four jobs are too few
    assert (found.median, found.people, found.group, found.place) == (27.5, 6, ("business", ""), 6)


def test_parts_add_up_to_the_team(crew: Store) -> None:
    a = asking(crew)
    kpis = divisible(a.kpis(), a.reader, a.catalogue)
    found = parts(a.reader, a.catalogue, a.targets, kpis, ("team", "Crew 1"), FEBRUARY)
    revenue = {part.member: part.own for part in found["revenue"]}
    assert revenue == {"Anna": 100_000, "Boris": 100_000, "Vera": 20_000, "Gleb": 25_000, "Dina": 20_000, None: 5_000}
    assert {part.whole for part in found["revenue"]} == {270_000}
    addons = {part.member: (part.own, part.work) for part in found["addon_rate"]}
    assert addons["Anna"][0] == 63
    assert addons["Anna"][1] == pytest.approx(100 * 100 / 240)
    assert addons[None][0] == 0
    assert addons[None][1] == pytest.approx(100 * 5 / 240)
    for all_ in found.values():
        assert sum(part.own for part in all_) == pytest.approx(all_[0].whole)
        assert sum(part.share for part in all_) == pytest.approx(100)


def test_the_same_lines_through_a_personal_link(crew: Store) -> None:
    wide = card(crew, "Anna", OWN, ALL)
    everybody = month(asking(crew, (OWN, ALL), scope=visitor.personal("Anna")), FEBRUARY)
    assert [person.name for person in everybody.people] == ["Anna"]
    narrow = everybody.scorecard(everybody.people[0], Beside())
    assert repr(narrow.lines) == repr(wide.lines)


def test_on_a_link_nothing_is_told_over_fewer_than_five(crew: Store) -> None:
    everybody = month(asking(crew), FEBRUARY)
    anna, zoe = (beside(everybody, name, private=True) for name in ("Anna", "Zoe"))
    assert anna.peers["addon_rate"].people == 5
    assert {part.people for part in anna.parts.values()} == {5}
    assert min(one.people for one in zoe.peers.values()) >= 5
    assert (zoe.parts, zoe.group) == ({}, None)  # everybody's sum less crew 1's would be that of two people
