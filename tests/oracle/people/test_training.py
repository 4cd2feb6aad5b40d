"""Before and after a course, on paper.

Five people sell for 100 a quarter; after the course for 130, 120, 140, 110 and 150. Two colleagues go from 100 to 110.
Beyond them: +20, +10, +30, 0, +40: mean 20, deviation √250 = 15.811, error √50 = 7.071; t(4; 95 %) = 2.776, so the
interval is 20 ± 19.63. t = 2.828, of which chance makes as much in 4.74 of a hundred.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.people.learning import courses
from kpi.people.roster import Person
from kpi.people.training import Effect, Pair, effects, t_quantile, told
from tests.oracle.conftest import opened
from tests.oracle.people.crew import asking, fill

JULY = date(2024, 7, 1)
AFTER = {"Ann": 130, "Bob": 120, "Cid": 140, "Dan": 110, "Eve": 150, "Xan": 110, "Yve": 110}
TOOK = ("Ann", "Bob", "Cid", "Dan", "Eve", "Fay")
People = tuple[str, ...]


def orders() -> str:
    lines = ["order_id,finished_at,status,revenue,employee"]
    for name, after in AFTER.items():
        lines += [f"{name}1,2024-02-05,done,100,{name}", f"{name}2,2024-04-20,done,999,{name}"]
        lines += [f"{name}3,2024-05-03,done,{after - 50},{name}", f"{name}4,2024-07-31,done,50,{name}"]
    return "\n".join([*lines, "F1,2024-03-31,done,100,Fay", "Z,2024-08-01,done,5000,Ann"])


@pytest.fixture
def course_of(tmp_path: Path) -> Iterator[Callable[..., tuple[Effect, ...]]]:
    """The effects in revenue of a course these people took in April 2024."""
    stores: list[Store] = []

    def found(people: People, month: date = JULY) -> tuple[Effect, ...]:
        store = opened(tmp_path / "workspace")
        stores.append(store)
        taken = "\n".join(["employee,date,course,hours", *(f"{name},2024-04-15,Sales,4" for name in people)])
        fill(store, tmp_path, {"orders": orders(), "training": taken})
        asked = asking(store)
        roster = [Person(name) for name in (*AFTER, "Fay")]
        return effects(asked, catalogue().get("revenue"), courses(asked.reader), roster, month)

    yield found
    for store in stores:
        store.close()


def test_beyond_what_colleagues_changed(course_of: Callable[..., tuple[Effect, ...]]) -> None:
    (one,) = course_of(TOOK)
    assert (one.course, one.people, one.left_out) == ("Sales", 5, 1)  # Fay has nothing after it
    assert (one.before, one.after, one.colleagues, one.effect) == (100, 130, 10, 20)
    assert one.low == pytest.approx(20 - 2.776445 * 50**0.5, abs=1e-4)
    assert one.high == pytest.approx(20 + 2.776445 * 50**0.5, abs=1e-4)
    assert one.chance == pytest.approx(0.0474, abs=1e-4)
    assert one.verdict == "better"


def test_four_people_are_too_few_whatever_they_did(course_of: Callable[..., tuple[Effect, ...]]) -> None:
    (one,) = course_of(("Ann", "Bob", "Cid", "Eve"))
    assert (one.people, one.verdict) == (4, "too_few")


def test_without_a_complete_window_after_it_a_course_says_nothing(
    course_of: Callable[..., tuple[Effect, ...]],
) -> None:
    assert course_of(TOOK, date(2024, 6, 1)) == ()


def test_one_person_has_no_interval() -> None:
    one = told("Sales", [Pair(10, 15, ())], 0)
    assert (one.effect, one.chance) == (5, 1)
    assert one.low != one.low


@pytest.mark.parametrize(("freedom", "t"), [(1, 12.7062), (4, 2.77645), (10, 2.22814), (30, 2.04227)])
def test_student_s_quantiles_are_the_tables(freedom: int, t: float) -> None:
    assert t_quantile(freedom) == pytest.approx(t, abs=1e-4)
