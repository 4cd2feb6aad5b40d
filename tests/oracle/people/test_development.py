"""Training, ideas and tenure, counted by hand."""

from datetime import date, timedelta

from kpi.people.development import Idea, funnel, leaving, skills, untrained
from kpi.people.learning import Course
from kpi.people.roster import Person

DAY = date(2026, 10, 31)
OLD = date(2020, 1, 1)


def course(person: str, day: date, title: str = "Sales", passed: bool | None = True) -> Course:
    return Course(person, day, title, 4, None, passed)


def person(name: str, hired: date | None = OLD, left: date | None = None) -> Person:
    return Person(name, {}, hired, left, left is None)


def test_who_had_no_training_for_a_year() -> None:
    people = [
        person("Ann"), person("Bob"), person("Cid"), person("New", DAY - timedelta(days=364)),
        person("Old", DAY - timedelta(days=366)), person("Gone", OLD, date(2026, 1, 1)),
    ]  # fmt: skip
    learned = [
        course("Ann", DAY - timedelta(days=365)), course("Bob", DAY - timedelta(days=366)), course("Gone", OLD),
        course("Cid", DAY + timedelta(days=1)),
    ]  # fmt: skip
    found = untrained(people, learned, DAY)
    assert {(one.person.name, one.last) for one in found} == {
        ("Bob", DAY - timedelta(days=366)), ("Cid", None), ("Old", None),
    }  # fmt: skip


def test_a_young_record_of_courses_tells_nobody_was_without() -> None:
    assert untrained([person("Ann")], [course("Bob", DAY - timedelta(days=100))], DAY) == ()
    assert untrained([person("Ann")], [], DAY) == ()


def test_the_latest_time_counts_as_the_skill() -> None:
    first, second = course("Ann", OLD, passed=False), course("Ann", DAY)
    assert skills([second, first, course("Ann", DAY + timedelta(days=1))], DAY) == {("Ann", "Sales"): second}


def test_ideas_from_proposal_to_effect() -> None:
    told = [
        Idea(DAY, "a", "proposed", None, None), Idea(DAY, "b", "accepted", 500, "Ann"),
        Idea(DAY, "c", "implemented", 1000, "Ann"), Idea(DAY, "d", "implemented", None, "Bob"),
    ]  # fmt: skip
    found = funnel(told)
    assert found.reached == {"proposed": 4, "accepted": 3, "implemented": 2}
    assert (found.effect, found.unvalued) == (1000, 1)


def test_tenure_by_bands_and_who_left_within_a_year() -> None:
    people = [
        person("A", DAY - timedelta(days=60)), person("B", DAY - timedelta(days=200)),
        person("C", DAY - timedelta(days=500)), person("D", DAY - timedelta(days=1000)), person("E", OLD),
        person("F", None), person("G", OLD, DAY - timedelta(days=30)), person("H", OLD, DAY - timedelta(days=365)),
    ]  # fmt: skip
    found = leaving(people, DAY)
    assert found.here == 6
    assert found.bands == (1, 1, 1, 1, 1)
    assert [one.name for one in found.left] == ["G"]
    assert found.typical is not None
    assert round(found.typical, 2) == round(500 / 30.4375, 2)
