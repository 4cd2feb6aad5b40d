"""One thing is one alert over time: new, going on, over, and again."""

from datetime import date

from kpi.alerts import Alert, Key
from kpi.alerts.standing import change
from tests.unit.alerts.noted import noted

NORTH, SOUTH = (("branch", ("North",)),), (("branch", ("South",)),)
DAYS = (date(2026, 10, 1), date(2026, 10, 31))


def alert(place: object = (), subject: str = "rework_rate", others: tuple[object, ...] = (), **parts: str) -> Alert:
    return Alert(Key("signal", subject, place, **parts), *DAYS, 1.0, others=others)  # type: ignore[arg-type]


def test_what_is_found_for_the_first_time_is_new() -> None:
    found = change([], [alert()])
    assert ([one.key.subject for one in found.new], found.kept, found.over) == (["rework_rate"], (), ())


def test_what_is_found_again_goes_on_and_what_is_not_is_over() -> None:
    found = change([noted(id=1), noted(id=2, subject="rating")], [alert()])
    assert (found.new, [number for number, _ in found.kept], found.over) == ((), [1], (2,))


def test_another_period_is_another_alert() -> None:
    found = change([noted(id=1, kind="signal", period="month:2026-09-01")], [alert(period="month:2026-10-01")])
    assert (len(found.new), found.kept, found.over) == (1, (), (1,))


def test_the_same_story_seen_more_clearly_elsewhere_is_the_same_alert() -> None:
    before = [noted(id=1, place='[["branch", ["North"]]]')]
    assert [number for number, _ in change(before, [alert(others=((), NORTH))]).kept] == [1]
    assert [number for number, _ in change([noted(id=1)], [alert(SOUTH, others=((), NORTH))]).kept] == [1]
    assert change(before, [alert(SOUTH)]).over == (1,)  # of another branch alone: another story


def test_an_exact_match_comes_before_a_story() -> None:
    before = [noted(id=1), noted(id=2, place='[["branch", ["North"]]]')]
    found = change(before, [alert(SOUTH, others=((), NORTH)), alert(NORTH)])
    assert {number: one.key.place for number, one in found.kept} == {2: NORTH, 1: SOUTH}
    assert (found.new, found.over) == ((), ())
